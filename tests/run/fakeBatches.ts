/** A provider's batches in memory, for tests of what the harness does around them. */
import { Effect, Stream } from "effect"
import type { BatchApi, BatchLine, BatchLook } from "../../harness/model/BatchApi.ts"
import type { ModelError } from "../../harness/model/ModelError.ts"

/** What it has seen, and how it behaves: change it between steps. */
export interface FakeBatches {
  /** Batches that were taken, by id, with the keys of their lines. */
  readonly taken: Map<string, { readonly name: string; readonly keys: readonly string[] }>
  /** Clock times of looks, ms. */
  readonly looks: number[]
  /** Before a batch is taken. */
  submit: Effect.Effect<void, ModelError>
  /** After it was taken, before anyone hears of it. */
  heard: Effect.Effect<void, ModelError>
  find: Effect.Effect<void, ModelError>
  look: Effect.Effect<Partial<BatchLook>, ModelError>
  cancel: Effect.Effect<void, ModelError>
  results: (keys: readonly string[]) => Stream.Stream<BatchLine, ModelError>
  readonly api: BatchApi
}

/** An answer of ten tokens in and ten out. */
export const answered = (key: string, text = `for ${key.slice(0, 6)}`): BatchLine => ({
  _tag: "Answered",
  key,
  reply: { text, finish: "stop", usage: { inputTokens: 10, outputTokens: 10 } }
})

/** All answered, when it is looked at. */
export const fakeBatches = (limits: Partial<Pick<BatchApi, "mostRequests" | "mostBytes">> = {}) => {
  const taken: FakeBatches["taken"] = new Map()
  const fake: FakeBatches = {
    taken,
    looks: [],
    submit: Effect.void,
    heard: Effect.void,
    find: Effect.void,
    look: Effect.succeed({ state: "ended" as const }),
    cancel: Effect.void,
    results: (keys) => Stream.fromIterable(keys.map((key) => answered(key))),
    api: {
      share: 0.5,
      mostRequests: 1000,
      mostBytes: 1_000_000,
      pollMillis: 10_000,
      ...limits,
      line: (key, call) => JSON.stringify({ key, messages: call.messages }),
      submit: ({ name }, lines) =>
        Effect.suspend(() => fake.submit).pipe(
          Effect.map(() => {
            const id = `batch-${taken.size + 1}`
            taken.set(id, { name, keys: lines.map((line) => (JSON.parse(line) as { key: string }).key) })
            return id
          }),
          Effect.tap(() => fake.heard)
        ),
      find: ({ name }) =>
        Effect.map(
          Effect.suspend(() => fake.find),
          () => [...taken].find(([, batch]) => batch.name === name)?.[0]
        ),
      look: (id) =>
        Effect.clockWith((clock) => {
          fake.looks.push(clock.currentTimeMillisUnsafe())
          return Effect.map(fake.look, (look) => ({ id, state: "running", done: 0, failed: 0, ...look }))
        }),
      results: ({ id }) => Stream.suspend(() => fake.results(taken.get(id)!.keys)),
      cancel: () => Effect.suspend(() => fake.cancel)
    }
  }
  return fake
}
