/** The aligned rows of one table: what does not fit the terminal's width gives way, the drawing first. */
import { displayWidth, fitted } from "./displayWidth.ts"
import { count, points } from "./formatNumber.ts"
import { intervalAxis, intervalBar } from "./intervalBar.ts"
import type { Row, Table } from "./Leaderboard.ts"
import { hasKinds, rankText } from "./verdict.ts"
import { visible } from "./visible.ts"

interface Column {
  readonly head: string
  readonly cells: readonly string[]
  readonly align: "left" | "right"
}

/** One line of the table; the views colour it as a whole. */
export interface TableLine {
  readonly part: "head" | "row"
  readonly text: string
  /** A row whose rank set is first alone. */
  readonly leads: boolean
}

const GAP = "  "
const FEWEST_DRAWN = 16
const MOST_DRAWN = 60
const NARROWEST_NAME = 10
/** The same where an interval is drawn beside it. */
const NARROWEST_BESIDE = 18

const widthOf = ({ head, cells }: Column): number => Math.max(displayWidth(head), ...cells.map(displayWidth))

/** Lines of at most `width` cells (at least 30), none of them indented. */
export const tableLines = (table: Table, width: number): readonly TableLine[] => {
  const { rows } = table
  const column = (head: string, align: Column["align"], cell: (row: Row) => string): Column => ({
    head,
    align,
    cells: rows.map(cell)
  })
  const rank = column("rank", "right", (row) => rankText(row, table))
  const name = column("source", "left", (row) => visible(row.source))
  const mean = column("mean", "right", (row) => (row.mean ? points(row.mean.estimate) : "–"))
  const kind = column("kind", "left", (row) => row.kind)
  const interval = column("95 % interval", "left", ({ mean }) =>
    mean ? `[${points(mean.lower)}, ${points(mean.upper)}]` : ""
  )
  const posts = column("posts", "right", (row) => count(row.posts))
  const words = column("words", "right", (row) => (row.words === 0 ? "–" : row.words.toFixed(0)))
  const natural = widthOf(name)
  const cellsOf = (columns: readonly Column[]) =>
    columns.reduce((sum, entry) => sum + widthOf(entry) + GAP.length, 0)

  // The last of these gives way first; the name is cut only when nothing else is left to give.
  const kept = [...(hasKinds(table) ? [kind] : []), interval, posts, words]
  const room = () => width - cellsOf([rank, mean, ...kept])
  while (kept.length > 0 && room() < Math.min(natural, NARROWEST_NAME)) kept.pop()
  let drawn = room() - Math.min(natural, Math.max(NARROWEST_BESIDE, Math.floor(room() / 2))) - GAP.length
  if (drawn < FEWEST_DRAWN) drawn = 0
  drawn = Math.min(MOST_DRAWN, drawn)
  const nameWidth = Math.max(1, Math.min(natural, room() - (drawn > 0 ? drawn + GAP.length : 0)))

  const bar: Column = {
    head: intervalAxis(table.scale, Math.max(drawn, 1)),
    align: "left",
    cells: rows.map((row) => (row.mean ? intervalBar(row.mean, table.scale, Math.max(drawn, 1)) : ""))
  }
  const all = [rank, name, kind, mean, interval, bar, posts, words]
  const fixed = [rank, name, mean, ...(drawn > 0 ? [bar] : [])]
  const columns = all.filter((entry) => fixed.includes(entry) || kept.includes(entry))
  const line = (pick: (column: Column) => string) =>
    columns
      .map((entry) => fitted(pick(entry), entry === name ? nameWidth : widthOf(entry), entry.align))
      .join(GAP)
      .trimEnd()
  return [
    { part: "head", text: line((entry) => entry.head), leads: false },
    ...rows.map((row, index) => ({
      part: "row" as const,
      text: line((entry) => entry.cells[index]!),
      leads: rankText(row, table) === "1"
    }))
  ]
}
