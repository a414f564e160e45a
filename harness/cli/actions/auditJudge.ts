/** `warmline audit`: opens a judge or a formula, has it audited, says what passed. */
import { Clock, Effect, Layer, Option } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { readAuditSet } from "../../judge/audit/AuditSet.ts"
import type { Audited } from "../../judge/audit/scoreTexts.ts"
import { openJudge, openSettings } from "../../judge/openJudge.ts"
import { type AuditedRater, auditRater } from "../../leaderboard/auditRater.ts"
import { type AuditMeasure, failedLines, unjudgedLines } from "../../leaderboard/auditReport.ts"
import { makeCaller } from "../../run/Caller.ts"
import { openIfProxy } from "../../run/openRater.ts"
import { Progress } from "../../run/Progress.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import type { RaterId } from "../../study/Ids.ts"
import type { AuditOptions } from "../commands/audit.ts"
import { auditText } from "../display/auditText.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { callOptions, sayInterrupted } from "./calls.ts"

const seed = 20260101

type Opened = AuditedRater & { readonly prompt: string | null }

/** The rater as it is at temperature 0 and, for a judge, at 1 and with two texts before it. */
const open = Effect.fn("Audit.open")(function* (given: AuditOptions) {
  const proxy = yield* openIfProxy({ folder: process.cwd() }, given.judge)
  if (proxy) {
    const { id, version, kind } = proxy
    const cold: Audited = { kind: "proxy", rater: proxy }
    return { id, version, kind, prompt: null, cold, warm: undefined, comparer: undefined } satisfies Opened
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
  const two = yield* openSettings({}, at.folder, "pairwise")
  const comparing = yield* openJudge(at, given.judge, two.settings, familyOf)
  const caller = yield* makeCaller([cold.source, warm.source], {}, 0, callOptions(given, given.again))
  const progress = yield* Progress
  const who = (judge: typeof cold): Audited & { readonly kind: "judge" } => ({
    kind: "judge",
    judge,
    caller,
    state: progress.begin("audit", 0)
  })
  return {
    id: cold.id,
    version: cold.version,
    kind: "judge",
    prompt: settings.prompt.hash,
    cold: who(cold),
    warm: who(warm),
    comparer: who(comparing)
  } satisfies Opened
})

const perform = Effect.fn("Audit.perform")(function* (given: AuditOptions) {
  const catalog = yield* Catalog
  const set = yield* readAuditSet()
  const who = yield* open(given)
  const names = given.instrument.length === 0 ? ["perceived-empathy"] : given.instrument
  const instruments = yield* Effect.forEach(names, (name) => catalog.instrument(name, process.cwd()))
  const measures: AuditMeasure[] = []
  const missing: Record<string, number> = {}
  let failed = 0
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  for (const instrument of instruments) {
    const result = yield* auditRater(who, instrument, set, { ...given, seed })
    measures.push(...result.measures)
    failed += result.failed
    for (const [reason, n] of result.missing) missing[reason] = (missing[reason] ?? 0) + n
  }
  const failing = failedLines(measures)
  // A formula says of itself what it does not score: other languages, two texts at once.
  const unjudged = who.kind === "judge" ? unjudgedLines(measures, missing) : 0
  const report = {
    format: "warmline-audit/1",
    rater: { id: who.id, kind: who.kind, version: who.version, prompt: who.prompt },
    set: { hash: set.hash, items: set.items.length },
    at,
    again: given.again,
    failed: failing,
    unjudged,
    unanswered: failed,
    missing,
    measures
  } as const
  yield* Effect.sync(() => {
    process.stdout.write(
      given.json ? `${JSON.stringify(report, null, 2)}\n` : auditText(report, process.stdout.columns ?? 130)
    )
  })
  if (failing > 0 || failed > 0 || unjudged > 0) return yield* new ExitWith({ code: codes.failed })
})

/** Audits the judge of a command line. */
export const auditJudge = (given: AuditOptions) =>
  perform(given).pipe(
    sayInterrupted(given.store),
    Effect.scoped,
    Effect.provide(layers.store(given.store).pipe(Layer.merge(progressLayer(given.display)))),
    Effect.provide(layers.library)
  )
