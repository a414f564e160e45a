import { readFileSync } from "node:fs"

const at = (name: string) => readFileSync(new URL(`truth/${name}`, import.meta.url), "utf8")

/** The records of a plain CSV file (no quotes) of `tests/stats/truth`. */
export const csv = (name: string): Record<string, string>[] => {
  const [header, ...lines] = at(name).trim().split(/\r?\n/)
  const names = header!.split(",")
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])))
}

/** A JSON file of `tests/stats/truth`. */
export const json = <A>(name: string): A => JSON.parse(at(name)) as A
