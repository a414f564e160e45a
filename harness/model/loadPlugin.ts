/**
 * Loads a user's plugin from TypeScript or JavaScript of any dialect, from any folder. `warmline` inside it
 * resolves to the running harness, so a plugin needs no install of its own and can never meet a second copy.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { createRequire, registerHooks } from "node:module"
import { dirname, extname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { unversioned } from "./definePlugin.ts"
import type { Plugin } from "./Model.ts"

// The bundle has `index.js` beside this chunk; the sources have `index.ts` one folder up.
const harness = [new URL("./index.js", import.meta.url), new URL("../index.ts", import.meta.url)].find(
  (url) => existsSync(url)
)!.href

let hooked = false
const hookOnce = () => {
  if (hooked) return
  hooked = true
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "warmline" ? { url: harness, shortCircuit: true } : next(specifier, context)
  })
}

/** The tsconfig nearest to a file, for its path aliases. */
const nearestTsconfig = (file: string): string | false => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const candidate = join(folder, "tsconfig.json")
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return false
  }
}

/** A plugin without a version is known by its file: when the file changes, its calls are new ones. */
const versioned = (plugin: Plugin, file: string): Plugin =>
  plugin?.version === unversioned
    ? { ...plugin, version: createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12) }
    : plugin

/** Imports the plugin file; what it throws while loading passes through. */
export const loadFile = async (name: string, folder: string): Promise<{ readonly default: Plugin }> => {
  const file = resolve(folder, name)
  if (!existsSync(file)) throw Object.assign(new Error(`no such file: ${file}`), { code: "ENOENT" })
  hookOnce()
  const url = pathToFileURL(file).href
  const { tsImport } = await import("tsx/esm/api")
  const module = (await tsImport(url, { parentURL: import.meta.url, tsconfig: nearestTsconfig(file) })) as {
    readonly default: Plugin | { readonly default: Plugin }
  }
  // CommonJS dialects wrap the default once more.
  const plugin = "default" in module.default ? module.default.default : module.default
  return { default: versioned(plugin, file) }
}

/** Imports the package `warmline-plugin-NAME` (or NAME itself when it is called so) as installed for `folder`. */
export const loadPackage = async (name: string, folder: string): Promise<{ readonly default: Plugin }> => {
  const packageName = name.startsWith("warmline-plugin-") ? name : `warmline-plugin-${name}`
  const entry = createRequire(join(resolve(folder), "noop.js")).resolve(packageName)
  if (extname(entry) === ".ts") return loadFile(entry, folder)
  hookOnce()
  const module = (await import(pathToFileURL(entry).href)) as { readonly default: Plugin }
  return { default: versioned(module.default, entry) }
}
