/**
 * Named columns of a CSV file with a header, read as a stream: only what was asked for is kept, a repeated
 * text once. What a cell says is data; identifiers stay the texts they are (`007` is not 7).
 */
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { type InfoRecord, parse as parseCsv } from "csv-parse"
import { Effect } from "effect"
import { FileError } from "./FileError.ts"

/** Names of columns to keep as texts, and of those to read as numbers. */
export interface ColumnNames {
  readonly texts: readonly string[]
  readonly numbers: readonly string[]
}

/** Columns by name. A missing cell is an empty text, or NaN. */
export interface Columns {
  readonly rows: number
  readonly texts: Readonly<Record<string, readonly string[]>>
  readonly numbers: Readonly<Record<string, Float64Array>>
}

/** What R and pandas write where there is no value. */
const missing = new Set(["", "NA", "NaN", "nan"])
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const MOST_NAMED = 30

const shown = (cell: string): string => JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell)

/** Where each wanted column stands; a name that is not in the header, or twice in it, is an error. */
const positions = (file: string, header: readonly string[], wanted: readonly string[]): readonly number[] =>
  wanted.map((name) => {
    const at = header.indexOf(name)
    if (at === -1) {
      const known = header.slice(0, MOST_NAMED).join(", ")
      throw new FileError({
        place: file,
        reason: `no column ${shown(name)}`,
        mend: `its columns are ${known}${header.length > MOST_NAMED ? `, and ${header.length - MOST_NAMED} more` : ""}`
      })
    }
    if (header.indexOf(name, at + 1) !== -1) {
      throw new FileError({
        place: `${file}:1`,
        reason: `two columns are named ${shown(name)}`,
        mend: "rename one"
      })
    }
    return at
  })

/** Collects the cells of one column. */
const collector = (file: string, name: string, numeric: boolean) => {
  const seen = new Map<string, string>()
  const texts: string[] = []
  const numbers: number[] = []
  return {
    texts,
    numbers,
    add: (raw: string, line: number): void => {
      const cell = raw.trim()
      const absent = missing.has(cell)
      if (!numeric) {
        const text = absent ? "" : cell
        // The cell may be a slice that holds on to a whole chunk of the file: one copy of each is kept.
        if (!seen.has(text)) seen.set(text, text)
        texts.push(seen.get(text)!)
        return
      }
      const value = absent ? Number.NaN : decimal.test(cell) ? Number(cell) : Number.POSITIVE_INFINITY
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
        throw new FileError({
          place: `${file}:${line}`,
          reason: `${name} ${shown(cell)} is not a number`,
          mend: "write it as 4 or 4.5, and leave a missing one empty or NA"
        })
      }
      numbers.push(value)
    }
  }
}

const failure = (file: string, cause: unknown): FileError => {
  if (cause instanceof FileError) return cause
  const { code, message, lines } = cause as { code?: string; message?: string; lines?: number }
  const place = typeof lines === "number" ? `${file}:${lines}` : file
  if (code === "ENOENT") return new FileError({ place, reason: "no such file", mend: "check the path" })
  if (code === "EISDIR")
    return new FileError({ place, reason: "a folder, not a file", mend: "name a CSV file" })
  return new FileError({ place, reason: `cannot be read: ${message ?? cause}`, mend: "correct the file" })
}

const read = async (file: string, names: ColumnNames, signal: AbortSignal): Promise<Columns> => {
  const wanted = [...new Set([...names.texts, ...names.numbers])]
  const asText = wanted.map((name) => (names.texts.includes(name) ? collector(file, name, false) : undefined))
  const asNumber = wanted.map((name) =>
    names.numbers.includes(name) ? collector(file, name, true) : undefined
  )
  let at: readonly number[] | undefined
  let rows = 0
  const parser = parseCsv({
    bom: true,
    skip_empty_lines: true,
    on_record: (record: string[], { lines }: InfoRecord): null => {
      if (at === undefined) {
        at = positions(
          file,
          record.map((name) => name.trim()),
          wanted
        )
        return null
      }
      rows++
      for (let k = 0; k < at.length; k++) {
        const cell = record[at[k]!]!
        asText[k]?.add(cell, lines)
        asNumber[k]?.add(cell, lines)
      }
      return null
    }
  })
  // Nothing comes out of the parser, but its end has to be read.
  parser.resume()
  await pipeline(createReadStream(file), parser, { signal })
  if (at === undefined || rows === 0) {
    const reason = at === undefined ? "empty" : "no row below the header"
    throw new FileError({ place: file, reason, mend: "it needs a header line and a line each rating" })
  }
  return {
    rows,
    texts: Object.fromEntries(wanted.flatMap((name, k) => (asText[k] ? [[name, asText[k].texts]] : []))),
    numbers: Object.fromEntries(
      wanted.flatMap((name, k) => (asNumber[k] ? [[name, Float64Array.from(asNumber[k].numbers)]] : []))
    )
  }
}

/**
 * Reads columns of a CSV file (UTF-8, with or without byte order mark, LF or CRLF). Empty, `NA` and `NaN` are
 * missing, in a column of texts too, as they are to R. Fails where the file, a column or a number is wrong.
 */
export const readColumns = Effect.fn("Catalog.readColumns")((file: string, names: ColumnNames) =>
  Effect.tryPromise({
    try: (signal) => read(file, names, signal),
    catch: (cause) => failure(file, cause)
  })
)
