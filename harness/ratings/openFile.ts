/** A file as a table: looked at, its format found out or checked, other files joined, its rows ready to be read. */

import { parse } from "csv-parse/sync"
import { Effect, Path } from "effect"
import { FileError } from "../catalog/FileError.ts"
import type { Format, Peek, Reading } from "./formats/Format.ts"
import { formats } from "./formats/shippedFormats.ts"
import type { RatingsMap } from "./RatingsMap.ts"
import { delimiterOf, headerName, withoutSeparatorLine } from "./table/csvTable.ts"
import { joined } from "./table/joined.ts"
import { parseJson, readJsonFile } from "./table/jsonTable.ts"
import { type Encoding, type Sniffed, sniffFile } from "./table/sniffFile.ts"
import type { Table } from "./table/Table.ts"
import { unfolded } from "./table/unfolded.ts"

/** A file, its format, and why it is taken for one. */
export interface Recognised {
  readonly file: Sniffed
  readonly format: Format
  /** Says how the format was found out, for people. */
  readonly why: string
  readonly peek: Peek
}

/** How many records of a CSV file a first look needs. */
const PEEK = 12

/** The first records of a file whose beginning is known; a record cut off by its end is left out. */
const firstRecords = (start: string, delimiter: string | undefined): readonly (readonly string[])[] => {
  try {
    return parse(withoutSeparatorLine(start), {
      delimiter: delimiter ?? delimiterOf(start),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: PEEK
    })
  } catch {
    // What is wrong is said with its line when the file is read.
    return []
  }
}

/** The values of the first lines, without a line that the beginning cuts off. */
const firstValues = (start: string): readonly unknown[] =>
  start.split("\n", PEEK).flatMap((line) => {
    try {
      return [parseJson(line)]
    } catch {
      return []
    }
  })

const peekAt = Effect.fn("Ratings.peekAt")(function* (file: Sniffed, reading: Reading) {
  const start = file.start.trimStart()
  const firstLine = start.split("\n", 1)[0]!
  if (/^[{[]/.test(start)) {
    const oneLine = yield* Effect.try({
      try: () => parseJson(firstLine),
      catch: () => undefined
    }).pipe(Effect.option)
    const more = start.slice(firstLine.length).trim() !== ""
    if (/\.(jsonl|ndjson)$/i.test(file.name) || (oneLine._tag === "Some" && more))
      return { _tag: "Jsonl", values: firstValues(start) } satisfies Peek
    return { _tag: "Json", value: yield* readJsonFile(file) } satisfies Peek
  }
  const [header = [], ...rows] = firstRecords(file.start, reading.delimiter)
  return { _tag: "Csv", header: header.map(headerName), rows } satisfies Peek
})

/** Names of all formats. */
export const formatNames: readonly string[] = formats.map(({ name }) => name)

/** Looks at a file. `wanted` is a format's name, or `auto`. */
export const recognise = Effect.fn("Ratings.recognise")(function* (
  path: string,
  wanted: string,
  reading: Reading & { readonly encoding?: Encoding | undefined }
) {
  const file = yield* sniffFile(path, reading.encoding)
  const peek = yield* peekAt(file, reading)
  if (wanted !== "auto") {
    const format = formats.find(({ name }) => name === wanted)
    if (format === undefined) {
      return yield* new FileError({
        place: path,
        reason: `no format is called ${wanted}`,
        mend: `--format is auto or one of ${formatNames.join(", ")}`
      })
    }
    return { file, format, why: "as it was told", peek } satisfies Recognised
  }
  for (const format of formats) {
    const why = format.recognise(file, peek)
    if (why !== undefined) return { file, format, why: `since ${why}`, peek } satisfies Recognised
  }
  return yield* new FileError({
    place: path,
    reason: "no format fits",
    mend: `name one with --format (${formatNames.join(", ")})`
  })
})

/** A file that can be read row by row. */
export interface Opened extends Recognised {
  readonly table: Table
  /** Hashes of the files whose columns stand beside its own, by the names they have in the map. */
  readonly joined: Readonly<Record<string, string>>
}

/** What a map says of how its file is read; nothing where there is no map yet. */
export type Readings = Partial<Pick<RatingsMap, "delimiter" | "items" | "encoding" | "format" | "join">>

/** Opens a file by a map; names of joined files start from `folder`. */
export const openTable = Effect.fn("Ratings.openTable")(function* (
  file: string,
  wanted: string,
  map: Readings,
  folder: string
) {
  const path = yield* Path.Path
  const recognised = yield* recognise(file, wanted === "auto" ? (map.format ?? wanted) : wanted, map)
  const opened = yield* recognised.format.open(recognised.file, map)
  let table = recognised.peek._tag === "Csv" ? yield* unfolded(opened) : opened
  const hashes: Record<string, string> = {}
  for (const [name, join] of Object.entries(map.join ?? {})) {
    const place = path.resolve(folder, join.file)
    const other = yield* recognise(place, "auto", {})
    hashes[name] = other.file.hash
    table = yield* joined(file, table, {
      name,
      path: join.file,
      table: yield* other.format.open(other.file, {}),
      column: join.column,
      with: join.with
    })
  }
  return { ...recognised, table, joined: hashes } satisfies Opened
})
