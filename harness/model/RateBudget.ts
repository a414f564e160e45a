/**
 * Requests and tokens a minute, where a study states what its account may use. The window of calls in flight is
 * found by itself (`AdaptiveLimit.ts`); this is for accounts whose limit is known and whose 429s cost something.
 */
import { Effect, Layer } from "effect"
import { RateLimiter } from "effect/persistence"
import type { MinuteLimits } from "../study/Study.ts"

/** Waits until a call of so many tokens may set out. */
export type WaitForBudget = (tokens: number) => Effect.Effect<void>

/**
 * Requests are spread over the minute (no burst above a second's worth); tokens may be used up at once, as
 * providers count them. A call larger than a minute's tokens waits for a whole minute's worth.
 */
export const make = Effect.fn("RateBudget.make")(function* (key: string, budget: MinuteLimits) {
  const limiter = yield* RateLimiter.RateLimiter
  const consume = (what: string, limit: number, seconds: number, tokens: number) =>
    limiter
      .consume({
        key: `${key}/${what}`,
        algorithm: "token-bucket",
        onExceeded: "delay",
        limit,
        window: `${seconds} seconds`,
        tokens: Math.min(tokens, limit)
      })
      .pipe(
        Effect.orDie,
        Effect.flatMap(({ delay }) => Effect.sleep(delay))
      )
  const { requestsPerMinute: requests, tokensPerMinute: tokens } = budget
  const wait: WaitForBudget = (estimate) =>
    Effect.gen(function* () {
      if (requests !== undefined) {
        const burst = Math.max(1, Math.floor(requests / 60))
        yield* consume("requests", burst, (60 * burst) / requests, 1)
      }
      if (tokens !== undefined) yield* consume("tokens", tokens, 60, estimate)
    })
  return wait
})

/** The counters, in memory. */
export const layer = RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))
