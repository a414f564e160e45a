/** `--batch` through the real command and the real SDKs, against a provider whose batches go wrong. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { BatchFaults } from "../provider/batches.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider } from "../provider/server.ts"
import { emptyFolder, start } from "./warmline.ts"

const study = `
name: batches
title: Batches
seed: 1
suites: [anger]
conditions: [base]
instruments: [perceived-empathy]
sources:
  - { id: gpt, model: openai/gpt-4.1-mini, config: { pollEvery: 0.05 } }
  - { id: gpt-5, model: openai/gpt-5-mini, config: { pollEvery: 0.05 } }
  - { id: claude, model: anthropic/claude-haiku-4-5, config: { pollEvery: 0.05 } }
raters: [lexical]
`
const posts = 8
const answers = 3 * posts

const envOf = (provider: Provider) => ({
  OPENAI_BASE_URL: provider.baseUrl("openai"),
  OPENAI_API_KEY: "k",
  ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
  ANTHROPIC_API_KEY: "k"
})

const desk = Effect.fn(function* (batches: BatchFaults = {}) {
  const folder = yield* emptyFolder
  const provider = yield* scopedProvider({ batches })
  writeFileSync(join(folder, "s.yaml"), study)
  const run = (...more: readonly string[]) =>
    start(
      folder,
      ["run", "s.yaml", "--limit", String(posts), "--display", "none", "-o", "out", ...more],
      undefined,
      envOf(provider)
    )
  return { folder, provider, run }
})

/** Texts and costs by source and post, from an export. */
const rowsOf = Effect.fn(function* (folder: string) {
  yield* start(folder, ["export", "--format", "jsonl", "-o", "rows"])
  return readFileSync(join(folder, "rows/responses.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { source: string; post: string; text: string; cost_usd: number })
    .sort((a, b) => `${a.source} ${a.post}`.localeCompare(`${b.source} ${b.post}`))
})

const live = (name: string, body: () => Effect.Effect<void, unknown, import("effect").Scope.Scope>) =>
  it.live(name, () => Effect.scoped(body()))

describe("warmline run --batch", () => {
  live("brings the answers of single calls for half the price, and asks nothing twice", () =>
    Effect.gen(function* () {
      const { folder, provider, run } = yield* desk()
      const done = yield* run("--batch")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.deepInclude(provider.counters, { requests: 0, batches: 3, batchedRequests: answers })
      const again = yield* run("--batch")
      assert.strictEqual(again.code, 0, again.stderr)
      assert.deepInclude(provider.counters, { requests: 0, batches: 3 })
      const batched = yield* rowsOf(folder)
      const other = yield* desk()
      yield* other.run()
      assert.strictEqual(other.provider.counters.batches, 0)
      const single = yield* rowsOf(other.folder)
      assert.deepStrictEqual(
        batched.map(({ text }) => text),
        single.map(({ text }) => text)
      )
      for (const [index, { cost_usd }] of batched.entries())
        assert.approximately(cost_usd, single[index]!.cost_usd / 2, 1e-12)
    })
  )

  live("asks one by one what a batch leaves open, whatever is wrong with its results", () =>
    Effect.gen(function* () {
      const { folder, provider, run } = yield* desk({
        refuse: 0.125,
        omit: 0.125,
        twice: 0.5,
        malformed: 0.25,
        cuts: 2
      })
      const done = yield* run("--batch")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.match(
        done.stderr,
        /gpt: \d of 8 questions have no answer in their batch; they are asked one by one/
      )
      assert.strictEqual((yield* rowsOf(folder)).length, answers)
      const { batches, requests } = provider.counters
      assert.strictEqual(batches, 3)
      // Ordinals 4, 8 (malformed) and 8 (refused, left out) of each batch.
      assert.strictEqual(requests, 3 * 2)
    })
  )

  live("finds a batch that was taken though nobody heard of it, and does not pay twice", () =>
    Effect.gen(function* () {
      const { provider, run } = yield* desk({ unheard: 3 })
      const done = yield* run("--batch")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.deepInclude(provider.counters, { requests: 0, batches: 3 })
    })
  )

  live("goes on after kill -9 with the batches that are out, which only --batch fetches", () =>
    Effect.gen(function* () {
      const { folder, provider, run } = yield* desk({ looks: 12 })
      const killed = yield* start(
        folder,
        ["run", "s.yaml", "--limit", String(posts), "--display", "none", "--batch"],
        (child) => {
          const timer = setInterval(() => {
            if (provider.counters.batches === 3) {
              clearInterval(timer)
              child.kill("SIGKILL")
            }
          }, 5)
        },
        envOf(provider)
      )
      assert.strictEqual(killed.signal, "SIGKILL")
      const refused = yield* run()
      assert.match(refused.stderr, /are? still with the provider; add --batch to fetch the answers/)
      assert.strictEqual(provider.counters.requests, 0)
      const done = yield* run("--batch")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.deepInclude(provider.counters, { requests: 0, batches: 3 })
    })
  )

  live("asks what an expired batch has no answer to, and everything where batches are turned down", () =>
    Effect.gen(function* () {
      const half = yield* desk({ expireAt: 0.5 })
      const done = yield* half.run("--batch")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.match(
        done.stderr,
        /gpt: 4 of 8 questions have no answer in their batch \(the batch was expired\)/
      )
      assert.strictEqual(half.provider.counters.requests, answers / 2)
      const closed = yield* desk({ closed: true })
      const single = yield* closed.run("--batch")
      assert.strictEqual(single.code, 0, single.stderr)
      assert.match(single.stderr, /8 questions are asked one by one: their batch was not taken/)
      assert.strictEqual(closed.provider.counters.requests, answers)
    })
  )

  live("judges in batches, and says before what both ways cost", () =>
    Effect.gen(function* () {
      const { folder, provider, run } = yield* desk()
      const plan = yield* run("--dry-run")
      assert.match(plan.stdout, /In all about \$[\d.]+, or about \$[\d.]+ with --batch/)
      yield* run("--batch")
      writeFileSync(
        join(folder, "j.yaml"),
        study.replace(
          "raters: [lexical]",
          "raters:\n  - { id: judge, model: anthropic/claude-sonnet-4-5, config: { pollEvery: 0.05 } }"
        )
      )
      const judged = yield* start(
        folder,
        ["run", "j.yaml", "--limit", String(posts), "--display", "none", "-o", "out", "--batch", "--json"],
        undefined,
        envOf(provider)
      )
      assert.strictEqual(judged.code, 0, judged.stderr)
      // The answers are in the store; the judge leaves its own family out. Verdicts that cannot be read are asked again.
      assert.strictEqual(provider.counters.batchedRequests, answers + 2 * posts)
      assert.strictEqual(provider.counters.batches, 4)
    })
  )

  live("names who has no batches, and refuses with --strict", () =>
    Effect.gen(function* () {
      const { folder, provider } = yield* desk()
      const args = [
        "run",
        "--model",
        "ollama/llama3.2",
        "--suite",
        "anger",
        "--limit",
        "1",
        "--display",
        "none",
        "--batch"
      ]
      const env = { OLLAMA_HOST: provider.baseUrl("ollama") }
      const loose = yield* start(folder, args, undefined, env)
      assert.match(loose.stderr, /ollama\/llama3\.2 has no batches and is asked one by one/)
      const strict = yield* start(folder, [...args, "--strict"], undefined, env)
      assert.strictEqual(strict.code, 2, strict.stderr)
    })
  )
})
