/**
 * A call that is given up is gone at the provider too, while the process and its pool of sockets live on: at Ctrl-C
 * the closing pool takes every socket with it, so only here does it show whether a plugin passes its signal on.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Check } from "../../harness/model/conformance.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider } from "../provider/server.ts"
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

const study = (model: string) => `
name: cancelled
title: Cancelled
seed: 3
suites: [parenting]
conditions: [bare]
sources: [${model}]
raters: [lexical]
instruments: [perceived-empathy]
`

for (const model of models) {
  describe.concurrent(model, () => {
    it.live("lets go of a request at its socket when its time is up, and only then asks the next", () =>
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const provider = yield* scopedProvider({ faults: { hang: 1 } })
        writeFileSync(join(folder, "study.yaml"), study(model))
        const args = ["run", "study.yaml", "--limit", "12", "--display", "none", "--timeout", "0.5"]
        const { code, stdout, stderr } = yield* start(
          folder,
          [...args, "--max-retries", "0", "--max-connections", "2"],
          undefined,
          settings(provider)
        )
        assert.strictEqual(code, 1, stderr)
        assert.match(stdout, /12 × generate \S+, TimedOut/)
        const { counters } = provider
        while (counters.inFlight > 0) yield* Effect.sleep(5)
        assert.strictEqual(counters.aborted, counters.requests)
        // On a busy machine a call's time may be up before it has reached the server.
        assert.isAtLeast(counters.requests, 6)
        // Two calls, and two more whose end the server may hear of after the next have begun. Those that are only
        // forgotten hang there until the process ends: then all of them are in flight at once.
        assert.isAtMost(counters.maxInFlight, 4)
      }).pipe(Effect.scoped)
    )

    it.live("stands `plugin check`: the cancelled call ends unanswered at the server", () =>
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const provider = yield* scopedProvider({ latencyMillis: 200 })
        const { stdout, stderr } = yield* start(
          folder,
          ["plugin", "check", model, "--json"],
          undefined,
          settings(provider)
        )
        const found = (JSON.parse(stdout) as readonly Check[]).find(({ name }) => /cancelled/.test(name))
        assert.strictEqual(found?.status, "pass", stdout + stderr)
        assert.strictEqual(provider.counters.aborted, 1, stdout)
      }).pipe(Effect.scoped)
    )
  })
}
