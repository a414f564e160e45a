/** How long a provider asks to be left alone, read from the headers of its 429, 503 or 529. */

/** Looks up a header by its lower-case name. */
export type HeaderOf = (name: string) => string | null | undefined

/** A duration as Go prints it (`1m30.5s`, `20ms`), in milliseconds. */
const goDuration = (text: string): number | undefined => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return undefined
  const unit: Record<string, number> = {
    h: 3_600_000,
    m: 60_000,
    s: 1000,
    ms: 1,
    us: 1e-3,
    µs: 1e-3,
    ns: 1e-6
  }
  return parts.reduce((sum, [, amount, name]) => sum + Number(amount) * unit[name!]!, 0)
}

/** A bare number in a reset header: epoch milliseconds, epoch seconds, or seconds from now, by its size. */
const bareNumber = (value: number, now: number): number =>
  value > 1e12 ? value - now : value > 1e9 ? value * 1000 - now : value * 1000

/** A time to wait in any of the forms in use: a number, a Go duration, or a date. */
const waitOf = (text: string | null | undefined, now: number): number | undefined => {
  const trimmed = text?.trim() ?? ""
  if (trimmed === "") return undefined
  const number = Number(trimmed)
  const wait = Number.isFinite(number)
    ? bareNumber(number, now)
    : (goDuration(trimmed) ?? Date.parse(trimmed) - now)
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/** Pairs of headers: what is left of a limit, and when it is whole again. */
const limits: readonly (readonly [remaining: string, reset: string])[] = [
  ["x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"],
  ["x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"],
  ["anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"],
  ["anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"],
  ["anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"],
  ["anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"],
  ["ratelimitbysize-remaining", "ratelimitbysize-reset"],
  ["x-ratelimit-remaining", "x-ratelimit-reset"],
  ["ratelimit-remaining", "ratelimit-reset"]
]

/**
 * Milliseconds to wait: `retry-after-ms`, else `Retry-After` (seconds or a date), else the reset of the limits
 * that are used up (the latest), else the earliest reset named. Dates are taken against the provider's own
 * `Date` header where there is one, so that a wrong clock here does no harm; else against `now` (epoch ms).
 */
export const retryAfter = (header: HeaderOf, now: number): number | undefined => {
  const millis = header("retry-after-ms")?.trim()
  if (millis !== undefined && millis !== "" && Number(millis) >= 0) return Number(millis)
  const date = Date.parse(header("date") ?? "")
  const at = Number.isNaN(date) ? now : date
  const asked = waitOf(header("retry-after"), at)
  if (asked !== undefined) return asked
  const exhausted: number[] = []
  const named: number[] = []
  for (const [remaining, reset] of limits) {
    const wait = waitOf(header(reset), at)
    if (wait === undefined) continue
    named.push(wait)
    if (Number(header(remaining) ?? Number.NaN) === 0) exhausted.push(wait)
  }
  if (exhausted.length > 0) return Math.max(...exhausted)
  return named.length > 0 ? Math.min(...named) : undefined
}
