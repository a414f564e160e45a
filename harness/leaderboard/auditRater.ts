/** Audits a rater on one instrument: every check, repeated verdicts, and the frozen texts against what was stored. */
import { Clock, Effect } from "effect"
import type { AuditSet } from "../judge/audit/AuditSet.ts"
import { type Comparer, gradeRange, positionPulls } from "../judge/audit/positionPull.ts"
import { type Audited, measuresOf, scoreTexts } from "../judge/audit/scoreTexts.ts"
import { frozenTexts } from "../judge/audit/variants.ts"
import type { Rateable } from "../model/Model.ts"
import { type Estimable, estimable, notEstimable } from "../stats/Estimable.ts"
import { mean } from "../stats/Moments.ts"
import { Audits } from "../store/Audits.ts"
import { Instrument, instrumentHash } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import { type AuditMeasure, auditLines, auditTexts, driftLine, orderLine, repeatLine } from "./auditReport.ts"

/** Who is audited: as it is at temperature 0 and, for a judge, at 1 and comparing two texts. */
export interface AuditedRater {
  readonly id: string
  readonly version: string
  readonly kind: RaterKind
  readonly cold: Audited
  readonly warm: Audited | undefined
  readonly comparer: Comparer | undefined
}

/** How. */
export interface AuditSettings {
  /** Shares of the scale, as `Margins` has them in points. */
  readonly margin: number
  readonly least: number
  /** Verdicts on each frozen text. */
  readonly repeats: number
  /** Only the frozen texts, and against what was stored of them. */
  readonly again: boolean
  readonly seed: number
}

/** What came of it. */
export interface AuditResult {
  readonly measures: readonly AuditMeasure[]
  /** Why texts have no score, with how often. */
  readonly missing: ReadonlyMap<string, number>
  /** Questions that have no answer yet. */
  readonly failed: number
}

/** What is kept of an audit: enough to compare with later. */
interface Kept {
  readonly measures: readonly { readonly measure: string; readonly frozen: readonly (number | null)[] }[]
}

/** The instrument as far as one measure asks. */
const partOf = (instrument: Instrument, measure: string): Instrument => {
  const dimension = instrument.dimensions.find(({ name }) => name === measure)
  return measure === "aggregate" || dimension === undefined
    ? instrument
    : new Instrument({ ...instrument, dimensions: [dimension] })
}

/** Audits, and keeps the result when every question has its answer. */
export const auditRater = Effect.fn("Audit.rater")(function* (
  who: AuditedRater,
  instrument: Instrument,
  set: AuditSet,
  { margin, least, repeats, again, seed }: AuditSettings
) {
  const audits = yield* Audits
  const { minimum, maximum } = instrument.dimensions[0]!.scale
  const width = maximum - minimum
  const margins = { margin: margin * width, least: least * width }
  const missing = new Map<string, number>()
  const miss = (reason: string, n: number) => missing.set(reason, (missing.get(reason) ?? 0) + n)
  let failed = 0
  const score = Effect.fnUntraced(function* (rater: Audited, texts: readonly Rateable[], epochs: number) {
    const result = yield* scoreTexts(rater, instrument, texts, epochs, seed)
    failed += result.failed
    for (const [reason, n] of result.missing) miss(reason, n)
    return result.measures
  })
  const pullsOn = Effect.fnUntraced(function* (measure: string) {
    if (who.comparer === undefined) {
      return notEstimable("a formula sees one text at a time") as Estimable<readonly number[]>
    }
    const found = yield* positionPulls(who.comparer, partOf(instrument, measure), set, seed)
    failed += found.failed
    if (found.missing > 0) miss("a comparison has no verdict", found.missing)
    return estimable(found.pulls.map((pull) => (pull / gradeRange) * width))
  })

  const all = auditTexts(set)
  const frozen = frozenTexts(set)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const hash = instrumentHash(instrument)
  const texts = again ? undefined : yield* score(who.cold, all.texts, 1)
  const cold = yield* score(who.cold, frozen, repeats)
  const warm = who.warm === undefined || again ? undefined : yield* score(who.warm, frozen, repeats)
  const earlier = (yield* audits.of(who.id)).find(
    (row) =>
      row.kind === "audit" &&
      row.version === who.version &&
      row.setHash === set.hash &&
      row.instrumentHash === hash
  )
  const before = earlier === undefined ? undefined : (JSON.parse(earlier.document) as Kept)
  const measures: AuditMeasure[] = []
  for (const measure of measuresOf(instrument)) {
    const coldScores = cold.get(measure)!
    const now = coldScores.map((scores) => (scores.length === 0 ? null : mean(scores)))
    const then = before?.measures.find((entry) => entry.measure === measure)
    const cool = who.kind === "proxy" ? undefined : 0
    measures.push({
      instrument: instrument.name,
      measure,
      margins,
      range: [minimum, maximum],
      lines:
        texts === undefined
          ? []
          : [
              ...auditLines(all, texts.get(measure)!, measure, margins),
              orderLine(yield* pullsOn(measure), margins)
            ],
      repeats: [
        repeatLine(cool, coldScores, margins),
        ...(warm === undefined ? [] : [repeatLine(1, warm.get(measure)!, margins)])
      ],
      ...(again && earlier !== undefined && then !== undefined
        ? { drift: driftLine(earlier.at, then.frozen, now, margins) }
        : {}),
      frozen: now
    })
  }
  if (failed === 0) {
    yield* audits.keep({
      kind: again ? "drift" : "audit",
      rater: who.id,
      version: who.version,
      setHash: set.hash,
      instrumentHash: hash,
      document: JSON.stringify({ instrument: instrument.name, measures }),
      at
    })
  }
  return { measures, missing, failed } satisfies AuditResult
})
