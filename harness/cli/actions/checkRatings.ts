/** `warmline ratings check`: the rules of data quality on a run, and the reliability of what people rated. */
import { Effect, Option } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { FileError } from "../../catalog/FileError.ts"
import { checkRun, type Declared } from "../../ratings/quality/applyQuality.ts"
import { qualityReport } from "../../ratings/quality/qualityReport.ts"
import { decodeManifest } from "../../run/Manifest.ts"
import { Imports } from "../../store/Imports.ts"
import { Quality } from "../../store/Quality.ts"
import { Runs } from "../../store/Runs.ts"
import { StoreError } from "../../store/StoreError.ts"
import type { RatingsCheckOptions } from "../commands/ratings.ts"
import { qualityText } from "../display/qualityText.ts"
import * as layers from "../layers.ts"
import { sayReason } from "./sayReason.ts"

/** The newest run whose texts people have rated. */
const newestRated = Effect.fn("Cli.newestRated")(function* (store: string) {
  const quality = yield* Quality
  for (const run of yield* (yield* Runs).list) {
    if ((yield* quality.seen(run.id)) !== undefined) return run.id
  }
  return yield* new StoreError({
    reason: `no run in ${store} has ratings by people`,
    mend: "bring some in with `warmline import ratings`"
  })
})

const declaredIn = Effect.fn("Cli.declaredIn")(function* (named: string) {
  const { file, study } = yield* (yield* Catalog).study(named, process.cwd())
  if (study.quality === undefined) {
    return yield* new FileError({
      place: file,
      reason: "the study declares no quality rules",
      mend: "add `quality:` with the rules that are on, or `quality: {}` to exclude nobody"
    })
  }
  return { rules: study.quality, origin: named } satisfies Declared
})

/** Checks, marks, prints. */
export const checkRatings = (given: RatingsCheckOptions) =>
  Effect.gen(function* () {
    const asked = Option.isSome(given.study) ? yield* declaredIn(given.study.value) : undefined
    yield* Effect.gen(function* () {
      const id = Option.isSome(given.run) ? given.run.value : yield* newestRated(given.store)
      const row = yield* (yield* Runs).named(id)
      const manifest = yield* decodeManifest(row.manifest)
      const applied = yield* checkRun(manifest, asked)
      if (applied === undefined)
        return yield* sayReason(id, "no person has rated this run's texts", given.json)
      const imports = (yield* (yield* Imports).list(manifest.run)).filter(({ kind }) => kind === "ratings")
      const report = qualityReport(manifest, applied, imports[0]?.importedAt ?? null)
      yield* Effect.sync(() => {
        process.stdout.write(
          given.json ? `${JSON.stringify(report, null, 2)}\n` : qualityText(report, given.raters)
        )
      })
    }).pipe(Effect.provide(layers.store(given.store)))
  }).pipe(Effect.provide(layers.library))
