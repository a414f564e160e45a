import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Stream } from "effect"
import { TestClock } from "effect/testing"
import { forEachByWorkers } from "../../harness/run/forEachByWorkers.ts"

const elements = (n: number) =>
  Stream.range(1, n).pipe(
    Stream.rechunk(7),
    Stream.map((id) => ({ id }))
  )

describe("workers", () => {
  it.effect("perform each element once, as many at a time as there are workers", () =>
    Effect.gen(function* () {
      const seen: number[] = []
      let now = 0
      let most = 0
      const all = yield* forEachByWorkers(elements(100), 8, ({ id }) =>
        Effect.gen(function* () {
          most = Math.max(most, ++now)
          yield* Effect.sleep(10 + (id % 3))
          now--
          seen.push(id)
        })
      ).pipe(Effect.forkChild)
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(all)
      assert.deepStrictEqual(
        seen.sort((a, b) => a - b),
        Array.from({ length: 100 }, (_, i) => i + 1)
      )
      assert.strictEqual(most, 8)
    })
  )

  it.effect("do not read ahead of what is performed by more than a chunk", () =>
    Effect.gen(function* () {
      let read = 0
      let done = 0
      let ahead = 0
      const counted = Stream.tap(elements(1000), () => Effect.sync(() => void read++))
      yield* forEachByWorkers(counted, 4, () =>
        Effect.sync(() => {
          done++
          ahead = Math.max(ahead, read - done)
        })
      )
      assert.strictEqual(done, 1000)
      assert.isAtMost(ahead, 7 + 4)
    })
  )

  it.effect("end with the first failure, of an element or of the stream, and let go of the rest", () =>
    Effect.gen(function* () {
      let released = 0
      const exit = yield* forEachByWorkers(elements(100), 4, ({ id }) =>
        id === 3
          ? Effect.fail("three")
          : Effect.never.pipe(Effect.onInterrupt(() => Effect.sync(() => void released++)))
      ).pipe(Effect.exit)
      assert.deepStrictEqual(exit, Exit.fail("three"))
      assert.isAtLeast(released, 2)
      const broken = Stream.concat(elements(5), Stream.fail("stream"))
      assert.deepStrictEqual(
        yield* forEachByWorkers(broken, 4, () => Effect.void).pipe(Effect.exit),
        Exit.fail("stream")
      )
    })
  )
})
