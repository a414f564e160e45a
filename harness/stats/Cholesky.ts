/** Cholesky factor of a small dense symmetric matrix in a row-major typed array: what the hot loops need. */

/**
 * Overwrites the lower triangle of the n × n matrix `a` with its Cholesky factor L (a = L Lᵀ).
 * Returns log det a, or `undefined` if `a` is not positive definite (a pivot below `tolerance` of its diagonal).
 */
export const factor = (a: Float64Array, n: number, tolerance = 1e-13): number | undefined => {
  let logDeterminant = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let s = a[i * n + j]!
      for (let k = 0; k < j; k++) s -= a[i * n + k]! * a[j * n + k]!
      a[i * n + j] = s / a[j * n + j]!
    }
    const diagonal = a[i * n + i]!
    let pivot = diagonal
    for (let k = 0; k < i; k++) pivot -= a[i * n + k]! ** 2
    if (!(pivot > tolerance * diagonal)) return undefined
    a[i * n + i] = Math.sqrt(pivot)
    logDeterminant += Math.log(pivot)
  }
  return logDeterminant
}

/** Solves (L Lᵀ) x = b in place, given the factor. */
export const solve = (l: Float64Array, n: number, b: Float64Array): void => {
  for (let i = 0; i < n; i++) {
    let s = b[i]!
    for (let k = 0; k < i; k++) s -= l[i * n + k]! * b[k]!
    b[i] = s / l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / l[i * n + i]!
    b[i] = x
    for (let k = 0; k < i; k++) b[k]! -= l[i * n + k]! * x
  }
}

/** The full symmetric inverse (L Lᵀ)⁻¹, given the factor. */
export const inverse = (l: Float64Array, n: number): Float64Array => {
  // Row i of M = L⁻¹ by forward substitution, rows contiguous; the inverse is Mᵀ M.
  const m = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const reciprocal = 1 / l[i * n + i]!
    for (let k = 0; k < i; k++) {
      const lik = l[i * n + k]!
      if (lik === 0) continue
      for (let j = 0; j <= k; j++) m[i * n + j]! -= lik * m[k * n + j]!
    }
    for (let j = 0; j < i; j++) m[i * n + j]! *= reciprocal
    m[i * n + i] = reciprocal
  }
  const out = new Float64Array(n * n)
  for (let r = 0; r < n; r++) {
    for (let i = 0; i <= r; i++) {
      const mri = m[r * n + i]!
      if (mri === 0) continue
      for (let j = 0; j <= i; j++) out[i * n + j]! += mri * m[r * n + j]!
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j]!
  return out
}
