/** Which calls of a page of posts still have to be made. */
import { Effect } from "effect"
import { Responses, slotName } from "../store/Responses.ts"
import type { RunPost } from "../store/Runs.ts"
import type { PlannedSource } from "./openSource.ts"
import type { Plan } from "./Plan.ts"
import { type PlannedCall, plannedCall } from "./PlannedCall.ts"

/**
 * The calls of a page that nobody has an answer to, and how many have one. Answers that another run of the
 * store has to the same call are linked on the way. `fresh` asks for all of them again.
 */
export const missingCalls = Effect.fnUntraced(function* (
  plan: Plan,
  page: readonly RunPost[],
  sources: readonly PlannedSource[],
  fresh: boolean
) {
  const responses = yield* Responses
  const filled = fresh
    ? new Set<string>()
    : yield* responses.filled(plan.runId, page[0]!.ordinal, page[page.length - 1]!.ordinal)
  const unanswered: PlannedCall[] = []
  let resumed = 0
  for (const post of page) {
    for (const source of sources) {
      for (const condition of plan.conditions) {
        for (let epoch = 1; epoch <= plan.study.epochs; epoch++) {
          const slot = { ordinal: post.ordinal, source: source.id, condition: condition.name, epoch }
          if (filled.has(slotName(slot))) resumed++
          else unanswered.push(plannedCall(plan, source, condition, post, epoch))
        }
      }
    }
  }
  if (fresh) return { missing: unanswered, resumed }
  const cached = yield* responses.cached(unanswered.map((entry) => entry.key))
  if (cached.size === 0) return { missing: unanswered, resumed }
  const known = unanswered.filter((entry) => cached.has(entry.key))
  yield* responses.link(
    plan.runId,
    known.map((entry) => ({ slot: entry.slot, callId: cached.get(entry.key)! }))
  )
  return { missing: unanswered.filter((entry) => !cached.has(entry.key)), resumed: resumed + known.length }
})
