/** A caller that looks for an answer among those that batches brought before it asks. */
import { Effect, Schema } from "effect"
import { Reply } from "../model/Model.ts"
import { Unavailable } from "../model/ModelError.ts"
import { Batches } from "../store/Batches.ts"
import type { RunId } from "../study/Ids.ts"
import type { Batched, Caller } from "./Caller.ts"
import { makeHandIn } from "./handIn.ts"
import type { PlannedSource } from "./openSource.ts"
import { replyCost } from "./PlannedCall.ts"
import { RunError } from "./RunError.ts"

const decode = Schema.decodeEffect(Schema.fromJsonString(Reply))

const plus = (sum: number | undefined, more: number | undefined) =>
  sum === undefined || more === undefined ? undefined : sum + more

const stillOut = new Unavailable({
  message:
    "in a batch that is still with the provider; the command that handed it in fetches it when it is given again with --batch"
})

/** With `batch`, questions are handed in first; without, a run whose batches are still out is not asked twice. */
export const batchedCaller = Effect.fn("Run.batchedCaller")(function* (
  run: RunId,
  asked: readonly PlannedSource[],
  caller: Caller,
  batch: boolean
) {
  const batches = yield* Batches
  const open = yield* batches.open(run)
  if (!batch && open.length > 0) {
    return yield* new RunError({
      place: run,
      reason: `${open.length === 1 ? "a batch of its questions is" : `${open.length} batches of its questions are`} still with the provider`,
      mend: "add --batch to fetch the answers, which are paid for, or --batch --cancel-batch to stop them first"
    })
  }
  // Most stores have never seen a batch: their calls are not looked for among any.
  if (!batch && !(yield* batches.any)) return caller
  let batched: Batched = { answers: 0, cost: 0, alone: 0 }
  const perform: Caller["perform"] = (question, state, keep) =>
    Effect.gen(function* () {
      const found = yield* batches.reply(question.key)
      if (found === undefined) {
        const out = yield* batches.waiting([question.key])
        // Asked now it would be paid for twice.
        return out.has(question.key)
          ? { _tag: "Failed", error: stillOut }
          : yield* caller.perform(question, state, keep)
      }
      const reply = yield* Effect.orDie(decode(found.reply))
      const outcome = yield* caller.receive(question, { ...reply, share: found.share }, state, keep)
      yield* batches.used(found.batch, question.key)
      const alone = replyCost(question.source, reply)
      batched = {
        answers: batched.answers + 1,
        cost: plus(batched.cost, alone === undefined ? undefined : alone * found.share),
        alone: plus(batched.alone, alone)
      }
      return outcome
    })
  return {
    ...caller,
    perform,
    batched: () => batched,
    ...(batch ? { handIn: yield* makeHandIn(run, asked, caller) } : {})
  } satisfies Caller
})
