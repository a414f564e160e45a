/**
 * Bundles the command and the public module into `dist/` (or the folder named), split so that each command loads
 * only what it needs. Runs after `npm ci` (as `prepare`) and before packing.
 */
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = resolve(process.argv[2] ?? join(root, "dist"))
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>
}

// Effect and small libraries are bundled, which halves the start-up; what is loaded only when it is named stays out.
const bundled = new Set([
  "effect",
  "@effect/platform-node",
  "yaml",
  "csv-parse",
  "pure-rand",
  "jsonpath-rfc9535",
  "openai",
  "undici",
  "@anthropic-ai/sdk",
  "@mistralai/mistralai",
  "ollama",
  "linkedom",
  "@observablehq/plot"
])
const external = Object.keys(manifest.dependencies).filter(
  (name) => !bundled.has(name) && !name.startsWith("@stdlib/")
)

// What a plugin can import of Effect: the main module (`""`) and what HTTP needs. With every folder of it as a door the
// bundle would be in half as many pieces again, and a command take a third more CPU to start.
const doors = ["", "http/"]

rmSync(folder, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  // Effect has doors of its own, so that a plugin that imports it gets the one that runs it.
  entryPoints: {
    bin: "harness/cli/bin.ts",
    index: "harness/index.ts",
    ...Object.fromEntries(doors.map((door) => [`effect/${door}index`, `effect/${door}`.replace(/\/$/, "")]))
  },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  external: external.flatMap((name) => [name, `${name}/*`]),
  // Bundled CommonJS (@stdlib, csv-parse) may still ask for Node's own modules by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
  },
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: "linked",
  // Places are enough for a stack trace; with the texts of every library the maps would be five times the bundle.
  sourcesContent: false,
  logLevel: "warning"
})
chmodSync(join(folder, "bin.js"), 0o755)

/** `import { … } from "effect/Schema"`: what the module exports, out of the one Effect in the bundle, by its door. */
const moduleFile = (name: string, exported: readonly string[]): string =>
  [
    `import { ${name} as all } from "./index.js"`,
    ...exported.map((member, index) => `const _${index} = all[${JSON.stringify(member)}]`),
    `export { ${exported.map((member, index) => `_${index} as ${JSON.stringify(member)}`).join(", ")} }`,
    ""
  ].join("\n")

for (const door of doors) {
  const inside = join(folder, "effect", door)
  const modules = (await import(pathToFileURL(join(inside, "index.js")).href)) as Record<string, object>
  for (const [name, members] of Object.entries(modules)) {
    if (!/^[A-Z]/.test(name) || typeof members !== "object") continue
    writeFileSync(join(inside, `${name}.js`), moduleFile(name, Object.keys(members)))
  }
}
