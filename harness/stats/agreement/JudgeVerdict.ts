/** What agreement with people allows one to do with an automatic rater on one dimension, in plain words. */
import type { Coefficients } from "./AgainstPeople.ts"

/** From which numbers on; a study file may set its own. */
export interface VerdictThresholds {
  /** Texts that both rated, at least. */
  readonly texts: number
  /** Least rank correlation with the people's mean for "ranks". */
  readonly spearman: number
  /** Least value-weighted kappa with the people's median for "usable". */
  readonly kappa: number
  /** Largest bias for "usable", as a share of the scale's range: 0.1 of 1 to 5 is 0.4 points. */
  readonly bias: number
}

/** `unknown`: too little is rated by both to say. */
export type Standing = "usable" | "ranks-but-biased" | "not-usable" | "unknown"

/** The verdict with its reason. */
export interface JudgeVerdict {
  readonly standing: Standing
  /** Which number decided, with its threshold. */
  readonly reason: string
  /** Whether an interval of a deciding number reaches across its threshold. */
  readonly narrow: boolean
}

/** The words a table uses. */
export const standingText: Readonly<Record<Standing, string>> = {
  usable: "usable",
  "ranks-but-biased": "ranks but is biased",
  "not-usable": "not usable",
  unknown: "cannot be said"
}

const two = (value: number) =>
  value
    .toFixed(2)
    .replace(/^-(?!0\.00$)/, "−")
    .replace("-", "")

/** Decides. `range` is the scale's maximum minus its minimum. Estimates decide; intervals say how narrowly. */
export const judgeVerdict = (
  overall: Coefficients,
  range: number,
  thresholds: VerdictThresholds
): JudgeVerdict => {
  const { spearman, kappa, bias, texts } = overall
  if (texts < thresholds.texts) {
    return {
      standing: "unknown",
      reason: `${texts} texts rated by both, ${thresholds.texts} are needed`,
      narrow: false
    }
  }
  if (!spearman.ok || !kappa.ok || !bias.ok) {
    const missing = [spearman, kappa, bias].find((value) => !value.ok)!
    return { standing: "not-usable", reason: missing.ok ? "" : missing.reason, narrow: false }
  }
  const crosses = (value: { readonly lower: number; readonly upper: number }, at: number) =>
    value.lower < at && value.upper > at
  const most = thresholds.bias * range
  const rank = spearman.value
  if (rank.estimate < thresholds.spearman) {
    return {
      standing: "not-usable",
      reason: `Spearman ${two(rank.estimate)} is below ${thresholds.spearman}`,
      narrow: crosses(rank, thresholds.spearman)
    }
  }
  const shift = bias.value
  const overRank = crosses(rank, thresholds.spearman)
  if (Math.abs(shift.estimate) > most) {
    return {
      standing: "ranks-but-biased",
      reason: `it is ${two(Math.abs(shift.estimate))} points too ${shift.estimate > 0 ? "kind" : "harsh"}, more than ${two(most)}`,
      narrow: overRank || crosses(shift, Math.sign(shift.estimate) * most)
    }
  }
  const weighted = kappa.value
  if (weighted.estimate < thresholds.kappa) {
    return {
      standing: "ranks-but-biased",
      reason: `kappa ${two(weighted.estimate)} is below ${thresholds.kappa}, though it orders the texts`,
      narrow: overRank || crosses(weighted, thresholds.kappa)
    }
  }
  return {
    standing: "usable",
    reason: `Spearman ${two(rank.estimate)}, kappa ${two(weighted.estimate)}, bias ${two(shift.estimate)}`,
    narrow: overRank || crosses(weighted, thresholds.kappa) || crosses(shift, most) || crosses(shift, -most)
  }
}
