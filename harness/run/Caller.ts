/**
 * The one way in which the harness asks a model, for answers and for verdicts alike: each account at its own
 * pace and within its stated budget, the money of the whole run within one limit, a refused key asked no more,
 * and what has been paid for kept whatever happens next.
 */
import { Clock, Effect, type Stream } from "effect"
import * as AdaptiveLimit from "../model/AdaptiveLimit.ts"
import { ask, type CallPolicy, patience, type Standing } from "../model/CallPolicy.ts"
import * as CostLimit from "../model/CostLimit.ts"
import type { Call, Reply } from "../model/Model.ts"
import type { ModelError } from "../model/ModelError.ts"
import * as RateBudget from "../model/RateBudget.ts"
import type { CallRow } from "../store/callRows.ts"
import type { StoreError } from "../store/StoreError.ts"
import { wordCount } from "../study/Response.ts"
import type { MinuteLimits } from "../study/Study.ts"
import { makeCollector } from "./garbage.ts"
import type { PlannedSource } from "./openSource.ts"
import { detailOf, expectedCost, expectedTokens, outcomeOf, replyCost } from "./PlannedCall.ts"
import type { StageState } from "./Progress.ts"
import { RunError } from "./RunError.ts"

/** How calls are made. */
export interface CallOptions extends CallPolicy {
  /** Calls in flight per account. */
  readonly maxConnections: number
  /** Ask again even where the store has an answer; the older one is kept. */
  readonly fresh: boolean
  /** US dollars for the run over all its starts; `undefined`: no limit. */
  readonly costLimit: number | undefined
}

/** A question to somebody who has been opened, under the key its answer is kept by. */
export interface Question {
  readonly source: PlannedSource
  readonly call: Call
  readonly key: string
}

/** What became of a question. `Held`: the cost limit does not let it set out; a higher one will. */
export type Outcome<A> =
  | { readonly _tag: "Kept"; readonly value: A }
  | { readonly _tag: "Failed"; readonly error: ModelError }
  | { readonly _tag: "Held" }

/** Answers that came in batches, what they cost and what they would have cost one by one; US dollars, `undefined`: unknown. */
export interface Batched {
  readonly answers: number
  readonly cost: number | undefined
  readonly alone: number | undefined
}

/** Makes calls for one run. */
export interface Caller {
  readonly options: CallOptions
  /**
   * Asks, and hands the finished call to `keep`, which is not interrupted. A stage's `state` is told the cost;
   * counting what is done is the stage's own.
   */
  readonly perform: <A, E, R>(
    question: Question,
    state: Pick<StageState, "cost">,
    keep: (row: CallRow, reply: Reply) => Effect.Effect<A, E, R>
  ) => Effect.Effect<Outcome<A>, E | StoreError, R>
  /** Keeps an answer that was paid for before, as `perform` keeps one. */
  readonly receive: <A, E, R>(
    question: Question,
    reply: Reply,
    state: Pick<StageState, "cost">,
    keep: (row: CallRow, reply: Reply) => Effect.Effect<A, E, R>
  ) => Effect.Effect<Outcome<A>, E, R>
  /** Hands questions in as batches and waits for their answers, which `perform` then finds; absent without batches. */
  readonly handIn?: (questions: Stream.Stream<Question, StoreError>) => Effect.Effect<void, StoreError>
  /** What batches have brought in this process; absent where none can. */
  readonly batched?: () => Batched
  /** Holds money back for questions that set out together; false where the limit does not let them. */
  readonly reserve: (estimate: number) => boolean
  readonly release: (estimate: number) => void
  /** US dollars over all starts of the run. */
  readonly spent: () => number
  readonly costLimitReached: () => boolean
}

/** A limit cannot be kept over prices that nobody knows. */
const limitCost = (asked: readonly PlannedSource[], dollars: number | undefined, spent: number) => {
  const unknown = asked.filter((source) => source.price === undefined).map((source) => source.id)
  return dollars === undefined
    ? Effect.succeed(CostLimit.make(Number.POSITIVE_INFINITY, spent))
    : unknown.length === 0
      ? Effect.succeed(CostLimit.make(dollars, spent))
      : Effect.fail(
          new RunError({
            place: "--cost-limit",
            reason: `the price of ${unknown.join(", ")} is not known`,
            mend: "give it in a file with --prices, or take the limit away"
          })
        )
}

/**
 * Makes a caller. `asked` is everyone it will ask, `limits` what accounts may use in a minute by plugin, and
 * `spent` what earlier starts have cost.
 */
