/**
 * Items × raters, from a long list of ratings or from a wide table: the shape all agreement is computed from.
 *
 * Nothing is dropped in silence: a named rater without a column, two ratings of one item by one rater, or a
 * word where a number should be is refused with the place it stands.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import type { Cell } from "../Moments.ts"

/** How far the values can be interpreted: labels, an order, or distances. */
export type Scale = "nominal" | "ordinal" | "interval"

/** A value as read: text or number; empty text, `null` and `undefined` are missing. */
export type Raw = string | number | null | undefined

/** One rating of the long form. */
export interface LongRating {
  readonly rater: string
  readonly item: string
  readonly value: Raw
}

/** Codes by `cells[item][rater]`, `null` where missing. */
export interface AgreementTable {
  readonly scale: Scale
  /** The table is too large to be laid out: a row holds its item's ratings, whoever gave them. */
  readonly anonymous?: boolean
  readonly items: ReadonlyArray<string>
  readonly raters: ReadonlyArray<string>
  readonly cells: ReadonlyArray<ReadonlyArray<Cell>>
  /** On a nominal scale the labels, in the order of their codes. */
  readonly labels: ReadonlyArray<string>
}

const missing = (value: Raw): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === "string" && value.trim() === "") ||
  Number.isNaN(value)

/** Numbers as they are, or labels as codes in the order of the sorted labels. */
const code = (
  scale: Scale,
  items: ReadonlyArray<string>,
  raters: ReadonlyArray<string>,
  raw: ReadonlyArray<ReadonlyArray<Raw>>
): Estimable<AgreementTable> => {
  if (scale === "nominal") {
    const text = raw.map((row) => row.map((value) => (missing(value) ? null : String(value).trim())))
    const labels = [...new Set(text.flat().filter((label) => label !== null))].sort()
    const codes = new Map(labels.map((label, i) => [label, i]))
    const cells = text.map((row) => row.map((label) => (label === null ? null : codes.get(label)!)))
    return estimable({ scale, items, raters, cells, labels })
  }
  const cells: Array<Array<Cell>> = []
  for (const [i, row] of raw.entries()) {
    const numbers: Array<Cell> = []
    for (const [j, value] of row.entries()) {
      const number = missing(value) ? null : Number(value)
      if (number !== null && !Number.isFinite(number)) {
        return notEstimable(
          `"${value}" (item ${items[i]}, rater ${raters[j]}) is not a number; labels need the nominal scale`
        )
      }
      numbers.push(number)
    }
    cells.push(numbers)
  }
  return estimable({ scale, items, raters, cells, labels: [] })
}

/** What two ratings of an item by one rater are: an error, or ratings as if of two raters. */
export type Repeats = "refuse" | "separate"

/** Cells beyond which a table of items × raters takes gigabytes, nearly all of them empty. */
const MOST_CELLS = 20_000_000

/** The n-th rating of an item by a rater, beyond the first, under a rater's name of its own: `r1 (2)`. */
const separated = (ratings: ReadonlyArray<LongRating>): ReadonlyArray<LongRating> => {
  const times = new Map<string, number>()
  return ratings.map((rating) => {
    if (missing(rating.value)) return rating
    const pair = JSON.stringify([rating.rater, rating.item])
    const time = (times.get(pair) ?? 0) + 1
    times.set(pair, time)
    return time === 1 ? rating : { ...rating, rater: `${rating.rater} (${time})` }
  })
}

/**
 * From one record a rating; items and raters in the order they first appear. Fails with a reason if a value
 * is not a number, or if a rater rated an item twice (which would be counted as agreement between raters),
 * unless `repeats` says to take them as of two. Beyond `mostCells` items × raters the table is `anonymous`.
 */
export const fromLong = (
  records: ReadonlyArray<LongRating>,
  scale: Scale,
  repeats: Repeats = "refuse",
  mostCells = MOST_CELLS
): Estimable<AgreementTable> => {
  const ratings = repeats === "separate" ? separated(records) : records
  const items = new Map<string, number>()
  const raters = new Map<string, number>()
  for (const { item, rater } of ratings) {
    if (!items.has(item)) items.set(item, items.size)
    if (!raters.has(rater)) raters.set(rater, raters.size)
  }
  const width = raters.size
  const anonymous = items.size * width > mostCells
  const raw = Array.from(items, () => new Array<Raw>(anonymous ? 0 : width).fill(null))
  const given = new Set<number>()
  for (const { item, rater, value } of ratings) {
    if (missing(value)) continue
    const row = items.get(item)!
    const column = raters.get(rater)!
    if (given.has(row * width + column)) {
      return notEstimable(
        `rater ${rater} rated item ${item} more than once; keep one, average them, or take repeats as separate raters`
      )
    }
    given.add(row * width + column)
    if (anonymous) raw[row]!.push(value)
    else raw[row]![column] = value
  }
  const table = code(scale, [...items.keys()], [...raters.keys()], raw)
  return table.ok && anonymous ? estimable({ ...table.value, anonymous }) : table
}

/**
 * From one row an item with a column a rater. `item` names the column of item names; without it items are
 * numbered from 1. Fails with a reason if a named column does not exist or a value is not a number.
 */
export const fromWide = (
  rows: ReadonlyArray<Readonly<Record<string, Raw>>>,
  options: { readonly raters: ReadonlyArray<string>; readonly item?: string; readonly scale: Scale }
): Estimable<AgreementTable> => {
  const { raters, item, scale } = options
  if (rows.length === 0) return notEstimable("the table has no rows")
  for (const name of item === undefined ? raters : [item, ...raters]) {
    if (!rows.some((row) => Object.hasOwn(row, name)))
      return notEstimable(`there is no column named "${name}"`)
  }
  if (new Set(raters).size < raters.length) return notEstimable("a rater is named twice")
  const names = rows.map((row, i) => (item === undefined ? String(i + 1) : String(row[item] ?? "")))
  return code(
    scale,
    names,
    raters,
    rows.map((row) => raters.map((rater) => row[rater]))
  )
}
