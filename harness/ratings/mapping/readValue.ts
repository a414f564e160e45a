/** One cell as a value on a scale. */
import { isOnScale, type Scale } from "../../study/Instrument.ts"

/** What a cell says. */
export type ReadValue =
  | { readonly _tag: "Value"; readonly value: number }
  /** Nothing was answered. */
  | { readonly _tag: "Empty" }
  /** An answer that is none of the scale's and is kept as such. */
  | { readonly _tag: "Unscored"; readonly reason: string }
  | { readonly _tag: "Wrong"; readonly reason: string }

/** How cells are read, from a map. */
export interface ValueReading {
  readonly missing: ReadonlySet<string>
  /** In lower case. */
  readonly labels: ReadonlyMap<string, number>
  readonly unscored: ReadonlySet<string>
  /** Whether a comma is the decimal point. */
  readonly comma: boolean
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const empty: ReadValue = { _tag: "Empty" }

/** Cells that say nothing in the files of every tool: blanks, dashes, R's, Excel's, SPSS's and Python's words for it. */
export const alwaysMissing: ReadonlySet<string> = new Set([
  "",
  ".",
  "-",
  "--",
  "\u2013",
  "\u2014",
  "na",
  "n/a",
  "#n/a",
  "<na>",
  "nan",
  "null",
  "data_expired",
  "*******"
])

/** A cell as it counts: without blanks around it, and in lower case. */
const plain = (cell: string): string => cell.trim().toLowerCase()

/** Whether a cell says nothing. */
export const isMissing = (cell: string, missing: ReadonlySet<string>): boolean => {
  const text = plain(cell)
  return alwaysMissing.has(text) || missing.has(text)
}

const shown = (scale: Scale): string =>
  `${scale.minimum} to ${scale.maximum}${scale.step === 1 ? "" : ` in steps of ${scale.step}`}`

/** Reads a cell. A number off the scale is wrong and not rounded; a word is one of the labels or wrong. */
export const readValue = (cell: string, scale: Scale, reading: ValueReading): ReadValue => {
  const text = reading.comma ? cell.trim().replace(/^([+-]?\d+),(\d+)$/, "$1.$2") : cell.trim()
  const lower = text.toLowerCase()
  // A label comes first: `NA` may be one, and `1 - never` begins with a number.
  const label = reading.labels.get(lower)
  if (label === undefined) {
    if (reading.unscored.has(lower)) return { _tag: "Unscored", reason: text }
    if (alwaysMissing.has(lower) || reading.missing.has(lower)) return empty
    if (!decimal.test(text)) {
      return {
        _tag: "Wrong",
        reason: /^\d+,\d+$/.test(text)
          ? 'not a number; a comma is a decimal point only where the map says decimal: ","'
          : "not a number, and no label of the map"
      }
    }
  }
  const value = label ?? Number(text)
  return isOnScale(scale, value)
    ? { _tag: "Value", value }
    : { _tag: "Wrong", reason: `off the scale, which goes from ${shown(scale)}` }
}

/** The sets that a map's words make. */
export const valueReading = (map: {
  readonly missing: readonly string[]
  readonly labels: Readonly<Record<string, number>>
  readonly unscored: readonly string[]
  readonly decimal?: "." | ","
}): ValueReading => ({
  missing: new Set(map.missing.map(plain)),
  labels: new Map(Object.entries(map.labels).map(([label, value]) => [plain(label), value])),
  unscored: new Set(map.unscored.map(plain)),
  comma: map.decimal === ","
})
