/** Rows that hold no data of a person: by the rules of a map, and by what every file may have. */

import type { Columns } from "./mapping/columns.ts"
import type { SkipRule } from "./RatingsMap.ts"
import { headerName } from "./table/csvTable.ts"
import type { Row, Table } from "./table/Table.ts"

/** Says by which rule a row is left out; `undefined` when it is not. */
export const rowSkips = (rules: readonly SkipRule[], columns: Columns, { header, own: width }: Table) => {
  const own = rules.map(({ rule, column, is }) => ({
    rule,
    read: columns.cell(column),
    is: new Set(is.map((one) => one.trim().toLowerCase()))
  }))
  const isHeader = ({ cells }: Row) =>
    cells.length >= width &&
    header.every((name, index) => index >= width || headerName(cells[index]!, index) === name)
  return (row: Row): string | undefined => {
    if (row.cells.every((cell) => cell.trim() === "")) return "empty row"
    if (isHeader(row)) return "header again"
    // Whoever took their consent back is not in the data, wherever the platform says so.
    if (row.cells.some((cell) => cell.trim() === "CONSENT_REVOKED")) return "consent revoked"
    return own.find(({ read, is }) => is.has(read(row).toLowerCase()))?.rule
  }
}
