/** The real command and the real SDKs against a provider that hangs, breaks and is asked by a process that is killed. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider } from "../provider/server.ts"
import { storedRows } from "./storedRows.ts"
import { emptyFolder, start } from "./warmline.ts"

const settings = (provider: Provider): Record<string, string> => ({
  OPENAI_BASE_URL: provider.baseUrl("openai"),
  OPENAI_API_KEY: "key",
  ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
  ANTHROPIC_API_KEY: "key",
  MISTRAL_BASE_URL: provider.baseUrl("mistral"),
  MISTRAL_API_KEY: "key",
  OLLAMA_HOST: provider.baseUrl("ollama")
})

const models = [
  "openai/gpt-4.1-mini",
  "anthropic/claude-haiku-4-5",
  "mistral/mistral-small-2506",
  "ollama/llama3.2"
]

const study = (sources: readonly string[]) => `
name: outages
title: Outages
seed: 3
suites: [parenting, relationships, workplace, anger, anxiety]
conditions: [bare]
sources: [${sources.join(", ")}]
raters: [lexical]
instruments: [perceived-empathy]
`

/** Calls `then` as soon as `holds`, looking every few milliseconds. */
const whenever = (holds: () => boolean, then: () => void) => {
  const look = setInterval(() => {
    if (!holds()) return
    clearInterval(look)
    then()
  }, 5)
}

const args = ["run", "study.yaml", "--display", "none", "--max-connections", "8"]

describe("a provider that hangs", () => {
  for (const model of models) {
    it.live(`is let go within a second of Ctrl-C, every request at its socket: ${model}`, () =>
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const provider = yield* scopedProvider({ faults: { hang: 1 } })
        writeFileSync(join(folder, "study.yaml"), study([model]))
        let signalled = 0
        const { code, stderr } = yield* start(
          folder,
          args,
          (child) =>
            whenever(
              () => provider.counters.inFlight === 8,
              () => {
                signalled = performance.now()
                child.kill("SIGINT")
              }
            ),
          settings(provider)
        )
        const taken = performance.now() - signalled
        assert.strictEqual(code, 130, stderr)
        assert.isBelow(taken, 1000)
        assert.strictEqual(provider.counters.aborted, 8)
        assert.strictEqual(provider.counters.inFlight, 0)
        assert.strictEqual(storedRows(folder).responses, 0)
      }).pipe(Effect.scoped)
    )
  }
})

describe("a provider with every fault at once", () => {
  it.live("loses no row and has none stored twice", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* scopedProvider({
        faults: { "rate-limit": 0.1, "server-error": 0.05, drop: 0.03, malformed: 0.02, hang: 0.01 },
        retryAfterMillis: 50,
        seed: 5
      })
      writeFileSync(join(folder, "study.yaml"), study([models[0]!]))
      const { code, stderr } = yield* start(
        folder,
        [...args, "--timeout", "1"],
        undefined,
        settings(provider)
      )
      assert.strictEqual(code, 0, stderr)
      const { byFault, requests } = provider.counters
      assert.sameMembers(Object.keys(byFault), ["rate-limit", "server-error", "drop", "malformed", "hang"])
      const faults = Object.values(byFault).reduce((sum, count) => sum + count, 0)
      assert.strictEqual(requests - faults, 100)
      assert.deepStrictEqual(storedRows(folder), { responses: 100, distinct: 100, calls: 100, ratings: 100 })
    }).pipe(Effect.scoped)
  )

  it.live("is asked again, after kill -9, what was asked and not yet kept, and nothing else", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* scopedProvider({ latencyMillis: 20 })
      writeFileSync(join(folder, "study.yaml"), study([models[1]!]))
      const killed = yield* start(
        folder,
        args,
        (child) =>
          whenever(
            () => provider.counters.requests >= 40,
            () => child.kill("SIGKILL")
          ),
        settings(provider)
      )
      assert.strictEqual(killed.signal, "SIGKILL")
      // What the killed process had sent may reach the provider after its end.
      yield* Effect.promise(
        () => new Promise<void>((done) => whenever(() => provider.counters.inFlight === 0, done))
      )
      const before = storedRows(folder).calls
      const notKept = provider.counters.requests - before
      assert.isAbove(before, 0)
      assert.isBelow(before, 100)
      // Eight in flight, and at most as many whose answers were there and waited for their commit.
      assert.isAtMost(notKept, 16)
      const { code, stderr } = yield* start(folder, args, undefined, settings(provider))
      assert.strictEqual(code, 0, stderr)
      assert.deepStrictEqual(storedRows(folder), { responses: 100, distinct: 100, calls: 100, ratings: 100 })
      assert.isAtMost(provider.counters.repeatedBodies, notKept)
      assert.strictEqual(provider.counters.requests, 100 + notKept)
    }).pipe(Effect.scoped)
  )

  it.live("does not hold up another: that one is done while the first still says 429 to everything", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const busy = yield* scopedProvider({ faults: { "rate-limit": 1 }, retryAfterMillis: 100 })
      const free = yield* scopedProvider()
      writeFileSync(join(folder, "study.yaml"), study([models[0]!, models[1]!]))
      const { code, stderr } = yield* start(
        folder,
        args,
        () =>
          // Only when the free one has been asked everything does the busy one begin to answer.
          whenever(
            () => free.counters.requests === 100,
            () => busy.setFaults({})
          ),
        { ...settings(free), OPENAI_BASE_URL: busy.baseUrl("openai") }
      )
      assert.strictEqual(code, 0, stderr)
      assert.isAbove(busy.counters.byFault["rate-limit"] ?? 0, 0)
      assert.strictEqual(storedRows(folder).responses, 200)
    }).pipe(Effect.scoped)
  )
})
