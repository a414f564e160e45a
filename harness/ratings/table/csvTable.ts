/** A CSV file as a table: records and not lines, since a quoted cell may hold line ends. */
import { parse as parsePath } from "node:path"
import { CsvError, type InfoRecord, parse } from "csv-parse"
import { Array as Arr, Effect, Stream } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { repeatedHeader } from "./repeatedHeader.ts"
import { type Sniffed, textOf, unreadable } from "./sniffFile.ts"
import type { Row, Table } from "./Table.ts"

/** A record longer than this is a quote that was never closed. */
const LONGEST = 16 * 1024 * 1024

/** A first line of nothing but `sep=;`, with which Excel is told what separates the cells. */
const separatorLine = /^"?sep=(.)"?[,;\t|]*\r?(\n|\r|$)/i

/** A file's beginning without the line for Excel. */
export const withoutSeparatorLine = (start: string): string => start.replace(separatorLine, "")

/** What the line for Excel says, or else what the first line has most of, outside quotes; a comma where it has none. */
export const delimiterOf = (start: string): string => {
  const told = separatorLine.exec(start)?.[1]
  if (told !== undefined) return told
  const counts = new Map([",", ";", "\t", "|"].map((one) => [one, 0]))
  let quoted = false
  for (const char of start) {
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === "\n" || char === "\r")) break
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1)
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

/** A column's name as a map can use it; `index` counts from 0. */
export const headerName = (cell: string, index: number): string => {
  const name = cell.trim().replace(/\s+/g, " ")
  return name === "" ? `(column ${index + 1})` : name
}

const broken = (file: Sniffed, cause: unknown): FileError => {
  if (!(cause instanceof CsvError)) return unreadable(file.path)(cause)
  const { code, message, lines } = cause as CsvError & { readonly lines?: number }
  const place = typeof lines === "number" ? `${file.path}:${lines}` : file.path
  const quote = code.includes("QUOTE") || code === "CSV_MAX_RECORD_SIZE"
  return new FileError({
    place,
    reason: quote ? "a quote is opened or closed where none belongs" : `not CSV (${message})`,
    mend: quote ? 'write " within a quoted cell as "" and close every quote' : "correct that line"
  })
}

/** A record as a row as wide as the header; blank cells beyond it are dropped, as spreadsheets leave them. */
const fitted = (line: number, cells: readonly string[], width: number): Row => {
  if (cells.length === width) return { line, cells }
  const extra = cells.slice(width).join("").trim()
  return cells.length > width && extra === ""
    ? { line, cells: cells.slice(0, width) }
    : {
        line,
        cells,
        wrong: { value: extra, reason: `the row has ${cells.length} cells, the header ${width}` }
      }
}

async function* records(file: Sniffed, delimiter: string): AsyncGenerator<Arr.NonEmptyReadonlyArray<Row>> {
  let out: Row[] = []
  let width: number | undefined
  let before = 0
  let failed: unknown
  const skipFirst = separatorLine.test(file.start)
  const parser = parse({
    delimiter,
    // All three: a file may mix them, and the parser would hold on to the first it meets.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    // Blanks around a quoted cell are not the cell's.
    trim: true,
    max_record_size: LONGEST,
    on_record: (cells: string[], { lines }: InfoRecord): null => {
      const line = before + 1
      before = lines
      if (skipFirst && line === 1) return null
      // A line of nothing is no row; one of nothing but delimiters is an empty row, which is counted.
      if (cells.length === 1 && cells[0] === "" && width !== 1) return null
      width ??= cells.length
      out.push(fitted(line, cells, width))
      return null
    }
  })
  parser.on("error", (cause) => {
    failed = cause
  })
  parser.resume()
  const feed = (part: string, end: boolean) =>
    new Promise<void>((resolve, reject) => {
      const done = (cause?: Error | null) => (cause || failed ? reject(cause ?? failed) : resolve())
      if (!end) parser.write(part, done)
      else
        parser
          .once("end", () => done())
          .once("error", done)
          .end(part)
    })
  for await (const text of textOf(file)) {
    await feed(text, false)
    if (Arr.isReadonlyArrayNonEmpty(out)) {
      yield out
      out = []
    }
  }
  await feed("", true)
  if (Arr.isReadonlyArrayNonEmpty(out)) yield out
}

/** How many rows below the names are header too, and what they ask; told from the names and the first two rows. */
export type ExtraHeader = (
  header: readonly string[],
  rows: readonly (readonly string[])[]
) => { readonly rows: number; readonly questions?: readonly string[] }

/** How many rows `ExtraHeader` looks at. */
const EXTRA = 2

/** Opens a CSV file. */
export const csvTable = Effect.fn("Ratings.csvTable")(function* (
  file: Sniffed,
  options: { readonly delimiter?: string | undefined; readonly extraHeader?: ExtraHeader }
) {
  const delimiter = options.delimiter ?? delimiterOf(file.start)
  // Each run reads the file from its start.
  const rows = Stream.suspend(() =>
    Stream.fromAsyncIterable(records(file, delimiter), (cause) => broken(file, cause))
  ).pipe(Stream.flattenArray)
  const [first, ...below] = yield* Stream.runCollect(Stream.take(rows, 1 + EXTRA))
  if (first === undefined) {
    return yield* new FileError({ place: file.path, reason: "no line", mend: "it needs a header and rows" })
  }
  const header = first.cells.map(headerName)
  const extra = options.extraHeader?.(
    header,
    below.map(({ cells }) => cells)
  )
  const table: Table = {
    header,
    questions: extra?.questions ?? [],
    counts: "line",
    file: parsePath(file.name).name,
    own: header.length,
    rows: Stream.suspend(() => {
      const followed = repeatedHeader(first.cells)
      return Stream.mapArray(Stream.drop(rows, 1 + (extra?.rows ?? 0)), (some) => Arr.map(some, followed))
    })
  }
  return table
})
