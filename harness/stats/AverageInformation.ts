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
  const s = work.structure
  const k = s.factors.length
  const p = s.c - 1
  const byBlock = new Float64Array(s.owner.length * k)
  const byDense = new Float64Array(s.dense * k)
  const products = new Float64Array(k * k)
  const folded = new Set(s.terms.map((term) => term.folded))
  const value = new Float64Array(k)
  for (let row = 0; row < s.rows; row++) {
    for (let j = 0; j < k; j++) value[j] = slope.score[j]![s.factors[j]!.codes[row]!]!
    for (let f = 0; f < k; f++) {
      for (let j = 0; j < k; j++) products[f * k + j]! += value[f]! * value[j]!
      if (folded.has(f)) continue
      const target = s.eliminated[f] ? byBlock : byDense
      const start = s.column[f]![s.factors[f]!.codes[row]!]! * k
      for (let j = 0; j < k; j++) target[start + j]! += value[j]!
    }
  }
  const { inner } = MixedDeviance.condense(work, at.theta, byBlock, byDense, products, k)
  const scale = at.nu / at.r2
  const information = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = inner[i * k + j]!
      for (let a = 0; a < p; a++) {
        for (let b = 0; b < p; b++) sum -= slope.cross[i]![a]! * at.unscaled[a * p + b]! * slope.cross[j]![b]!
      }
      information[i * k + j] = scale * sum - (scale * slope.quadratic[i]! * slope.quadratic[j]!) / at.r2
    }
  }
  return information
}
