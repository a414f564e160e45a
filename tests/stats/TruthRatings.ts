/** Reads the rating tables that R's figures were computed from, and those figures. */
import { readFileSync } from "node:fs"
import type * as NamedModels from "../../harness/stats/mixed/NamedModels.ts"

const file = (name: string) => readFileSync(new URL(`./truth/${name}`, import.meta.url), "utf8")

/** Parsed JSON of the truth folder, typed by the test that reads it. */
export const json = <A>(name: string): A => JSON.parse(file(name)) as A

/** The order of the sources in each data set. */
export const sources: Readonly<Record<string, ReadonlyArray<string>>> = {
  A: ["human", "gpt4", "llama2", "mistral"],
  B: ["modelA", "modelB", "modelC"],
  C: ["s1", "s2", "s3", "s4", "const"]
}

/** Columns of a data set; an empty rating is NaN. */
export const columns = (name: string): NamedModels.Columns => {
  const [header, ...rows] = file(`${name}.csv`)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","))
  const column = (title: string) => rows.map((row) => row[header!.indexOf(title)] ?? "")
  const words = header!.includes("words") ? { length: Float64Array.from(column("words"), Number) } : {}
  return {
    rating: Float64Array.from(column("rating"), (value) => (value === "" ? Number.NaN : Number(value))),
    source: column("source"),
    rater: column("rater_id"),
    post: column("post_id"),
    domain: column("domain"),
    ...words
  }
}
