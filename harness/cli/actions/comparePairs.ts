/** `warmline judge RUN --pairwise`: the run's texts two by two. */
import { Effect, Stream } from "effect"
import { type JudgingPlan, kinOf } from "../../judge/JudgingPlan.ts"
import { judgePairs, pairQuestion } from "../../judge/pairwise/judgePairs.ts"
import { allPairs, type Pair, type Shared } from "../../judge/pairwise/Pairs.ts"
import { pairwiseResult, strengthsOf } from "../../leaderboard/comparisons.ts"
import { costOf } from "../../model/Prices.ts"
import { type CallOptions, makeCaller } from "../../run/Caller.ts"
import { expectedTokens } from "../../run/PlannedCall.ts"
import { Progress } from "../../run/Progress.ts"
import { Responses } from "../../store/Responses.ts"
import { Runs } from "../../store/Runs.ts"
import { isRated } from "../../study/Response.ts"
import { totalOf } from "../display/judgeEstimates.ts"
import { pairwiseText } from "../display/pairwiseText.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import { sayLimitReached } from "./calls.ts"

/** The texts of a run, by post, condition and epoch. */
const sharedTexts = Effect.fn("Compare.texts")(function* (plan: JudgingPlan) {
  const runs = yield* Runs
  const responses = yield* Responses
  const posts = new Map<number, { readonly name: string; readonly post: Shared["post"] }>()
  yield* Stream.runForEach(runs.postPages(plan.runId), (page) =>
    Effect.sync(() => {
      for (const { ordinal, suite, post, title, body, language } of page)
        posts.set(ordinal, { name: `${suite}/${post}`, post: { title, body, language } })
    })
  )
  const shared = new Map<string, Shared & { readonly texts: Map<string, { text: string; words: number }> }>()
  yield* Stream.runForEach(responses.answers(plan.runId), (answer) =>
    Effect.sync(() => {
      if (!isRated(answer.outcome)) return
      const { name, post } = posts.get(answer.ordinal)!
      const id = `${name} ${answer.condition} ${answer.epoch}`
      const entry = shared.get(id) ?? { id, post, texts: new Map() }
      entry.texts.set(answer.source, { text: answer.text, words: answer.words })
      shared.set(id, entry)
    })
  )
  return [...shared.values()]
})

/** Compares, or with `dryRun` says what it would cost; judges do not compare texts of their own family. */
export const comparePairs = Effect.fn("Cli.comparePairs")(function* (
  plan: JudgingPlan,
  given: { readonly budget: number | undefined; readonly dryRun: boolean; readonly json: boolean },
  options: CallOptions
) {
  const texts = yield* sharedTexts(plan)
  const instrument = plan.instruments[0]!
  const work = plan.judges.map((judge) => ({
    judge,
    pairs: allPairs(texts, new Set(plan.allowSelf ? [] : kinOf(plan, judge)))
  }))
  const print = (document: unknown, text: string) =>
    Effect.sync(() => process.stdout.write(given.json ? `${JSON.stringify(document, null, 2)}\n` : text))
  if (given.dryRun) {
    const estimates = work.map(({ judge, pairs }) => {
      const compared = Math.min(given.budget ?? pairs.length, pairs.length)
      const tokens = (pair: Pair) => expectedTokens(pairQuestion(judge, instrument, pair, plan.seed, false))
      // A budget's pairs are not known beforehand: the mean of all of them stands for each.
      const share = pairs.length === 0 ? 0 : (2 * compared) / pairs.length
      const inputTokens = Math.round(share * pairs.reduce((sum, pair) => sum + tokens(pair).input, 0))
      const outputTokens = Math.round(share * pairs.reduce((sum, pair) => sum + tokens(pair).output, 0))
      const { price } = judge.source
      return {
        judge: judge.id,
        pairs: compared,
        calls: 2 * compared,
        inputTokens,
        outputTokens,
        cost: price && costOf(price, { inputTokens, outputTokens })
      }
    })
    const total = totalOf(estimates)
    const money = (cost: number | undefined) =>
      cost === undefined ? "price unknown" : `about $${cost.toFixed(2)}`
    const lines = estimates.map(
      ({ judge, pairs, calls, inputTokens, cost }) =>
        `  judge   ${judge}: ${pairs.toLocaleString("en")} pairs in both orders, ${calls.toLocaleString("en")} calls, about ${inputTokens.toLocaleString("en")} tokens in, ${money(cost)}`
    )
    return yield* print(
      {
        run: plan.runId,
        judges: estimates.map((entry) => ({ ...entry, cost: entry.cost ?? null })),
        cost: total ?? null
      },
      `${[`Run ${plan.runId}: pairs on ${instrument.name}`, ...lines, `In all ${money(total)}.`, "Nothing was asked."].join("\n")}\n`
    )
  }
  const progress = yield* Progress
  const caller = yield* makeCaller(
    plan.judges.map(({ source }) => source),
    {},
    0,
    options
  )
  const results = []
  let failed = 0
  for (const { judge, pairs } of work) {
    const state = progress.begin("compare", 2 * Math.min(given.budget ?? pairs.length, pairs.length))
    const preferences = yield* judgePairs(
      {
        judge,
        instrument,
        pairs,
        budget: given.budget,
        seed: plan.seed,
        strengths: strengthsOf
      },
      caller,
      state
    )
    progress.end(state)
    failed += state.failed
    results.push(pairwiseResult(judge.id, preferences))
  }
  const design =
    given.budget === undefined
      ? "all pairs on shared posts"
      : `adaptive, at most ${given.budget} pairs, seed ${plan.seed}`
  yield* print(
    { run: plan.runId, instrument: instrument.name, design, judges: results },
    pairwiseText(instrument.title, design, results)
  )
  if (caller.costLimitReached()) sayLimitReached(caller)
  if (failed > 0 || caller.costLimitReached()) return yield* new ExitWith({ code: codes.failed })
})
