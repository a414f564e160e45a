/**
 * Power and minimum detectable effects of crossed rating studies, and what more posts or more raters buy.
 *
 * Power at an effect: P(|T + effect/SE| > t₁₋α/₂) with T Student's t on Satterthwaite's degrees of freedom.
 * Minimum detectable effect: (t₁₋α/₂ + t_power) · SE. Standard errors: `CrossedDesign.ts`.
 */

import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as CrossedDesign from "./CrossedDesign.ts"
import * as PowerSimulation from "./PowerSimulation.ts"

export interface PowerOptions {
  /** Two-sided error level of one contrast; .05 unless given. */
  readonly alpha?: number
  /** Contrasts that share `alpha` by Bonferroni; 1 unless given. */
  readonly contrasts?: number
  /** Power at which an effect counts as detectable; .8 unless given. */
  readonly power?: number
}

/** Power to see `effect`, a difference of two sources in points of the scale, with standard error `se`. */
export const power = (effect: number, se: number, df: number, alpha = 0.05): number => {
  if (se === 0) return effect === 0 ? alpha : 1
  const critical = Distributions.qt(1 - alpha / 2, df)
  const shift = Math.abs(effect) / se
  return Math.min(1, Distributions.pt(shift - critical, df) + Distributions.pt(-shift - critical, df))
}

/** The smallest true difference that is seen with probability `target`. */
export const minimumDetectableEffect = (se: number, df: number, alpha = 0.05, target = 0.8): number =>
  se === 0 ? 0 : (Distributions.qt(1 - alpha / 2, df) + Distributions.qt(target, df)) * se

/** One way to spend ratings. */
export interface TradeOff {
  readonly posts: number
  readonly raters: number
  readonly ratings: number
  readonly ratingsPerText: number
  readonly standardError: number
  readonly minimumDetectableEffect: number
  /** Only where an effect was given. */
  readonly powerAtEffect?: number
}

export interface PowerRequest extends PowerOptions {
  readonly components: CrossedDesign.Components
  readonly design: CrossedDesign.Design
  /** The difference the study is to see, if any. */
  readonly effect?: number
  /** Rows and columns of the table; multiples of the design unless given. */
  readonly postsGrid?: readonly number[]
  readonly ratersGrid?: readonly number[]
  /** Simulates the study at `effect` (0 unless given), if asked. */
  readonly simulation?: Omit<PowerSimulation.SimulationOptions, "effect" | "alpha">
}

/** What `warmline power` prints; plain names, plain numbers, fit for JSON. */
export interface PowerReport {
  readonly design: Required<CrossedDesign.Design> & {
    readonly ratings: number
    readonly ratingsPerText: number
  }
  readonly components: CrossedDesign.Components
  readonly alpha: number
  readonly power: number
  readonly standardError: number
  readonly degreesOfFreedom: number
  readonly minimumDetectableEffect: number
  readonly effect?: number
  readonly powerAtEffect?: number
  /** Share of the variance of a contrast that each kind of effect makes up. */
  readonly varianceShares: CrossedDesign.ContrastVariance["parts"]
  /** By generalised least squares on the very assignment of texts to raters, or why not. */
  readonly exact:
    | {
        readonly standardError: number
        readonly minimumDetectableEffect: number
        readonly standardErrorOfMean: number
      }
    | { readonly reason: string }
  readonly simulation?: PowerSimulation.Simulated | { readonly reason: string }
  /** Posts × raters, every rater rating as many texts as in the design (or all there are). */
  readonly tradeOff: readonly TradeOff[]
  /** What doubling posts or raters does to the minimum detectable effect. */
  readonly advice: string
}

const multiples = (n: number, factors: readonly number[]) => [
  ...new Set(factors.map((factor) => Math.max(2, Math.round(n * factor))))
]

const rounded = (x: number) => x.toPrecision(2)

