/** `warmline cache list` and `cache prune`. */
import { Clock, Effect, Option } from "effect"
import { count, counted } from "../../leaderboard/formatNumber.ts"
import { CachedCalls, type CachedModel } from "../../store/CachedCalls.ts"
import type { CacheListOptions, CachePruneOptions } from "../commands/cache.ts"
import * as layers from "../layers.ts"

const nameOf = ({ plugin, model }: CachedModel) => (model === "" ? plugin : `${plugin}/${model}`)

const lineOf = (entry: CachedModel, width: number) =>
  [
    `  ${nameOf(entry).padEnd(width)}`,
    `${counted(entry.calls, "call")}, ${count(entry.unused)} unused`,
    `in ${counted(entry.runs, "run")}`,
    `${counted(entry.characters, "character")} of text`,
    `newest ${entry.newest.slice(0, 10)}`
  ].join("  ")

/** Prints what is kept, a line a model. */
export const listCache = (given: CacheListOptions) =>
  Effect.gen(function* () {
    const models = yield* (yield* CachedCalls).list
    const width = Math.max(0, ...models.map((entry) => nameOf(entry).length))
    yield* Effect.sync(() =>
      process.stdout.write(
        given.json
          ? `${JSON.stringify(models, null, 2)}\n`
          : models.length === 0
            ? `No calls in ${given.store}.\n`
            : `${models.map((entry) => lineOf(entry, width)).join("\n")}\n`
      )
    )
  }).pipe(Effect.provide(layers.store(given.store)))

const day = 86_400_000

/** Takes away what no run uses, or says how much that would be. */
export const pruneCache = (given: CachePruneOptions) =>
  Effect.gen(function* () {
    const calls = yield* CachedCalls
    const now = yield* Clock.currentTimeMillis
    const filter = {
      plugin: Option.getOrUndefined(given.plugin),
      model: Option.getOrUndefined(given.model),
      before: Option.getOrUndefined(
        Option.map(given.olderThan, (days) => new Date(now - days * day).toISOString())
      )
    }
    const n = yield* given.dryRun ? calls.prunable(filter) : calls.prune(filter)
    yield* Effect.sync(() =>
      process.stdout.write(
        given.json
          ? `${JSON.stringify({ calls: n, pruned: !given.dryRun }, null, 2)}\n`
          : given.dryRun
            ? `${counted(n, "call is", "calls are")} used by no run; nothing was taken away.\n`
            : `${counted(n, "call that no run uses was", "calls that no run uses were")} taken away.\n`
      )
    )
  }).pipe(Effect.provide(layers.store(given.store)))
