/** What a plan would use and cost, before anything is paid: an estimate, and said to be one. */
import { Effect, Stream } from "effect"
import { costOf, estimateTokens } from "../model/Prices.ts"
import { renderCondition } from "../study/Template.ts"
import { type Plan, plannedPosts } from "./Plan.ts"
import { expectedOutput } from "./PlannedCall.ts"

/** One source's share of a plan. */
export interface SourceEstimate {
  readonly source: string
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars; `undefined`: the price is not known. */
  readonly cost: number | undefined
  /** The same with `--batch`; `cost` where the provider has no batches. */
  readonly batchCost: number | undefined
  readonly ignored: readonly string[]
}

/** Estimates every source by its posts and conditions, answers that are there already included. */
export const estimatePlan = Effect.fn("Run.estimatePlan")(function* (plan: Plan) {
  let input = 0
  for (const { suite, marked } of plan.suites) {
    yield* Stream.runForEach(plannedPosts(suite, marked, plan.limit), (post) =>
      Effect.sync(() => {
        for (const condition of plan.conditions) {
          for (const message of renderCondition(condition, post, suite.domain)) {
            input += estimateTokens(message.content) * plan.study.epochs
          }
        }
      })
    )
  }
  const calls = plan.calls / plan.sources.length
  return plan.sources.map((source): SourceEstimate => {
    const outputTokens = calls * (source.asked.maxTokens ?? expectedOutput)
    const tokens = { inputTokens: input, outputTokens }
    const cost = source.price && costOf(source.price, tokens)
    return {
      source: source.id,
      calls,
      ...(source.model.kind === "model" ? tokens : { inputTokens: 0, outputTokens: 0 }),
      cost,
      batchCost: cost === undefined ? undefined : cost * (source.model.batch?.share ?? 1),
      ignored: source.negotiated.ignored
    }
  })
})
