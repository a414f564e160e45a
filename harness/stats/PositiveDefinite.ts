/**
 * Symmetric positive definite matrices by Cholesky, row-major in one typed array: small information
 * matrices and the cores of generalised least squares, where the failure has to say which column it met.
 */

/** The lower factor L (A = L Lᵀ), or the first column that depends on those before it. */
export type Factor =
  | { readonly ok: true; readonly size: number; readonly lower: Float64Array }
  | { readonly ok: false; readonly column: number }

/** Factors `matrix` (size × size). A pivot below `tolerance` times its diagonal counts as dependence. */
export const factor = (matrix: Float64Array, size: number, tolerance = 1e-11): Factor => {
  const lower = new Float64Array(matrix)
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = lower[i * size + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!
      if (i > j) lower[i * size + j] = sum / lower[j * size + j]!
      else if (sum > tolerance * matrix[j * size + j]! && sum < Number.POSITIVE_INFINITY) {
        lower[j * size + j] = Math.sqrt(sum)
      } else return { ok: false, column: j }
    }
  }
  return { ok: true, size, lower }
}

/** x of A x = `right`, from the factor of A. */
export const solve = ({ lower, size }: Factor & { ok: true }, right: ArrayLike<number>): Float64Array => {
  const x = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    let sum = x[i]!
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!
    x[i] = sum / lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!
    x[i] = sum / lower[i * size + i]!
  }
  return x
}

/** A⁻¹, row-major, from the factor of A. */
export const inverse = (factored: Factor & { ok: true }): Float64Array => {
  const { size } = factored
  const result = new Float64Array(size * size)
  const unit = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    unit[j] = 1
    result.set(solve(factored, unit), j * size)
    unit[j] = 0
  }
  return result
}

/** log |A|, from the factor of A. */
export const logDeterminant = ({ lower, size }: Factor & { ok: true }): number => {
  let sum = 0
  for (let i = 0; i < size; i++) sum += 2 * Math.log(lower[i * size + i]!)
  return sum
}

/** The variance cᵀ V c of a linear combination. */
export const quadratic = (matrix: ArrayLike<number>, c: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < c.length; i++) {
    if (c[i] === 0) continue
    for (let j = 0; j < c.length; j++) sum += c[i]! * matrix[i * c.length + j]! * c[j]!
  }
  return sum
}
