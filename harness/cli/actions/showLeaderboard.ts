/** `warmline leaderboard`: the tables of a run that is there. */
import { Effect, Option } from "effect"
import { build } from "../../leaderboard/build.ts"
import { RunError } from "../../run/RunError.ts"
import { Runs } from "../../store/Runs.ts"
import { StoreError } from "../../store/StoreError.ts"
import type { LeaderboardOptions } from "../commands/leaderboard.ts"
import * as layers from "../layers.ts"
import { showResult } from "./showResult.ts"
import { writeSite } from "./writeSite.ts"

/** Builds and shows the leaderboard of the named or newest run. */
export const showLeaderboard = (given: LeaderboardOptions) =>
  Effect.gen(function* () {
    if (Option.isSome(given.site)) {
      if (Option.isSome(given.output)) {
        return yield* new RunError({
          place: "--site",
          reason: "writes a site and no files of one run, so -o says nothing",
          mend: "leave one of them out"
        })
      }
      return yield* writeSite({
        run: Option.getOrUndefined(given.run),
        folder: given.site.value,
        json: given.json
      })
    }
    const newest = (yield* (yield* Runs).list)[0]
    const id = Option.getOrElse(given.run, () => newest?.id)
    if (id === undefined) {
      return yield* new StoreError({
        reason: `no run in ${given.store}`,
        mend: "start one with `warmline run`"
      })
    }
    const leaderboard = yield* build(id)
    yield* showResult(leaderboard, {
      folder: Option.getOrElse(given.output, () => `results/${id}`),
      store: given.store,
      json: given.json,
      asked: undefined
    })
  }).pipe(Effect.provide(layers.store(given.store)))
