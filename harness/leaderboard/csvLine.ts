/** A line of CSV (RFC 4180) in which no text is a formula. */
import { csvCell } from "../study/CsvCell.ts"
import { visible, visibleLines } from "./visible.ts"

/** Nothing is an empty cell. */
export type Cell = string | number | boolean | null | undefined

const cellText = (value: Cell, show: (text: string) => string): string => {
  if (value === null || value === undefined) return ""
  return typeof value === "string" ? csvCell(show(value)) : String(value)
}

/**
 * The values as one record, its end included. Control characters are made visible; line breaks within a text become
 * blanks, unless `breaks` keeps them.
 */
export const csvLine = (values: readonly Cell[], { breaks = false } = {}): string => {
  const show = breaks ? visibleLines : visible
  return `${values.map((value) => cellText(value, show)).join(",")}\r\n`
}
