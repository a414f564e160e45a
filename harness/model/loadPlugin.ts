/**
 * Loads a user's plugin from TypeScript or JavaScript of any dialect, from any folder. `warmline`
 * and `effect` inside it are the running harness's, so a plugin needs no install of its own and never meets a
 * second copy.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { registerHooks } from "node:module"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { unversioned } from "./definePlugin.ts"
import type { Plugin } from "./Model.ts"

// The bundle has `index.js` beside this chunk; the sources have `index.ts` one folder up.
const harness = [new URL("./index.js", import.meta.url), new URL("../index.ts", import.meta.url)].find(
  (url) => existsSync(url)
)!.href

const isBundle = harness.endsWith("/index.js")

/**
 * The file of the bundle for an import of Effect: `effect/index.js`, one for each module, and the same for
 * `effect/http` (`scripts/build.ts`). Anything else of Effect would come from a second copy, whose effects and
 * services this one does not know, so it is an error.
 */
const bundledEffect = (specifier: string): string => {
  const path = specifier.slice("effect/".length)
  const found = (path === "" ? ["index"] : [path, `${path}/index`])
    .map((name) => new URL(`./effect/${name}.js`, import.meta.url))
    .find((url) => existsSync(url))
  if (found) return found.href
  throw new Error(
    `${specifier} is not part of the packaged warmline; a plugin can import "effect", its modules ("effect/Schema") and "effect/http", or run warmline from its sources`
  )
}

let asking: string | undefined
/** Where `import` of a specifier leads from a file; asked through the hook below, which must not answer itself. */
const resolveFrom = (specifier: string, parent: string): string => {
  asking = parent
  try {
    return import.meta.resolve(specifier)
  } finally {
    asking = undefined
  }
}

/** From the sources: the module of the Effect that the harness itself imports. */
const installedEffect = (specifier: string): string => {
  const url = resolveFrom(specifier, harness)
  if (existsSync(fileURLToPath(url))) return url
  throw new Error(`${specifier} is not part of the Effect that warmline runs`)
}

let hooked = false
const hookOnce = () => {
  if (hooked) return
  hooked = true
  registerHooks({
    resolve: (specifier, context, next) => {
      if (asking !== undefined) return next(specifier, { ...context, parentURL: asking })
      if (specifier === "warmline") return { url: harness, shortCircuit: true }
      // An Effect is run by the Effect that made it: whoever says `effect` means the harness's.
      if (specifier !== "effect" && !specifier.startsWith("effect/")) return next(specifier, context)
      return { url: (isBundle ? bundledEffect : installedEffect)(specifier), shortCircuit: true }
    }
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

/** The package that a plugin's name stands for. */
export const packageNameOf = (name: string): string =>
  name.startsWith("warmline-plugin-") ? name : `warmline-plugin-${name}`

/** Where the package is installed for the first of `folders` that has it. */
const entryOf = (packageName: string, folders: readonly string[]): string => {
  let missing: unknown
  for (const folder of folders) {
    try {
      return fileURLToPath(resolveFrom(packageName, pathToFileURL(join(resolve(folder), "plugin.js")).href))
    } catch (thrown) {
      missing ??= thrown
    }
  }
  throw missing
}

/**
 * Imports the package `warmline-plugin-NAME` (or NAME itself when it is called so) as installed for `folder`, else
 * for the folder where the command is given: a study that ships with Warmline knows no package of its user's.
 */
export const loadPackage = async (name: string, folder: string): Promise<{ readonly default: Plugin }> => {
  hookOnce()
  const entry = entryOf(packageNameOf(name), [folder, process.cwd()])
  if (/\.[mc]?tsx?$/.test(entry)) return loadFile(entry, folder)
  const module = (await import(pathToFileURL(entry).href)) as { readonly default: Plugin }
  return { default: versioned(module.default, entry) }
}
