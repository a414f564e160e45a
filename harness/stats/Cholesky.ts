/**
 * Cholesky factor and inverse of a symmetric positive definite matrix, row-major in a Float64Array.
 *
 * Where a mixed model spends its time, so all is one kernel, `SubtractProduct.ts`. Factor, triangular inverse
 * and inverse each cost n³/6 multiply-adds. Block algorithms after Golub & Van Loan, Matrix Computations, 4.2.
 */
import { subtractProduct } from "./SubtractProduct.ts"

/** Rows a block: 24 rows of 1,000 doubles stay in a second-level cache, and little is left to scalar loops. */
const block = 24

/**
 * Replaces the lower triangle of the n × n matrix `s` by its Cholesky factor L (S = L·Lᵀ). The upper triangle
 * is neither read nor kept. Returns −1, or the first column that depends on those before it: its pivot is not
 * above `tolerance` times its diagonal. Then `s` is of no further use.
 */
export const dependent = (s: Float64Array, n: number, tolerance = 0): number => {
  const least = Float64Array.from({ length: n }, (_, i) => tolerance * s[i * n + i]!)
  for (let j0 = 0; j0 < n; j0 += block) {
    const j1 = Math.min(n, j0 + block)
    for (let i0 = j0; i0 < n; i0 += block) {
      const rows = Math.min(n, i0 + block) - i0
      if (j0 > 0) subtractProduct(s, i0 * n, n, s, j0 * n, n, s, i0 * n + j0, n, rows, j1 - j0, j0)
      for (let i = i0; i < i0 + rows; i++) {
        for (let j = j0; j < Math.min(j1, i + 1); j++) {
          let sum = s[i * n + j]!
          for (let k = j0; k < j; k++) sum -= s[i * n + k]! * s[j * n + k]!
          if (i > j) s[i * n + j] = sum / s[j * n + j]!
          else if (sum > least[i]! && sum < Number.POSITIVE_INFINITY) s[i * n + i] = Math.sqrt(sum)
          else return i
        }
      }
    }
  }
  return -1
}

/** As `dependent`; whether the matrix is positive definite. */
export const factor = (s: Float64Array, n: number, tolerance = 0): boolean =>
  dependent(s, n, tolerance) === -1

/** log|S| from its factor. */
export const logDeterminant = (l: Float64Array, n: number): number => {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!)
  return 2 * sum
}

/** Solves L·X = B in place for the n × c row-major right-hand sides `b`. */
export const solveLower = (l: Float64Array, n: number, b: Float64Array, c: number): void => {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      const f = l[i * n + k]!
      if (f !== 0) for (let j = 0; j < c; j++) b[i * c + j]! -= f * b[k * c + j]!
    }
    const d = l[i * n + i]!
    for (let j = 0; j < c; j++) b[i * c + j]! /= d
  }
}

/** Solves Lᵀ·X = B in place for the n × c row-major right-hand sides `b`. */
export const solveUpper = (l: Float64Array, n: number, b: Float64Array, c: number): void => {
  for (let i = n - 1; i >= 0; i--) {
    const d = l[i * n + i]!
    for (let j = 0; j < c; j++) b[i * c + j]! /= d
    for (let k = 0; k < i; k++) {
      const f = l[i * n + k]!
      if (f !== 0) for (let j = 0; j < c; j++) b[k * c + j]! -= f * b[i * c + j]!
    }
  }
}

/** Solves S·x = b in place, from the factor of S. */
export const solve = (l: Float64Array, n: number, b: Float64Array): void => {
  solveLower(l, n, b, 1)
  solveUpper(l, n, b, 1)
}

/**
 * The whole symmetric inverse S⁻¹, from the factor `l`, into `out`; `scratch` (n × n) receives L⁻ᵀ, kept by
 * rows so that both stages run on contiguous memory. Both are overwritten, and made where none is given.
 */
export const inverse = (
  l: Float64Array,
  n: number,
  scratch: Float64Array = new Float64Array(n * n),
  out: Float64Array = new Float64Array(n * n)
): Float64Array => {
  scratch.fill(0)
  for (let j0 = 0; j0 < n; j0 += block) {
    const j1 = Math.min(n, j0 + block)
    for (let i0 = 0; i0 <= j0; i0 += block) {
      const rows = Math.min(n, i0 + block) - i0
      const at = i0 * n + i0
      if (i0 < j0)
        subtractProduct(scratch, at, n, l, j0 * n + i0, n, scratch, i0 * n + j0, n, rows, j1 - j0, j0 - i0)
      for (let i = i0; i < i0 + rows; i++) {
        for (let j = Math.max(i, j0); j < j1; j++) {
          let sum = i === j ? 1 : scratch[i * n + j]!
          for (let k = Math.max(i, j0); k < j; k++) sum -= l[j * n + k]! * scratch[i * n + k]!
          scratch[i * n + j] = sum / l[j * n + j]!
        }
      }
    }
  }
  out.fill(0)
  for (let i0 = 0; i0 < n; i0 += block) {
    const rows = Math.min(n, i0 + block) - i0
    for (let j0 = 0; j0 <= i0; j0 += block) {
      const columns = Math.min(n, j0 + block) - j0
      const length = n - i0
      subtractProduct(
        scratch,
        i0 * n + i0,
        n,
        scratch,
        j0 * n + i0,
        n,
        out,
        i0 * n + j0,
        n,
        rows,
        columns,
        length
      )
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = -out[i * n + j]!
      out[i * n + j] = value
      out[j * n + i] = value
    }
  }
  return out
}
