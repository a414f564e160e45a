/**
 * What a change of a text did to its score, paired by item, and whether that is what should have happened. The
 * margin is fixed beforehand: that a shift is not significant shows nothing, that its interval lies inside the
 * margin does (two one-sided tests, Schuirmann 1987).
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { isConstant, mean } from "../Moments.ts"
import { type Measured, measured } from "../resampling/ClusterJackknife.ts"
import { tTest } from "./Paired.ts"

/** What should happen. `reported`: nothing is demanded. */
export type Expectation = "must-not-move" | "must-not-rise" | "must-fall" | "reported"

/** What did. */
export type CheckOutcome = "pass" | "fail" | "inconclusive" | "reported" | "not-judged"

/** Mean shift, its two-sided 95 % interval, and its one-sided 95 % bounds. */
export interface Shift {
  readonly n: number
  readonly mean: number
  readonly lower: number
  readonly upper: number
  readonly lowerBound: number
  readonly upperBound: number
}

/** Margins in points of the scale. */
export interface Margins {
  /** The largest shift that does not matter. */
  readonly margin: number
  /** The least fall that a text which got worse must have. */
  readonly least: number
}

/** The shift of `differences` (varied minus plain). Equal differences are a valid case: they leave no doubt. */
export const shiftOf = (differences: readonly number[]): Estimable<Shift> => {
  const n = differences.length
  if (n < 3)
    return notEstimable(`${n === 0 ? "no" : "fewer than three"} items have a score with and without it`)
  if (isConstant(differences)) {
    const [value] = [differences[0]!]
    return estimable({ n, mean: value, lower: value, upper: value, lowerBound: value, upperBound: value })
  }
  const test = tTest(differences)
  if (!test.ok) {
    const centre = mean(differences)
    return estimable({
      n,
      mean: centre,
      lower: centre,
      upper: centre,
      lowerBound: centre,
      upperBound: centre
    })
  }
  const { mean: centre, interval, lowerBound, upperBound } = test.value
  return estimable({ n, mean: centre, lower: interval.lower, upper: interval.upper, lowerBound, upperBound })
}

/**
 * Pass, fail or neither. A score that must not move passes when both one-sided bounds lie within the margin, and
 * fails when it does not pass and its interval leaves out zero; one that must not rise is asked about rises only.
 * One that must fall passes when it surely fell by `least`, and fails when it surely did not.
 */
export const outcomeOf = (
  shift: Estimable<Shift>,
  expectation: Expectation,
  { margin, least }: Margins
): CheckOutcome => {
  if (!shift.ok) return "not-judged"
  const { lower, upper, lowerBound, upperBound } = shift.value
  switch (expectation) {
    case "reported":
      return "reported"
    case "must-not-move":
      if (lowerBound > -margin && upperBound < margin) return "pass"
      return lower > 0 || upper < 0 ? "fail" : "inconclusive"
    case "must-not-rise":
      if (upperBound < margin) return "pass"
      return lower > 0 ? "fail" : "inconclusive"
    case "must-fall":
      if (upperBound < -least) return "pass"
      return lowerBound > -least ? "fail" : "inconclusive"
  }
}

/** How alike repeated verdicts on the same texts are. */
export interface Repeatability {
  readonly texts: number
  readonly verdicts: number
  /** The share of pairs of verdicts on one text that are equal. */
  readonly same: number
  /** Standard deviation of repeated verdicts within a text, in points; 0 without an interval when all are equal. */
  readonly spread: Estimable<Measured>
}

/** From the repeated scores of each text. Not estimable below three texts with two scores. */
export const repeatability = (texts: readonly (readonly number[])[]): Estimable<Repeatability> => {
  const kept = texts.filter((scores) => scores.length > 1)
  if (kept.length < 3) return notEstimable("fewer than three texts have two verdicts")
  let [equal, pairs] = [0, 0]
  for (const scores of kept) {
    for (const [i, a] of scores.entries()) {
      for (const b of scores.slice(i + 1)) {
        pairs++
        if (a === b) equal++
      }
    }
  }
  const squares = kept.map((scores) => {
    const centre = mean(scores)
    return scores.reduce((sum, x) => sum + (x - centre) ** 2, 0)
  })
  const freedom = kept.map((scores) => scores.length - 1)
  const spread = (weights: Float64Array) => {
    let [top, bottom] = [0, 0]
    for (let i = 0; i < weights.length; i++) {
      top += weights[i]! * squares[i]!
      bottom += weights[i]! * freedom[i]!
    }
    return Math.sqrt(top / bottom)
  }
  const names = kept.map((_, i) => String(i))
  const logged = measured(names, spread, { stretch: "log" })
  const whole = spread(new Float64Array(kept.length).fill(1))
  return estimable({
    texts: kept.length,
    verdicts: kept.reduce((sum, scores) => sum + scores.length, 0),
    same: equal / pairs,
    spread:
      logged.ok || whole > 0
        ? logged.ok
          ? logged
          : measured(names, spread)
        : estimable({ estimate: 0, lower: 0, upper: 0, se: 0, clusters: kept.length })
  })
}
