import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import * as AdaptiveLimit from "../../harness/model/AdaptiveLimit.ts"
import { RateLimited } from "../../harness/model/ModelError.ts"

const tooMany = Effect.fail(new RateLimited({ message: "slow down" }))

/** Runs `n` requests one after the other. */
const inTurn = (limit: AdaptiveLimit.AdaptiveLimit, n: number) =>
  Effect.forEach(Array.from({ length: n }), () => limit.within(Effect.void), { discard: true })

describe("an adaptive limit", () => {
  it.effect("starts at eight, doubles a round trip and stops at the ceiling", () =>
    Effect.gen(function* () {
      const limit = AdaptiveLimit.make(20)
      assert.strictEqual(limit.state().limit, 8)
      yield* inTurn(limit, 8)
      assert.strictEqual(limit.state().limit, 16)
      yield* inTurn(limit, 100)
      assert.strictEqual(limit.state().limit, 20)
      assert.strictEqual(AdaptiveLimit.make(3).state().limit, 3)
    })
  )

  it.effect("gives way at a 429, then grows by one a round trip", () =>
    Effect.gen(function* () {
      const limit = AdaptiveLimit.make(100)
      yield* inTurn(limit, 12)
      yield* Effect.flip(limit.within(tooMany))
      assert.approximately(limit.state().limit, 14, 1e-9)
      yield* inTurn(limit, 14)
      // About one more, not fourteen more.
      assert.approximately(limit.state().limit, 15, 0.1)
    })
  )

  it.effect("counts the 429s of one round trip as one, and never goes below one", () =>
    Effect.gen(function* () {
      const limit = AdaptiveLimit.make(64)
      const gate = yield* Deferred.make<void>()
      const fibers = yield* Effect.forEach([1, 2, 3, 4], () =>
        Effect.forkChild(Effect.flip(limit.within(Effect.andThen(Deferred.await(gate), tooMany))))
      )
      yield* Effect.yieldNow
      yield* Deferred.succeed(gate, undefined)
      yield* Effect.forEach(fibers, Fiber.join)
      assert.approximately(limit.state().limit, 8 * 0.7, 1e-9)
      for (let i = 0; i < 50; i++) yield* Effect.flip(limit.within(tooMany))
      assert.strictEqual(limit.state().limit, 1)
    })
  )

  it.effect("lets no more in than it says, in order, and loses no turn when one who waits gives up", () =>
    Effect.gen(function* () {
      const limit = AdaptiveLimit.make(2)
      const gates = yield* Effect.forEach([0, 1, 2, 3], () => Deferred.make<void>())
      const started: number[] = []
      const fibers = yield* Effect.forEach(gates, (gate, index) =>
        Effect.forkChild(
          limit.within(
            Effect.andThen(
              Effect.sync(() => started.push(index)),
              Deferred.await(gate)
            )
          )
        )
      )
      yield* Effect.yieldNow
      assert.deepStrictEqual(started, [0, 1])
      assert.deepStrictEqual([limit.state().inFlight, limit.state().waiting], [2, 2])
      yield* Fiber.interrupt(fibers[2]!)
      yield* Deferred.succeed(gates[0]!, undefined)
      yield* Fiber.join(fibers[0]!)
      yield* Effect.yieldNow
      assert.deepStrictEqual(started, [0, 1, 3])
      yield* Deferred.succeed(gates[1]!, undefined)
      yield* Deferred.succeed(gates[3]!, undefined)
      yield* Fiber.join(fibers[1]!)
      yield* Fiber.join(fibers[3]!)
      assert.deepStrictEqual([limit.state().inFlight, limit.state().waiting], [0, 0])
    })
  )
})
