/** Mistral: chat completions, in the dialect of its own SDK. */
import { bearer, conversation, type Denied, fields, tokens, type Wire } from "../Wire.ts"

const types: Record<Denied["kind"], string> = {
  rate: "rate_limited",
  quota: "insufficient_quota",
  server: "internal_server_error",
  overloaded: "service_tier_capacity_exceeded",
  auth: "unauthorized",
  "not found": "invalid_model",
  "bad request": "invalid_request_error",
  filter: "content_filter"
}

export const mistral: Wire = {
  name: "mistral",
  key: bearer,
  read: (_path, body) => ({
    model: String(body.model ?? ""),
    ...conversation(body.messages),
    seed: typeof body.random_seed === "number" ? body.random_seed : undefined,
    schema: fields(fields(body.response_format).json_schema).schema,
    logprobs: false,
    stream: body.stream === true
  }),
  write: (_path, ask, told) => {
    const input = tokens(ask.system + ask.prompt)
    const output = told.text === "" ? 0 : tokens(told.text)
    return JSON.stringify({
      id: told.id,
      object: "chat.completion",
      created: 1735689600,
      model: `${ask.model}-2501`,
      choices: [
        {
          index: 0,
          // The format has no word for a refusal or a filter: both are texts like any other.
          finish_reason: told.finish === "length" ? "length" : "stop",
          message: { role: "assistant", content: told.text, tool_calls: null }
        }
      ],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
    })
  },
  deny: (denied) =>
    JSON.stringify({
      object: "error",
      message: denied.message,
      type: types[denied.kind],
      param: null,
      code: String(denied.status)
    }),
  reset: (millis) => ({
    "x-ratelimit-remaining-req-minute": "0",
    "ratelimitbysize-remaining": "0",
    "ratelimitbysize-reset": String(millis / 1000)
  })
}