export const makeCaller = Effect.fn("Run.makeCaller")(function* (
  asked: readonly PlannedSource[],
  limits: Readonly<Record<string, MinuteLimits>>,
  spent: number,
  options: CallOptions
) {
  const money = yield* limitCost(asked, options.costLimit, spent)
  const calm = patience(options)
  const tidy = makeCollector()
  // A source whose key is refused is not asked again in this run; the others go on.
  const standings = new Map<string, Standing>(asked.map(({ id }) => [id, { refused: undefined }]))
  const accounts = new Map<
    string,
    { readonly limit: AdaptiveLimit.AdaptiveLimit; readonly wait: RateBudget.WaitForBudget | undefined }
  >()
  for (const { plugin, model } of asked) {
    if (accounts.has(model.account)) continue
    const stated = limits[plugin]
    const wait =
      stated && (yield* RateBudget.make(model.account, stated).pipe(Effect.provide(RateBudget.layer)))
    accounts.set(model.account, { limit: AdaptiveLimit.make(options.maxConnections), wait })
  }

  const rowOf = Effect.fnUntraced(function* (
    { source, call, key }: Question,
    reply: Reply,
    outcome: CallRow["outcome"],
    attempts: number,
    millis: number
  ) {
    const at = new Date(yield* Clock.currentTimeMillis).toISOString()
    return {
      key,
      plugin: source.plugin,
      pluginVersion: source.version,
      model: source.modelName,
      seed: call.seed,
      epoch: call.epoch,
      outcome,
      text: reply.text,
      words: wordCount(reply.text),
      author: reply.author ?? source.model.kind,
      detail: detailOf(reply, source),
      attempts,
      millis,
      at
    } satisfies CallRow
  })

  const perform: Caller["perform"] = <A, E, R>(
    question: Question,
    state: Pick<StageState, "cost">,
    keep: (row: CallRow, reply: Reply) => Effect.Effect<A, E, R>
  ) =>
    Effect.suspend((): Effect.Effect<Outcome<A>, E, R> => {
      const { source, call } = question
      const standing = standings.get(source.id)!
      if (standing.refused) return Effect.succeed({ _tag: "Failed", error: standing.refused })
      const estimate = expectedCost(question) ?? 0
      if (!money.reserve(estimate)) return Effect.succeed({ _tag: "Held" })
      const account = accounts.get(source.model.account)!
      let cost: number | undefined = 0
      const kept = (reply: Reply, outcome: CallRow["outcome"], attempts: number, millis: number) =>
        Effect.flatMap(rowOf(question, reply, outcome, attempts, millis), (row) =>
          Effect.map(keep(row, reply), (value): Outcome<A> => ({ _tag: "Kept", value }))
        )
      return Effect.uninterruptibleMask((restore) =>
        restore(
          ask({
            plugin: source.plugin,
            model: source.model,
            call,
            patience: calm,
            limit: account.limit,
            budget: account.wait === undefined ? Effect.void : account.wait(tokensOf(question)),
            standing
          })
        ).pipe(
          Effect.matchEffect({
            onSuccess: ({ reply, attempts, millis }) => {
              cost = replyCost(source, reply)
              state.cost = cost === undefined || state.cost === undefined ? undefined : state.cost + cost
              return kept(reply, outcomeOf(reply), attempts, millis)
            },
            onFailure: (error): Effect.Effect<Outcome<A>, E, R> => {
              if (error._tag === "ContentFiltered") return kept({ text: "" }, "content_filter", 1, 0)
              return Effect.succeed({ _tag: "Failed", error })
            }
          }),
          Effect.ensuring(
            Effect.sync(() => {
              money.settle(estimate, cost ?? estimate)
              tidy()
            })
          )
        )
      )
    })

  const receive: Caller["receive"] = (question, reply, state, keep) =>
    Effect.uninterruptible(
      Effect.flatMap(rowOf(question, reply, outcomeOf(reply), 1, 0), (row) =>
        Effect.map(keep(row, reply), (value) => {
          const cost = replyCost(question.source, reply)
          state.cost = cost === undefined || state.cost === undefined ? undefined : state.cost + cost
          money.settle(0, cost ?? 0)
          return { _tag: "Kept", value } as const
        })
      )
    )

  return {
    options,
    perform,
    receive,
    reserve: money.reserve,
    release: (estimate) => money.settle(estimate, 0),
    spent: money.spent,
    costLimitReached: money.reached
  } satisfies Caller
})

const tokensOf = (question: Question): number => {
  const { input, output } = expectedTokens(question)
  return input + output
}
