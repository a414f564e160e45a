/** `warmline audit`: opens a judge or a formula, scores the audit's texts, says what passed, and keeps it. */
import { Clock, Effect, Layer, Option } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { readAuditSet } from "../../judge/audit/AuditSet.ts"
import { type Audited, measuresOf, scoreTexts } from "../../judge/audit/scoreTexts.ts"
import { frozenTexts } from "../../judge/audit/variants.ts"
import { openJudge, openSettings } from "../../judge/openJudge.ts"
import {
  type AuditMeasure,
  auditLines,
  auditTexts,
  driftLine,
  failedLines,
  repeatLine
} from "../../leaderboard/auditReport.ts"
import { makeCaller } from "../../run/Caller.ts"
import { openIfProxy } from "../../run/openRater.ts"
import { Progress } from "../../run/Progress.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import { mean } from "../../stats/Moments.ts"
import { Audits } from "../../store/Audits.ts"
import type { RaterId } from "../../study/Ids.ts"
import { type Instrument, instrumentHash } from "../../study/Instrument.ts"
import type { AuditOptions } from "../commands/audit.ts"
import { auditText } from "../display/auditText.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { callOptions, sayInterrupted } from "./calls.ts"

const seed = 20260101

/** The rater as it is at temperature 0 and, for a judge, at 1. */
const open = Effect.fn("Audit.open")(function* (given: AuditOptions) {
  const proxy = yield* openIfProxy({ folder: process.cwd() }, given.judge)
  if (proxy) {
    const who: Audited = { kind: "proxy", rater: proxy }
    const { id, version, kind } = proxy
    return { id, version, kind, prompt: undefined, cold: who, warm: undefined }
  }
  const at = {
    folder: process.cwd(),
    prices: Option.isSome(given.prices) ? yield* readUserPrices(given.prices.value) : undefined,
    strict: given.strict
  }
  const { settings, familyOf } = yield* openSettings({}, at.folder)
  const cold = yield* openJudge(at, given.judge, settings, familyOf)
  const entry = { id: cold.id as RaterId, model: given.judge, parameters: { temperature: 1 }, config: {} }
  const warm = yield* openJudge(at, entry, settings, familyOf)
  const caller = yield* makeCaller([cold.source, warm.source], {}, 0, callOptions(given, given.again))
  const progress = yield* Progress
  const who = (judge: typeof cold): Audited => ({
    kind: "judge",
    judge,
    caller,
    state: progress.begin("audit", 0)
  })
  return {
    id: cold.id,
    version: cold.version as string,
    kind: "judge" as const,
    prompt: settings.prompt.hash as string,
    cold: who(cold),
    warm: who(warm)
  }
})

const marginsOf = (instrument: Instrument, given: AuditOptions) => {
  const { minimum, maximum } = instrument.dimensions[0]!.scale
  const range = maximum - minimum
  return {
    range: [minimum, maximum] as const,
    margins: { margin: given.margin * range, least: given.least * range }
  }
}

/** What is kept of an audit: enough to compare with later. */
interface Kept {
  readonly measures: readonly { readonly measure: string; readonly frozen: readonly (number | null)[] }[]
}

const perform = Effect.fn("Audit.perform")(function* (given: AuditOptions) {
  const catalog = yield* Catalog
  const audits = yield* Audits
  const set = yield* readAuditSet()
  const who = yield* open(given)
  const names = given.instrument.length === 0 ? ["perceived-empathy"] : given.instrument
  const instruments = yield* Effect.forEach(names, (name) => catalog.instrument(name, process.cwd()))
  const all = auditTexts(set)
  const frozen = frozenTexts(set)
  const measures: AuditMeasure[] = []
  const missing = new Map<string, number>()
  let failed = 0
  const score = Effect.fnUntraced(function* (
    rater: Audited,
    instrument: Instrument,
    texts: typeof frozen,
    epochs: number
  ) {
    const result = yield* scoreTexts(rater, instrument, texts, epochs, seed)
    failed += result.failed
    for (const [reason, n] of result.missing) missing.set(reason, (missing.get(reason) ?? 0) + n)
    return result.measures
  })
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  for (const instrument of instruments) {
    const { range, margins } = marginsOf(instrument, given)
    const hash = instrumentHash(instrument)
    const texts = given.again ? undefined : yield* score(who.cold, instrument, all.texts, 1)
    const cold = yield* score(who.cold, instrument, frozen, given.repeats)
    const warm =
      who.warm === undefined || given.again
        ? undefined
        : yield* score(who.warm, instrument, frozen, given.repeats)
    const earlier = (yield* audits.of(who.id)).find(
      (row) =>
        row.kind === "audit" &&
        row.version === who.version &&
        row.setHash === set.hash &&
        row.instrumentHash === hash
    )
    const before = earlier === undefined ? undefined : (JSON.parse(earlier.document) as Kept)
    const mine = measuresOf(instrument).map((measure): AuditMeasure => {
      const coldScores = cold.get(measure)!
      const now = coldScores.map((scores) => (scores.length === 0 ? null : mean(scores)))
      const then = before?.measures.find((entry) => entry.measure === measure)
      const cool = who.kind === "proxy" ? undefined : 0
      return {
        instrument: instrument.name,
        measure,
        margins,
        range,
        lines: texts === undefined ? [] : auditLines(all, texts.get(measure)!, measure, margins),
        repeats: [
          repeatLine(cool, coldScores, margins),
          ...(warm === undefined ? [] : [repeatLine(1, warm.get(measure)!, margins)])
        ],
        ...(given.again && earlier !== undefined && then !== undefined
          ? { drift: driftLine(earlier.at, then.frozen, now, margins) }
          : {}),
        frozen: now
      }
    })
    measures.push(...mine)
    if (failed === 0) {
      yield* audits.keep({
        kind: given.again ? "drift" : "audit",
        rater: who.id,
        version: who.version,
        setHash: set.hash,
        instrumentHash: hash,
        document: JSON.stringify({ instrument: instrument.name, measures: mine }),
        at
      })
    }
  }
  const failing = failedLines(measures)
  const report = {
    format: "warmline-audit/1",
    rater: { id: who.id, kind: who.kind, version: who.version, prompt: who.prompt ?? null },
    set: { hash: set.hash, items: set.items.length },
    at,
    again: given.again,
    failed: failing,
    unanswered: failed,
    missing: Object.fromEntries(missing),
    measures
  } as const
  yield* Effect.sync(() => {
    process.stdout.write(given.json ? `${JSON.stringify(report, null, 2)}\n` : auditText(report))
  })
  if (failing > 0 || failed > 0) return yield* new ExitWith({ code: codes.failed })
})

/** Audits the judge of a command line. */
export const auditJudge = (given: AuditOptions) =>
  perform(given).pipe(
    sayInterrupted(given.store),
    Effect.scoped,
    Effect.provide(layers.store(given.store).pipe(Layer.merge(progressLayer(given.display)))),
    Effect.provide(layers.library)
  )
