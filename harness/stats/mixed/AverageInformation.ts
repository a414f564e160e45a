/**
 * The average of observed and expected information about the variance ratios of a mixed model: positive
 * semidefinite, and free of the traces that make either of the two expensive (Gilmour, Thompson & Cullis
 * 1995, Biometrics 51, 1440–1450; here with σ² profiled out).
 */
import type { Evaluation, Workspace } from "./MixedDeviance.ts"
import * as MixedDeviance from "./MixedDeviance.ts"
import type { Slope } from "./MixedSlope.ts"

/**
 * The k × k approximate Hessian of the profiled deviance in γ:
 * ν·f_jᵀPf_k/r² − ν·(yᵀf_j)(yᵀf_k)/r⁴ with f_k = K_kPy. After `slope` at the same γ on the same workspace.
 */
export const averageInformation = (work: Workspace, at: Evaluation, slope: Slope): Float64Array => {
  const k = work.structure.factors.length
  const scale = at.nu / at.r2
  return products(work, at, slope).map((value, i) => {
    const q = slope.quadratic
    return scale * (value - (q[Math.floor(i / k)]! * q[i % k]!) / at.r2)
  })
}

/** f_jᵀPf_k with f_k = K_kPy, k × k: over σ², the average information about γ when σ² is held fixed. */
export const products = (work: Workspace, at: Evaluation, slope: Slope): Float64Array => {
  const s = work.structure
  const k = s.factors.length
  const p = s.c - 1
  const byBlock = new Float64Array(s.owner.length * k)
  const byDense = new Float64Array(s.dense * k)
  const own = new Float64Array(k * k)
  const folded = new Set(s.terms.map((term) => term.folded))
  const value = new Float64Array(k)
  for (let row = 0; row < s.rows; row++) {
    for (let j = 0; j < k; j++) value[j] = slope.score[j]![s.factors[j]!.codes[row]!]!
    for (let f = 0; f < k; f++) {
      for (let j = 0; j < k; j++) own[f * k + j]! += value[f]! * value[j]!
      if (folded.has(f)) continue
      const target = s.eliminated[f] ? byBlock : byDense
      const start = s.column[f]![s.factors[f]!.codes[row]!]! * k
      for (let j = 0; j < k; j++) target[start + j]! += value[j]!
    }
  }
  const { inner } = MixedDeviance.condense(work, at.theta, byBlock, byDense, own, k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = inner[i * k + j]!
      for (let a = 0; a < p; a++) {
        for (let b = 0; b < p; b++) sum -= slope.cross[i]![a]! * at.unscaled[a * p + b]! * slope.cross[j]![b]!
      }
      inner[i * k + j] = sum
    }
  }
  return inner
}
