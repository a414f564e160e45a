/**
 * Headers further down in a file, as where several raters' tables stand below each other. One with the same names in
 * another order is followed: the rows below it are put into the first header's order. One with other names is not
 * guessed at: it and the rows below it are rejected.
 */
import type { Row } from "./Table.ts"

/** Cells longer than this are no column's name. */
const LONGEST_NAME = 200

const plain = (cell: string): string => cell.trim().replace(/\s+/g, " ").toLowerCase()

/** How the columns of a table are called, before blank ones get names. */
export const repeatedHeader = (header: readonly string[]): ((row: Row) => Row) => {
  const names = header.map(plain)
  const set = new Set(names.filter((name) => name !== ""))
  const sorted = JSON.stringify(names.filter((name) => name !== "").sort())
  const same = names.map((_, index) => index)
  const lengths = new Set(header.map(({ length }) => length))
  let order = same
  let other: number | undefined

  /** Whether at least half of the names stand in a row, and they are half of it. */
  const looksLikeHeader = (cells: readonly string[]): boolean => {
    let left = 0
    let met = 0
    for (const cell of cells) {
      if (cell === "") continue
      // The length first: most cells are no names, and there are millions of them.
      if (lengths.has(cell.length) && set.has(plain(cell))) met++
      else if (++left * 2 > cells.length) return false
    }
    return met >= 2 && met >= left && met * 2 >= set.size
  }
  /** Where each column of the first header stands now; `undefined` where the names are not the same. */
  const orderOf = (cells: readonly string[]): number[] | undefined => {
    const said = cells.map(plain)
    const filled = said.filter((name) => name !== "")
    if (new Set(filled).size !== filled.length || JSON.stringify(filled.sort()) !== sorted) return undefined
    const blank = said.flatMap((name, index) => (name === "" ? [index] : []))
    return names.map((name) => (name === "" ? (blank.shift() ?? said.length) : said.indexOf(name)))
  }

  return (row) => {
    const { cells, line } = row
    if (looksLikeHeader(cells)) {
      const found = cells.every((cell, index) => plain(cell) === names[index]) ? same : orderOf(cells)
      other = found === undefined ? line : undefined
      order = found ?? same
      return found === undefined
        ? {
            line,
            cells,
            wrong: {
              value: cells.join(", ").slice(0, LONGEST_NAME),
              reason: "another header, with other columns than the first; give its rows a file of their own"
            }
          }
        : { line, cells: header }
    }
    if (other !== undefined && cells.some((cell) => cell !== ""))
      return { line, cells, wrong: { value: "", reason: `stands below another header (line ${other})` } }
    if (order === same || row.wrong !== undefined) return row
    return { line, cells: order.map((place) => cells[place] ?? "") }
  }
}
