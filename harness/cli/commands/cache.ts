/** `warmline cache`. */
import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const shared = { store: flags.store, json: flags.json }

const pruning = {
  ...shared,
  plugin: Flag.String("plugin").pipe(Flag.withDescription("Only this plugin's calls"), Flag.optional),
  model: Flag.String("model").pipe(Flag.withDescription("Only this model's calls"), Flag.optional),
  olderThan: Flag.filter(
    Flag.Finite("older-than"),
    (days) => days >= 0,
    (days) => `${days} is below 0`
  ).pipe(Flag.withDescription("Only calls made more than so many days ago"), Flag.optional),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDescription("Say how many, and take nothing away"),
    Flag.withDefault(false)
  )
}

/** What `cache list` was given. */
export type CacheListOptions = Command.Command.Config.Infer<typeof shared>

/** What `cache prune` was given. */
export type CachePruneOptions = Command.Command.Config.Infer<typeof pruning>

const list = Command.make(
  "list",
  shared,
  Effect.fn(function* (given) {
    const { listCache } = yield* Effect.promise(() => import("../actions/cacheCalls.ts"))
    yield* listCache(given)
  })
).pipe(Command.withDescription("Finished calls in the store, by model, and how many of them no run uses"))

const prune = Command.make(
  "prune",
  pruning,
  Effect.fn(function* (given) {
    const { pruneCache } = yield* Effect.promise(() => import("../actions/cacheCalls.ts"))
    yield* pruneCache(given)
  })
).pipe(
  Command.withDescription(
    "Take away calls that no run uses (older answers of --no-cache, audits); asked for again, they are paid for again"
  )
)

export const cache = Command.make("cache").pipe(
  Command.withDescription("Finished calls that are kept so that none is asked twice"),
  Command.withSubcommands([list, prune])
)
