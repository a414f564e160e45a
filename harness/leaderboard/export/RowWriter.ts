/** Rows into a file, as many as there are in the memory of a few. */
import { type FileHandle, open } from "node:fs/promises"
import { csvLine } from "../csvLine.ts"
import type { RowTable, Value } from "./Column.ts"

/** How a table can be written. */
export const rowFormats = ["parquet", "jsonl", "csv"] as const
export type RowFormat = (typeof rowFormats)[number]

/** Writes one table. What it throws is the file system's. */
export interface RowWriter {
  readonly write: (rows: readonly (readonly Value[])[]) => Promise<void>
  /** Writes what is left; the file is whole then. */
  readonly end: () => Promise<void>
  /** Lets go of the file, whole or not. */
  readonly close: () => Promise<void>
}

/** Characters that are kept until they are written. */
const buffer = 1 << 16

const textWriter = async (
  file: string,
  head: string,
  line: (row: readonly Value[]) => string
): Promise<RowWriter> => {
  const handle: FileHandle = await open(file, "w")
  let waiting = head
  const flush = async () => {
    await handle.writeFile(waiting)
    waiting = ""
  }
  return {
    write: async (rows) => {
      for (const row of rows) {
        waiting += line(row)
        if (waiting.length > buffer) await flush()
      }
    },
    end: flush,
    close: () => handle.close()
  }
}

/** Half a surrogate pair is no text in any of the formats. */
const wellFormed = (value: Value): Value => (typeof value === "string" ? value.toWellFormed() : value)

const jsonlWriter = (file: string, { columns }: RowTable) =>
  textWriter(
    file,
    "",
    (row) =>
      `${JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, wellFormed(row[index]!)])))}\n`
  )

const csvWriter = (file: string, { columns }: RowTable) =>
  textWriter(file, csvLine(columns.map(({ name }) => name)), (row) => csvLine(row, { breaks: true }))

const parquetType = { text: "STRING", integer: "INT64", number: "DOUBLE", flag: "BOOLEAN" } as const

/** Rows of a row group, and so in memory. */
const group = 5000

const parquetWriter = async (file: string, { columns }: RowTable): Promise<RowWriter> => {
  const { ParquetWriter, fileWriter, schemaFromColumnData } = await import("hyparquet-writer")
  const specs = columns.map(({ name, kind }) => ({ name, type: parquetType[kind] }))
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: schemaFromColumnData({ columnData: specs.map((spec) => ({ ...spec, data: [] })) }),
    createdBy: "warmline"
  })
  let rows: (readonly Value[])[] = []
  const valueOf = (kind: RowTable["columns"][number]["kind"], value: Value) =>
    value === null || kind !== "integer" ? wellFormed(value) : BigInt(value)
  const flush = async () => {
    if (rows.length === 0) return
    const columnData = specs.map((spec, index) => ({
      ...spec,
      data: rows.map((row) => valueOf(columns[index]!.kind, row[index]!))
    }))
    const { length } = rows
    rows = []
    await writer.write({ columnData, rowGroupSize: length })
  }
  return {
    write: async (more) => {
      for (const row of more) {
        rows.push(row)
        if (rows.length === group) await flush()
      }
    },
    end: async () => {
      await flush()
      await writer.finish()
    },
    close: async () => {}
  }
}

const makers = { parquet: parquetWriter, jsonl: jsonlWriter, csv: csvWriter }

/** Opens `file` for the rows of a table; it is written over. Parquet's library is loaded when it is asked for. */
export const openRows = (format: RowFormat, file: string, table: RowTable): Promise<RowWriter> =>
  makers[format](file, table)
