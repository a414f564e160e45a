/** The main job over real HTTP: the real command, the real SDKs, a provider that goes wrong, and no key anywhere. */
import { readdirSync, readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { scopedProvider } from "../provider/Provider.ts"
import { emptyFolder, start } from "./warmline.ts"

const key = "plantedkey0123456789abcdef"
const models = [
  "openai-compatible/some/model",
  "openai/gpt-4.1-mini",
  "openai/gpt-5-mini",
  "anthropic/claude-haiku-4-5",
  "mistral/mistral-small-2506",
  "ollama/llama3.2"
]

/** Takes whatever is sent to it, as a collector of traces does. */
const scopedCollector = Effect.acquireRelease(
  Effect.callback<{ readonly url: string; readonly bodies: string[]; readonly server: Server }>((resume) => {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      let body = ""
      request.setEncoding("utf8").on("data", (text: string) => (body += text))
      request.on("end", () => {
        bodies.push(`${JSON.stringify(request.headers)}${body}`)
        response.end("{}")
      })
    }).listen(0, "127.0.0.1", () =>
      resume(
        Effect.succeed({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, server })
      )
    )
  }),
  ({ server }) => Effect.sync(() => server.close())
)

describe("warmline run over HTTP", () => {
  it.live("gets every answer through faults, asks nothing twice, and writes the key nowhere", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* scopedProvider({
        faults: { "rate-limit": 0.06, "server-error": 0.05, drop: 0.04, malformed: 0.03 },
        retryAfterMillis: 100,
        seed: 11
      })
      const env = {
        OPENAI_COMPATIBLE_BASE_URL: provider.baseUrl("openai"),
        OPENAI_COMPATIBLE_API_KEY: key,
        OPENAI_BASE_URL: provider.baseUrl("openai"),
        OPENAI_API_KEY: key,
        ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
        ANTHROPIC_API_KEY: key,
        MISTRAL_BASE_URL: provider.baseUrl("mistral"),
        MISTRAL_API_KEY: key,
        OLLAMA_HOST: provider.baseUrl("ollama")
      }
      const run = [
        "run",
        "--limit",
        "1",
        "-o",
        "out",
        "--display",
        "plain",
        ...models.flatMap((model) => ["--model", model])
      ]
      const first = yield* start(folder, run, undefined, env)
      assert.strictEqual(first.code, 0, first.stderr)
      for (const model of models)
        assert.include(readFileSync(join(folder, "out/leaderboard.csv"), "utf8"), model)
      const faults = Object.values(provider.counters.byFault).reduce((sum, count) => sum + count, 0)
      assert.isAbove(faults, 0)
      const asked = provider.counters.requests
      // Six suites, a post of each.
      assert.strictEqual(asked - faults, 6 * models.length)

      const second = yield* start(folder, run, undefined, env)
      assert.match(second.stdout, /0 calls were made/)
      assert.strictEqual(provider.counters.requests, asked)

      // Both faults repeat the key that was sent; traces, debug logs and JSON are looked at too.
      provider.setFaults({ unauthorized: 0.5, "bad-request": 0.5 })
      const traces = yield* scopedCollector
      const refused = yield* start(
        folder,
        [
          "run",
          "--suite",
          "anger",
          "--limit",
          "2",
          "--json",
          "--log-level",
          "debug",
          "--log-format",
          "json",
          ...models.slice(0, 5).flatMap((model) => ["--model", model])
        ],
        undefined,
        { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: traces.url }
      )
      assert.isAbove(traces.bodies.length, 0)
      assert.include(traces.bodies.join(""), "gen_ai.request.model")
      assert.notInclude(traces.bodies.join(""), key)
      assert.include(refused.stderr, "a request failed")
      assert.strictEqual(refused.code, 1)
      for (const { stdout, stderr } of [first, second, refused]) assert.notInclude(stdout + stderr, key)
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })) {
        if (!name.isFile()) continue
        assert.isFalse(readFileSync(join(name.parentPath, name.name)).includes(key), name.name)
      }
    }).pipe(Effect.scoped)
  )

  it.live("says which key is missing before any call", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* scopedProvider()
      const { code, stderr } = yield* start(
        folder,
        ["run", "--limit", "1", "--model", models[1]!],
        undefined,
        {
          OPENAI_BASE_URL: provider.baseUrl("openai"),
          OPENAI_API_KEY: ""
        }
      )
      assert.notStrictEqual(code, 0)
      assert.include(stderr, "OPENAI_API_KEY is not set")
      assert.strictEqual(provider.counters.requests, 0)
    }).pipe(Effect.scoped)
  )
})
