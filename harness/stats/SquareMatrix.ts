/** Small dense vectors and square matrices, row-major in typed arrays. */

/** The inner product aᵀ·b. */
export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** The product A·B of n × n matrices. */
export const multiply = (a: Float64Array, b: Float64Array, n: number): Float64Array => {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = a[i * n + k]!
      for (let j = 0; j < n; j++) out[i * n + j]! += value * b[k * n + j]!
    }
  }
  return out
}

/** The transpose of an n × n matrix. */
export const transpose = (matrix: Float64Array, n: number): Float64Array =>
  Float64Array.from(matrix, (_, i) => matrix[(i % n) * n + Math.floor(i / n)]!)

/** The quadratic form cᵀ·V·c: the variance of a linear combination. */
export const quadratic = (v: ArrayLike<number>, c: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < c.length; i++) {
    if (c[i] === 0) continue
    for (let j = 0; j < c.length; j++) sum += c[i]! * v[i * c.length + j]! * c[j]!
  }
  return sum
}
