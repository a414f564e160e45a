/** Ollama: chat, whole or as NDJSON, and the list of what is installed. */
import { bearer, conversation, fields, tokens, type Wire } from "../Wire.ts"

const created = "2025-01-01T00:00:00Z"

/** A digest that belongs to the name: 64 hex digits. */
const digest = (name: string) => Buffer.from(name.padEnd(32, ".")).toString("hex").slice(0, 64)

/** `/api/tags` for the models that are installed. */
export const installed = (models: readonly string[]): string =>
  JSON.stringify({
    models: models.map((name) => ({
      name,
      model: name,
      modified_at: created,
      size: 2_019_393_189,
      digest: digest(name),
      details: {
        parent_model: "",
        format: "gguf",
        family: "llama",
        families: ["llama"],
        parameter_size: "3.2B",
        quantization_level: "Q4_K_M"
      }
    }))
  })

/** `/api/show` for one of them. */
export const shown = (name: string): string =>
  JSON.stringify({
    modelfile: `FROM ${name}`,
    parameters: "",
    template: "{{ .Prompt }}",
    details: { parent_model: "", format: "gguf", family: "llama", families: ["llama"] },
    model_info: { "general.architecture": "llama" },
    capabilities: ["completion"]
  })

/** A name without a tag means `latest`. */
export const tagged = (name: string): string => (name.includes(":") ? name : `${name}:latest`)

export const ollama: Wire = {
  name: "ollama",
  key: bearer,
  read: (_path, body) => {
    const { seed } = fields(body.options)
    return {
      model: String(body.model ?? ""),
      ...conversation(body.messages),
      seed: typeof seed === "number" ? seed : undefined,
      schema: typeof body.format === "object" ? (body.format ?? undefined) : undefined,
      logprobs: body.logprobs === true,
      // Ollama streams unless it is told not to.
      stream: body.stream !== false
    }
  },
  write: (_path, ask, told) => {
    const head = { model: ask.model, created_at: created }
    const whole = (content: string, end: boolean) => ({
      ...head,
      message: { role: "assistant", content },
      ...(ask.logprobs && end
        ? {
            logprobs: [{ token: "token", logprob: -0.25, top_logprobs: [{ token: "token", logprob: -0.25 }] }]
          }
        : {}),
      done: end,
      ...(end
        ? {
            done_reason: told.finish === "length" ? "length" : "stop",
            total_duration: 1_000_000,
            load_duration: 1000,
            prompt_eval_count: tokens(ask.system + ask.prompt),
            prompt_eval_duration: 1000,
            eval_count: told.text === "" ? 0 : tokens(told.text),
            eval_duration: 1000
          }
        : {})
    })
    if (!ask.stream) return JSON.stringify(whole(told.text, true))
    const pieces = told.text.match(/\s*\S+/g) ?? []
    return `${[...pieces.map((piece) => whole(piece, false)), whole("", true)].map((line) => JSON.stringify(line)).join("\n")}\n`
  },
  deny: (denied) => JSON.stringify({ error: denied.message }),
  reset: (millis, now) => ({ "x-ratelimit-reset": String(Math.ceil((now + millis) / 1000)) })
}
