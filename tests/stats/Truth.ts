/** Readers for the reference figures of R in `truth/`, and the comparison the tests share. */
import { readFileSync } from "node:fs"
import { assert } from "@effect/vitest"
import type { Estimable } from "../../harness/stats/Estimable.ts"

const at = (file: string) => new URL(`./truth/${file}`, import.meta.url)

/** The rows of a plain CSV file of the truth folder (no quoted cells), by column name. */
export const csv = (file: string): ReadonlyArray<Readonly<Record<string, string>>> => {
  const [head, ...lines] = readFileSync(at(file), "utf8").trimEnd().split("\n")
  const names = head!.split(",")
  return lines.map((line) => {
    const cells = line.split(",")
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]))
  })
}

/** A JSON file of the truth folder. */
export const json = <A>(file: string): A => JSON.parse(readFileSync(at(file), "utf8")) as A

/** An empty cell is a missing number. */
export const cell = (text: string | undefined): number | null =>
  text === undefined || text === "" ? null : Number(text)

/** The columns of a file after the first, row by row. */
export const matrix = (file: string): ReadonlyArray<ReadonlyArray<number | null>> =>
  csv(file).map((row) => Object.values(row).slice(1).map(cell))

/** The value, or a failed test with the reason. */
export const get = <A>(result: Estimable<A>): A => {
  if (!result.ok) throw new Error(`not estimable: ${result.reason}`)
  return result.value
}

/** Relative agreement, absolute below 1: `|a − b| ≤ tolerance · max(1, |b|)`. */
export const near = (actual: number, expected: number, tolerance: number, what = "value"): void => {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  assert.isTrue(error <= tolerance, `${what}: ${actual} is not ${expected} (off by ${error})`)
}

/** Agreement of the digits, however small the number: `|a / b − 1| ≤ tolerance`. */
export const nearRelative = (actual: number, expected: number, tolerance: number, what = "value"): void => {
  const error = Math.abs(actual - expected) / Math.abs(expected)
  assert.isTrue(error <= tolerance, `${what}: ${actual} is not ${expected} (relative ${error})`)
}
