/** `--dry-run`: what a study would ask, of whom, and what it would cost. */
import { Effect } from "effect"
import { estimateJudging } from "../../judge/estimateJudging.ts"
import type { JudgingPlan } from "../../judge/JudgingPlan.ts"
import { count, counted } from "../../leaderboard/formatNumber.ts"
import { estimatePlan, type SourceEstimate } from "../../run/estimatePlan.ts"
import type { Plan } from "../../run/Plan.ts"
import { bothWays, judgeJson, judgeLine, totalOf } from "../display/judgeEstimates.ts"

const money = (cost: number | undefined) =>
  cost === undefined ? "price unknown" : `about $${cost.toFixed(2)}`

const sourceLine = ({ source, calls, inputTokens, outputTokens, cost, ignored }: SourceEstimate) => {
  const tokens =
    inputTokens === 0 ? "no tokens" : `about ${count(inputTokens)} tokens in, ${count(outputTokens)} out`
  const cannot = ignored.length === 0 ? "" : ` (cannot: ${ignored.join(", ")})`
  return `  source  ${source}: ${counted(calls, "answer")}, ${tokens}, ${money(cost)}${cannot}`
}

/** Prints the plan; nothing is opened for writing and nobody is asked. */
export const printPlan = Effect.fn("Cli.printPlan")(function* (
  plan: Plan,
  judging: JudgingPlan,
  json: boolean
) {
  const sources = yield* estimatePlan(plan)
  const judges = yield* estimateJudging(plan, judging)
  const total = totalOf([...sources, ...judges])
  const raters = plan.raters.map(({ id, kind }) => ({ id, kind, texts: plan.calls }))
  yield* Effect.sync(() => {
    if (json) {
      const document = {
        run: plan.runId,
        posts: plan.posts,
        calls: plan.calls,
        sources: sources.map((source) => ({
          ...source,
          cost: source.cost ?? null,
          batchCost: source.batchCost ?? null
        })),
        raters,
        judges: judges.map(judgeJson),
        cost: total ?? null
      }
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
      return
    }
    const lines = [
      `Run ${plan.runId}: ${counted(plan.posts, "post")} × ${counted(plan.sources.length, "source")} × ${counted(plan.conditions.length, "condition")} × ${counted(plan.study.epochs, "epoch")} = ${counted(plan.calls, "answer")}`,
      ...plan.suites.map(({ suite, posts }) => `  suite   ${suite.header.name}: ${counted(posts, "post")}`),
      ...sources.map(sourceLine),
      ...raters.map(({ id, kind, texts }) => `  rater   ${id} (${kind}): ${counted(texts, "text")}`),
      ...judges.map(judgeLine),
      `In all ${bothWays([...sources, ...judges])}. Tokens are estimated at four characters each, answers at ${plan.study.parameters.maxTokens ?? 400} tokens.`,
      "Nothing was asked."
    ]
    process.stdout.write(`${lines.join("\n")}\n`)
  })
})
