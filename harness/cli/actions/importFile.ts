/** `warmline import`: what is told to the importers, and how their reports are shown. */
import { Effect, Option, Path, type Schema } from "effect"
import { readYaml } from "../../catalog/YamlFile.ts"
import type { ImportOf, ImportReport } from "../../ratings/ImportReport.ts"
import { importRatings } from "../../ratings/importRatings.ts"
import { importResponses } from "../../ratings/importResponses.ts"
import { RatingsMap, ResponsesMap } from "../../ratings/RatingsMap.ts"
import { rejectedPath } from "../../ratings/rejectedFile.ts"
import type { ImportRatingsOptions, ImportResponsesOptions } from "../commands/import.ts"
import { importText } from "../display/importText.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { suggestMap } from "./suggestMap.ts"

/** What both kinds of import are given. */
const tell = Effect.fn("Cli.tellImport")(function* <S extends Schema.Codec<unknown, unknown>>(
  given: ImportResponsesOptions,
  schema: S,
  replace: boolean
) {
  const path = yield* Path.Path
  const map = Option.isSome(given.map) ? yield* readYaml(schema, given.map.value) : undefined
  return {
    file: given.file,
    map,
    folder: Option.isSome(given.map) ? path.dirname(given.map.value) : process.cwd(),
    format: given.format,
    run: Option.getOrUndefined(given.run),
    dryRun: given.dryRun,
    replace,
    rejected: Option.getOrElse(given.rejected, () => rejectedPath(given.file))
  } satisfies ImportOf<S["Type"]>
})

/** Prints a report; rejected rows are a failure, although the others are in. */
const show = Effect.fn("Cli.showImport")(function* (report: ImportReport, json: boolean) {
  yield* Effect.sync(() => {
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : importText(report))
  })
  if (report.account.rows.rejected > 0 || (report.account.ratings?.rejected ?? 0) > 0)
    return yield* new ExitWith({ code: codes.failed })
})

/** `import ratings`. */
export const importRatingsFile = Effect.fn("Cli.importRatings")(function* (given: ImportRatingsOptions) {
  const told = given.suggest ? yield* suggestMap(given) : yield* tell(given, RatingsMap, given.replace)
  const report = yield* importRatings(told).pipe(Effect.provide(layers.people(given.store)))
  yield* show(report, given.json)
}, Effect.provide(layers.library))

/** `import responses`. */
export const importResponsesFile = Effect.fn("Cli.importResponses")(function* (
  given: ImportResponsesOptions
) {
  const told = yield* tell(given, ResponsesMap, false)
  const report = yield* importResponses(told).pipe(Effect.provide(layers.store(given.store)))
  yield* show(report, given.json)
}, Effect.provide(layers.library))
