/** `warmline plugin check`. */
import { Effect } from "effect"
import { conformance } from "../../model/conformance.ts"
import { PluginError } from "../../model/ModelError.ts"
import { Plugins, parseSpec } from "../../model/Plugins.ts"
import type { PluginCheckOptions } from "../commands/plugin.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"

/** Opens the plugin, runs the checks, prints a table; a failed check exits with 1. */
export const checkPlugin = (given: PluginCheckOptions) =>
  Effect.gen(function* () {
    const spec = parseSpec(given.plugin)
    const plugin = yield* (yield* Plugins).load(spec, process.cwd())
    if (!plugin.open) {
      return yield* new PluginError({
        plugin: plugin.name,
        reason: "rates but does not answer",
        mend: "only sources are checked"
      })
    }
    const model = yield* plugin.open({ model: spec.model, config: {}, folder: process.cwd() })
    const results = yield* conformance(plugin, model, spec.model)
    const failed = results.filter((result) => result.status === "fail").length
    yield* Effect.sync(() => {
      if (given.json) {
        process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
        return
      }
      const width = Math.max(...results.map((result) => result.name.length))
      const lines = results.map(({ name, status, detail }) => `${status}  ${name.padEnd(width)}  ${detail}`)
      const skipped = results.filter((result) => result.status === "skip").length
      lines.push("", `${results.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`)
      process.stdout.write(`${lines.join("\n")}\n`)
    })
    if (failed > 0) return yield* new ExitWith({ code: codes.failed })
  }).pipe(Effect.scoped, Effect.provide(layers.library))
