/**
 * Power by simulation: whole studies drawn from the variance components, ratings rounded and cut to their
 * scale if asked, each analysed as the study will be.
 */

import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"
import * as CrossedDesign from "./CrossedDesign.ts"

/** A drawn study: one entry a rating. Source 0 is better than the others by the effect. */
export interface DrawnStudy {
  readonly rating: Float64Array
  readonly rater: Int32Array
  readonly post: Int32Array
  readonly source: Int32Array
  readonly epoch: Int32Array
}

/** The estimate of source 0 − source 1, and the p value of no difference. Undefined: the analysis failed. */
export type Analysis = (study: DrawnStudy) => { readonly estimate: number; readonly p: number } | undefined

export interface SimulationOptions {
  readonly effect: number
  readonly seed: number
  /** 500 unless given. */
  readonly runs?: number
  readonly alpha?: number
  /** Ratings are rounded to the step and cut to the ends; the mean of the sources is the middle. */
  readonly scale?: { readonly minimum: number; readonly maximum: number; readonly step: number }
  /** Generalised least squares with the given components, and Satterthwaite's t, unless given. */
  readonly analysis?: Analysis
}

export interface Simulated {
  /** Share of the analysed studies with p < α; the type I error when the effect is 0. */
  readonly power: number
  /** Binomial standard error of `power`. */
  readonly powerSe: number
  /** Mean and SD of the estimates: cutting to a scale shrinks effects. */
  readonly meanEstimate: number
  readonly sdEstimate: number
  readonly runs: number
  /** Studies whose analysis failed. */
  readonly failed: number
}

/** Draws studies of one design: the indices are shared by all of them. */
const drawer = (
  components: CrossedDesign.Components,
  design: CrossedDesign.Design,
  options: SimulationOptions
) => {
  const epochs = design.epochs ?? 1
  const text = CrossedDesign.assignment(design)
  const texts = design.posts * design.sources * epochs
  const index = {
    rater: text.map((_, i) => Math.floor(i / design.ratingsPerRater)),
    post: text.map((t) => Math.floor(t / (design.sources * epochs))),
    source: text.map((t) => Math.floor(t / epochs) % design.sources),
    epoch: text.map((t) => t % epochs)
  }
  const random = Random.make(options.seed)
  const normals = (n: number, variance: number) => {
    const sd = Math.sqrt(variance)
    return Float64Array.from({ length: n }, () => (sd === 0 ? 0 : sd * random.normal()))
  }
  const { scale } = options
  const middle = scale === undefined ? 0 : (scale.minimum + scale.maximum) / 2
  const onScale = (x: number) => {
    if (scale === undefined) return x
    const stepped = scale.minimum + Math.round((x - scale.minimum) / scale.step) * scale.step
    return Math.min(scale.maximum, Math.max(scale.minimum, stepped))
  }
  return (): DrawnStudy => {
    const rater = normals(design.raters, components.rater)
    const post = normals(design.posts, components.post)
    const postSource = normals(design.posts * design.sources, components.postSource)
    const leaning = normals(design.raters * design.sources, components.raterSource)
    const ofText = normals(texts, components.text)
    const rating = normals(text.length, components.residual)
    for (let i = 0; i < rating.length; i++) {
      const s = index.source[i]!
      rating[i] = onScale(
        middle +
          (s === 0 ? options.effect / 2 : -options.effect / 2) +
          rater[index.rater[i]!]! +
          post[index.post[i]!]! +
          postSource[index.post[i]! * design.sources + s]! +
          leaning[index.rater[i]! * design.sources + s]! +
          ofText[text[i]!]! +
          rating[i]!
      )
    }
    return { rating, ...index }
  }
}

const leastSquares = (
  components: CrossedDesign.Components,
  design: CrossedDesign.Design
): Estimable<Analysis> => {
  const closed = CrossedDesign.closedForm(components, design)
  if (!closed.ok) return closed
  const fitted = CrossedDesign.exact(components, design)
  if (!fitted.ok) return fitted
  const { seContrast, weights } = fitted.value
  return estimable(({ rating }) => {
    let estimate = 0
    for (let i = 0; i < weights.length; i++) estimate += weights[i]! * rating[i]!
    return { estimate, p: Distributions.twoSided(estimate / seContrast, closed.value.df) }
  })
}

/**
 * Power of a design at a given effect. Not estimable for an impossible study, for the default analysis where
 * `CrossedDesign.exact` is not, or when more than half of the analyses fail.
 */
export const simulate = (
  components: CrossedDesign.Components,
  design: CrossedDesign.Design,
  options: SimulationOptions
): Estimable<Simulated> => {
  const reason = CrossedDesign.invalid(components, design)
  if (reason !== undefined) return notEstimable(reason)
  if (!(Math.abs(options.effect) <= 1e6)) return notEstimable("the effect is not a number")
  const { scale } = options
  if (scale !== undefined && !(scale.step > 0 && scale.maximum - scale.minimum >= scale.step)) {
    return notEstimable("the scale has no steps")
  }
  const runs = Math.max(1, Math.floor(options.runs ?? 500))
  const analysis: Estimable<Analysis> =
    options.analysis === undefined ? leastSquares(components, design) : estimable(options.analysis)
  if (!analysis.ok) return analysis
  const draw = drawer(components, design, options)
  const alpha = options.alpha ?? 0.05
  let significant = 0
  let kept = 0
  let mean = 0
  let squares = 0
  for (let run = 0; run < runs; run++) {
    const result = analysis.value(draw())
    if (result === undefined || !Number.isFinite(result.estimate) || Number.isNaN(result.p)) continue
    kept++
    if (result.p < alpha) significant++
    const step = result.estimate - mean
    mean += step / kept
    squares += step * (result.estimate - mean)
  }
  if (kept * 2 < runs)
    return notEstimable(`the analysis failed in ${runs - kept} of ${runs} simulated studies`)
  const power = significant / kept
  return estimable({
    power,
    powerSe: Math.sqrt((power * (1 - power)) / kept),
    meanEstimate: mean,
    sdEstimate: kept > 1 ? Math.sqrt(squares / (kept - 1)) : 0,
    runs,
    failed: runs - kept
  })
}
