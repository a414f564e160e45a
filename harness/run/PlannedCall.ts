/** One call of a plan: what is asked, under which key, and what became of it. */
import type { Call, Reply } from "../model/Model.ts"
import { costOf, estimateTokens } from "../model/Prices.ts"
import type { Slot } from "../store/Responses.ts"
import type { RunPost } from "../store/Runs.ts"
import { callKey, deriveSeed } from "../study/CallKey.ts"
import type { Condition } from "../study/Condition.ts"
import type { Hashable } from "../study/Hash.ts"
import type { Outcome } from "../study/Response.ts"
import { renderCondition } from "../study/Template.ts"
import type { PlannedSource } from "./openSource.ts"
import type { Plan } from "./Plan.ts"

/** A call that a plan needs. */
export interface PlannedCall {
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

/** The call for a post under a condition. */
export const plannedCall = (
  plan: Plan,
  source: PlannedSource,
  condition: Condition,
  post: RunPost,
  epoch: number
): PlannedCall => {
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

/** What is kept of a reply beside its text. */
export const detailOf = (reply: Reply, source: PlannedSource): Hashable => ({
  finish: reply.finish,
  usage: reply.usage as Hashable | undefined,
  served: reply.served as Hashable | undefined,
  logprobs: reply.logprobs as Hashable | undefined,
  share: reply.share,
  ignored: source.negotiated.ignored.length === 0 ? undefined : source.negotiated.ignored
})

/** Tokens that an answer is expected to have when nobody set a limit: about 300 words. */
export const expectedOutput = 400

/** Tokens a call will use, estimated: four characters a token in, the limit or a usual answer out. */
export const expectedTokens = ({
  call
}: Pick<PlannedCall, "call">): { readonly input: number; readonly output: number } => ({
  input: call.messages.reduce((sum, message) => sum + estimateTokens(message.content), 0),
  output: call.parameters.maxTokens ?? expectedOutput
})

/** US dollars a call will cost, estimated; `undefined` while the price is unknown. */
export const expectedCost = (entry: Pick<PlannedCall, "call" | "source">): number | undefined => {
  const { input, output } = expectedTokens(entry)
  return entry.source.price && costOf(entry.source.price, { inputTokens: input, outputTokens: output })
}

/** US dollars a reply cost; `undefined` when the price or the tokens are unknown. A program costs nothing. */
export const replyCost = (source: PlannedSource, reply: Reply): number | undefined => {
  if (source.model.kind !== "model") return 0
  const full = source.price && costOf(source.price, reply.usage)
  return full === undefined ? undefined : full * (reply.share ?? 1)
}
