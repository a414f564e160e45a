/** The rows of a recorded file, as fields with the line they begin on. Knows JSONL and CSV, not what a row means. */
import { CsvError, parse } from "csv-parse/sync"
import { RecordingError } from "./RecordingError.ts"

/** One row: what the file says under each name, untouched. */
export interface Row {
  /** Counted from 1. */
  readonly line: number
  readonly fields: ReadonlyMap<string, unknown>
}

/** One JSON object a line; empty lines are skipped. */
export const jsonlRows = (text: string): readonly Row[] =>
  text.split("\n").flatMap((content, index) => {
    if (content.trim() === "") return []
    const line = index + 1
    let value: unknown
    try {
      value = JSON.parse(content)
    } catch {
      throw new RecordingError(line, "this line is not JSON", "write one object a line")
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new RecordingError(
        line,
        "this line is not a JSON object",
        'write { "post": …, "author": …, "text": … }'
      )
    }
    return [{ line, fields: new Map(Object.entries(value)) }]
  })

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** CSV with a header row; quoted cells may hold commas, quotes and line breaks. Empty cells count as absent. */
export const csvRows = (text: string): readonly Row[] => {
  let parsed: readonly Parsed[]
  try {
    parsed = parse(text, {
      info: true,
      skip_empty_lines: true,
      record_delimiter: "\n"
    }) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line: unknown = error.lines
    throw new RecordingError(
      typeof line === "number" ? line : undefined,
      `not valid CSV (${error.message})`,
      "quote cells that hold commas, quotes or line breaks"
    )
  }
  const [header, ...rows] = parsed
  if (header === undefined) throw new RecordingError(undefined, "the file is empty", "give it a header row")
  const names = header.record.map((name) => name.trim())
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index)
  if (twice !== undefined) throw new RecordingError(1, `column ${twice} stands twice`, "rename one")
  return rows.map(({ record, info }) => {
    // csv-parse says on which line a record ends.
    const breaks = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0)
    const cells = names.map((name, index) => [name, record[index] ?? ""] as const)
    return {
      line: info.lines - breaks,
      // An empty text is a text: a source may have answered nothing.
      fields: new Map(cells.filter(([name, cell]) => name !== "" && (cell !== "" || name === "text")))
    }
  })
}
