/**
 * How many calls may be in flight for one provider and account, found out as TCP finds its window (Jacobson
 * 1988): slow start, one more a round trip, and less at once when the provider says "too many" (429).
 */
import { Deferred, Effect } from "effect"
import type { ModelError } from "./ModelError.ts"

/** What a limit does and shows. */
export interface AdaptiveLimit {
  /** Runs one request within the limit; waits for its turn first. */
  readonly within: <A, R>(request: Effect.Effect<A, ModelError, R>) => Effect.Effect<A, ModelError, R>
  /** Where it stands, for tests and logs. */
  readonly state: () => { readonly limit: number; readonly inFlight: number; readonly waiting: number }
}

/** Where slow start begins, unless the ceiling is lower. */
const start = 8
/** What is left of the limit after a 429. Milder than TCP's half: a provider's 429 costs nothing but patience. */
const backOff = 0.7

/** Makes a limit that never exceeds `ceiling` (at least 1). */
export const make = (ceiling: number): AdaptiveLimit => {
  let limit = Math.min(start, ceiling)
  let slowStartUntil = ceiling
  let inFlight = 0
  // Requests are numbered: those that set out before the last decrease say nothing about what came after it.
  let sent = 0
  let decreasedAt = 0
  const waiting: Deferred.Deferred<void>[] = []

  const wake = () => {
    while (waiting.length > 0 && inFlight < Math.floor(limit)) {
      inFlight++
      Deferred.doneUnsafe(waiting.shift()!, Effect.void)
    }
  }

  const acquire = Effect.suspend(() => {
    if (waiting.length === 0 && inFlight < Math.floor(limit)) {
      inFlight++
      return Effect.void
    }
    const turn = Deferred.makeUnsafe<void>()
    waiting.push(turn)
    return Deferred.await(turn).pipe(
      Effect.onInterrupt(() =>
        Effect.sync(() => {
          const at = waiting.indexOf(turn)
          if (at >= 0) waiting.splice(at, 1)
          // The turn had come already: it goes to the next.
          else release()
        })
      )
    )
  })

  const release = () => {
    inFlight--
    wake()
  }

  const grow = () => {
    limit = Math.min(ceiling, limit + (limit < slowStartUntil ? 1 : 1 / limit))
  }

  const shrink = (number: number) => {
    if (number <= decreasedAt) return
    decreasedAt = sent
    limit = Math.max(1, limit * backOff)
    slowStartUntil = limit
  }

  return {
    within: (request) =>
      Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(restore(acquire), () => {
          const number = ++sent
          return restore(request).pipe(
            Effect.onExit((exit) =>
              Effect.sync(() => {
                if (exit._tag === "Success") grow()
                else if (exit.cause.reasons.some((r) => r._tag === "Fail" && r.error._tag === "RateLimited"))
                  shrink(number)
                release()
              })
            )
          )
        })
      ),
    state: () => ({ limit, inFlight, waiting: waiting.length })
  }
}