const advise = (now: number, posts: number, raters: number): string => {
  const effects = `twice the posts lower the smallest detectable difference from ${rounded(now)} to ${rounded(posts)}, twice the raters to ${rounded(raters)}`
  const gain = now - Math.min(posts, raters)
  if (!(gain > 0.01 * now)) return `${effects}: neither helps`
  return `${effects}: ${posts < raters ? "buy posts" : "buy ratings"}`
}

/**
 * The whole report on a design. Not estimable, with the reason, for a study that cannot be, or for levels and
 * powers outside (0, 1).
 */
export const report = (request: PowerRequest): Estimable<PowerReport> => {
  const { components, effect } = request
  const alpha = (request.alpha ?? 0.05) / (request.contrasts ?? 1)
  const target = request.power ?? 0.8
  if (!(alpha > 1e-12 && alpha < 1)) return notEstimable("the error level is not between 0 and 1")
  if (!(target >= 0.5 && target < 1)) return notEstimable("the power is not between one half and 1")
  if (effect !== undefined && !(Math.abs(effect) <= 1e6)) return notEstimable("the effect is not a number")
  const closed = CrossedDesign.closedForm(components, request.design)
  if (!closed.ok) return closed
  const design = { ...request.design, epochs: request.design.epochs ?? 1 }
  const { se, df, parts } = closed.value
  const detectable = (standardError: number, on: number) =>
    minimumDetectableEffect(standardError, on, alpha, target)

  const cell = (posts: number, raters: number): TradeOff | undefined => {
    const texts = posts * design.sources * design.epochs
    const ratingsPerRater = Math.min(design.ratingsPerRater, texts)
    const result = CrossedDesign.closedForm(components, { ...design, posts, raters, ratingsPerRater })
    if (!result.ok) return undefined
    return {
      posts,
      raters,
      ratings: raters * ratingsPerRater,
      ratingsPerText: (raters * ratingsPerRater) / texts,
      standardError: result.value.se,
      minimumDetectableEffect: detectable(result.value.se, result.value.df),
      ...(effect === undefined
        ? {}
        : { powerAtEffect: power(effect, result.value.se, result.value.df, alpha) })
    }
  }
  const postsGrid = request.postsGrid ?? multiples(design.posts, [0.5, 1, 2, 4, 8])
  const ratersGrid = request.ratersGrid ?? multiples(design.raters, [0.5, 1, 2, 5])
  const exact = CrossedDesign.exact(components, design)
  const simulation =
    request.simulation === undefined
      ? undefined
      : PowerSimulation.simulate(components, design, { ...request.simulation, effect: effect ?? 0, alpha })
  const variance = se * se
  const now = detectable(se, df)
  return estimable({
    design: {
      ...design,
      ratings: design.raters * design.ratingsPerRater,
      ratingsPerText:
        (design.raters * design.ratingsPerRater) / (design.posts * design.sources * design.epochs)
    },
    components,
    alpha,
    power: target,
    standardError: se,
    degreesOfFreedom: df,
    minimumDetectableEffect: now,
    ...(effect === undefined ? {} : { effect, powerAtEffect: power(effect, se, df, alpha) }),
    varianceShares: {
      postSource: parts.postSource / variance,
      text: parts.text / variance,
      raterSource: parts.raterSource / variance,
      residual: parts.residual / variance
    },
    exact: exact.ok
      ? {
          standardError: exact.value.seContrast,
          minimumDetectableEffect: detectable(exact.value.seContrast, df),
          standardErrorOfMean: exact.value.seMean
        }
      : { reason: exact.reason },
    ...(simulation === undefined
      ? {}
      : { simulation: simulation.ok ? simulation.value : { reason: simulation.reason } }),
    tradeOff: postsGrid.flatMap((posts) => ratersGrid.flatMap((raters) => cell(posts, raters) ?? [])),
    advice: advise(
      now,
      cell(2 * design.posts, design.raters)?.minimumDetectableEffect ?? now,
      cell(design.posts, 2 * design.raters)?.minimumDetectableEffect ?? now
    )
  })
}
