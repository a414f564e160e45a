/** From the scores of an audit to its report: every check with its shift, and what repeated verdicts say. */

import type { AuditSet } from "../judge/audit/AuditSet.ts"
import { type AuditCheck, auditChecks, demandOn } from "../judge/audit/variants.ts"
import type { Rateable } from "../model/Model.ts"
import type { Estimable } from "../stats/Estimable.ts"
import { mean } from "../stats/Moments.ts"
import {
  type CheckOutcome,
  type Expectation,
  type Margins,
  outcomeOf,
  type Repeatability,
  repeatability,
  type Shift,
  shiftOf
} from "../stats/paired/AuditShift.ts"

/** One line of the report. */
export interface AuditLine {
  readonly check: string
  readonly change: string
  readonly demand: Expectation
  readonly shift: Estimable<Shift>
  readonly outcome: CheckOutcome
}

/** Repeated verdicts at one temperature. */
export interface RepeatLine {
  /** `undefined`: the rater has none. */
  readonly temperature: number | undefined
  readonly result: Estimable<Repeatability>
  readonly outcome: CheckOutcome
}

/** Today's scores of the frozen texts against the stored ones. */
export interface DriftLine {
  /** ISO time of the stored scores. */
  readonly since: string
  readonly shift: Estimable<Shift>
  readonly outcome: CheckOutcome
}

/** One measure of one instrument. */
export interface AuditMeasure {
  readonly instrument: string
  readonly measure: string
  /** In points of the scale. */
  readonly margins: Margins
  readonly range: readonly [number, number]
  readonly lines: readonly AuditLine[]
  readonly repeats: readonly RepeatLine[]
  readonly drift?: DriftLine
  /** Scores of the frozen texts, `null` where there is none; mean of repeats. */
  readonly frozen: readonly (number | null)[]
}

/** Texts to score, each once, with what pairs of them each check compares. */
export interface AuditTexts {
  readonly texts: readonly Rateable[]
  readonly pairs: readonly {
    readonly check: AuditCheck
    readonly pairs: readonly (readonly [number, number])[]
  }[]
}

/** Lists the texts of all checks; a text that several checks need stands once. */
export const auditTexts = (set: AuditSet): AuditTexts => {
  const texts: Rateable[] = []
  const index = new Map<string, number>()
  const place = (text: Rateable): number => {
    const key = JSON.stringify([text.post, text.response])
    const known = index.get(key)
    if (known !== undefined) return known
    index.set(key, texts.length)
    return texts.push(text) - 1
  }
  const pairs = auditChecks.map((check) => ({
    check,
    pairs: set.items.flatMap((item, at) => {
      const two = check.texts(item, at, set)
      return two === undefined ? [] : [[place(two[0]), place(two[1])] as const]
    })
  }))
  return { texts, pairs }
}

/** The lines of one measure; `scores[text]` holds the scores of that text of `AuditTexts`. */
export const auditLines = (
  { pairs }: AuditTexts,
  scores: readonly (readonly number[])[],
  measure: string,
  margins: Margins
): readonly AuditLine[] =>
  pairs.map(({ check, pairs: list }) => {
    const demand = demandOn(check, measure)
    const shift = shiftOf(
      list.flatMap(([plain, changed]) =>
        scores[plain]!.length === 0 || scores[changed]!.length === 0
          ? []
          : [mean(scores[changed]!) - mean(scores[plain]!)]
      )
    )
    return {
      check: check.name,
      change: check.change,
      demand,
      shift,
      outcome: outcomeOf(shift, demand, margins)
    }
  })

/** The name of the check for a place that is favoured, and what it changes. */
export const orderCheck = {
  name: "order",
  change: "two texts, each shown first in turn"
} as const

/** Pulls of the first place, in points of the scale; a reason where the rater compares nothing. */
export const orderLine = (pulls: Estimable<readonly number[]>, margins: Margins): AuditLine => {
  const shift = pulls.ok ? shiftOf(pulls.value) : pulls
  const demand = "must-not-move"
  return {
    check: orderCheck.name,
    change: orderCheck.change,
    demand,
    shift,
    outcome: outcomeOf(shift, demand, margins)
  }
}

/** Repeated verdicts must stay within the margin at temperature 0; above, they are reported. */
export const repeatLine = (
  temperature: number | undefined,
  scores: readonly (readonly number[])[],
  { margin }: Margins
): RepeatLine => {
  const result = repeatability(scores)
  const demanded = temperature === undefined || temperature === 0
  if (!result.ok || !result.value.spread.ok) return { temperature, result, outcome: "not-judged" }
  const { lower, upper } = result.value.spread.value
  const outcome = !demanded ? "reported" : upper <= margin ? "pass" : lower > margin ? "fail" : "inconclusive"
  return { temperature, result, outcome }
}

/** Compares the frozen texts with what was stored of them: a judge that moved is another judge. */
export const driftLine = (
  since: string,
  before: readonly (number | null)[],
  now: readonly (number | null)[],
  margins: Margins
): DriftLine => {
  const shift = shiftOf(
    now.flatMap((value, i) => {
      const old = before[i] ?? null
      return value === null || old === null ? [] : [value - old]
    })
  )
  return { since, shift, outcome: outcomeOf(shift, "must-not-move", margins) }
}

/** How many checks say nothing because the rater gave their texts no score, over all measures. */
export const unjudgedLines = (
  measures: readonly AuditMeasure[],
  missing: Readonly<Record<string, number>>
): number =>
  Object.keys(missing).length === 0
    ? 0
    : measures.flatMap(({ lines }) => lines).filter(({ outcome }) => outcome === "not-judged").length

/** How many lines failed, over all measures. */
export const failedLines = (measures: readonly AuditMeasure[]): number =>
  measures
    .flatMap(({ lines, repeats, drift }) => [...lines, ...repeats, ...(drift ? [drift] : [])])
    .filter(({ outcome }) => outcome === "fail").length
