/**
 * Bundles the command and the public module into `dist/`, split so that each command loads only what it needs.
 * Runs after `npm ci` (as `prepare`) and before packing.
 */
import { chmodSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
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

rmSync(join(root, "dist"), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { bin: "harness/cli/bin.ts", index: "harness/index.ts" },
  outdir: "dist",
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
chmodSync(join(root, "dist", "bin.js"), 0o755)
