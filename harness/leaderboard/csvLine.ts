/** A line of CSV (RFC 4180) in which no text is a formula. */
import { visible, visibleLines } from "./visible.ts"

/** Nothing is an empty cell. */
export type Cell = string | number | boolean | null | undefined

/** What a spreadsheet takes for a formula or a command, also behind blanks and in full-width forms. */
const formula = /^\s*[=+\-@|%＝＋－＠]/

/** Text as a cell: neutralised by a leading `'`, and quoted where RFC 4180 asks for it. Numbers stay numbers. */
const cellText = (value: Cell, show: (text: string) => string): string => {
  if (value === null || value === undefined) return ""
  if (typeof value !== "string") return String(value)
  const shown = show(value)
  const safe = formula.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The values as one record, its end included. Control characters are made visible; line breaks within a text become
 * blanks, unless `breaks` keeps them.
 */
export const csvLine = (values: readonly Cell[], { breaks = false } = {}): string => {
  const show = breaks ? visibleLines : visible
  return `${values.map((value) => cellText(value, show)).join(",")}\r\n`
}
