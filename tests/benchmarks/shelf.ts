/** The YAML files of a shelf of `benchmarks/`. */
import { readdirSync, readFileSync } from "node:fs"

/** A file's name without its ending, and its text. */
export const filesOf = (shelf: string): readonly (readonly [name: string, text: string])[] => {
  const folder = new URL(`../../benchmarks/${shelf}/`, import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => [name.slice(0, -".yaml".length), readFileSync(new URL(name, folder), "utf8")])
}
