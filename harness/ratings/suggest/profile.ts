/** What the first rows of a table say of each column. */
import { alwaysMissing } from "../mapping/readValue.ts"
import type { Row } from "../table/Table.ts"

/** One column of a sample. */
export interface Profile {
  readonly column: string
  /** Cells that say something. */
  readonly filled: number
  /** Different cells, at most `MOST` of them, in the order of the file. */
  readonly values: readonly string[]
  /** Whether every cell that says something is a number. */
  readonly numeric: boolean
  /** Mean number of characters. */
  readonly length: number
}

const MOST = 60

/** Profiles of all columns, in their order. */
export const profiles = (header: readonly string[], rows: readonly Row[]): readonly Profile[] =>
  header.map((column, index) => {
    const cells = rows
      .filter(({ wrong }) => wrong === undefined)
      .map(({ cells }) => cells[index]?.trim() ?? "")
      .filter((cell) => !alwaysMissing.has(cell.toLowerCase()))
    return {
      column,
      filled: cells.length,
      values: [...new Set(cells)].slice(0, MOST),
      numeric: cells.length > 0 && cells.every((cell) => /^[+-]?\d+(\.\d+)?$/.test(cell)),
      length: cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length)
    }
  })

/** Whether a column looks like grades: whole or half points, few different ones, none above 10 and none below 0. */
export const looksLikeGrades = ({ numeric, values }: Profile): boolean =>
  numeric &&
  values.length <= 21 &&
  values.every((value) => Number(value) >= 0 && Number(value) <= 10 && Number.isInteger(2 * Number(value)))

/** Whether a column looks like answers in words: few different ones, and short. */
export const looksLikeAnswers = ({ numeric, values, length }: Profile): boolean =>
  !numeric && values.length > 0 && values.length <= 11 && length < 40
