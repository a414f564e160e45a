/** A text as a cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula. */

/** What a spreadsheet takes for a formula or a command, also behind blanks and in full-width forms. */
const formula = /^\s*[=+\-@|%＝＋－＠]/

/** Neutralised by a leading `'`, and quoted where it has to be. Numbers stay numbers. */
export const csvCell = (value: string | number): string => {
  if (typeof value === "number") return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
