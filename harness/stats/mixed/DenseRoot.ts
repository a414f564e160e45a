/**
 * The square root R of the covariance of the dense columns of a mixed model, R² = Σ: θI for a factor on its
 * own, θI + κJ within the groups of a factor folded into a finer one (θ²I + φ²J). Symmetric, and smooth
 * down to a variance of zero, where a Cholesky factor is neither.
 */
import type { MixedStructure } from "./MixedStructure.ts"

/** κ with (θI + κJ)² = θ²I + φ²J on `m` columns. */
export const kappa = (theta: number, phi: number, m: number): number =>
  phi === 0 ? 0 : (phi * phi) / (theta + Math.sqrt(theta * theta + m * phi * phi))

/** x ← R·x for dense rows of `c` numbers each. */
export const scaleRows = (s: MixedStructure, theta: Float64Array, x: Float64Array, c: number): void => {
  const sums = new Float64Array(c)
  for (const term of s.terms) {
    const own = theta[term.factor]!
    if (term.folded === undefined) {
      for (let i = term.start * c; i < (term.start + term.size) * c; i++) x[i]! *= own
      continue
    }
    for (let g = 0; g + 1 < term.groups.length; g++) {
      const from = term.groups[g]!
      const to = term.groups[g + 1]!
      const k = kappa(own, theta[term.folded]!, to - from)
      sums.fill(0)
      for (let i = from; i < to; i++) for (let j = 0; j < c; j++) sums[j]! += x[i * c + j]!
      for (let i = from; i < to; i++) {
        for (let j = 0; j < c; j++) x[i * c + j] = own * x[i * c + j]! + k * sums[j]!
      }
    }
  }
}

/** S ← R·S·R for a symmetric dense matrix given by its lower triangle; both triangles are set. */
export const sandwich = (s: MixedStructure, theta: Float64Array, x: Float64Array): void => {
  const n = s.dense
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[j * n + i] = x[i * n + j]!
  scaleRows(s, theta, x, n)
  for (const term of s.terms) {
    const own = theta[term.factor]!
    const end = term.start + term.size
    for (let row = 0; row < n * n; row += n) {
      if (term.folded === undefined) {
        for (let i = row + term.start; i < row + end; i++) x[i]! *= own
        continue
      }
      for (let g = 0; g + 1 < term.groups.length; g++) {
        const from = row + term.groups[g]!
        const to = row + term.groups[g + 1]!
        let sum = 0
        for (let i = from; i < to; i++) sum += x[i]!
        sum *= kappa(own, theta[term.folded]!, to - from)
        for (let i = from; i < to; i++) x[i] = own * x[i]! + sum
      }
    }
  }
}
