/** JSON and JSONL files as tables: one row for each item that a path selects, or for each line. */
import { readFile } from "node:fs/promises"
import { parse as parsePath } from "node:path"
import { Array as Arr, Effect, Stream } from "effect"
import { exec } from "jsonpath-rfc9535"
import { FileError } from "../../catalog/FileError.ts"
import { type FlatRecord, flatRecord, keysOf } from "./flatRecord.ts"
import { decoderOf, type Sniffed, textOf, unreadable } from "./sniffFile.ts"
import type { Row, Table } from "./Table.ts"

/** A JSON file is read whole, so it has to be smaller than this. */
const LARGEST = 512 * 1024 * 1024

/** Numbers that a double would round keep their digits as texts. */
export const parseJson = (text: string): unknown =>
  /\d{16}/.test(text)
    ? JSON.parse(text, ((_key: string, value: unknown, context: { readonly source?: string }) =>
        typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? "")
          ? context.source
          : value) as never)
    : JSON.parse(text)

const rowOf = (header: readonly string[], line: number, record: FlatRecord): Row => ({
  line,
  cells: header.map((name) => record.get(name) ?? "")
})

/** The parser quotes what it stumbled over, line ends included. */
const notJson = (place: string, cause: unknown) =>
  new FileError({
    place,
    reason: `not JSON (${(cause as Error).message.replace(/[\s\p{Cc}]+/gu, " ")})`,
    mend: "correct the file"
  })

/** The paths of a map, or where the items of a file usually are. */
const pathsOf = (items: string | readonly string[] | undefined, value: unknown): readonly string[] =>
  items === undefined ? [Array.isArray(value) ? "$[*]" : "$"] : typeof items === "string" ? [items] : items

const nothingAt = (file: string, path: string) =>
  new FileError({
    place: file,
    reason: `items: ${path} selects nothing`,
    mend: "correct items: in the map"
  })

const select = (file: string, value: unknown, path: string): (readonly (string | number)[])[] => {
  const found: (readonly (string | number)[])[] = []
  try {
    exec(value as never, path, (_value, at) => {
      // A path captured from the root begins with "$".
      found.push(at[0] === "$" ? at.slice(1) : [...at])
    })
  } catch (cause) {
    throw new FileError({
      place: file,
      reason: `items: ${path} is not a JSON path (${(cause as Error).message.split("\n")[0]})`,
      mend: "write it as $.ratings[*] (RFC 9535)"
    })
  }
  return found
}

/** Everything a JSON file holds, parsed. */
export const readJsonFile = Effect.fn("Ratings.readJsonFile")(({ path, encoding }: Sniffed) =>
  Effect.tryPromise({
    try: async (signal) => {
      const bytes = await readFile(path, { signal })
      if (bytes.length > LARGEST)
        throw new FileError({ place: path, reason: "a JSON file above 512 MB", mend: "convert it to JSONL" })
      try {
        return parseJson(decoderOf(encoding).decode(bytes))
      } catch (cause) {
        throw notJson(path, cause)
      }
    },
    catch: unreadable(path)
  })
)

/** A JSON value as a table. */
export const tableOfJson = Effect.fn("Ratings.tableOfJson")(function* (
  file: Sniffed,
  value: unknown,
  items: string | readonly string[] | undefined
) {
  return yield* Effect.try({
    try: (): Table => {
      const found = pathsOf(items, value).flatMap((path) => {
        const some = select(file.path, value, path)
        if (some.length === 0) throw nothingAt(file.path, path)
        return some
      })
      const keys = keysOf(found)
      const records = found.map((path, index) => [index + 1, flatRecord(value, path, keys)] as const)
      const header = [...new Set(records.flatMap(([, record]) => [...record.keys()]))]
      return {
        header,
        questions: [],
        counts: "item",
        file: parsePath(file.name).name,
        own: header.length,
        rows: Stream.fromIterable(records.map(([line, record]) => rowOf(header, line, record)))
      }
    },
    catch: unreadable(file.path)
  })
})

type Numbered = readonly [number, FlatRecord]

/** How many lines are handed on at a time. */
const AT_A_TIME = 500

/** Lines end with LF or CRLF; other line ends of Unicode may stand in texts of JSON as they are. */
async function* lines(file: Sniffed): AsyncGenerator<string> {
  let begun: string[] = []
  for await (const text of textOf(file)) {
    const parts = text.split("\n")
    for (const part of parts.slice(0, -1)) {
      const line = begun.length === 0 ? part : [...begun, part].join("")
      begun = []
      yield line
    }
    begun.push(parts.at(-1)!)
  }
  yield begun.join("")
}

async function* records(
  file: Sniffed,
  items: string | readonly string[] | undefined
): AsyncGenerator<Arr.NonEmptyReadonlyArray<Numbered>> {
  let number = 0
  // A line may have none, such as a text that nobody has rated.
  const paths = new Set(items === undefined ? [] : pathsOf(items, undefined))
  let out: Numbered[] = []
  for await (const line of lines(file)) {
    number++
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line
    if (text.trim() === "") continue
    const place = `${file.path}:${number}`
    let value: unknown
    try {
      value = parseJson(text)
    } catch (cause) {
      throw notJson(place, cause)
    }
    if (items === undefined) out.push([number, flatRecord(value, [])])
    else
      for (const path of pathsOf(items, value)) {
        const found = select(place, value, path)
        if (found.length > 0) paths.delete(path)
        const keys = keysOf(found)
        for (const at of found) out.push([number, flatRecord(value, at, keys)])
      }
    if (out.length >= AT_A_TIME && Arr.isReadonlyArrayNonEmpty(out)) {
      yield out
      out = []
    }
  }
  for (const path of paths) throw nothingAt(file.path, path)
  if (Arr.isReadonlyArrayNonEmpty(out)) yield out
}

/** A JSONL file as a table; it is read twice, since any line may have a field that no other has. */
export const jsonlTable = Effect.fn("Ratings.jsonlTable")(function* (
  file: Sniffed,
  items: string | readonly string[] | undefined
) {
  const all = Stream.suspend(() =>
    Stream.fromAsyncIterable(records(file, items), unreadable(file.path))
  ).pipe(Stream.flattenArray)
  const names = new Set<string>()
  yield* Stream.runForEachArray(all, (found) =>
    Effect.sync(() => {
      for (const [, record] of found) for (const name of record.keys()) names.add(name)
    })
  )
  const header = [...names]
  const table: Table = {
    header,
    questions: [],
    counts: "line",
    file: parsePath(file.name).name,
    own: header.length,
    rows: Stream.mapArray(all, (found) => Arr.map(found, ([line, record]) => rowOf(header, line, record)))
  }
  return table
})
