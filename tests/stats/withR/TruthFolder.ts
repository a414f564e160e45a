/** A folder of data sets with the figures R computed from them, and how to reach into those figures. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A row of a CSV file by column name. */
export type Row = Readonly<Record<string, string>>

/** Data sets and figures. */
export interface TruthFolder {
  readonly rows: (name: string) => readonly Row[]
  /** Mixed models: data set, model, figures. */
  readonly lmm: unknown
  /** Everything else. */
  readonly misc: unknown
}

/** Files that together hold what a single `misc.json` holds. */
const parts = {
  calibration: (part: object) => ({ agreement: part }),
  reliability: (part: object) => part,
  bradley_terry: (part: object) => ({ bradley_terry: part }),
  bootstrap: (part: object) => ({ bootstrap: part }),
  design: (part: object) => ({ design: part }),
  paired: (part: object) => ({ paired: part }),
  ppi: (part: object) => ({ ppi: part }),
  tukey: (part: object) => part
}

const merged = (a: unknown, b: unknown): unknown =>
  isObject(a) && isObject(b)
    ? { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, merged(a[key], value)])) }
    : b

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Opens a folder as `truth/` is laid out, or with one `misc.json` for all parts. */
export const open = (folder: string): TruthFolder => {
  const text = (file: string) => readFileSync(join(folder, file), "utf8")
  const json = (file: string): unknown => JSON.parse(text(file))
  const misc = existsSync(join(folder, "misc.json"))
    ? json("misc.json")
    : Object.entries(parts)
        .filter(([name]) => existsSync(join(folder, `${name}.json`)))
        .reduce<unknown>((all, [name, place]) => merged(all, place(json(`${name}.json`) as object)), {})
  const rows = (name: string): readonly Row[] => {
    const [head, ...lines] = text(`${name}.csv`).trimEnd().split(/\r?\n/)
    const names = head!.split(",")
    return lines.map((line) => {
      const cells = line.split(",")
      return Object.fromEntries(names.map((column, i) => [column, cells[i] ?? ""]))
    })
  }
  return { rows, lmm: json("lmm.json"), misc }
}

/** What is at a path, or undefined where there is nothing. */
export const find = (tree: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    tree
  )

/** The number at a path. */
export const number = (tree: unknown, ...path: readonly (string | number)[]): number => {
  const value = find(tree, ...path)
  if (typeof value !== "number") throw new Error(`no number at ${path.join(".")}`)
  return value
}

/** The list at a path. */
export const list = (tree: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const value = find(tree, ...path)
  if (!Array.isArray(value)) throw new Error(`no list at ${path.join(".")}`)
  return value
}

/** The numbers of the list at a path. */
export const numbers = (tree: unknown, ...path: readonly (string | number)[]): readonly number[] =>
  list(tree, ...path).map((_, i) => number(tree, ...path, i))

/** The names of the entries at a path; none where there is nothing. */
export const keys = (tree: unknown, ...path: readonly (string | number)[]): readonly string[] =>
  Object.keys(find(tree, ...path) ?? {})

/** A cell as a number; empty or NA is NaN. */
export const cell = (text: string | undefined): number =>
  text === undefined || text === "" || text === "NA" ? Number.NaN : Number(text)
