/** What a plugin or an SDK threw, as a typed error: by HTTP status first, then by the socket's error code. */
import {
  ContentFiltered,
  Malformed,
  type ModelError,
  PluginFault,
  RateLimited,
  Rejected,
  TimedOut,
  Unavailable
} from "./ModelError.ts"

const lostConnection = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT"
])

const isModelError = (thrown: unknown): thrown is ModelError =>
  thrown instanceof RateLimited ||
  thrown instanceof Unavailable ||
  thrown instanceof TimedOut ||
  thrown instanceof Rejected ||
  thrown instanceof ContentFiltered ||
  thrown instanceof Malformed ||
  thrown instanceof PluginFault

/** A text from outside as one line of at most 300 characters, keys of the usual shapes blotted out. */
export const oneLine = (text: string): string => {
  const flat = text
    .replace(/\s+/g, " ")
    .replace(/\b(sk|pk|rk|key|api|tok)[-_][\w-]{8,}/gi, "[redacted]")
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, "$1 [redacted]")
    .trim()
  return flat.length > 300 ? `${flat.slice(0, 299)}…` : flat
}

const field = (thrown: unknown, name: string): unknown =>
  typeof thrown === "object" && thrown !== null ? (thrown as Record<string, unknown>)[name] : undefined

/** The typed error of an HTTP status, or `undefined` for a status that is no error. */
export const errorFromStatus = (
  status: number,
  message: string,
  retryAfterMillis?: number
): ModelError | undefined => {
  const after = retryAfterMillis === undefined ? {} : { retryAfterMillis }
  if (status === 429) return new RateLimited({ message, ...after })
  if (status === 401 || status === 403) return new Rejected({ message, reason: "auth" })
  if (status === 404) return new Rejected({ message, reason: "not found" })
  if (status === 408 || status === 409 || status >= 500) return new Unavailable({ message, ...after })
  if (status >= 400) return new Rejected({ message, reason: "bad request" })
  return undefined
}

/** Milliseconds until a `Retry-After` header's time (seconds or an HTTP date), from `now` (epoch ms). */
export const retryAfterMillis = (header: string | null | undefined, now: number): number | undefined => {
  if (header === null || header === undefined || header.trim() === "") return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** Types what was thrown. A thing without status or code is the plugin's own fault, and is named so. */
export const errorFromThrown = (thrown: unknown): ModelError => {
  if (isModelError(thrown)) return thrown
  const message = oneLine(thrown instanceof Error ? thrown.message : String(thrown))
  const status = field(thrown, "status") ?? field(thrown, "statusCode")
  if (typeof status === "number") {
    const typed = errorFromStatus(status, message)
    if (typed) return typed
  }
  const name = field(thrown, "name")
  if (name === "AbortError" || name === "TimeoutError") return new TimedOut({ message })
  for (const error of [thrown, field(thrown, "cause")]) {
    const code = field(error, "code")
    if (typeof code === "string" && lostConnection.has(code)) {
      return new Unavailable({ message: `${message} (${code})` })
    }
  }
  const kind = thrown instanceof Error ? thrown.name : typeof thrown
  return new PluginFault({ message: `the plugin threw ${kind}: ${message}` })
}
