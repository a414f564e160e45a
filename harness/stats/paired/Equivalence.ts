/**
 * Tests against a margin fixed beforehand, on differences paired by post (candidate minus baseline).
 *
 * Non-inferiority: the mean difference is above −margin. Equivalence: two one-sided tests, Schuirmann (1987),
 * Journal of Pharmacokinetics and Biopharmaceutics 15, 657–680. A difference that is not significant shows
 * neither: these do.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import type { Interval } from "../Interval.ts"
import type { Cell } from "../Moments.ts"
import { oneSidedP, tTest } from "./Paired.ts"

/** Non-inferiority at one margin. */
export interface NonInferiority {
  readonly n: number
  readonly mean: number
  readonly margin: number
  /** One-sided lower bound of the mean difference at `level`. */
  readonly lowerBound: number
  readonly level: number
  readonly p: number
  /** `lowerBound > −margin`, which is the same as `p < 1 − level`. */
  readonly nonInferior: boolean
}

/** Equivalence within ± one margin. */
export interface Equivalence {
  readonly n: number
  readonly mean: number
  readonly margin: number
  /** Of the test that the mean is above −margin, and that it is below margin. */
  readonly pLower: number
  readonly pUpper: number
  /** The larger of the two. */
  readonly p: number
  /** The interval at 2·level − 1 (90 % for 95 %), which lies within ± margin exactly when equivalent. */
  readonly interval: Interval
  readonly equivalent: boolean
}

const unusable = (margin: number): Estimable<never> | undefined =>
  margin > 0 && Number.isFinite(margin) ? undefined : notEstimable("the margin has to be a positive number")

/** Is the candidate at most `margin` worse? Fails as the paired t test does, or for a margin not above 0. */
export const nonInferiority = (
  differences: ReadonlyArray<Cell>,
  margin: number,
  level = 0.95
): Estimable<NonInferiority> => {
  const test = tTest(differences, level)
  if (!test.ok) return test
  const { n, mean, lowerBound } = test.value
  return (
    unusable(margin) ??
    estimable({
      n,
      mean,
      margin,
      lowerBound,
      level,
      p: oneSidedP(test.value, -margin, "above"),
      nonInferior: lowerBound > -margin
    })
  )
}

/** Is the candidate within ± `margin`? Fails as `nonInferiority` does. */
export const tost = (
  differences: ReadonlyArray<Cell>,
  margin: number,
  level = 0.95
): Estimable<Equivalence> => {
  const test = tTest(differences, level)
  if (!test.ok) return test
  const { n, mean, lowerBound, upperBound } = test.value
  const pLower = oneSidedP(test.value, -margin, "above")
  const pUpper = oneSidedP(test.value, margin, "below")
  return (
    unusable(margin) ??
    estimable({
      n,
      mean,
      margin,
      pLower,
      pUpper,
      p: Math.max(pLower, pUpper),
      interval: { lower: lowerBound, upper: upperBound, level: Number((2 * level - 1).toPrecision(12)) },
      equivalent: lowerBound > -margin && upperBound < margin
    })
  )
}
