/** What the first rows of a table say of each column. */
import { alwaysMissing } from "../mapping/readValue.ts"
import type { Row } from "../table/Table.ts"

/** One column of a sample. */
export interface Profile {
  readonly column: string
  /** What it asks, where the file says so; otherwise empty. */
  readonly asks: string
  /** Cells that say something. */
  readonly filled: number
  /** Different cells, at most `MOST` of them, in the order of the file; without `codes`. */
  readonly values: readonly string[]
  /** Numbers that stand for no answer, such as -99. */
  readonly codes: readonly string[]
  /** Whether every cell that says something is a number. */
  readonly numeric: boolean
  /** Whether some of these numbers have a comma where others have a point. */
  readonly comma: boolean
  /** Mean number of characters. */
  readonly length: number
}

const MOST = 60

/** What survey tools write for a question that was seen and not answered. */
const noAnswer = /^-9{1,3}$/

/** Profiles of all columns, in their order. */
export const profiles = (
  { header, questions }: { readonly header: readonly string[]; readonly questions: readonly string[] },
  rows: readonly Row[]
): readonly Profile[] =>
  header.map((column, index) => {
    const all = rows
      .filter(({ wrong, cells }) => wrong === undefined && cells[index]?.trim() !== column)
      .map(({ cells }) => cells[index]?.trim() ?? "")
      .filter((cell) => !alwaysMissing.has(cell.toLowerCase()))
    const cells = all.filter((cell) => !noAnswer.test(cell))
    const comma = cells.some((cell) => /^\d+,\d+$/.test(cell))
    return {
      column,
      asks: (questions[index] ?? "").trim().replace(/\s+/g, " "),
      filled: all.length,
      values: [...new Set(cells)].slice(0, MOST),
      codes: [...new Set(all.filter((cell) => noAnswer.test(cell)))],
      numeric: cells.length > 0 && cells.every((cell) => /^[+-]?\d+([.,]\d+)?$/.test(cell)),
      comma,
      length: cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length)
    }
  })

/** A cell of a numeric column as a number. */
export const numberOf = (cell: string): number => Number(cell.replace(",", "."))

/** Numbers that tools write of themselves, and that could pass for grades. */
const notAsked =
  /^\$key|(^|[_. -])(id|ids|index|idx|order|position|number|no|nr|version|trial|block|page|session|count|age|gender|sex|consent|attention|check|seed|epoch|time|seconds|ms|duration)$|^(Max|Number)[A-Z]|(First Click|Last Click|Page Submit|Click Count)$|^(Status|Progress|Finished|Latitude|Longitude|Location\w+|SC\d+|total_\w+|cancelled_\w+|comment_count|updated_by|inner_id|project|task|result_count)$/i

/** Whether a column may be an answer at all, by its name. */
export const mayBeAsked = ({ column }: Profile): boolean => !notAsked.test(column)

/** Whether a column looks like grades: whole or half points, few different ones, none above 10 and none below 0. */
export const looksLikeGrades = (one: Profile): boolean =>
  one.numeric &&
  mayBeAsked(one) &&
  one.values.length <= 21 &&
  one.values.map(numberOf).every((value) => value >= 0 && value <= 10 && Number.isInteger(2 * value))

/** Whether a column looks like answers in words: few different ones, and short. */
export const looksLikeAnswers = (one: Profile): boolean =>
  !one.numeric &&
  mayBeAsked(one) &&
  one.values.length > 0 &&
  one.values.length <= 11 &&
  one.length < 40 &&
  !one.values.some((value) => /^[[{]/.test(value))
