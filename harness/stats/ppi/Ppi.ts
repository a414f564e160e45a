/**
 * Prediction-powered inference for a mean (Angelopoulos, Duchi & Zrnic 2023, PPI++): judge scores on many
 * texts, corrected by the texts that humans rated too. Estimate: mean(Y) + λ (mean(G) − mean(F)), F the judge
 * on the labelled texts, G on the unlabelled ones only.
 *
 * λ = cov(Y, F) / ((1 + n/N) var(F and G)), clipped to [0, 1]. As in the authors' `ppi_py`: the covariance and
 * the variances in the standard error divide by n, the variance in λ by n − 1.
 *
 * Texts count as independent here. For contrasts of sources, whose texts share posts and raters:
 * `PpiContrasts.ts`.
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"

export interface PpiInput {
  /** Human score of each labelled text. */
  readonly human: ArrayLike<number>
  /** Judge's score of the same texts, in the same order. */
  readonly judge: ArrayLike<number>
  /** Judge's score of the texts without a label. */
  readonly unlabelled: ArrayLike<number>
}

export interface PpiEstimate {
  readonly estimate: number
  readonly se: number
  readonly lower: number
  readonly upper: number
  /** How far the judge is trusted: 0 the labelled texts alone, 1 the plain prediction-powered estimate. */
  readonly lambda: number
  /** Before clipping to [0, 1]. */
  readonly lambdaRaw: number
  readonly labelled: number
  readonly unlabelled: number
}

const mean = (values: ArrayLike<number>) => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Mean product of deviations: a covariance that divides by n. */
const covariance = (x: ArrayLike<number>, y: ArrayLike<number>) => {
  const [centreX, centreY] = [mean(x), mean(y)]
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (x[i]! - centreX) * (y[i]! - centreY)
  return sum / x.length
}

/**
 * The PPI++ mean with a z interval. `lambda` fixes λ (1: the plain prediction-powered estimate, 0: labelled
 * texts alone). Not estimable with fewer than two labelled texts, with none unlabelled, or with a score that
 * is no number; throws a RangeError when `human` and `judge` differ in length.
 */
export const ppiMean = (
  { human, judge, unlabelled }: PpiInput,
  options: { readonly lambda?: number; readonly level?: number } = {}
): Estimable<PpiEstimate> => {
  if (human.length !== judge.length) throw new RangeError("human and judge differ in length")
  const [n, m] = [human.length, unlabelled.length]
  if (n < 2) return notEstimable("fewer than two texts have human ratings")
  if (m < 1) return notEstimable("no text is without human ratings: their mean needs no prediction")
  for (const scores of [human, judge, unlabelled]) {
    for (let i = 0; i < scores.length; i++) {
      if (!(Math.abs(scores[i]!) <= 1e100)) return notEstimable("a score is missing or not a rating")
    }
  }
  const all = new Float64Array(n + m)
  all.set(Float64Array.from(judge))
  all.set(Float64Array.from(unlabelled), n)
  const spread = (covariance(all, all) * (n + m)) / (n + m - 1)
  const lambdaRaw = spread > 0 ? covariance(human, judge) / ((1 + n / m) * spread) : 0
  const lambda = options.lambda ?? Math.min(1, Math.max(0, lambdaRaw))
  const residual = Float64Array.from({ length: n }, (_, i) => human[i]! - lambda * judge[i]!)
  const estimate = mean(human) + lambda * (mean(unlabelled) - mean(judge))
  const se = Math.sqrt(
    covariance(residual, residual) / n + (lambda ** 2 * covariance(unlabelled, unlabelled)) / m
  )
  const half = Distributions.qnorm((1 + (options.level ?? 0.95)) / 2) * se
  return estimable({
    estimate,
    se,
    lower: estimate - half,
    upper: estimate + half,
    lambda,
    lambdaRaw,
    labelled: n,
    unlabelled: m
  })
}
