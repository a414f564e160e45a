/**
 * Asks for every answer of the plan that is not there yet. Posts are read a page at a time and calls run
 * with bounded concurrency, so memory does not grow with the study; each answer is committed before it counts.
 */
import { Clock, Effect, Stream } from "effect"
import * as AdaptiveLimit from "../model/AdaptiveLimit.ts"
import { ask, type CallPolicy, patience } from "../model/CallPolicy.ts"
import * as CostLimit from "../model/CostLimit.ts"
import type { Reply } from "../model/Model.ts"
import type { ModelError } from "../model/ModelError.ts"
import * as RateBudget from "../model/RateBudget.ts"
import { type CallRow, Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import { type Outcome, wordCount } from "../study/Response.ts"
import { makeCollector } from "./garbage.ts"
import { missingCalls } from "./missingCalls.ts"
import type { Plan } from "./Plan.ts"
import {
  detailOf,
  expectedCost,
  expectedTokens,
  outcomeOf,
  type PlannedCall,
  replyCost
} from "./PlannedCall.ts"
import { Progress } from "./Progress.ts"
import { RunError } from "./RunError.ts"
import { spentOn } from "./spentOn.ts"

/** How a run asks. */
export interface GenerateOptions extends CallPolicy {
  /** Calls in flight per account. */
  readonly maxConnections: number
  /** Ask again even where the store has an answer; the older one is kept. */
  readonly fresh: boolean
  /** US dollars for the run over all its starts; `undefined`: no limit. */
  readonly costLimit: number | undefined
}

const tokensOf = (entry: PlannedCall): number => {
  const { input, output } = expectedTokens(entry)
  return input + output
}

/** A limit cannot be kept over prices that nobody knows. */
const limitCost = Effect.fn("Run.limitCost")(function* (plan: Plan, dollars: number | undefined) {
  if (dollars === undefined) return CostLimit.make(Number.POSITIVE_INFINITY, 0)
  const unknown = plan.sources.filter((source) => source.price === undefined).map((source) => source.id)
  if (unknown.length > 0) {
    return yield* new RunError({
      place: "--cost-limit",
      reason: `the price of ${unknown.join(", ")} is not known`,
      mend: "give it in a file with --prices, or take the limit away"
    })
  }
  return CostLimit.make(dollars, yield* spentOn(plan))
})

/** Runs the stage. Failures are rows, not errors: the run goes on, and the next one tries them again. */
export const generate = Effect.fn("Run.generate")(function* (plan: Plan, options: GenerateOptions) {
  const runs = yield* Runs
  const responses = yield* Responses
  const progress = yield* Progress
  const state = progress.begin("generate", plan.calls)
  const calm = patience(options)
  const tidy = makeCollector()
  const money = yield* limitCost(plan, options.costLimit)
  const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

  const keep = (entry: PlannedCall, reply: Reply, outcome: Outcome, attempts: number, millis: number) =>
    Effect.flatMap(now, (at) => {
      const call: CallRow = {
        key: entry.key,
        plugin: entry.source.plugin,
        pluginVersion: entry.source.version,
        model: entry.source.modelName,
        seed: entry.call.seed,
        epoch: entry.call.epoch,
        outcome,
        text: reply.text,
        words: wordCount(reply.text),
        author: reply.author ?? entry.source.model.kind,
        detail: detailOf(reply, entry.source),
        attempts,
        millis,
        at
      }
      return responses.answer(plan.runId, entry.slot, call, options.fresh)
    })

  const refuse = (entry: PlannedCall, error: ModelError) =>
    Effect.flatMap(now, (at) =>
      responses.fail(plan.runId, {
        ...entry.slot,
        stage: "generate",
        part: "",
        kind: error._tag,
        message: error.message,
        at
      })
    )

  // A source whose key is refused is not asked again in this run; the others go on.
  const stopped = new Map<string, ModelError>()

  const spend = (cost: number | undefined) => {
    state.cost = cost === undefined || state.cost === undefined ? undefined : state.cost + cost
  }

  const perform = (
    entry: PlannedCall,
    limit: AdaptiveLimit.AdaptiveLimit,
    wait: RateBudget.WaitForBudget | undefined
  ) => {
    const reason = stopped.get(entry.source.id)
    if (reason) {
      state.failed++
      return refuse(entry, reason)
    }
    const estimate = expectedCost(entry) ?? 0
    // Calls that may not set out any more are neither done nor failed: a higher limit asks for them.
    if (!money.reserve(estimate)) return Effect.void
    let cost: number | undefined = 0
    const finish = Effect.sync(() => {
      money.settle(estimate, cost ?? estimate)
      tidy()
    })
    return Effect.uninterruptibleMask((restore) =>
      restore(
        ask({
          plugin: entry.source.plugin,
          model: entry.source.model,
          call: entry.call,
          patience: calm,
          limit,
          budget: wait === undefined ? Effect.void : wait(tokensOf(entry))
        })
      ).pipe(
        Effect.matchEffect({
          // What has been paid for is kept, whatever happens next.
          onSuccess: ({ reply, attempts, millis }) => {
            cost = replyCost(entry.source, reply)
            spend(cost)
            return Effect.tap(keep(entry, reply, outcomeOf(reply), attempts, millis), () => {
              state.done++
              return Effect.void
            })
          },
          onFailure: (error) => {
            if (error._tag === "ContentFiltered") {
              state.done++
              return keep(entry, { text: "" }, "content_filter", 1, 0)
            }
            if (error._tag === "Rejected" && error.reason === "auth") stopped.set(entry.source.id, error)
            state.failed++
            return refuse(entry, error)
          }
        }),
        Effect.ensuring(finish)
      )
    )
  }

  const accounts = Map.groupBy(plan.sources, (source) => source.model.account)
  // Each account goes at its own pace: one that is asked for patience does not hold up the others.
  yield* Effect.forEach(
    accounts,
    ([account, sources]) =>
      Effect.gen(function* () {
        const limit = AdaptiveLimit.make(options.maxConnections)
        const stated = plan.study.limits[sources[0]!.plugin]
        const wait =
          stated && (yield* RateBudget.make(account, stated).pipe(Effect.provide(RateBudget.layer)))
        yield* runs.postPages(plan.runId).pipe(
          Stream.mapEffect((page) => missingCalls(plan, page, sources, options.fresh)),
          Stream.tap(({ resumed }) => {
            state.resumed += resumed
            return Effect.void
          }),
          Stream.flatMap(({ missing }) => Stream.fromIterable(missing)),
          Stream.mapEffect((entry) => perform(entry, limit, wait), {
            concurrency: options.maxConnections,
            unordered: true
          }),
          Stream.runDrain
        )
      }),
    { concurrency: "unbounded", discard: true }
  )
  progress.end(state)
  return { ...state, costLimitReached: money.reached(), spent: money.spent() }
})
