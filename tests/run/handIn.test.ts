/** What the harness does around batches when providers, connections and processes fail: nothing is paid for twice. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Random, Stream } from "effect"
import { TestClock } from "effect/testing"
import { Malformed, RateLimited, Rejected, Unavailable } from "../../harness/model/ModelError.ts"
import { batchedCaller } from "../../harness/run/batchedCaller.ts"
import { type CallOptions, makeCaller } from "../../harness/run/Caller.ts"
import { cancelBatches } from "../../harness/run/cancelBatches.ts"
import { generate } from "../../harness/run/generate.ts"
import type { Plan } from "../../harness/run/Plan.ts"
import { spentOn } from "../../harness/run/spentOn.ts"
import type { Batches } from "../../harness/store/Batches.ts"
import { Responses } from "../../harness/store/Responses.ts"
import { answered, type FakeBatches, fakeBatches } from "./fakeBatches.ts"
import { begin, layerOf, patience, type World } from "./study.ts"

const posts = 7
const lost = new Unavailable({ message: "the connection is lost" })

const prices = { as_of: "2026-01-01", models: { writer: { input: 100_000, output: 100_000 } } }

/** A run of one source that has batches; `asked` holds the posts it was asked about one by one. */
const withBatches = (
  fake: FakeBatches,
  body: (at: {
    readonly plan: Plan
    readonly asked: readonly string[]
    /** A start of the command with `--batch` (or without), as a new process makes it. */
    readonly start: (
      batch?: boolean,
      options?: Partial<CallOptions>
    ) => Effect.Effect<
      { readonly done: number; readonly failed: number; readonly spent: number },
      unknown,
      never
    >
  }) => Effect.Effect<void, unknown, Batches | Responses>
) => {
  const asked: string[] = []
  const world: World = {
    posts: Array.from({ length: posts }, (_, i) => `post-${i}`),
    sources: [
      {
        name: "writer",
        generate: ({ about }) => {
          asked.push(about.post)
          return { text: "alone", finish: "stop", usage: { inputTokens: 10, outputTokens: 10 } }
        }
      }
    ]
  }
  return Effect.gen(function* () {
    const made = yield* begin(world, prices)
    const plan: Plan = {
      ...made,
      sources: made.sources.map((source) => ({ ...source, model: { ...source.model, batch: fake.api } }))
    }
    const context = yield* Effect.context<never>()
    const start = (batch = true, options = {}) =>
      Effect.gen(function* () {
        const single = yield* makeCaller(plan.sources, {}, yield* spentOn(plan), { ...patience, ...options })
        const caller = yield* batchedCaller(plan.runId, plan.sources, single, batch)
        const state = yield* generate(plan, caller)
        return { done: state.done, failed: state.failed, spent: caller.spent() }
      }).pipe(Effect.scoped, Effect.provideContext(context)) as Effect.Effect<
        { done: number; failed: number; spent: number },
        unknown
      >
    yield* body({ plan, asked, start })
  }).pipe(Effect.scoped, Effect.provide(layerOf(world)), Random.withSeed("batches"))
}

/** Runs an effect that waits, letting the clock go as far as it needs. */
const letTimePass = Effect.fnUntraced(function* <A, E>(effect: Effect.Effect<A, E>, by = "1 day" as const) {
  const fiber = yield* Effect.forkChild(effect)
  yield* TestClock.adjust(by)
  return yield* Fiber.join(fiber)
})

