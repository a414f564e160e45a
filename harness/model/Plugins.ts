/**
 * Finds the plugin a study names: one shipped here, a file of the user's, or a package `warmline-plugin-*`.
 * Nothing is loaded before it is named.
 */
import { Context, Effect, Layer } from "effect"
import { loadFile, loadPackage, packageNameOf } from "./loadPlugin.ts"
import type { Plugin } from "./Model.ts"
import { PluginError } from "./ModelError.ts"
import { oneLine } from "./thrown.ts"

/** A model specification taken apart: `openai/gpt-4.1` or `./mine.ts/large`. */
export interface ModelSpec {
  readonly plugin: string
  /** What stands behind the plugin, possibly with more slashes; empty when nothing does. */
  readonly model: string
  readonly isFile: boolean
}

/** Splits after the file's extension or at the first slash. */
export const parseSpec = (spec: string): ModelSpec => {
  const file = /^((?:\.{0,2}|~|[A-Za-z]:)[\\/].*?\.[mc]?[jt]sx?)(?:[\\/](.+))?$/.exec(spec)
  if (file) return { plugin: file[1]!, model: file[2] ?? "", isFile: true }
  const slash = spec.indexOf("/")
  return slash < 0
    ? { plugin: spec, model: "", isFile: false }
    : { plugin: spec.slice(0, slash), model: spec.slice(slash + 1), isFile: false }
}

/** Shipped plugins by name, each behind an import of its own. */
export type Shipped = { readonly [name: string]: () => Promise<{ readonly default: Plugin }> }

/** Something that a plugin file or package may export as its default. */
const isPlugin = (value: unknown): value is Plugin =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Plugin).name === "string" &&
  ("open" in value || "openRater" in value)

/** Whether the package itself is not installed, rather than something that it imports. */
const missingPackage = (thrown: unknown, name: string): boolean =>
  (thrown as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND" &&
  thrown instanceof Error &&
  thrown.message.includes(`'${packageNameOf(name)}'`)

export class Plugins extends Context.Service<
  Plugins,
  {
    /** Names of the shipped plugins, sorted. */
    readonly names: readonly string[]
    /** Loads the plugin of a specification; relative files start from `folder`. */
    readonly load: (spec: ModelSpec, folder: string) => Effect.Effect<Plugin, PluginError>
  }
>()("warmline/Plugins") {
  static readonly layer = (shipped: Shipped) =>
    Layer.succeed(
      Plugins,
      Plugins.of({
        names: Object.keys(shipped).sort(),
        load: Effect.fn("Plugins.load")(function* (spec, folder) {
          const own = Object.hasOwn(shipped, spec.plugin) ? shipped[spec.plugin] : undefined
          const wrong = (reason: string, mend: string) =>
            new PluginError({ plugin: spec.plugin, reason, mend })
          const module = yield* Effect.tryPromise({
            try: () =>
              spec.isFile ? loadFile(spec.plugin, folder) : own ? own() : loadPackage(spec.plugin, folder),
            catch: (thrown) => {
              const code = (thrown as { code?: unknown }).code
              const text = oneLine(thrown instanceof Error ? thrown.message : String(thrown))
              if (!spec.isFile && missingPackage(thrown, spec.plugin)) {
                return wrong(
                  "no such plugin",
                  `shipped are ${Object.keys(shipped).sort().join(", ")}; a file is named ./file.ts, and a package ${packageNameOf(spec.plugin)} must be installed`
                )
              }
              return code === "ENOENT"
                ? wrong("no such file", "check the path; it starts from the folder of the study")
                : wrong(`cannot be loaded (${text})`, "correct the file; `warmline plugin check` tries it")
            }
          })
          if (!isPlugin(module.default)) {
            return yield* wrong("exports no plugin", "write `export default definePlugin({ … })`")
          }
          return module.default
        })
      })
    )
}
