import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import { TestClock } from "effect/testing"
import { build } from "../../harness/leaderboard/build.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { makePlan } from "../../harness/run/Plan.ts"
import { rate } from "../../harness/run/rate.ts"
import { Responses } from "../../harness/store/Responses.ts"
import { begin, generate, layerOf, patience, studyOf, type World } from "./study.ts"

const names = (n: number) => Array.from({ length: n }, (_, i) => `post-${i}`)

const lengthRater = definePlugin({
  name: "length",
  version: "1",
  description: "Rates by length",
  instruments: ["warmth"],
  rate: (_, { response }) => ({ warm: Math.min(5, response.length) })
})

describe("a run", () => {
  it.effect("asks once for every post, source and epoch, over more posts than fit a page", () => {
    const asked: string[] = []
    const world: World = {
      posts: names(230),
      sources: [
        {
          name: "echo",
          generate: ({ about, epoch }) => {
            asked.push(`${about.post}/${epoch}`)
            return "I hear you"
          }
        }
      ],
      epochs: 2
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      const state = yield* generate(plan, patience)
      assert.deepStrictEqual([state.total, state.done, state.failed, state.resumed], [460, 460, 0, 0])
      assert.strictEqual(new Set(asked).size, 460)
      const again = yield* generate(plan, patience)
      assert.deepStrictEqual([again.done, again.resumed], [0, 460])
      assert.strictEqual(asked.length, 460)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("never has more calls in flight than it is allowed", () => {
    let flying = 0
    let most = 0
    const world: World = {
      posts: names(40),
      sources: [
        {
          name: "slow",
          generate: async () => {
            most = Math.max(most, ++flying)
            await new Promise((resolve) => setImmediate(resolve))
            flying--
            return "here"
          }
        }
      ]
    }
    return Effect.gen(function* () {
      yield* generate(yield* begin(world), { ...patience, maxConnections: 7 })
      assert.strictEqual(most, 7)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("gives the same seeds in whatever order calls are made, and others to other epochs", () => {
    const seeds = new Map<string, number>()
    const world: World = {
      posts: names(10),
      epochs: 2,
      sources: [
        {
          name: "seeded",
          generate: ({ about, epoch, seed }) => {
            const key = `${about.post}/${epoch}`
            if (seeds.has(key)) assert.strictEqual(seeds.get(key), seed)
            seeds.set(key, seed)
            return "x"
          }
        }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      yield* generate(plan, { ...patience, maxConnections: 1 })
      yield* generate(plan, { ...patience, fresh: true, maxConnections: 16 })
      assert.strictEqual(new Set(seeds.values()).size, 20)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("keeps what failed as a row with its reason, goes on, and tries only that again", () => {
    let broken = true
    const asked: string[] = []
    const world: World = {
      posts: names(6),
      sources: [
        {
          name: "moody",
          generate: ({ about }) => {
            asked.push(about.post)
            if (broken && about.post === "post-3") throw new TypeError("x is not a function")
            return "fine"
          }
        }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      const responses = yield* Responses
      const state = yield* generate(plan, patience)
      assert.deepStrictEqual([state.done, state.failed], [5, 1])
      const [failure] = yield* responses.failures(plan.runId)
      assert.deepStrictEqual(
        [failure!.kind, failure!.message, failure!.ordinal],
        ["PluginFault", "the plugin threw TypeError: x is not a function", 3]
      )
      broken = false
      asked.length = 0
      yield* generate(plan, patience)
      assert.deepStrictEqual(asked, ["post-3"])
      assert.deepStrictEqual(yield* responses.failures(plan.runId), [])
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("stops a source whose key is refused and lets the others finish", () => {
    let refused = 0
    const world: World = {
      posts: names(50),
      sources: [
        {
          name: "locked",
          generate: () => {
            refused++
            throw Object.assign(new Error("invalid key"), { status: 401 })
          }
        },
        { name: "open", generate: () => "welcome" }
      ]
    }
    return Effect.gen(function* () {
      const state = yield* generate(yield* begin(world), { ...patience, maxConnections: 1 })
      assert.deepStrictEqual([state.done, state.failed, refused], [50, 50, 1])
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("says what is wrong with an answer that is none", () => {
    const world: World = {
      posts: ["a"],
      sources: [
        { name: "nothing", generate: () => undefined as unknown as string },
        { name: "number", generate: () => 7 as unknown as string },
        { name: "novel", generate: () => "x".repeat(1_048_576) }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      yield* generate(plan, patience)
      const failures = yield* (yield* Responses).failures(plan.runId)
      const messages = Object.fromEntries(failures.map(({ source, message }) => [source, message]))
      assert.match(messages.nothing!, /answered nothing \(undefined\); return a string/)
      assert.match(messages.number!, /answered no text .*; return a string/)
      assert.match(messages.novel!, /1,048,576 characters; at most 100,000/)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("counts empty, cut and refused answers as what they are and rates only texts", () => {
    const world: World = {
      posts: ["a", "b", "c", "d", "e"],
      sources: [
        {
          name: "varied",
          generate: ({ about }) =>
            ({
              a: "fine",
              b: "  ",
              c: { text: "cut of", finish: "length" as const },
              d: { text: "I cannot help", finish: "refusal" as const },
              e: { text: "", finish: "content_filter" as const }
            })[about.post as "a"]
        }
      ],
      raters: [lengthRater]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      yield* generate(plan, patience)
      const rated = yield* rate(plan)
      assert.deepStrictEqual([rated.total, rated.done], [2, 2])
      const board = yield* build(plan.runId)
      assert.deepStrictEqual(board.outcomes.map(({ outcome, n }) => [outcome, n]).toSorted(), [
        ["content_filter", 1],
        ["empty", 1],
        ["ok", 1],
        ["refusal", 1],
        ["truncated", 1]
      ])
      assert.strictEqual(board.tables[0]!.rows[0]!.posts, 2)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("waits as long as the provider asks before it tries again", () => {
    let tries = 0
    const world: World = {
      posts: ["a"],
      sources: [
        {
          name: "busy",
          generate: () => {
            if (++tries < 3) throw Object.assign(new Error("slow down"), { status: 429 })
            return "now"
          }
        }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      const fiber = yield* Effect.forkChild(generate(plan, { ...patience, maxRetries: 5 }))
      yield* TestClock.adjust("1 minute")
      const state = yield* Fiber.join(fiber)
      assert.deepStrictEqual([state.done, state.failed, tries], [1, 0, 3])
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("stops at the cost limit with what it has, and goes on with a higher one", () => {
    // A dollar for each answer: a million dollars per million tokens out, one token each.
    const prices = { as_of: "2026-01-01", models: { paid: { input: 0, output: 1_000_000 } } }
    let asked = 0
    const world: World = {
      posts: names(10),
      parameters: { maxTokens: 1 },
      sources: [
        {
          name: "paid",
          capabilities: { maxTokens: true },
          generate: () => {
            asked++
            return { text: "a", usage: { inputTokens: 5, outputTokens: 1 } }
          }
        }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world, prices)
      const first = yield* generate(plan, { ...patience, costLimit: 4 })
      assert.deepStrictEqual([first.done, first.costLimitReached, first.cost, asked], [4, true, 4, 4])
      const second = yield* generate(plan, { ...patience, costLimit: 4 })
      assert.deepStrictEqual([second.done, second.costLimitReached, asked], [0, true, 4])
      const third = yield* generate(plan, { ...patience, costLimit: 100 })
      assert.deepStrictEqual([third.done, third.costLimitReached, asked], [6, false, 10])
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("keeps to the requests a minute that a study states, and other accounts go on", () => {
    const world: World = {
      posts: names(10),
      limits: { slow: { requestsPerMinute: 6 } },
      sources: [
        { name: "slow", generate: () => "x" },
        { name: "quick", generate: () => "y" }
      ]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      const responses = yield* Responses
      const fiber = yield* Effect.forkChild(generate(plan, patience))
      // The store and the pages run on real turns of the event loop: wait until nothing more can be done now.
      const until = Effect.fnUntraced(function* (n: number) {
        while ((yield* Stream.runCollect(responses.answers(plan.runId))).length < n) {
          yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
        }
      })
      yield* until(11)
      yield* TestClock.adjust("10 seconds")
      yield* until(12)
      yield* TestClock.adjust("80 seconds")
      const state = yield* Fiber.join(fiber)
      assert.strictEqual(state.done, 20)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("keeps no limit over a price that nobody knows", () => {
    const world: World = { posts: ["a"], sources: [{ name: "paid", generate: () => "x" }] }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      const error = yield* Effect.flip(generate(plan, { ...patience, costLimit: 4 }))
      assert.match(error.message, /the price of paid is not known; give it in a file with --prices/)
      const state = yield* generate(plan, patience)
      assert.isUndefined(state.cost)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("refuses a suite in which an id stands twice", () => {
    const world: World = { posts: ["a", "b", "a"], sources: [{ name: "echo", generate: () => "x" }] }
    return Effect.gen(function* () {
      const error = yield* Effect.flip(makePlan(studyOf(world)))
      assert.match(error.message, /post id a stands twice; give each post an id/)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })

  it.effect("has another id when a post, a source or the seed differs, and the same one otherwise", () => {
    const world = (posts: readonly string[], name: string): World => ({
      posts,
      sources: [{ name, generate: () => "x" }]
    })
    const id = (w: World, seed = 1) =>
      makePlan({ ...studyOf(w), study: { ...studyOf(w).study, seed } }).pipe(
        Effect.map((plan) => plan.runId),
        Effect.scoped,
        Effect.provide(layerOf(w))
      )
    return Effect.gen(function* () {
      const first = yield* id(world(["a"], "one"))
      assert.strictEqual(yield* id(world(["a"], "one")), first)
      const others = yield* Effect.all([
        id(world(["b"], "one")),
        id(world(["a"], "two")),
        id(world(["a"], "one"), 2)
      ])
      assert.strictEqual(new Set([first, ...others]).size, 4)
    })
  })

  it.effect("rates each text once and keeps why a value is missing", () => {
    let calls = 0
    const strange = definePlugin({
      name: "strange",
      version: "1",
      description: "",
      instruments: ["warmth"],
      rate: (_, { post }) => {
        calls++
        return post.body.endsWith("a") ? { warm: 9 } : post.body.endsWith("b") ? {} : { warm: 3.5 }
      }
    })
    const world: World = {
      posts: ["a", "b", "c"],
      sources: [{ name: "echo", generate: () => "x" }],
      raters: [strange]
    }
    return Effect.gen(function* () {
      const plan = yield* begin(world)
      yield* generate(plan, patience)
      yield* rate(plan)
      yield* rate(plan)
      assert.strictEqual(calls, 3)
      const board = yield* build(plan.runId)
      assert.strictEqual(board.tables[0]!.rows[0]!.posts, 1)
      assert.strictEqual(board.answered, 3)
      const answers = yield* Stream.runCollect((yield* Responses).answers(plan.runId))
      assert.strictEqual(answers.length, 3)
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  })
})
