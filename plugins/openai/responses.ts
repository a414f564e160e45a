/** The Responses API, which OpenAI's reasoning models are made for. */
import { Effect, type Redacted, Schema } from "effect"
import type OpenAI from "openai"
import { fromSdk } from "../../harness/model/askProvider.ts"
import type { Call, Capabilities, FinishReason, Reply } from "../../harness/model/Model.ts"
import { Malformed, type ModelError, RateLimited, Unavailable } from "../../harness/model/ModelError.ts"
import { oneLine } from "../../harness/model/thrown.ts"
import { stated, tokenList, WireCount, WireText, WireTokens, wireReader } from "../../harness/model/wire.ts"

const Part = Schema.Struct({
  type: Schema.String,
  text: WireText,
  refusal: WireText,
  logprobs: WireTokens
})
const Answer = Schema.Struct({
  id: WireText,
  model: WireText,
  status: WireText,
  error: Schema.optionalKey(Schema.NullOr(Schema.Struct({ code: WireText, message: WireText }))),
  incomplete_details: Schema.optionalKey(Schema.NullOr(Schema.Struct({ reason: WireText }))),
  output: Schema.Array(
    Schema.Struct({
      type: Schema.String,
      content: Schema.optionalKey(Schema.NullOr(Schema.Array(Part)))
    })
  ),
  usage: Schema.optionalKey(
    Schema.NullOr(
      Schema.Struct({
        input_tokens: WireCount,
        output_tokens: WireCount,
        input_tokens_details: Schema.optionalKey(Schema.NullOr(Schema.Struct({ cached_tokens: WireCount }))),
        output_tokens_details: Schema.optionalKey(
          Schema.NullOr(Schema.Struct({ reasoning_tokens: WireCount }))
        )
      })
    )
  )
})

const read = wireReader(Answer)

const cuts: Record<string, FinishReason> = { max_output_tokens: "length", content_filter: "content_filter" }

/** The request that a call becomes, within what the model can. Nothing is kept at the provider. */
export const responsesRequest = (
  call: Call,
  can: Capabilities,
  effort: string | undefined
): OpenAI.Responses.ResponseCreateParamsNonStreaming => ({
  model: call.model,
  store: false,
  input: call.messages as OpenAI.Responses.EasyInputMessage[],
  ...stated({
    temperature: can.temperature ? call.parameters.temperature : undefined,
    top_p: can.topP ? call.parameters.topP : undefined,
    max_output_tokens: can.maxTokens ? call.parameters.maxTokens : undefined
  }),
  ...(effort === undefined ? {} : { reasoning: { effort: effort as OpenAI.ReasoningEffort } }),
  ...(can.jsonSchema && call.jsonSchema !== undefined
    ? {
        text: {
          format: {
            type: "json_schema",
            name: "answer",
            strict: true,
            schema: call.jsonSchema as Record<string, unknown>
          }
        }
      }
    : {}),
  ...(can.logprobs && call.logprobs ? { include: ["message.output_text.logprobs"], top_logprobs: 20 } : {})
})

/** A response that failed on its way, after the provider had taken the call. */
const failed = (code: string, message: string): ModelError => {
  const text = oneLine(`${code} ${message}`)
  if (code === "rate_limit_exceeded") return new RateLimited({ message: text })
  return code === "server_error" ? new Unavailable({ message: text }) : new Malformed({ message: text })
}

/** Reads a response. */
export const responsesReply = (answer: unknown): Effect.Effect<Reply, ModelError> =>
  Effect.flatMap(read(answer), ({ id, model, error, status, incomplete_details, output, usage }) => {
    if (error || status === "failed") {
      return Effect.fail(failed(error?.code ?? "failed", error?.message ?? "the response failed"))
    }
    const parts = output
      .filter((item) => item.type === "message")
      .flatMap((item) => item.content ?? [])
      .filter((part) => part.type === "output_text" || part.type === "refusal")
    const refused = parts.some((part) => part.type === "refusal")
    const cut = incomplete_details?.reason ?? undefined
    const tokens = parts.flatMap((part) => part.logprobs ?? [])
    return Effect.succeed<Reply>({
      text: parts.map((part) => part.text ?? part.refusal ?? "").join(""),
      finish: refused
        ? "refusal"
        : cut !== undefined
          ? (cuts[cut] ?? "other")
          : status === "completed"
            ? "stop"
            : "other",
      usage: stated({
        inputTokens: usage?.input_tokens,
        outputTokens: usage?.output_tokens,
        reasoningTokens: usage?.output_tokens_details?.reasoning_tokens,
        cachedTokens: usage?.input_tokens_details?.cached_tokens
      }),
      served: stated({ model, id }),
      ...(tokens.length > 0 ? { logprobs: tokenList(tokens) } : {})
    })
  })

/** Asks, and reads the answer; interruption aborts the request. */
export const askResponses = (
  client: OpenAI,
  key: Redacted.Redacted | undefined,
  body: ReturnType<typeof responsesRequest>
) =>
  Effect.flatMap(
    // Not `responses.create`: what that does to the answer breaks on one that is no JSON.
    fromSdk(key, (signal) => client.post("/responses", { body, signal })),
    responsesReply
  )
