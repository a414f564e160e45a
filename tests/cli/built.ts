/** The bundle as a package has it, in a temporary folder. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll } from "@effect/vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Builds into a folder of its own; `remove` takes it away. */
export const buildBin = (): { readonly bin: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "warmline-built-"))
  for (const name of ["package.json", "benchmarks", "plugins", "node_modules"]) {
    symlinkSync(join(root, name), join(folder, name))
  }
  execFileSync(process.execPath, [join(root, "scripts/build.ts"), join(folder, "dist")])
  return {
    bin: join(folder, "dist", "bin.js"),
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

/** Builds before the tests of the file that calls it; gives the way to the bin. */
export const builtBin = (): (() => string) => {
  let built: ReturnType<typeof buildBin> | undefined
  beforeAll(() => {
    built = buildBin()
  }, 60_000)
  afterAll(() => built?.remove())
  return () => built!.bin
}
