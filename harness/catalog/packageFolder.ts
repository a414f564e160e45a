/** Where the package lies: the sources and the bundle find the same `benchmarks/` and `package.json`. */
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const find = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, "benchmarks", "studies"))) {
    const parent = dirname(folder)
    if (parent === folder)
      throw new Error("warmline's own benchmarks folder is missing; install the package again")
    folder = parent
  }
  return folder
}

/** The folder of the running package. */
export const packageFolder: string = find()

/** The package's version, from its package.json. */
export const packageVersion: string = (
  JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string }
).version
