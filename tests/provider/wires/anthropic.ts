/** Anthropic: Messages. */
import { bearer, conversation, type Denied, fields, textOf, tokens, type Wire } from "../Wire.ts"

const types: Record<Denied["kind"], string> = {
  rate: "rate_limit_error",
  quota: "billing_error",
  server: "api_error",
  overloaded: "overloaded_error",
  auth: "authentication_error",
  "not found": "not_found_error",
  "bad request": "invalid_request_error",
  filter: "invalid_request_error"
}

const stopReasons = {
  stop: "end_turn",
  length: "max_tokens",
  refusal: "refusal",
  // The format has one word for both.
  content_filter: "refusal"
} as const

export const anthropic: Wire = {
  name: "anthropic",
  key: (headers) => {
    const key = headers["x-api-key"]
    return typeof key === "string" && key !== "" ? key : bearer(headers)
  },
  read: (_path, body) => ({
    model: String(body.model ?? ""),
    prompt: conversation(body.messages).prompt,
    system: textOf(body.system),
    seed: undefined,
    schema: fields(fields(body.output_config).format).schema,
    logprobs: false,
    stream: body.stream === true
  }),
  write: (_path, ask, told) => {
    const input = tokens(ask.system + ask.prompt)
    return JSON.stringify({
      id: `msg_${told.id}`,
      type: "message",
      role: "assistant",
      model: `${ask.model}-20250101`,
      content: told.text === "" ? [] : [{ type: "text", text: told.text }],
      stop_reason: stopReasons[told.finish],
      stop_sequence: null,
      usage: {
        input_tokens: input,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: Math.floor(input / 2),
        output_tokens: told.text === "" ? 0 : tokens(told.text)
      }
    })
  },
  deny: (denied) =>
    JSON.stringify({
      type: "error",
      error: { type: types[denied.kind], message: denied.message },
      request_id: "req_provider"
    }),
  reset: (millis, now) => {
    const at = new Date(now + millis).toISOString()
    return {
      "anthropic-ratelimit-requests-limit": "50",
      "anthropic-ratelimit-requests-remaining": "0",
      "anthropic-ratelimit-requests-reset": at,
      "anthropic-ratelimit-tokens-remaining": "40000",
      "anthropic-ratelimit-tokens-reset": new Date(now + 360_000).toISOString()
    }
  }
}
