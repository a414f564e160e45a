import { assert, describe, it } from "@effect/vitest"
import { retryAfter } from "../../harness/model/retryAfter.ts"

const now = Date.parse("2026-03-01T12:00:00Z")
const wait = (headers: Record<string, string>) => retryAfter((name) => headers[name], now)

describe("retryAfter", () => {
  const cases: readonly (readonly [
    what: string,
    headers: Record<string, string>,
    millis: number | undefined
  ])[] = [
    ["no header", {}, undefined],
    ["seconds", { "retry-after": "7" }, 7000],
    ["half seconds", { "retry-after": "0.5" }, 500],
    ["an HTTP date", { "retry-after": "Sun, 01 Mar 2026 12:00:30 GMT" }, 30_000],
    ["a date that has passed", { "retry-after": "Sun, 01 Mar 2026 11:00:00 GMT" }, 0],
    [
      "a date against the provider's own clock",
      { "retry-after": "Sun, 01 Mar 2026 15:00:05 GMT", date: "Sun, 01 Mar 2026 15:00:00 GMT" },
      5000
    ],
    ["milliseconds before seconds", { "retry-after-ms": "250", "retry-after": "1" }, 250],
    ["nonsense", { "retry-after": "soon" }, undefined],
    ["nonsense and a reset", { "retry-after": "soon", "x-ratelimit-reset-requests": "1s" }, 1000],
    ["a duration of minutes", { "x-ratelimit-reset-requests": "6m0s" }, 360_000],
    ["a duration of all units", { "x-ratelimit-reset-tokens": "1h2m3.5s" }, 3_723_500],
    ["a duration of milliseconds", { "x-ratelimit-reset-tokens": "20ms" }, 20],
    [
      "the limit that is used up, not the other",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-remaining-tokens": "149984",
        "x-ratelimit-reset-tokens": "6m0s"
      },
      1000
    ],
    [
      "the later of two used up",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "9s"
      },
      9000
    ],
    [
      "the earlier of two, none of them known to be used up",
      { "x-ratelimit-reset-requests": "3s", "x-ratelimit-reset-tokens": "9s" },
      3000
    ],
    [
      "Anthropic's times",
      {
        "anthropic-ratelimit-output-tokens-remaining": "0",
        "anthropic-ratelimit-output-tokens-reset": "2026-03-01T12:00:12Z"
      },
      12_000
    ],
    ["epoch seconds", { "x-ratelimit-reset": String(now / 1000 + 4) }, 4000],
    ["epoch milliseconds", { "x-ratelimit-reset": String(now + 4000) }, 4000],
    ["seconds from now", { "ratelimit-reset": "4" }, 4000],
    ["Mistral's seconds", { "ratelimitbysize-reset": "13" }, 13_000]
  ]
  for (const [what, headers, millis] of cases) {
    it(`reads ${what}`, () => assert.strictEqual(wait(headers), millis))
  }
})
