#!/usr/bin/env node
/**
 * The command's door. `--version` answers before anything heavy is loaded; an old Node is told so in one line
 * instead of failing on syntax it does not know.
 */
import { readFileSync } from "node:fs"
import * as module from "node:module"
import process from "node:process"
import { setFlagsFromString } from "node:v8"

const major = Number(process.versions.node.split(".")[0])

/** The version beside the bundle (`dist/`) or above the sources (`harness/cli/`). */
const version = (): string => {
  for (const up of ["../package.json", "../../package.json"]) {
    try {
      const text = readFileSync(new URL(up, import.meta.url), "utf8")
      const found = JSON.parse(text) as { name?: string; version: string }
      if (found.name === "warmline") return found.version
    } catch {}
  }
  return "unknown"
}

if (major < 24) {
  process.stderr.write(
    `warmline: needs Node 24 or newer, this is ${process.version}; start it with npx or npm run, which find the Node 24 installed with it, or update Node\n`
  )
  process.exitCode = 2
} else if (process.argv.length === 3 && process.argv[2] === "--version") {
  process.stdout.write(`${version()}\n`)
} else {
  module.enableCompileCache?.()
  // A young generation of 16 MiB at once, and no more afterwards: a smaller one promotes what is soon garbage, a larger
  // one is memory that a run of any length would carry (harness/run/garbage.ts does the rest). V8 takes the sizes
  // themselves only from the command line; how it grows, it reads each time.
  setFlagsFromString("--semi-space-growth-factor=16")
  const { main } = await import("./main.ts")
  setFlagsFromString("--semi-space-growth-factor=1")
  main(version())
}
