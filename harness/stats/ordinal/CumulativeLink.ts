/**
 * One rating under a cumulative link model: P(Y = j) = F(aⱼ − η) − F(aⱼ₋₁ − η), and its derivatives.
 *
 * McCullagh (1980), JRSS B 42, 109–142; the parametrisation and signs of R's `ordinal::clm`: a positive
 * coefficient means higher ratings. First derivatives suffice to climb, second to take Newton steps, third for
 * the gradient of a Laplace approximation, which contains the second.
 */
import { pnorm, qnorm } from "../Distributions.ts"

/** The distribution of the latent error: logistic or normal. */
export type Link = "logit" | "probit"

/** F⁻¹, for starting values. */
export const quantile = (link: Link, p: number): number =>
  link === "probit" ? qnorm(p) : Math.log(p / (1 - p))

const cdf = (link: Link, x: number): number => (link === "probit" ? pnorm(x) : 1 / (1 + Math.exp(-x)))

/** P(lower < latent < upper), from the tail on which both lie so that a small difference keeps its digits. */
const probability = (link: Link, upper: number, lower: number): number =>
  lower > 0 ? cdf(link, -lower) - cdf(link, -upper) : cdf(link, upper) - cdf(link, lower)

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)

/** The derivatives of log P for a set of ratings, one entry a rating; `a` is the upper threshold, `b` the lower. */
export interface Derivatives {
  /** log P */
  readonly log: Float64Array
  /** ∂/∂η */
  readonly eta: Float64Array
  /** −∂²/∂η², positive: both links are log-concave */
  readonly weight: Float64Array
  readonly a: Float64Array
  readonly b: Float64Array
  /** ∂²/∂a² + ∂²/∂a∂b = −∂²/∂a∂η, and the same for b */
  readonly crossA: Float64Array
  readonly crossB: Float64Array
  /** ∂²/∂a∂b */
  readonly ab: Float64Array
  /** ∂weight/∂a, ∂weight/∂b; ∂weight/∂η is minus their sum */
  readonly weightA: Float64Array
  readonly weightB: Float64Array
}

/** Room for the derivatives of `n` ratings. */
export const room = (n: number): Derivatives => ({
  log: new Float64Array(n),
  eta: new Float64Array(n),
  weight: new Float64Array(n),
  a: new Float64Array(n),
  b: new Float64Array(n),
  crossA: new Float64Array(n),
  crossB: new Float64Array(n),
  ab: new Float64Array(n),
  weightA: new Float64Array(n),
  weightB: new Float64Array(n)
})

/**
 * Fills `out` for ratings `y` (0 … K − 1) at linear predictors `eta` and `thresholds` (K − 1, ascending).
 * Returns the sum of log P, or −Infinity where some rating has probability zero in double precision.
 */
export const evaluate = (
  link: Link,
  y: Int32Array,
  eta: Float64Array,
  thresholds: Float64Array,
  out: Derivatives
): number => {
  const last = thresholds.length
  let total = 0
  for (let i = 0; i < y.length; i++) {
    const category = y[i]!
    const upper = category < last ? thresholds[category]! - eta[i]! : Number.POSITIVE_INFINITY
    const lower = category > 0 ? thresholds[category - 1]! - eta[i]! : Number.NEGATIVE_INFINITY
    const p = probability(link, upper, lower)
    if (!(p > 1e-300)) return Number.NEGATIVE_INFINITY
    // Density and its first two derivatives at both ends, over p.
    let fa = 0
    let fa1 = 0
    let fa2 = 0
    let fb = 0
    let fb1 = 0
    let fb2 = 0
    if (link === "probit") {
      if (category < last) {
        fa = Math.exp(-0.5 * upper * upper) / ROOT_TWO_PI / p
        fa1 = -upper * fa
        fa2 = (upper * upper - 1) * fa
      }
      if (category > 0) {
        fb = Math.exp(-0.5 * lower * lower) / ROOT_TWO_PI / p
        fb1 = -lower * fb
        fb2 = (lower * lower - 1) * fb
      }
    } else {
      if (category < last) {
        const e = Math.exp(-Math.abs(upper))
        const slope = (Math.sign(upper) * (e - 1)) / (1 + e)
        fa = e / (1 + e) ** 2 / p
        fa1 = fa * slope
        fa2 = fa * (slope * slope - (2 * e) / (1 + e) ** 2)
      }
      if (category > 0) {
        const e = Math.exp(-Math.abs(lower))
        const slope = (Math.sign(lower) * (e - 1)) / (1 + e)
        fb = e / (1 + e) ** 2 / p
        fb1 = fb * slope
        fb2 = fb * (slope * slope - (2 * e) / (1 + e) ** 2)
      }
    }
    const first = fa - fb
    const second = fa1 - fb1
    out.log[i] = Math.log(p)
    out.eta[i] = -first
    out.weight[i] = first * first - second
    out.a[i] = fa
    out.b[i] = -fb
    out.crossA[i] = fa1 - first * fa
    out.crossB[i] = first * fb - fb1
    out.ab[i] = fa * fb
    out.weightA[i] = 2 * first * (fa1 - first * fa) + second * fa - fa2
    out.weightB[i] = 2 * first * (first * fb - fb1) - second * fb + fb2
    total += out.log[i]!
  }
  return total
}
