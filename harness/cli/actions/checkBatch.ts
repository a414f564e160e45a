/** Who of those that are asked has no batches: said, or an error under `--strict`. */
import { Effect } from "effect"
import { visible } from "../../leaderboard/visible.ts"
import type { PlannedSource } from "../../run/openSource.ts"
import { RunError } from "../../run/RunError.ts"

/** Programs are not spoken of: they cost nothing and answer at once. */
export const checkBatch = Effect.fn("Cli.checkBatch")(function* (
  given: { readonly batch: boolean; readonly strict: boolean },
  asked: readonly PlannedSource[]
) {
  if (!given.batch) return
  const without = asked
    .filter(({ model }) => model.kind === "model" && model.batch === undefined)
    .map(({ id }) => id)
  if (without.length === 0) return
  if (given.strict) {
    return yield* new RunError({
      place: "--batch",
      reason: `${without.join(", ")} cannot be asked in batches`,
      mend: "leave it out, or run without --strict"
    })
  }
  yield* Effect.sync(() => {
    process.stderr.write(`warmline: ${visible(without.join(", "))} has no batches and is asked one by one\n`)
  })
})
