/** Mistral's chat completions: what is sent and what comes back. */
import { Effect, Schema } from "effect"
import type { Call, FinishReason, Reply } from "../../harness/model/Model.ts"
import { stated, WireCount, WireText, wireReader } from "../../harness/model/wire.ts"

// As the SDK hands it over: its own names, already checked against its own idea of the answer.
const read = wireReader(
  Schema.Struct({
    id: WireText,
    model: WireText,
    choices: Schema.NonEmptyArray(
      Schema.Struct({
        finishReason: WireText,
        message: Schema.Struct({
          content: Schema.optionalKey(
            Schema.NullOr(
              Schema.Union([
                Schema.String,
                // Reasoning models think in chunks of their own type, which are not the answer.
                Schema.Array(Schema.Struct({ type: Schema.String, text: WireText }))
              ])
            )
          )
        })
      })
    ),
    usage: Schema.optionalKey(Schema.Struct({ promptTokens: WireCount, completionTokens: WireCount }))
  })
)

const finishes: Record<string, FinishReason> = { stop: "stop", length: "length", model_length: "length" }

/** The request that a call becomes. */
export const requestOf = (call: Call) => ({
  model: call.model,
  messages: call.messages.map((message) => ({ ...message })),
  randomSeed: call.seed,
  ...stated({
    temperature: call.parameters.temperature,
    topP: call.parameters.topP,
    maxTokens: call.parameters.maxTokens
  }),
  ...(call.jsonSchema === undefined
    ? {}
    : {
        responseFormat: {
          type: "json_schema" as const,
          jsonSchema: {
            name: "answer",
            strict: true,
            schemaDefinition: call.jsonSchema as Record<string, unknown>
          }
        }
      })
})

/** Reads a completion. */
export const replyOf = (answer: unknown) =>
  Effect.map(read(answer), ({ id, model, choices, usage }): Reply => {
    const { message, finishReason } = choices[0]
    const { content } = message
    return {
      text:
        typeof content === "string"
          ? content
          : (content ?? []).map((chunk) => (chunk.type === "text" ? (chunk.text ?? "") : "")).join(""),
      finish: finishes[finishReason ?? ""] ?? "other",
      usage: stated({ inputTokens: usage?.promptTokens, outputTokens: usage?.completionTokens }),
      served: stated({ model, id })
    }
  })
