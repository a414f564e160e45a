/** Which run, source and condition a command means, from what it was told and what the store holds. */
import { Effect, Option } from "effect"
import { suggest } from "../catalog/Catalog.ts"
import { listed } from "../leaderboard/formatNumber.ts"
import { decodeManifest, type RunManifest } from "../run/Manifest.ts"
import { RunError } from "../run/RunError.ts"
import { Runs } from "../store/Runs.ts"

const known = (names: readonly string[]) =>
  names.length === 0 ? "there is none; start one with `warmline run`" : suggest("", names.slice(0, 5))

/** The manifest of a run; without a name, of the newest. */
export const openRun = Effect.fn("Gate.openRun")(function* (name: string | undefined) {
  const runs = yield* Runs
  const list = yield* runs.list
  const id = name ?? list[0]?.id
  if (id === undefined) {
    return yield* new RunError({
      place: "store",
      reason: "no run in it",
      mend: "start one with `warmline run`, or name another --store"
    })
  }
  const row = yield* runs.get(id)
  if (Option.isNone(row)) {
    const names = list.map((run) => run.id as string)
    return yield* new RunError({
      place: id,
      reason: "no such run in this store",
      mend: names.length === 0 ? known(names) : suggest(id, names)
    })
  }
  return yield* decodeManifest(row.value.manifest)
})

/** A source of a run: the one named, or the only one. */
export const chooseSource = (manifest: RunManifest, name: string | undefined) => {
  const ids = manifest.sources.map((source) => source.id)
  const found = name === undefined ? undefined : manifest.sources.find((source) => source.id === name)
  if (found) return Effect.succeed(found)
  if (name === undefined && manifest.sources.length === 1) return Effect.succeed(manifest.sources[0]!)
  return Effect.fail(
    new RunError(
      name === undefined
        ? {
            place: manifest.run,
            reason: `it has ${ids.length} sources`,
            mend: `say which with --source: ${listed(ids)}`
          }
        : {
            place: `--source ${name}`,
            reason: `run ${manifest.run} has no such source`,
            mend: suggest(name, ids)
          }
    )
  )
}

/** A condition of a run: the one named, or the only one. */
export const chooseCondition = (manifest: RunManifest, name: string | undefined) => {
  const names = manifest.conditions.map((condition) => condition.definition.name as string)
  const found = manifest.conditions.find((condition) => condition.definition.name === name)
  if (found) return Effect.succeed(found)
  if (name === undefined && manifest.conditions.length === 1) return Effect.succeed(manifest.conditions[0]!)
  return Effect.fail(
    new RunError(
      name === undefined
        ? {
            place: manifest.run,
            reason: `it has ${names.length} conditions`,
            mend: `say which with --condition: ${listed(names)}`
          }
        : {
            place: `--condition ${name}`,
            reason: `run ${manifest.run} has no such condition`,
            mend: suggest(name, names)
          }
    )
  )
}
