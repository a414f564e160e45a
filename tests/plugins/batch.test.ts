/** The batch interfaces as the plugins speak them, against the fake provider over sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import type { BatchApi, BatchHandle } from "../../harness/model/BatchApi.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { ProviderOptions } from "../provider/server.ts"
import { call, openAt, plantedKey, subjects } from "./subjects.ts"

const names = ["openai chat", "openai responses", "anthropic"] as const

const nameOf = (n: number) => String(n).padStart(64, "0")

const opened = Effect.fnUntraced(function* (name: (typeof names)[number], options: ProviderOptions = {}) {
  const provider = yield* scopedProvider(options)
  const model = yield* openAt(subjects[name], provider)
  return { provider, model, api: model.batch! }
})

const handle = (requests: number, more: Partial<BatchHandle> = {}): BatchHandle => ({
  name: "abcdef012345",
  requests,
  since: Date.now(),
  others: new Set(),
  ...more
})

const lines = (api: BatchApi, texts: readonly string[]) =>
  texts.map((text, n) => api.line(nameOf(n), call(text)))

const fetched = Effect.fnUntraced(function* (api: BatchApi, id: string) {
  let look = yield* api.look(id)
  while (look.state === "running") look = yield* api.look(id)
  return { look, got: yield* Stream.runCollect(api.results(look)) }
})

const texts = ["one", "two, a line\nbreak and \u2028 too", "drei — 日本語 😀"]

describe("a batch", () => {
  for (const name of names) {
    it.live(`of ${name} answers as single calls do, each under its name`, () =>
      Effect.gen(function* () {
        const { model, api } = yield* opened(name)
        assert.isTrue(model.capabilities.batch)
        for (const line of lines(api, texts)) {
          assert.notInclude(line, "\n")
          assert.match(JSON.parse(line).custom_id, /^[a-zA-Z0-9_-]{1,64}$/)
        }
        const id = yield* api.submit(handle(3), lines(api, texts))
        const { look, got } = yield* fetched(api, id)
        assert.deepInclude(look, { id, state: "ended", done: 3, failed: 0 })
        assert.strictEqual(got.length, 3)
        for (const [n, text] of texts.entries()) {
          const line = got.find((entry) => entry._tag !== "Broken" && entry.key === nameOf(n))
          const alone = yield* model.generate(call(text))
          if (line?._tag !== "Answered") return assert.fail(`no answer to ${text}`)
          assert.deepStrictEqual(
            { text: line.reply.text, usage: line.reply.usage, finish: line.reply.finish },
            { text: alone.text, usage: alone.usage, finish: alone.finish }
          )
        }
      }).pipe(Effect.scoped)
    )

    it.live(`of ${name} tells lines that failed from lines that cannot be read`, () =>
      Effect.gen(function* () {
        const { api } = yield* opened(name, { batches: { refuse: 0.5, malformed: 0.25, expireAt: 0.75 } })
        const many = Array.from({ length: 16 }, (_, n) => `question ${n}`)
        const id = yield* api.submit(handle(16), lines(api, many))
        const { look, got } = yield* fetched(api, id)
        assert.strictEqual(look.state, "expired")
        const count = (tag: string) => got.filter(({ _tag }) => _tag === tag).length
        assert.deepStrictEqual([count("Answered"), count("Refused"), count("Broken")], [6, 3, 3])
        const refused = got.find(({ _tag }) => _tag === "Refused")
        assert.include(JSON.stringify(refused), "it failed on its own")
      }).pipe(Effect.scoped)
    )

    it.live(`of ${name} whose results break off fails in passing, and comes whole the next time`, () =>
      Effect.gen(function* () {
        const { api } = yield* opened(name, { batches: { cuts: 1, looks: 1 } })
        const many = Array.from({ length: 50 }, (_, n) => `question ${n}`)
        const id = yield* api.submit(handle(50), lines(api, many))
        const cut = yield* Effect.flip(fetched(api, id))
        assert.strictEqual(cut._tag, "Unavailable")
        assert.strictEqual((yield* fetched(api, id)).got.length, 50)
      }).pipe(Effect.scoped)
    )

    it.live(`of ${name} is found when nobody heard that it was taken, and no other is taken for it`, () =>
      Effect.gen(function* () {
        const { api, provider } = yield* opened(name, { batches: { unheard: 1 } })
        assert.isUndefined(yield* api.find(handle(3)))
        const since = Date.now()
        const lost = yield* Effect.flip(api.submit(handle(3), lines(api, texts)))
        assert.strictEqual(lost._tag, "Unavailable")
        assert.strictEqual(provider.counters.batches, 1)
        const other = yield* api.submit(handle(2, { name: "fedcba543210" }), lines(api, texts.slice(0, 2)))
        const id = yield* api.find(handle(3, { since, others: new Set([other]) }))
        assert.strictEqual(id, "batch_1")
        // Known to be another: by its name with OpenAI, by being known with Anthropic.
        assert.isUndefined(
          yield* api.find(handle(3, { name: "000000000000", since, others: new Set([id!, other]) }))
        )
        // What was there hours before is not it.
        if (name === "anthropic") {
          assert.isUndefined(yield* api.find(handle(3, { since: since + 3_600_000 })))
        }
      }).pipe(Effect.scoped)
    )

    it.live(`of ${name} that is not there is "not found", and no error holds the key`, () =>
      Effect.gen(function* () {
        const { api } = yield* opened(name, { batches: { closed: true } })
        const missing = yield* Effect.flip(api.look("batch_404"))
        assert.deepInclude(missing, { _tag: "Rejected", reason: "not found" })
        const refused = yield* Effect.flip(api.submit(handle(3), lines(api, texts)))
        assert.strictEqual(refused._tag, "Rejected")
        assert.notInclude(missing.message + refused.message, plantedKey)
      }).pipe(Effect.scoped)
    )
  }
})
