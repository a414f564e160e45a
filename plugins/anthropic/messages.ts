/** Anthropic's Messages: what is sent and what comes back. */
import { Effect, Schema } from "effect"
import type { Call, Capabilities, FinishReason, Reply } from "../../harness/model/Model.ts"
import { stated, WireCount, WireText, wireReader } from "../../harness/model/wire.ts"

/** Messages must have a limit; this one is far above what any condition asks for. */
const mostTokens = 4096

const read = wireReader(
  Schema.Struct({
    id: WireText,
    model: WireText,
    stop_reason: WireText,
    content: Schema.Array(Schema.Struct({ type: Schema.String, text: WireText })),
    usage: Schema.optionalKey(
      Schema.Struct({
        input_tokens: WireCount,
        output_tokens: WireCount,
        cache_read_input_tokens: WireCount,
        cache_creation_input_tokens: WireCount,
        output_tokens_details: Schema.optionalKey(
          Schema.NullOr(Schema.Struct({ thinking_tokens: WireCount }))
        )
      })
    )
  })
)

const finishes: Record<string, FinishReason> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal"
}

/** The request that a call becomes, within what the model can. */
export const requestOf = (call: Call, can: Capabilities) => {
  const system = call.messages.filter((message) => message.role === "system").map(({ content }) => content)
  return {
    model: call.model,
    max_tokens: call.parameters.maxTokens ?? mostTokens,
    messages: call.messages.filter((message) => message.role !== "system"),
    ...stated({
      system: system.length > 0 ? system.join("\n\n") : undefined,
      temperature: can.temperature ? call.parameters.temperature : undefined,
      top_p: can.topP ? call.parameters.topP : undefined
    }),
    ...(can.jsonSchema && call.jsonSchema !== undefined
      ? { output_config: { format: { type: "json_schema", schema: call.jsonSchema } } }
      : {})
  }
}

/** Reads a message. */
export const replyOf = (answer: unknown) =>
  Effect.map(read(answer), ({ id, model, stop_reason, content, usage }): Reply => {
    const cached = usage?.cache_read_input_tokens ?? 0
    const input = usage?.input_tokens
    return {
      text: content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join(""),
      finish: finishes[stop_reason ?? ""] ?? "other",
      usage: stated({
        // What came from or went into the cache is counted apart here.
        inputTokens: input == null ? undefined : input + cached + (usage?.cache_creation_input_tokens ?? 0),
        outputTokens: usage?.output_tokens,
        reasoningTokens: usage?.output_tokens_details?.thinking_tokens,
        cachedTokens: usage?.cache_read_input_tokens
      }),
      served: stated({ model, id })
    }
  })
