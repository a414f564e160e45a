/** Chat Completions, as OpenAI and everything compatible with it speaks it. */
import { Effect, type Redacted, Schema } from "effect"
import type OpenAI from "openai"
import { fromSdk } from "../../harness/model/askProvider.ts"
import type { Call, Capabilities, FinishReason, Reply } from "../../harness/model/Model.ts"
import { stated, tokenList, WireCount, WireText, WireTokens, wireReader } from "../../harness/model/wire.ts"

const Completion = Schema.Struct({
  id: WireText,
  model: WireText,
  system_fingerprint: WireText,
  choices: Schema.NonEmptyArray(
    Schema.Struct({
      finish_reason: WireText,
      message: Schema.Struct({ content: WireText, refusal: WireText }),
      logprobs: Schema.optionalKey(Schema.NullOr(Schema.Struct({ content: WireTokens })))
    })
  ),
  usage: Schema.optionalKey(
    Schema.NullOr(
      Schema.Struct({
        prompt_tokens: WireCount,
        completion_tokens: WireCount,
        prompt_tokens_details: Schema.optionalKey(Schema.NullOr(Schema.Struct({ cached_tokens: WireCount }))),
        completion_tokens_details: Schema.optionalKey(
          Schema.NullOr(Schema.Struct({ reasoning_tokens: WireCount }))
        )
      })
    )
  )
})

const read = wireReader(Completion)

const finishes: Record<string, FinishReason> = {
  stop: "stop",
  length: "length",
  content_filter: "content_filter"
}

/** The request that a call becomes, within what the model can. */
export const chatRequest = (
  call: Call,
  can: Capabilities,
  maxTokens: "max_tokens" | "max_completion_tokens"
): OpenAI.ChatCompletionCreateParamsNonStreaming => ({
  model: call.model,
  messages: call.messages as OpenAI.ChatCompletionMessageParam[],
  ...stated({
    seed: can.seed ? call.seed : undefined,
    temperature: can.temperature ? call.parameters.temperature : undefined,
    top_p: can.topP ? call.parameters.topP : undefined,
    [maxTokens]: can.maxTokens ? call.parameters.maxTokens : undefined
  }),
  ...(can.jsonSchema && call.jsonSchema !== undefined
    ? {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", strict: true, schema: call.jsonSchema as Record<string, unknown> }
        }
      }
    : {}),
  ...(can.logprobs && call.logprobs ? { logprobs: true, top_logprobs: 20 } : {})
})

/** Reads a completion. */
export const chatReply = (answer: unknown) =>
  Effect.map(read(answer), ({ id, model, system_fingerprint, choices, usage }): Reply => {
    const { message, finish_reason, logprobs } = choices[0]
    const refused = (message.refusal ?? "") !== ""
    return {
      text: message.content ?? message.refusal ?? "",
      finish: refused ? "refusal" : (finishes[finish_reason ?? "stop"] ?? "other"),
      usage: stated({
        inputTokens: usage?.prompt_tokens,
        outputTokens: usage?.completion_tokens,
        reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
        cachedTokens: usage?.prompt_tokens_details?.cached_tokens
      }),
      served: stated({ model, fingerprint: system_fingerprint, id }),
      ...(logprobs?.content ? { logprobs: tokenList(logprobs.content) } : {})
    }
  })

/** Asks, and reads the answer; interruption aborts the request. */
export const askChat = (
  client: OpenAI,
  key: Redacted.Redacted | undefined,
  request: ReturnType<typeof chatRequest>
) =>
  Effect.flatMap(
    fromSdk(key, (signal) => client.chat.completions.create(request, { signal })),
    chatReply
  )
