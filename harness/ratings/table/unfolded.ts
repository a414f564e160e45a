/**
 * A table some of whose cells hold JSON, such as `Answer.taskAnswers` of MTurk: the fields within become columns of their
 * own, `column.field`. The file is read once more to know all of their names.
 */
import { Array as Arr, Effect, Stream } from "effect"
import { cellRecord, type FlatRecord } from "./flatRecord.ts"
import { parseJson } from "./jsonTable.ts"
import type { Row, Table } from "./Table.ts"

const looksLikeJson = (cell: string): boolean => /^(\[\s*)?\{\s*("|\})/.test(cell.trim())

/** The fields of a cell; `undefined` where it is not JSON. */
const fieldsOf = (column: string, cell: string): FlatRecord | undefined => {
  if (!looksLikeJson(cell)) return undefined
  try {
    return cellRecord(column, parseJson(cell)) ?? new Map()
  } catch {
    return undefined
  }
}

/** Columns whose filled cells in the first rows are mostly JSON objects. */
const foldedIn = (header: readonly string[], first: readonly Row[]): readonly number[] =>
  header.flatMap((_, index) => {
    const cells = first.map((row) => row.cells[index]?.trim() ?? "").filter((cell) => cell !== "")
    return cells.filter(looksLikeJson).length * 2 > cells.length ? [index] : []
  })

/** How many rows say whether a column holds JSON. */
const SAMPLE = 12

/** Unfolds; a table without such cells stays as it is. */
export const unfolded = Effect.fn("Ratings.unfolded")(function* (table: Table) {
  const { header } = table
  const folded = foldedIn(header, yield* Stream.runCollect(Stream.take(table.rows, SAMPLE)))
  if (folded.length === 0) return table
  const names = new Set<string>()
  yield* Stream.runForEachArray(table.rows, (rows) =>
    Effect.sync(() => {
      for (const { cells, wrong } of rows)
        if (wrong === undefined)
          for (const index of folded)
            for (const name of fieldsOf(header[index]!, cells[index] ?? "")?.keys() ?? []) names.add(name)
    })
  )
  // A field may be called as another column is; that one stays what it is.
  const added = [...names].filter((name) => !header.includes(name))
  const beside = (row: Row): Row => {
    if (row.wrong !== undefined) return row
    const fields: FlatRecord = new Map()
    for (const index of folded) {
      const cell = row.cells[index]?.trim() ?? ""
      if (cell === "" || cell === header[index]) continue
      const record = fieldsOf(header[index]!, cell)
      if (record === undefined)
        return {
          ...row,
          wrong: { value: cell.slice(0, 200), reason: `${header[index]} is JSON elsewhere and not here` }
        }
      for (const [name, text] of record) fields.set(name, text)
    }
    return { ...row, cells: [...row.cells, ...added.map((name) => fields.get(name) ?? "")] }
  }
  return {
    ...table,
    header: [...header, ...added],
    rows: Stream.mapArray(table.rows, (some) => Arr.map(some, beside))
  } satisfies Table
})
