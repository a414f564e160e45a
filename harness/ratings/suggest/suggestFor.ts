/** Everything that can be guessed of a file that has no map yet. */
import { Effect, Stream } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import type { Instrument } from "../../study/Instrument.ts"
import { type Opened, openTable } from "../openFile.ts"
import { type Guess, guessMap } from "./guessMap.ts"
import { itemsPath } from "./itemsPath.ts"
import { profiles } from "./profile.ts"

/** How many rows a guess looks at. */
const SAMPLE = 500

/** The path of a JSON file's items, where they are not the obvious ones. */
const itemsOf = ({ format, peek }: Opened, instruments: readonly Instrument[]): string | undefined => {
  const known = new Set(instruments.flatMap(({ dimensions }) => dimensions.map(({ name }) => String(name))))
  const isDimension = (name: string) => known.has(name.toLowerCase())
  if (format.name === "json" && peek._tag === "Json") {
    const path = itemsPath(peek.value, isDimension)
    return path === "$[*]" ? undefined : path
  }
  return format.name === "jsonl" && peek._tag === "Jsonl"
    ? peek.values.map((value) => itemsPath(value, isDimension)).find((path) => path !== undefined)
    : undefined
}

/** Guesses a file's map from its names and first rows. `wanted` is a format's name, or `auto`. */
export const suggestFor = Effect.fn("Ratings.suggestFor")(function* (
  file: string,
  wanted: string,
  instruments: readonly Instrument[]
) {
  const opened = yield* openTable(file, wanted, {}, ".")
  if (opened.format.map !== undefined) {
    return yield* new FileError({
      place: file,
      reason: `is of the format ${opened.format.name}, which needs no map`,
      mend: "import it without --map and --suggest"
    })
  }
  const items = itemsOf(opened, instruments)
  const { table } = items === undefined ? opened : yield* openTable(file, wanted, { items }, ".")
  const columns = profiles(table, yield* Stream.runCollect(Stream.take(table.rows, SAMPLE)))
  const found = guessMap(columns, opened.format.preset, instruments)
  const folded = opened.format.name === "json" && items === undefined && found.lacking.length > 0
  const guess: Guess = {
    ...found,
    map: { format: opened.format.name, ...(items === undefined ? {} : { items }), ...found.map },
    lacking: [...(folded ? ["items: the path (JSONPath) of what a row is made of"] : []), ...found.lacking]
  }
  return { opened, columns, guess }
})
