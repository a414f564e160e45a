/** Ollama's chat: what is sent and what comes back. */
import { Effect, Schema } from "effect"
import type { Call, Reply } from "../../harness/model/Model.ts"
import { stated, tokenList, WireCount, WireTokens, wireReader } from "../../harness/model/wire.ts"

/** What the study may settle beside the parameters. */
export interface Settings {
  readonly numCtx?: number
  readonly think?: boolean
}

const read = wireReader(
  Schema.Struct({
    model: Schema.optionalKey(Schema.String),
    message: Schema.Struct({ content: Schema.String }),
    done_reason: Schema.optionalKey(Schema.String),
    prompt_eval_count: WireCount,
    eval_count: WireCount,
    logprobs: WireTokens
  })
)

/** The request that a call becomes. */
export const requestOf = (call: Call, config: Settings) => ({
  model: call.model,
  messages: call.messages.map((message) => ({ ...message })),
  stream: false as const,
  options: {
    seed: call.seed,
    ...stated({
      temperature: call.parameters.temperature,
      top_p: call.parameters.topP,
      num_predict: call.parameters.maxTokens,
      num_ctx: config.numCtx
    })
  },
  ...stated({ format: call.jsonSchema as object | undefined, think: config.think }),
  ...(call.logprobs ? { logprobs: true, top_logprobs: 20 } : {})
})

/** Reads an answer; `digest` is that of the model's weights. */
export const replyOf = (digest: string | undefined) => (answer: unknown) =>
  Effect.map(
    read(answer),
    ({ model, message, done_reason, prompt_eval_count, eval_count, logprobs }): Reply => ({
      text: message.content,
      finish: done_reason === "length" ? "length" : (done_reason ?? "stop") === "stop" ? "stop" : "other",
      usage: stated({ inputTokens: prompt_eval_count, outputTokens: eval_count }),
      // The digest of the weights says which model it was; a name can be pulled anew.
      served: stated({ model, fingerprint: digest }),
      ...(logprobs ? { logprobs: tokenList(logprobs) } : {})
    })
  )
