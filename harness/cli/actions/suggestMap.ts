/** `warmline import ratings FILE --suggest`: a first map, and what it was made from. */
import { Effect, FileSystem, Option } from "effect"
import { stringify } from "yaml"
import { Catalog } from "../../catalog/Catalog.ts"
import { FileError } from "../../catalog/FileError.ts"
import { decodeYaml } from "../../catalog/YamlFile.ts"
import type { ImportOf } from "../../ratings/ImportReport.ts"
import { RatingsMap } from "../../ratings/RatingsMap.ts"
import { rejectedPath } from "../../ratings/rejectedFile.ts"
import type { Guess } from "../../ratings/suggest/guessMap.ts"
import { suggestFor } from "../../ratings/suggest/suggestFor.ts"
import type { ImportRatingsOptions } from "../commands/import.ts"
import { suggestText } from "../display/suggestText.ts"
import { ExitWith } from "../ExitWith.ts"

const mapText = (file: string, { map, lacking }: Guess): string =>
  [
    `# A first map of ${JSON.stringify(file)}, guessed from its columns and first rows. Check every line.`,
    ...lacking.map((what) => `# Not found, and needed: ${what}`),
    stringify(map)
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
  const { opened, columns, guess } = yield* suggestFor(given.file, given.format, yield* shippedInstruments)
  const text = mapText(opened.file.name, guess)
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
