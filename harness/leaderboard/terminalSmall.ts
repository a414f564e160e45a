/** A small table for a terminal: aligned where it fits, else a paragraph a row. */
import type { SmallTable } from "./besideTables.ts"
import { displayWidth, fitted } from "./displayWidth.ts"
import { visible } from "./visible.ts"

const GAP = "  "
const NARROWEST_NAME = 12

/** Lines of at most `width` cells, none of them indented. */
export const smallLines = ({ head, rows }: SmallTable, width: number): readonly string[] => {
  if (rows.length === 0) return []
  const all = [head, ...rows].map((cells) => cells.map(visible))
  const widths = head.map((_, i) => Math.max(...all.map((cells) => displayWidth(cells[i]!))))
  const others = widths.slice(1).reduce((sum, cells) => sum + cells + GAP.length, 0)
  const name = Math.min(widths[0]!, width - others)
  if (name >= Math.min(widths[0]!, NARROWEST_NAME)) {
    return all.map((cells) =>
      cells
        .map((cell, i) => fitted(cell, i === 0 ? name : widths[i]!, i === 0 ? "left" : "right"))
        .join(GAP)
        .trimEnd()
    )
  }
  return all
    .slice(1)
    .flatMap((cells) => [
      fitted(cells[0]!, Math.min(width, widths[0]!)).trimEnd(),
      ...cells.slice(1).map((cell, i) => fitted(`${GAP}${all[0]![i + 1]}: ${cell}`, width).trimEnd())
    ])
}
