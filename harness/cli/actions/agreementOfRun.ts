/** `warmline agreement RUN`: judges and proxies against people, and what may be done with them. */
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Clock, Effect, Option } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { FileError } from "../../catalog/FileError.ts"
import { agreementReport, leftOut } from "../../leaderboard/agreementReport.ts"
import { artefactHash, calibrate } from "../../leaderboard/calibrate.ts"
import { visible } from "../../leaderboard/visible.ts"
import { decodeManifest, encodeManifest, type RunManifest } from "../../run/Manifest.ts"
import { Audits } from "../../store/Audits.ts"
import { Runs } from "../../store/Runs.ts"
import { type AgreementThresholds, defaultAgreement } from "../../study/Study.ts"
import type { AgreementOptions } from "../commands/agreement.ts"
import { runAgreementText } from "../display/runAgreementText.ts"
import * as layers from "../layers.ts"
import { sayReason } from "./sayReason.ts"

const writeArtefacts = (folder: string, text: string) =>
  Effect.tryPromise({
    try: async () => {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, "calibrations.json"), text)
    },
    catch: (cause) =>
      new FileError({
        place: folder,
        reason: `cannot be written (${cause instanceof Error ? cause.message : cause})`,
        mend: "name another folder with -o"
      })
  })

const agreementWith = (given: AgreementOptions, declared: AgreementThresholds | undefined) =>
  Effect.gen(function* () {
    const audits = yield* Audits
    const runs = yield* Runs
    const row = yield* runs.named(given.file)
    const known = yield* decodeManifest(row.manifest)
    const manifest =
      declared === undefined ? known : ({ ...known, agreement: declared } satisfies RunManifest)
    if (declared !== undefined) yield* runs.setManifest(manifest.run, encodeManifest(manifest))
    const thresholds = manifest.agreement ?? defaultAgreement
    const dimensions = yield* agreementReport(manifest, thresholds)
    const excluded = yield* leftOut(manifest)
    if (dimensions.every(({ panels }) => panels.length === 0)) {
      const reason =
        excluded.ratings > 0
          ? "the rules of data quality exclude every rating by people; `warmline ratings check` says which and why"
          : "no person has rated this run's texts"
      return yield* sayReason(given.file, reason, given.json)
    }
    const at = new Date(yield* Clock.currentTimeMillis).toISOString()
    const artefacts: object[] = []
    const lines: string[] = []
    const method = Option.getOrUndefined(given.calibrate)
    for (const entry of method === undefined ? [] : dimensions) {
      for (const rater of entry.raters.filter(({ kind }) => kind !== "human")) {
        const name = `${rater.rater}, ${entry.instrument}/${entry.dimension}, to ${rater.panel}`
        const made = calibrate(method!, entry, rater, {
          instrumentHash: manifest.instruments.find(({ definition }) => definition.name === entry.instrument)!
            .hash,
          prompt:
            manifest.judges?.find(({ id, version }) => id === rater.rater && version === rater.version)
              ?.prompt.hash ?? null,
          seed: manifest.seed
        })
        if (!made.ok) {
          lines.push(visible(`Not calibrated: ${name}: ${made.reason}`))
          continue
        }
        const hash = artefactHash(made.value)
        yield* audits.keepCalibration({
          hash,
          rater: rater.rater,
          version: rater.version,
          document: JSON.stringify(made.value),
          at
        })
        artefacts.push({ hash, ...made.value })
        const { rmse, baselineRmse } = made.value.heldOut
        lines.push(
          visible(
            `Calibrated (${method}, ${hash.slice(0, 8)}): ${name}: error on held-out posts ${rmse.toFixed(2)} points; as it is ${made.value.uncalibratedRmse.toFixed(2)}, by the mean alone ${baselineRmse.toFixed(2)}`
          )
        )
      }
    }
    if (Option.isSome(given.output) && artefacts.length > 0) {
      yield* writeArtefacts(given.output.value, `${JSON.stringify(artefacts, null, 2)}\n`)
    }
    yield* Effect.sync(() => {
      const bare = dimensions.map(({ raters, ...rest }) => ({
        ...rest,
        raters: raters.map(({ texts: _, ...rater }) => rater)
      }))
      process.stdout.write(
        given.json
          ? `${JSON.stringify({ format: "warmline-agreement/1", run: manifest.run, thresholds, excluded, dimensions: bare, calibrations: artefacts }, null, 2)}\n`
          : runAgreementText(
              manifest.run,
              dimensions,
              thresholds,
              excluded,
              lines,
              process.stdout.columns ?? 100
            )
      )
    })
  }).pipe(Effect.provide(layers.store(given.store)))

const declaredIn = Effect.fn("Cli.agreementDeclaredIn")(function* (named: string) {
  const { file, study } = yield* (yield* Catalog).study(named, process.cwd())
  if (study.agreement !== undefined) return study.agreement
  return yield* new FileError({
    place: file,
    reason: "the study declares no thresholds of agreement",
    mend: "add `agreement:`, such as { texts: 30, spearman: 0.5, kappa: 0.4, bias: 0.1 }"
  })
})

/** Compares, calibrates where asked, prints. */
export const agreementOfRun = (given: AgreementOptions) =>
  Effect.gen(function* () {
    const declared = Option.isSome(given.study) ? yield* declaredIn(given.study.value) : undefined
    yield* agreementWith(given, declared)
  }).pipe(Effect.provide(layers.library))
