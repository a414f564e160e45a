/** What a run has cost so far. */
import { Effect } from "effect"
import { costOf } from "../model/Prices.ts"
import { Responses } from "../store/Responses.ts"
import type { Plan } from "./Plan.ts"

/**
 * US dollars of the calls that the run made itself, over all its starts; answers taken over from other runs
 * cost it nothing. Calls whose tokens nobody counted, and sources without a price, are left out.
 */
export const spentOn = Effect.fn("Run.spentOn")(function* (plan: Plan) {
  const responses = yield* Responses
  const used = yield* responses.usage(plan.runId)
  return used.reduce((sum, { source, inputTokens, outputTokens, cachedTokens }) => {
    const planned = plan.sources.find((entry) => entry.id === source)
    const price = planned?.model.kind === "model" ? planned.price : undefined
    return sum + (price === undefined ? 0 : (costOf(price, { inputTokens, outputTokens, cachedTokens }) ?? 0))
  }, 0)
})
