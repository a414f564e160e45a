/** What judging would use and cost before anything is paid: an estimate, and said to be one. */
import { Effect, Stream } from "effect"
import { costOf } from "../model/Prices.ts"
import { type Plan, plannedPosts } from "../run/Plan.ts"
import { expectedOutput, expectedTokens } from "../run/PlannedCall.ts"
import { Judgements } from "../store/Judgements.ts"
import { Ratings } from "../store/Ratings.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { Judge } from "./Judge.ts"
import { type JudgingPlan, judgedBy, manifestJudge } from "./JudgingPlan.ts"
import { dimensionGroups, questionOf } from "./question.ts"

/** One judge's share. */
export interface JudgeEstimate {
  readonly judge: string
  /** Texts that lack some verdict. */
  readonly texts: number
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars; `undefined`: the price is not known. */
  readonly cost: number | undefined
  /** The same with `--batch`; `cost` where the provider has no batches. */
  readonly batchCost: number | undefined
  /** Sources it does not judge, being of its family. */
  readonly excluded: readonly string[]
  readonly own: readonly string[]
  readonly ignored: readonly string[]
}

interface Sum {
  texts: number
  calls: number
  input: number
  output: number
}

type Text = { readonly title: string; readonly body: string; readonly language: string }

const addText = (
  sum: Sum,
  plan: JudgingPlan,
  judge: Judge,
  instrument: Instrument,
  post: Text,
  response: string,
  times: number
) => {
  for (const dimensions of dimensionGroups(instrument, judge.settings.joint)) {
    const item = { post, response }
    const question = questionOf({ judge, instrument, dimensions, item, epoch: 1, seed: plan.seed }, false)
    const { input, output } = expectedTokens(question)
    sum.calls += times * plan.epochs
    sum.input += input * times * plan.epochs
    sum.output += output * times * plan.epochs
  }
}

const estimateOf = (plan: JudgingPlan, judge: Judge, sum: Sum): JudgeEstimate => {
  const { excluded, own, ignored } = manifestJudge(plan, judge)
  const { price } = judge.source
  const tokens = { inputTokens: sum.input, outputTokens: sum.output }
  const cost = price && costOf(price, tokens)
  const batchCost = cost === undefined ? undefined : cost * (judge.source.model.batch?.share ?? 1)
  return {
    judge: judge.id,
    texts: sum.texts,
    calls: sum.calls,
    ...tokens,
    cost,
    batchCost,
    excluded,
    own,
    ignored
  }
}

/** Before there are answers: every answer is taken to be of the usual length. */
export const estimateJudging = Effect.fn("Judge.estimatePlanned")(function* (
  plan: Plan,
  judging: JudgingPlan
) {
  const response = "x".repeat(4 * (plan.study.parameters.maxTokens ?? expectedOutput))
  const estimates: JudgeEstimate[] = []
  for (const judge of judging.judges) {
    const sum: Sum = { texts: 0, calls: 0, input: 0, output: 0 }
    const times = judgedBy(judging, judge).length * plan.conditions.length * plan.study.epochs
    for (const { suite, marked } of plan.suites) {
      yield* Stream.runForEach(plannedPosts(suite, marked, plan.limit), (post) =>
        Effect.sync(() => {
          sum.texts += times
          for (const instrument of plan.instruments) {
            addText(sum, judging, judge, instrument, post, response, times)
          }
        })
      )
    }
    estimates.push(estimateOf(judging, judge, sum))
  }
  return estimates
})

/** For a run that is there: its texts, without those that are judged already. */
export const estimateStored = Effect.fn("Judge.estimateStored")(function* (plan: JudgingPlan) {
  const ratings = yield* Ratings
  const judgements = yield* Judgements
  const estimates: JudgeEstimate[] = []
  for (const judge of plan.judges) {
    const sum: Sum = { texts: 0, calls: 0, input: 0, output: 0 }
    const texts = new Set<number>()
    for (const instrument of plan.instruments) {
      const place = yield* ratings.place(
        { name: judge.id, kind: "judge", version: judge.version },
        instrument
      )
      yield* Stream.runForEach(
        judgements.unjudged(plan.runId, place, plan.epochs, judgedBy(plan, judge)),
        (page) =>
          Effect.sync(() => {
            for (const text of page) {
              texts.add(text.responseId)
              addText(sum, plan, judge, instrument, text, text.text, 1)
            }
          })
      )
    }
    sum.texts = texts.size
    estimates.push(estimateOf(plan, judge, sum))
  }
  return estimates
})
