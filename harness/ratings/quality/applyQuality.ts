/** The rules in force on a run: found, applied to the ratings that are there, and written down as marks. */
import { Clock, Effect, Schema } from "effect"
import type { RunManifest } from "../../run/Manifest.ts"
import { Quality, type QualityCheckRow, type QualityMark } from "../../store/Quality.ts"
import { type Hashable, hashJson } from "../../study/Hash.ts"
import { QualityRules } from "../../study/QualityRules.ts"
import { checkQuality, rules as known, type QualityCheck } from "./checkQuality.ts"
import { loadSheet } from "./loadSheet.ts"
import type { Sheet } from "./Sheet.ts"

/** Rules and where they were declared. */
export interface Declared {
  readonly rules: QualityRules
  /** `run`: the study of the run itself; else the name of the study file that was named at a check. */
  readonly origin: string
}

/** What the run is subject to, and what came of it. */
export interface Applied {
  readonly declared: Declared
  readonly sheet: Sheet
  readonly check: QualityCheck
  /** All checks of the run, this one last. */
  readonly checks: readonly QualityCheckRow[]
}

const codec = Schema.fromJsonString(QualityRules)
const encode = Schema.encodeSync(codec)
const decode = Schema.decodeUnknownEffect(codec)

/** Of the rules and of the versions they are computed by: the same hash makes the same marks of the same ratings. */
const hashOf = (rules: QualityRules): string =>
  hashJson({
    rules: JSON.parse(encode(rules)) as Hashable,
    versions: Object.fromEntries(Object.values(known).map(({ name, version }) => [name, version]))
  })

/** Those of the last check; before any, those of the run's own study, which may be none. */
const inForce = Effect.fn("Quality.inForce")(function* (
  manifest: RunManifest,
  last: QualityCheckRow | undefined
) {
  // Rules that an older version wrote and this one cannot read are a defect of this one's migrations.
  return last === undefined
    ? ({ rules: manifest.quality ?? {}, origin: "run" } satisfies Declared)
    : ({ rules: yield* Effect.orDie(decode(last.rules)), origin: last.origin } satisfies Declared)
})

const marksOf = ({ submissions }: Sheet, { results }: QualityCheck): readonly QualityMark[] =>
  results.flatMap(({ rule, version, on, hits }) =>
    on && hits.ok
      ? [...hits.value].map(([s, reason]) => ({ rule, version, submissionId: submissions[s]!.id, reason }))
      : []
  )

const apply = Effect.fn("Quality.apply")(function* (
  manifest: RunManifest,
  declared: Declared,
  seen: string,
  checks: readonly QualityCheckRow[]
) {
  const quality = yield* Quality
  const sheet = yield* loadSheet(
    manifest.run,
    manifest.instruments.map(({ definition }) => definition)
  )
  const check = checkQuality(sheet, declared.rules)
  const rulesHash = hashOf(declared.rules)
  const last = checks.at(-1)
  if (last?.seen === seen && last.rulesHash === rulesHash && last.origin === declared.origin) {
    return { declared, sheet, check, checks } satisfies Applied
  }
  const row = {
    rules: encode(declared.rules),
    rulesHash,
    origin: declared.origin,
    seen,
    results: JSON.stringify(
      check.results.map(({ hits, ...result }) => ({ ...result, reason: hits.ok ? null : hits.reason }))
    ),
    checkedAt: new Date(yield* Clock.currentTimeMillis).toISOString()
  }
  yield* quality.keep(manifest.run, row, marksOf(sheet, check))
  return { declared, sheet, check, checks: yield* quality.checks(manifest.run) } satisfies Applied
})

/** Checks a run by the rules in force, or by others, which then are. `undefined` without ratings by people. */
export const checkRun = Effect.fn("Quality.checkRun")(function* (manifest: RunManifest, asked?: Declared) {
  const quality = yield* Quality
  const seen = yield* quality.seen(manifest.run)
  if (seen === undefined) return undefined
  const checks = yield* quality.checks(manifest.run)
  return yield* apply(manifest, asked ?? (yield* inForce(manifest, checks.at(-1))), seen, checks)
})

/**
 * Brings the marks of a run up to date, so that whoever reads ratings next leaves out what is excluded. Reads the
 * ratings only when they or the rules are not those of the last check.
 */
export const bringMarksUpToDate = Effect.fn("Quality.bringMarksUpToDate")(function* (manifest: RunManifest) {
  const quality = yield* Quality
  const seen = yield* quality.seen(manifest.run)
  if (seen === undefined) return
  const checks = yield* quality.checks(manifest.run)
  const last = checks.at(-1)
  const declared = yield* inForce(manifest, last)
  if (last === undefined && Object.values(declared.rules).every((rule) => !rule.on)) return
  if (last?.seen === seen && last.rulesHash === hashOf(declared.rules)) return
  yield* apply(manifest, declared, seen, checks)
})
