/** `warmline import ratings FILE --suggest`: a first map, and what it was made from. */
import { Effect, FileSystem, Option, Stream } from "effect"
import { stringify } from "yaml"
import { Catalog } from "../../catalog/Catalog.ts"
import { FileError } from "../../catalog/FileError.ts"
import { decodeYaml } from "../../catalog/YamlFile.ts"
import type { ImportOf } from "../../ratings/ImportReport.ts"
import { openTable } from "../../ratings/openFile.ts"
import { RatingsMap } from "../../ratings/RatingsMap.ts"
import { rejectedPath } from "../../ratings/rejectedFile.ts"
import { type Guess, guessMap } from "../../ratings/suggest/guessMap.ts"
import { profiles } from "../../ratings/suggest/profile.ts"
import type { ImportRatingsOptions } from "../commands/import.ts"
import { suggestText } from "../display/suggestText.ts"
import { ExitWith } from "../ExitWith.ts"

/** How many rows a guess looks at. */
const SAMPLE = 500

const mapText = (file: string, format: string, { map, lacking }: Guess): string =>
  [
    `# A first map of ${JSON.stringify(file)}, guessed from its columns and first rows. Check every line.`,
    ...lacking.map((what) => `# Not found, and needed: ${what}`),
    stringify({ format, ...map })
  ].join("\n")

const shippedInstruments = Effect.gen(function* () {
  const catalog = yield* Catalog
  return yield* Effect.forEach(yield* catalog.names("instruments"), (name) =>
    catalog.instrument(name, process.cwd())
  )
})

/** Writes the map and says what it does; goes on to a dry run where the map is complete. */
export const suggestMap = Effect.fn("Cli.suggestMap")(function* (given: ImportRatingsOptions) {
  const fs = yield* FileSystem.FileSystem
  const opened = yield* openTable(given.file, given.format, {}, process.cwd())
  if (opened.format.map !== undefined) {
    return yield* new FileError({
      place: given.file,
      reason: `is of the format ${opened.format.name}, which needs no map`,
      mend: "import it without --map and --suggest"
    })
  }
  const rows = [...(yield* Stream.runCollect(Stream.take(opened.table.rows, SAMPLE)))]
  const columns = profiles(opened.table.header, rows)
  const found = guessMap(columns, opened.format.preset, yield* shippedInstruments)
  const unfolded = opened.format.name === "json" && found.lacking.length > 0
  const guess = unfolded
    ? { ...found, lacking: ["items: the path (JSONPath) of what a row is made of", ...found.lacking] }
    : found
  const text = mapText(opened.file.name, opened.format.name, guess)
  const place = Option.getOrElse(given.map, () => `${opened.file.name}.map.yaml`)
  yield* fs.writeFileString(place, text, { flag: "wx" }).pipe(
    Effect.mapError(
      (error) =>
        new FileError({
          place,
          reason:
            error.reason._tag === "AlreadyExists"
              ? "is there already"
              : `cannot be written (${error.reason._tag})`,
          mend: "name another file with --map"
        })
    )
  )
  const complete = guess.lacking.length === 0
  yield* Effect.sync(() => {
    const out = given.json ? process.stderr : process.stdout
    out.write(suggestText({ place, columns, guess, why: opened.why, format: opened.format.name, text }))
    if (given.json && !complete)
      process.stdout.write(`${JSON.stringify({ map: place, lacking: guess.lacking }, null, 2)}\n`)
  })
  if (!complete) return yield* new ExitWith({ code: 0 })
  return {
    file: given.file,
    map: yield* decodeYaml(RatingsMap, text, place),
    folder: process.cwd(),
    format: given.format,
    run: Option.getOrUndefined(given.run),
    dryRun: true,
    replace: given.replace,
    rejected: Option.getOrElse(given.rejected, () => rejectedPath(given.file))
  } satisfies ImportOf<RatingsMap>
})
