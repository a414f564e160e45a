/** What the judging of a run has cost so far. */
import { Effect } from "effect"
import { costOf } from "../model/Prices.ts"
import { Judgements } from "../store/Judgements.ts"
import type { JudgingPlan } from "./JudgingPlan.ts"

/**
 * US dollars of the judges' calls that the run made itself, over all its starts. Calls whose tokens nobody
 * counted, and judges without a price or of another command, are left out.
 */
export const spentOnJudges = Effect.fn("Judge.spent")(function* (plan: JudgingPlan) {
  const judgements = yield* Judgements
  return (yield* judgements.usage(plan.runId)).reduce((sum, { rater, version, ...usage }) => {
    const judge = plan.judges.find((entry) => entry.id === rater && entry.version === version)
    const price = judge?.source.price
    return sum + (price === undefined ? 0 : (costOf(price, usage) ?? 0))
  }, 0)
})
