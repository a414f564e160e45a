/** A table of plain text: columns as wide as their widest cell, names cut where they are very long. */
import { displayWidth, fitted } from "../../leaderboard/displayWidth.ts"
import { visible } from "../../leaderboard/visible.ts"

/** One column. What the cells say is shown, never sent: an escape sequence in a name stays visible. */
export interface Column {
  readonly head: string
  readonly cells: readonly string[]
  /** Texts to the left, numbers to the right. */
  readonly align: "left" | "right"
}

const MOST = 48

/** The column of `rows` that `cell` picks. */
export const column = <Row>(
  rows: readonly Row[],
  head: string,
  align: Column["align"],
  cell: (row: Row) => string
): Column => ({ head, align, cells: rows.map((row) => visible(cell(row))) })

/** Head and rows as lines, indented by two. */
export const alignedTable = (columns: readonly Column[]): readonly string[] => {
  const widths = columns.map(({ head, cells }) =>
    Math.min(MOST, Math.max(displayWidth(head), ...cells.map(displayWidth)))
  )
  const line = (pick: (column: Column) => string) =>
    `  ${columns.map((entry, k) => fitted(pick(entry), widths[k]!, entry.align)).join("  ")}`.trimEnd()
  const rows = columns[0]?.cells.length ?? 0
  return [line(({ head }) => head), ...Array.from({ length: rows }, (_, i) => line(({ cells }) => cells[i]!))]
}
