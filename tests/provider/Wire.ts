/** A wire format: how one provider's requests are read and its answers written. */
import type { IncomingHttpHeaders } from "node:http"

/** What a request asks, whatever the format. */
export interface Ask {
  readonly model: string
  /** The last user message. */
  readonly prompt: string
  /** The system text; empty without one. */
  readonly system: string
  readonly seed: number | undefined
  /** The JSON Schema that the answer must meet. */
  readonly schema: unknown
  readonly logprobs: boolean
  readonly stream: boolean
}

/** What is answered, whatever the format. */
export interface Told {
  readonly text: string
  readonly finish: "stop" | "length" | "content_filter" | "refusal"
  /** Unique to the request, deterministic: made from its ordinal. */
  readonly id: string
}

/** Why a request is turned down. */
export interface Denied {
  readonly status: number
  readonly kind: "rate" | "quota" | "server" | "overloaded" | "auth" | "not found" | "bad request" | "filter"
  readonly message: string
}

/** One provider's format. */
export interface Wire {
  readonly name: "openai" | "anthropic" | "mistral" | "ollama"
  /** Whether the request carries a key in this format's place, and which. */
  readonly key: (headers: IncomingHttpHeaders) => string | undefined
  /** Takes a parsed body apart; `path` is the part behind the format's prefix. */
  readonly read: (path: string, body: Record<string, unknown>) => Ask
  /** The answer's body, ready to be sent. */
  readonly write: (path: string, ask: Ask, told: Told) => string
  /** The body of an error. */
  readonly deny: (denied: Denied) => string
  /** The headers by which this provider says when a limit is lifted, `millis` after `now` (both ms). */
  readonly reset: (millis: number, now: number) => Record<string, string>
}

/** A value that may be an object, as one whose fields may be asked for. */
export const fields = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}

/** Text of a message's content: a string, or the texts of its parts. */
export const textOf = (content: unknown): string =>
  typeof content === "string"
    ? content
    : Array.isArray(content)
      ? content.map((part) => String(fields(part).text ?? "")).join("")
      : ""

/** The last user message and the system texts of a list of chat messages. */
export const conversation = (messages: unknown): { readonly prompt: string; readonly system: string } => {
  let prompt = ""
  let system = ""
  for (const message of Array.isArray(messages) ? messages : []) {
    const { role, content } = fields(message)
    if (role === "user") prompt = textOf(content)
    if (role === "system" || role === "developer") system += textOf(content)
  }
  return { prompt, system }
}

/** Tokens of a text, as counted here: a token for every four characters, and one at least. */
export const tokens = (text: string): number => Math.max(1, Math.ceil(text.length / 4))

/** The key of an `Authorization: Bearer …` header. */
export const bearer = (headers: IncomingHttpHeaders): string | undefined => {
  const key = headers.authorization?.replace(/^Bearer /, "")
  return key === "" ? undefined : key
}

/** `90500` as OpenAI writes durations: `1m30.5s`. */
export const goDuration = (millis: number): string => {
  if (millis < 1000) return `${millis}ms`
  const minutes = Math.floor(millis / 60_000)
  return `${minutes > 0 ? `${minutes}m` : ""}${(millis % 60_000) / 1000}s`
}
