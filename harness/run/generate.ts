/**
 * Asks for every answer of the plan that is not there yet. Posts are read a page at a time and calls run
 * with bounded concurrency, so memory does not grow with the study; each answer is committed before it counts.
 */
import { Clock, Effect, Stream } from "effect"
import * as AdaptiveLimit from "../model/AdaptiveLimit.ts"
import { ask, type CallPolicy } from "../model/CallPolicy.ts"
import type { Call, Reply } from "../model/Model.ts"
import type { ModelError } from "../model/ModelError.ts"
import { type CallRow, Responses, type Slot, slotName } from "../store/Responses.ts"
import { type RunPost, Runs } from "../store/Runs.ts"
import { callKey, deriveSeed } from "../study/CallKey.ts"
import type { Condition } from "../study/Condition.ts"
import type { Hashable } from "../study/Hash.ts"
import { type Outcome, wordCount } from "../study/Response.ts"
import { renderCondition } from "../study/Template.ts"
import type { PlannedSource } from "./openSource.ts"
import type { Plan } from "./Plan.ts"
import { Progress } from "./Progress.ts"

/** How a run asks. */
export interface GenerateOptions extends CallPolicy {
  /** Calls in flight per account. */
  readonly maxConnections: number
  /** Ask again even where the store has an answer; the older one is kept. */
  readonly fresh: boolean
}

/** A call that waits to be made. */
interface Waiting {
  readonly slot: Slot
  readonly source: PlannedSource
  readonly call: Call
  readonly key: string
}

/** How an answer ended. */
export const outcomeOf = (reply: Reply): Outcome =>
  reply.finish === "content_filter"
    ? "content_filter"
    : reply.finish === "refusal"
      ? "refusal"
      : reply.text.trim() === ""
        ? "empty"
        : reply.finish === "length"
          ? "truncated"
          : "ok"

const waitingCall = (
  plan: Plan,
  source: PlannedSource,
  condition: Condition,
  post: RunPost,
  epoch: number
): Waiting => {
  const seed = deriveSeed(plan.study.seed, post.suite, post.post, condition.name, source.id, epoch)
  const messages = source.negotiated.messages(
    renderCondition(condition, { title: post.title, body: post.body }, post.domain)
  )
  const call: Call = {
    model: source.modelName,
    messages,
    parameters: source.negotiated.parameters,
    seed,
    epoch,
    about: { suite: post.suite, post: post.post, condition: condition.name }
  }
  const key = callKey({
    plugin: source.plugin,
    pluginVersion: source.version,
    model: source.modelName,
    messages,
    parameters: source.negotiated.parameters,
    seed,
    epoch,
    extra: source.model.identity(call)
  })
  return {
    slot: { ordinal: post.ordinal, source: source.id, condition: condition.name, epoch },
    source,
    call,
    key
  }
}

const detailOf = (reply: Reply, source: PlannedSource): Hashable => ({
  finish: reply.finish,
  usage: reply.usage as Hashable | undefined,
  served: reply.served as Hashable | undefined,
  logprobs: reply.logprobs as Hashable | undefined,
  ignored: source.negotiated.ignored.length === 0 ? undefined : source.negotiated.ignored
})

/** Runs the stage. Failures are rows, not errors: the run goes on, and the next one tries them again. */
export const generate = Effect.fn("Run.generate")(function* (plan: Plan, options: GenerateOptions) {
  const runs = yield* Runs
  const responses = yield* Responses
  const progress = yield* Progress
  const state = progress.begin("generate", plan.calls)
  const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

  /** The calls of a page that nobody has an answer to; answers of other runs are linked on the way. */
  const waiting = Effect.fnUntraced(function* (page: readonly RunPost[], sources: readonly PlannedSource[]) {
    const filled = options.fresh
      ? new Set<string>()
      : yield* responses.filled(plan.runId, page[0]!.ordinal, page[page.length - 1]!.ordinal)
    const missing: Waiting[] = []
    for (const post of page) {
      for (const source of sources) {
        for (const condition of plan.conditions) {
          for (let epoch = 1; epoch <= plan.study.epochs; epoch++) {
            const slot = { ordinal: post.ordinal, source: source.id, condition: condition.name, epoch }
            if (filled.has(slotName(slot))) state.resumed++
            else missing.push(waitingCall(plan, source, condition, post, epoch))
          }
        }
      }
    }
    if (options.fresh) return missing
    const cached = yield* responses.cached(missing.map((entry) => entry.key))
    const known = missing.filter((entry) => cached.has(entry.key))
    yield* responses.link(
      plan.runId,
      known.map((entry) => ({ slot: entry.slot, callId: cached.get(entry.key)! }))
    )
    state.resumed += known.length
    return known.length === 0 ? missing : missing.filter((entry) => !cached.has(entry.key))
  })

  const keep = (entry: Waiting, reply: Reply, outcome: Outcome, attempts: number, millis: number) =>
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

  const refuse = (entry: Waiting, error: ModelError) =>
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

  const perform = (entry: Waiting, limit: AdaptiveLimit.AdaptiveLimit) => {
    const reason = stopped.get(entry.source.id)
    if (reason) {
      state.failed++
      return refuse(entry, reason)
    }
    return ask(entry.source.model, entry.call, options, limit).pipe(
      Effect.matchEffect({
        // What has been paid for is kept, whatever happens next.
        onSuccess: ({ reply, attempts, millis }) =>
          Effect.uninterruptible(keep(entry, reply, outcomeOf(reply), attempts, millis)).pipe(
            Effect.tap(() => Effect.sync(() => state.done++))
          ),
        onFailure: (error) => {
          if (error._tag === "ContentFiltered") {
            return keep(entry, { text: "" }, "content_filter", 1, 0).pipe(
              Effect.tap(() => Effect.sync(() => state.done++))
            )
          }
          if (error._tag === "Rejected" && error.reason === "auth") stopped.set(entry.source.id, error)
          return refuse(entry, error).pipe(Effect.tap(() => Effect.sync(() => state.failed++)))
        }
      })
    )
  }

  const accounts = Map.groupBy(plan.sources, (source) => source.model.account)
  // Each account goes at its own pace: one that is asked for patience does not hold up the others.
  yield* Effect.forEach(
    accounts.values(),
    (sources) => {
      const limit = AdaptiveLimit.make(options.maxConnections)
      return runs.postPages(plan.runId).pipe(
        Stream.mapEffect((page) => waiting(page, sources)),
        Stream.flatMap(Stream.fromIterable),
        Stream.mapEffect((entry) => perform(entry, limit), {
          concurrency: options.maxConnections,
          unordered: true
        }),
        Stream.runDrain
      )
    },
    { concurrency: "unbounded", discard: true }
  )
  progress.end(state)
  return state
})
