/**
 * A table with a column of true and false for each choice of a question, such as `Answer.empathic.1` to
 * `Answer.empathic.5` of MTurk: beside them stands `Answer.empathic`, which says the choice that is true.
 */
import { Array as Arr, Effect, Stream } from "effect"
import type { Row, Table } from "./Table.ts"

/** How many rows say whether columns hold only true and false. */
const SAMPLE = 50

const isFlag = (cell: string): boolean => /^(true|false)?$/i.test(cell.trim())

interface Radio {
  readonly name: string
  readonly choices: readonly (readonly [choice: string, index: number])[]
}

/** Adds the questions' columns. A row in which several choices are true says all of them, and so no number. */
export const withRadioColumns = Effect.fn("Ratings.withRadioColumns")(function* (table: Table) {
  const { header } = table
  const found = Map.groupBy(
    header.flatMap((name, index) => {
      const match = /^(Answer\..+)\.([^.]+)$/.exec(name)
      return match === null ? [] : [{ name: match[1]!, choice: match[2]!, index }]
    }),
    ({ name }) => name
  )
  const some = yield* Stream.runCollect(Stream.take(table.rows, SAMPLE))
  const radios = [...found].flatMap(([name, choices]): readonly Radio[] =>
    choices.length > 1 &&
    !header.includes(name) &&
    choices.every(({ index }) => some.every(({ cells }) => isFlag(cells[index] ?? "")))
      ? [{ name, choices: choices.map(({ choice, index }) => [choice, index]) }]
      : []
  )
  if (radios.length === 0) return table
  const chosen = (row: Row, { choices }: Radio): string => {
    const on = choices.filter(([, index]) => /^true$/i.test(row.cells[index]?.trim() ?? ""))
    return on.map(([choice]) => choice).join("; ")
  }
  return {
    ...table,
    header: [...header, ...radios.map(({ name }) => name)],
    rows: Stream.mapArray(table.rows, (rows) =>
      Arr.map(rows, (row) =>
        row.wrong === undefined
          ? { ...row, cells: [...row.cells, ...radios.map((radio) => chosen(row, radio))] }
          : row
      )
    )
  } satisfies Table
})
