/** OpenAI: Chat Completions and Responses. */
import { bearer, conversation, type Denied, fields, goDuration, textOf, tokens, type Wire } from "../Wire.ts"

const kinds: Record<Denied["kind"], { readonly type: string; readonly code: string | null }> = {
  rate: { type: "requests", code: "rate_limit_exceeded" },
  quota: { type: "insufficient_quota", code: "insufficient_quota" },
  server: { type: "server_error", code: null },
  overloaded: { type: "server_error", code: "overloaded" },
  auth: { type: "invalid_request_error", code: "invalid_api_key" },
  "not found": { type: "invalid_request_error", code: "model_not_found" },
  "bad request": { type: "invalid_request_error", code: null },
  filter: { type: "invalid_request_error", code: "content_filter" }
}

/** One token a word, each as likely as the next: enough to see that log-probabilities arrive. */
const logprobs = (text: string) =>
  (text.match(/\s*\S+/g) ?? []).map((token) => ({
    token,
    logprob: -0.25,
    bytes: null,
    top_logprobs: [
      { token, logprob: -0.25, bytes: null },
      { token: " other", logprob: -1.75, bytes: null }
    ]
  }))

const isResponses = (path: string) => path.endsWith("/responses")

export const openai: Wire = {
  name: "openai",
  key: bearer,
  read: (path, body) => {
    const format = isResponses(path)
      ? fields(fields(body.text).format)
      : fields(fields(body.response_format).json_schema)
    const said = isResponses(path)
      ? typeof body.input === "string"
        ? { prompt: body.input, system: "" }
        : conversation(body.input)
      : conversation(body.messages)
    return {
      model: String(body.model ?? ""),
      prompt: said.prompt,
      system: textOf(body.instructions) + said.system,
      seed: typeof body.seed === "number" ? body.seed : undefined,
      schema: format.schema,
      logprobs:
        body.logprobs === true ||
        (Array.isArray(body.include) && body.include.includes("message.output_text.logprobs")),
      stream: body.stream === true
    }
  },
  write: (path, ask, told) => {
    const input = tokens(ask.system + ask.prompt)
    const output = told.text === "" ? 0 : tokens(told.text)
    const refused = told.finish === "refusal"
    const served = `${ask.model}-2025-01-01`
    if (isResponses(path)) {
      const part = refused
        ? { type: "refusal", refusal: told.text }
        : {
            type: "output_text",
            text: told.text,
            annotations: [],
            ...(ask.logprobs ? { logprobs: logprobs(told.text) } : {})
          }
      const cut =
        told.finish === "length"
          ? "max_output_tokens"
          : told.finish === "content_filter"
            ? "content_filter"
            : undefined
      return JSON.stringify({
        id: `resp_${told.id}`,
        object: "response",
        created_at: 1735689600,
        status: cut === undefined ? "completed" : "incomplete",
        incomplete_details: cut === undefined ? null : { reason: cut },
        error: null,
        model: served,
        output: [
          { type: "reasoning", id: `rs_${told.id}`, summary: [] },
          { type: "message", id: `msg_${told.id}`, status: "completed", role: "assistant", content: [part] }
        ],
        usage: {
          input_tokens: input,
          input_tokens_details: { cached_tokens: Math.floor(input / 2) },
          output_tokens: output + 64,
          output_tokens_details: { reasoning_tokens: 64 },
          total_tokens: input + output + 64
        }
      })
    }
    return JSON.stringify({
      id: `chatcmpl-${told.id}`,
      object: "chat.completion",
      created: 1735689600,
      model: served,
      system_fingerprint: "fp_provider",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: refused ? null : told.text,
            refusal: refused ? told.text : null
          },
          logprobs: ask.logprobs ? { content: logprobs(told.text), refusal: null } : null,
          finish_reason: refused ? "stop" : told.finish
        }
      ],
      usage: {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
        prompt_tokens_details: { cached_tokens: Math.floor(input / 2) },
        completion_tokens_details: { reasoning_tokens: 0 }
      }
    })
  },
  deny: (denied) =>
    JSON.stringify({ error: { message: denied.message, ...kinds[denied.kind], param: null } }),
  reset: (millis) => ({
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-requests": goDuration(millis),
    "x-ratelimit-remaining-tokens": "149984",
    "x-ratelimit-reset-tokens": "6m0s"
  })
}
