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

const widthOf = ({ head, cells }: Column): number =>
  Math.min(MOST, Math.max(displayWidth(head), ...cells.map(displayWidth)))

/**
 * A table that is too wide for the terminal as several, one below the other, each beginning with the `keys`: as few as
 * fit, with as many columns each.
 */
export const splitTable = (
  keys: readonly Column[],
  columns: readonly Column[],
  width: number
): readonly (readonly string[])[] => {
  const taken = (list: readonly Column[]) => list.reduce((sum, one) => sum + widthOf(one) + 2, 0)
  for (let tables = 1; ; tables++) {
    const each = Math.ceil(columns.length / tables)
    const parts = Array.from({ length: Math.ceil(columns.length / each) }, (_, i) =>
      columns.slice(i * each, (i + 1) * each)
    )
    if (each <= 1 || parts.every((part) => taken(keys) + taken(part) <= width))
      return parts.map((part) => alignedTable([...keys, ...part]))
  }
}

/** Head and rows as lines, indented by two. */
export const alignedTable = (columns: readonly Column[]): readonly string[] => {
  const widths = columns.map(widthOf)
  const line = (pick: (column: Column) => string) =>
    `  ${columns.map((entry, k) => fitted(pick(entry), widths[k]!, entry.align)).join("  ")}`.trimEnd()
  const rows = columns[0]?.cells.length ?? 0
  return [line(({ head }) => head), ...Array.from({ length: rows }, (_, i) => line(({ cells }) => cells[i]!))]
}
