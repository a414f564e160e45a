import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import * as RateBudget from "../../harness/model/RateBudget.ts"
import type { MinuteLimits } from "../../harness/study/Study.ts"

/** How many of `n` calls of `tokens` tokens have set out after each of the given seconds. */
const setOut = (budget: MinuteLimits, n: number, tokens: number, seconds: readonly number[]) =>
  Effect.gen(function* () {
    const wait = yield* RateBudget.make("account", budget)
    let out = 0
    const fiber = yield* Effect.forkChild(
      Effect.forEach(
        Array.from({ length: n }),
        () =>
          Effect.tap(wait(tokens), () =>
            Effect.sync(() => {
              out++
            })
          ),
        { concurrency: "unbounded", discard: true }
      )
    )
    const counts: number[] = []
    let now = 0
    for (const second of seconds) {
      yield* TestClock.adjust(`${second - now} seconds`)
      now = second
      counts.push(out)
    }
    yield* Fiber.interrupt(fiber)
    return counts
  }).pipe(Effect.provide(RateBudget.layer))

describe("a budget a minute", () => {
  it.effect("spreads requests over the minute", () =>
    Effect.gen(function* () {
      const counts = yield* setOut({ requestsPerMinute: 120 }, 300, 1, [0, 10, 60])
      assert.deepStrictEqual(counts, [2, 22, 122])
    })
  )

  it.effect("spreads fewer requests than seconds", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* setOut({ requestsPerMinute: 6 }, 20, 1, [0, 9, 10, 60]), [1, 1, 2, 7])
    })
  )

  it.effect("lets a minute's tokens go at once and no more, and a call larger than that goes alone", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* setOut({ tokensPerMinute: 1000 }, 20, 250, [0, 60]), [4, 8])
      assert.deepStrictEqual(yield* setOut({ tokensPerMinute: 1000 }, 3, 5000, [0, 59, 60]), [1, 1, 2])
    })
  )

  it.effect("waits for nothing where nothing is stated", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* setOut({}, 50, 100, [0]), [50])
    })
  )
})