describe("batches", () => {
  it.effect("are waited for with growing, uneven waits, through a provider's bad hours", () => {
    const fake = fakeBatches()
    let looks = 0
    fake.look = Effect.suspend((): FakeBatches["look"] => {
      looks++
      if (looks > 30) return Effect.succeed({ state: "ended" as const })
      return looks % 2 === 0 ? Effect.fail(lost) : Effect.succeed({ state: "running" as const })
    })
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        const { done, failed } = yield* letTimePass(start())
        assert.deepStrictEqual([done, failed, asked.length, fake.taken.size], [posts, 0, 0, 1])
        const waits = fake.looks.slice(1).map((at, index) => at - fake.looks[index]!)
        assert.strictEqual(waits.length, 30)
        assert.isTrue(waits[0]! >= 8000 && waits[0]! <= 12_000, String(waits[0]))
        const longest = Math.max(...waits)
        assert.isTrue(longest > 160_000 && longest <= 240_000, String(longest))
        assert.isAbove(new Set(waits).size, 25)
      })
    )
  })

  it.effect("that cannot be fetched are not asked one by one, and are fetched by the next start", () => {
    const fake = fakeBatches()
    fake.look = Effect.fail(new Rejected({ message: "wrong key", reason: "auth" }))
    return withBatches(fake, ({ plan, asked, start }) =>
      Effect.gen(function* () {
        const responses = yield* Responses
        const first = yield* letTimePass(start())
        assert.deepInclude(first, { done: 0, failed: posts, spent: 0 })
        const [failure] = yield* responses.failures(plan.runId)
        assert.match(failure!.message, /still with the provider.*again with --batch/)
        const refused = yield* Effect.flip(start(false))
        assert.match(String(refused), /add --batch to fetch/)
        fake.look = Effect.succeed({ state: "ended" })
        const second = yield* letTimePass(start())
        assert.deepInclude(second, { done: posts, failed: 0 })
        assert.deepStrictEqual(yield* responses.failures(plan.runId), [])
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 1])
      })
    )
  })

  it.effect("that are gone are given up when they are cancelled, and only then handed in again", () => {
    const fake = fakeBatches()
    const gone = new Rejected({ message: "no such batch", reason: "not found" })
    fake.look = Effect.fail(gone)
    return withBatches(fake, ({ plan, asked, start }) =>
      Effect.gen(function* () {
        assert.deepInclude(yield* letTimePass(start()), { done: 0, failed: posts })
        fake.cancel = Effect.fail(lost)
        yield* cancelBatches(plan.runId, plan.sources)
        assert.deepInclude(yield* letTimePass(start()), { done: 0, failed: posts })
        fake.cancel = Effect.fail(gone)
        yield* cancelBatches(plan.runId, plan.sources)
        fake.look = Effect.succeed({ state: "ended" })
        assert.deepInclude(yield* letTimePass(start()), { done: posts, failed: 0 })
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 2])
      })
    )
  })

  it.effect("whose results break off are read again; what stays unread is not asked elsewhere", () => {
    const fake = fakeBatches()
    fake.results = (keys) =>
      Stream.concat(Stream.fromIterable(keys.slice(0, 3).map((key) => answered(key))), Stream.fail(lost))
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        const first = yield* letTimePass(start(true, { maxRetries: 2 }))
        assert.deepInclude(first, { done: 3, failed: 4 })
        // Out of order, twice, with what is nobody's and what cannot be read between.
        fake.results = (keys) =>
          Stream.fromIterable([
            { _tag: "Broken" } as const,
            answered("f".repeat(64)),
            ...keys.toReversed().flatMap((key) => [answered(key), answered(key, "another")])
          ])
        const second = yield* letTimePass(start())
        assert.deepInclude(second, { done: 4, failed: 0 })
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 1])
      })
    )
  })

  it.effect("that nobody heard of are found, now or after a crash, and not handed in again", () => {
    const fake = fakeBatches()
    fake.heard = Effect.fail(lost)
    fake.find = Effect.fail(lost)
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        const first = yield* letTimePass(start(true, { maxRetries: 1 }))
        assert.deepInclude(first, { done: 0, failed: posts })
        fake.find = Effect.void
        const second = yield* letTimePass(start())
        assert.deepInclude(second, { done: posts, failed: 0 })
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 1])
      })
    )
  })

  it.effect("that were written down and never sent are sent by the next start", () => {
    const fake = fakeBatches()
    fake.submit = Effect.never
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(start())
        yield* TestClock.adjust("1 second")
        // Ctrl-C does not wait for the provider.
        yield* Fiber.interrupt(fiber)
        assert.strictEqual(fake.taken.size, 0)
        fake.submit = Effect.void
        const second = yield* letTimePass(start())
        assert.deepInclude(second, { done: posts, failed: 0 })
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 1])
      })
    )
  })

  it.effect(
    "are handed in later when the provider asks for patience, and one by one when it has none",
    () => {
      const fake = fakeBatches()
      let times = 0
      fake.submit = Effect.suspend(() =>
        ++times === 1
          ? Effect.fail(new RateLimited({ message: "slow down", retryAfterMillis: 60_000 }))
          : Effect.void
      )
      return withBatches(fake, ({ asked, start }) =>
        Effect.gen(function* () {
          const waited = yield* letTimePass(start(true, { maxRetries: 1 }))
          assert.deepInclude(waited, { done: posts, failed: 0 })
          assert.isAtLeast(fake.looks[0]!, 60_000)
          assert.deepStrictEqual([asked.length, times], [0, 2])
        })
      )
    }
  )

  it.effect("never hold more than a provider takes, and no question twice", () => {
    const fake = fakeBatches({ mostRequests: 3 })
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        yield* letTimePass(start())
        const sizes = [...fake.taken.values()].map(({ keys }) => keys.length)
        assert.deepStrictEqual(sizes, [3, 3, 1])
        assert.strictEqual(new Set([...fake.taken.values()].flatMap(({ keys }) => keys)).size, posts)
        assert.strictEqual(asked.length, 0)
        // A key is a name that both providers take.
        for (const { keys } of fake.taken.values())
          for (const key of keys) assert.match(key, /^[a-zA-Z0-9_-]{1,64}$/)
      })
    )
  })

  it.effect("never weigh more than a provider takes", () => {
    const fake = fakeBatches({ mostBytes: 500 })
    return withBatches(fake, ({ start }) =>
      Effect.gen(function* () {
        yield* letTimePass(start())
        assert.isAbove(fake.taken.size, 1)
        assert.strictEqual([...fake.taken.values()].flatMap(({ keys }) => keys).length, posts)
      })
    )
  })

  it.effect("cost their share, within the limit, which single calls for the rest keep too", () => {
    const fake = fakeBatches()
    fake.results = (keys) =>
      Stream.fromIterable(
        keys.map((key, index) =>
          index < 5 ? answered(key) : { _tag: "Refused" as const, key, reason: "it failed on its own" }
        )
      )
    return withBatches(fake, ({ plan, asked, start }) =>
      Effect.gen(function* () {
        const { done, spent } = yield* letTimePass(start())
        assert.strictEqual(done, posts)
        // Twenty tokens at ten cents each: $2 alone, $1 in a batch.
        assert.approximately(spent, 5 * 1 + 2 * 2, 1e-9)
        assert.approximately(yield* spentOn(plan), 9, 1e-9)
        assert.strictEqual(asked.length, 2)
      })
    )
  })

  it.effect("take no more questions than the limit has money for; a higher one takes the rest", () => {
    const fake = fakeBatches()
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        // An answer is expected to have 400 tokens: about $40 alone and $20 in a batch.
        const first = yield* letTimePass(start(true, { costLimit: 90 }))
        assert.deepInclude(first, { done: 4, failed: 0 })
        assert.approximately(first.spent, 4, 1e-9)
        const second = yield* letTimePass(start(true, { costLimit: 200 }))
        assert.deepInclude(second, { done: 3, failed: 0 })
        assert.deepStrictEqual([asked.length, fake.taken.size], [0, 2])
      })
    )
  })

  it.effect("are told from one another by what went wrong: a malformed look is another look", () => {
    const fake = fakeBatches()
    let first = true
    fake.look = Effect.suspend(() => {
      if (!first) return Effect.succeed({ state: "expired" as const })
      first = false
      return Effect.fail(new Malformed({ message: "an HTML page" }))
    })
    fake.results = (keys) => Stream.fromIterable(keys.slice(0, 4).map((key) => answered(key)))
    return withBatches(fake, ({ asked, start }) =>
      Effect.gen(function* () {
        const { done } = yield* letTimePass(start())
        assert.deepStrictEqual([done, asked.length, fake.looks.length], [posts, 3, 2])
      })
    )
  })
})
