/** Stops a run's batches at the provider; what they had finished is fetched as ever, so that nothing paid is lost. */
import { Effect } from "effect"
import { Batches } from "../store/Batches.ts"
import type { RunId } from "../study/Ids.ts"
import type { PlannedSource } from "./openSource.ts"

/** One that is not there any more is given up, and its questions may be asked again. */
export const cancelBatches = Effect.fn("Run.cancelBatches")(function* (
  run: RunId,
  asked: readonly PlannedSource[]
) {
  const batches = yield* Batches
  for (const { id, source, providerId, requests } of yield* batches.open(run)) {
    const api = asked.find((entry) => entry.id === source)?.model.batch
    if (api === undefined || providerId === null) continue
    const cancelled = yield* Effect.result(api.cancel(providerId))
    if (cancelled._tag === "Success") continue
    const { failure } = cancelled
    if (failure._tag === "Rejected" && failure.reason === "not found") {
      yield* batches.finish(id)
      yield* Effect.logWarning(
        `${source}: a batch of ${requests} questions is not at the provider (${failure.message}); its questions are asked again`
      )
    } else yield* Effect.logWarning(`${source}: a batch could not be cancelled (${failure.message})`)
  }
})
