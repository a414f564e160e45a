/**
 * Estimates with intervals, and all pairwise differences with p values and intervals that hold together:
 * Tukey (single-step on the studentized range), Holm, Bonferroni, or none. Conventions are those of R's
 * emmeans: Holm's intervals are Bonferroni's, since Holm defines none.
 */
import * as Adjust from "../Adjust.ts"
import { qt, twoSided } from "../Distributions.ts"
import * as Tukey from "../Tukey.ts"

/** How a family of comparisons is adjusted. */
export type Adjustment = "tukey" | "holm" | "bonferroni" | "none"

/** Estimated marginal mean of one level. Nulls, with a `reason`, where the data do not determine it. */
export interface Mean {
  readonly source: string
  readonly emmean: number | null
  readonly SE: number | null
  /** Null for the normal approximation. */
  readonly df: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly reason?: string
}

/**
 * One pairwise difference. `p` is unadjusted; interval and `p_adjusted` are adjusted. `minimum_detectable` is
 * the true difference, of either sign, whose interval leaves out 0 with probability 80 % given this standard
 * error: (critical value of the interval + t at 80 %) · SE. It says what "no difference" is worth.
 */
export interface Contrast {
  readonly contrast: string
  readonly estimate: number | null
  readonly SE: number | null
  readonly df: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly t: number | null
  readonly p: number | null
  readonly p_adjusted: number | null
  readonly minimum_detectable: number | null
  readonly reason?: string
}

/** An estimator of linear combinations of coefficients. */
export interface Linear {
  readonly beta: Float64Array
  /** Of a combination of them. */
  readonly variance: (weights: Float64Array) => number
  /** Degrees of freedom of a combination; Infinity for the normal. */
  readonly df: (weights: Float64Array) => number
}

/** A level and the weights of its mean; undefined where the data do not determine it. */
export interface Level {
  readonly name: string
  readonly weights: Float64Array | undefined
}

/** Power at which a difference counts as detectable. */
const detectablePower = 0.8
/** Below this many degrees of freedom an interval's ends overflow. */
const fewest = 0.1
const tooFew = "there are too few degrees of freedom for an interval"
const undetermined = "the data do not determine it: a cell it averages over has no ratings"
const shown = (df: number): number | null => (Number.isFinite(df) ? df : null)

/** Estimate, standard error and degrees of freedom of weights·β. */
export const combine = (linear: Linear, weights: Float64Array) => {
  const estimate = linear.beta.reduce((sum, value, i) => sum + weights[i]! * value, 0)
  const variance = linear.variance(weights)
  return { estimate, SE: Math.sqrt(Math.max(0, variance)), df: linear.df(weights) }
}

/** The marginal means with unadjusted intervals of the given level. */
export const means = (linear: Linear, levels: ReadonlyArray<Level>, level = 0.95): ReadonlyArray<Mean> =>
  levels.map(({ name, weights }) => {
    if (weights === undefined)
      return {
        source: name,
        emmean: null,
        SE: null,
        df: null,
        lower: null,
        upper: null,
        reason: undetermined
      }
    const { estimate, SE, df } = combine(linear, weights)
    if (df < fewest)
      return { source: name, emmean: estimate, SE, df, lower: null, upper: null, reason: tooFew }
    const margin = qt((1 + level) / 2, df) * SE
    return {
      source: name,
      emmean: estimate,
      SE,
      df: shown(df),
      lower: estimate - margin,
      upper: estimate + margin
    }
  })

/** Names with an operator in them are bracketed, so that "gpt-4" is not read as a difference. */
const bracket = (name: string): string => (/[-+*/]/.test(name) ? `(${name})` : name)

/** All differences of levels i − j, i before j, as one family; its size counts the levels determined. */
export const pairs = (
  linear: Linear,
  levels: ReadonlyArray<Level>,
  adjust: Adjustment,
  level = 0.95
): ReadonlyArray<Contrast> => {
  const k = levels.filter(({ weights }) => weights !== undefined).length
  const rows = levels.flatMap((a, i) =>
    levels.slice(i + 1).map((b) => {
      const contrast = `${bracket(a.name)} - ${bracket(b.name)}`
      if (a.weights === undefined || b.weights === undefined) return { contrast }
      const difference = a.weights.map((value, j) => value - b.weights![j]!)
      const { estimate, SE, df } = combine(linear, difference)
      const t = SE > 0 ? estimate / SE : 0
      return { contrast, value: { estimate, SE, df, t, p: SE > 0 ? twoSided(t, df) : 1 } }
    })
  )
  const values = rows.flatMap((row) => (row.value === undefined ? [] : [row.value]))
  const m = values.length
  const listed =
    adjust === "tukey"
      ? undefined
      : Adjust.adjust(
          values.map(({ p }) => p),
          adjust
        )
  // Pairs mostly share their degrees of freedom, and a quantile costs as much as a hundred p values.
  const criticals = new Map<number, number>()
  const criticalOf = (df: number): number => {
    const known = criticals.get(df)
    if (known !== undefined) return known
    const critical =
      adjust === "tukey"
        ? Tukey.quantile(level, k, df) / Math.SQRT2
        : qt(1 - (1 - level) / 2 / (adjust === "none" ? 1 : m), df)
    criticals.set(df, critical)
    return critical
  }
  let at = 0
  return rows.map(({ contrast, value }) => {
    if (value === undefined) {
      const none = { estimate: null, SE: null, df: null, lower: null, upper: null, t: null, p: null }
      return { contrast, ...none, p_adjusted: null, minimum_detectable: null, reason: undetermined }
    }
    const { estimate, SE, df, t, p } = value
    if (df < fewest) {
      at++
      const none = { lower: null, upper: null, t, p, p_adjusted: null, minimum_detectable: null }
      return { contrast, estimate, SE, df, ...none, reason: tooFew }
    }
    const critical = criticalOf(df)
    const adjusted = listed === undefined ? Tukey.upper(Math.abs(t) * Math.SQRT2, k, df) : listed[at]!
    at++
    const margin = critical * SE
    return {
      contrast,
      estimate,
      SE,
      df: shown(df),
      lower: estimate - margin,
      upper: estimate + margin,
      t,
      p,
      p_adjusted: adjusted,
      minimum_detectable: margin + qt(detectablePower, df) * SE
    }
  })
}
