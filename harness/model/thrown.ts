/**
 * What a plugin or an SDK threw, as a typed error: by HTTP status first, then by what the provider says about
 * it, then by the socket's error code. No SDK is imported here: all of them throw objects with a status, headers
 * and a body under a handful of names.
 */
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
import { type HeaderOf, retryAfter } from "./retryAfter.ts"

const lostConnection = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // The connection ended in the middle of an answer.
  "HPE_INVALID_EOF_STATE",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "UND_ERR_SOCKET",
  "UND_ERR_CLOSED",
  "UND_ERR_DESTROYED",
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

/**
 * A text from outside as one line of at most 300 characters. Keys of the usual shapes are blotted out, and so
 * is every text of `secrets` wherever it stands (one shorter than 8 characters guards nothing and is left).
 */
export const oneLine = (text: string, secrets: readonly string[] = []): string => {
  let flat = text
  for (const secret of secrets) if (secret.length >= 8) flat = flat.replaceAll(secret, "[redacted]")
  flat = flat
    .replace(/\s+/g, " ")
    .replace(/\b(sk|pk|rk|key|api|tok)[-_][\w-]{8,}/gi, "[redacted]")
    .replace(/\b(Bearer|Basic)\s+(?!\[redacted\])[\w.~+/=-]+/gi, "$1 [redacted]")
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
  // 402: the account is empty, which no waiting mends.
  if (status === 401 || status === 402 || status === 403) return new Rejected({ message, reason: "auth" })
  if (status === 404) return new Rejected({ message, reason: "not found" })
  if (status === 408 || status === 409 || status === 425 || status >= 500) {
    return new Unavailable({ message, ...after })
  }
  if (status >= 400) return new Rejected({ message, reason: "bad request" })
  if (status >= 300) {
    return new Rejected({ message: `redirected (${status}), which is not followed`, reason: "bad request" })
  }
  return undefined
}

/** The names under which clients throw an HTTP status: openai and fetch, mistral, ollama, then axios and ky. */
const statusOf = (thrown: unknown): number | undefined =>
  [
    field(thrown, "status"),
    field(thrown, "statusCode"),
    field(thrown, "status_code"),
    field(field(thrown, "response"), "status")
  ].find((status) => typeof status === "number")

const headersOf = (thrown: unknown): HeaderOf => {
  const headers = field(thrown, "headers") ?? field(field(thrown, "response"), "headers")
  return (name) => {
    if (typeof field(headers, "get") === "function") return (headers as Headers).get(name)
    const value = field(headers, name)
    return typeof value === "string" ? value : undefined
  }
}

/** The provider's own words for what went wrong, wherever the client put them. */
const codesOf = (thrown: unknown): readonly string[] => {
  const bodies: unknown[] = [thrown, field(thrown, "error")]
  const body = field(thrown, "body")
  if (typeof body === "string") {
    try {
      bodies.push(JSON.parse(body))
    } catch {
      // Not JSON: then it names no code.
    }
  }
  return bodies
    .flatMap((about) => [about, field(about, "error"), field(about, "innererror")])
    .flatMap((about) => [field(about, "code"), field(about, "type")])
    .filter((code) => typeof code === "string")
}

const filterCodes = new Set(["content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation"])
const emptyAccount = new Set(["insufficient_quota", "billing_error", "billing_hard_limit_reached"])

/** An error that an HTTP status belongs to. */
const fromResponse = (thrown: unknown, status: number, message: string, now: number): ModelError => {
  const codes = codesOf(thrown)
  const filtered =
    codes.some((code) => filterCodes.has(code)) ||
    /content[ _-](filter|management policy)|blocked by .*polic/i.test(message)
  if (filtered && status >= 400 && status < 500) return new ContentFiltered({ message })
  if (codes.some((code) => emptyAccount.has(code)) || /credit balance is too low/i.test(message)) {
    return new Rejected({ message: `the account has no credit left: ${message}`, reason: "auth" })
  }
  return (
    errorFromStatus(status, message, retryAfter(headersOf(thrown), now)) ??
    new Malformed({ message: `the answer is not what was promised: ${message}` })
  )
}

/** The thing thrown, what caused it, what caused that. */
const chainOf = (thrown: unknown): readonly unknown[] => {
  const chain: unknown[] = []
  for (let error = thrown; error !== undefined && error !== null && chain.length < 6; ) {
    chain.push(error)
    error = field(error, "cause")
  }
  return chain
}

/** What is known beside the thing thrown. */
export interface ThrownContext {
  /** Epoch ms, to turn a `Retry-After` date into a wait where the answer has no `Date`; the wall clock by default. */
  readonly now?: number
  /** Texts that must not appear in a message: the key of this source. */
  readonly secrets?: readonly string[]
}

/** Types what was thrown. A thing without status or code is the plugin's own fault, and is named so. */
export const errorFromThrown = (thrown: unknown, context: ThrownContext = {}): ModelError => {
  if (isModelError(thrown)) return thrown
  const line = (error: unknown) =>
    oneLine(error instanceof Error ? error.message : String(error), context.secrets)
  const message = line(thrown)
  const status = statusOf(thrown)
  if (status !== undefined) return fromResponse(thrown, status, message, context.now ?? Date.now())
  const chain = chainOf(thrown)
  // A harness error that an SDK wrapped in one of its own.
  const inner = chain.find(isModelError)
  if (inner) return inner
  for (const error of chain) {
    const code = field(error, "code")
    if (typeof code !== "string") continue
    if (lostConnection.has(code)) return new Unavailable({ message: `${line(error)} (${code})` })
    if (code.startsWith("HPE_")) return new Malformed({ message: `the answer is no HTTP (${code})` })
    if (/CERT|TLS|SSL/.test(code)) {
      return new Unavailable({ message: `no safe connection: ${line(error)} (${code})` })
    }
  }
  for (const error of chain) {
    const name = field(error, "name")
    if (name === "AbortError" || name === "TimeoutError") return new TimedOut({ message })
    if (error instanceof SyntaxError) return new Malformed({ message: `broken JSON: ${line(error)}` })
    if (error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message)) {
      return new Unavailable({ message })
    }
  }
  const kind = thrown instanceof Error ? thrown.name : typeof thrown
  return new PluginFault({ message: `the plugin threw ${kind}: ${message}` })
}
