/**
 * Asks for every answer of the plan that is not there yet. Posts are read a page at a time and calls run
 * with bounded concurrency, so memory does not grow with the study; each answer is committed before it counts.
 */
import { Clock, Effect, Stream } from "effect"
import { Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import type { Caller } from "./Caller.ts"
import { forEachByWorkers } from "./forEachByWorkers.ts"
import { missingCalls } from "./missingCalls.ts"
import type { Plan } from "./Plan.ts"
import type { PlannedCall } from "./PlannedCall.ts"
import { Progress } from "./Progress.ts"

/** Runs the stage. Failures are rows, not errors: the run goes on, and the next one tries them again. */
export const generate = Effect.fn("Run.generate")(function* (plan: Plan, caller: Caller) {
  const runs = yield* Runs
  const responses = yield* Responses
  const progress = yield* Progress
  const { fresh, maxConnections } = caller.options
  const state = progress.begin("generate", plan.calls)

  const perform = Effect.fnUntraced(function* (entry: PlannedCall) {
    const outcome = yield* caller.perform(entry, state, (row) =>
      responses.answer(plan.runId, entry.slot, row, fresh)
    )
    // Calls that may not set out any more are neither done nor failed: a higher limit asks for them.
    if (outcome._tag === "Kept") state.done++
    if (outcome._tag === "Failed") {
      state.failed++
      yield* responses.fail(plan.runId, {
        ...entry.slot,
        stage: "generate",
        part: "",
        kind: outcome.error._tag,
        message: outcome.error.message,
        at: new Date(yield* Clock.currentTimeMillis).toISOString()
      })
    }
  })

  if (caller.handIn !== undefined) {
    yield* caller.handIn(
      runs.postPages(plan.runId).pipe(
        Stream.mapEffect((page) => missingCalls(plan, page, plan.sources, fresh)),
        Stream.flatMap(({ missing }) => Stream.fromIterable(missing)),
        Stream.provideService(Responses, responses)
      )
    )
  }

  const accounts = Map.groupBy(plan.sources, (source) => source.model.account)
  // Each account goes at its own pace: one that is asked for patience does not hold up the others.
  yield* Effect.forEach(
    accounts,
    ([, sources]) =>
      forEachByWorkers(
        runs.postPages(plan.runId).pipe(
          Stream.mapEffect((page) => missingCalls(plan, page, sources, fresh)),
          Stream.tap(({ resumed }) => {
            state.resumed += resumed
            return Effect.void
          }),
          Stream.flatMap(({ missing }) => Stream.fromIterable(missing))
        ),
        // Twice the calls in flight (the caller sees to those): an answer that waits for its commit holds up no call.
        2 * maxConnections,
        perform
      ),
    { concurrency: "unbounded", discard: true }
  )
  progress.end(state)
  return state
})
