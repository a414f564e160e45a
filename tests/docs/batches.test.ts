/** The commands of the guide to batches, as a reader copies them, and what it says of going away and coming back. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "../cli/warmline.ts"
import { judgesByModel } from "../provider/judge.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider, ProviderOptions } from "../provider/server.ts"

const commands = readFileSync(fileURLToPath(new URL("../../docs/batches.md", import.meta.url)), "utf8")
  .matchAll(/```sh\n([\s\S]*?)```/g)
  .flatMap(([, block]) => block!.trim().split("\n"))
  .map((line) => line.split(" ").slice(1))
  .toArray()

const envOf = (provider: Provider) => ({
  OPENAI_BASE_URL: provider.baseUrl("openai"),
  OPENAI_API_KEY: "k",
  ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
  ANTHROPIC_API_KEY: "k"
})

const waiting = `
name: waiting
title: Waiting
seed: 1
suites: [anger]
conditions: [base]
instruments: [perceived-empathy]
sources:
  - { id: gpt, model: openai/gpt-4.1-mini, config: { pollEvery: 0.05 } }
  - { id: claude, model: anthropic/claude-haiku-4-5, config: { pollEvery: 0.05 } }
raters: [lexical]
`

const served = (options: ProviderOptions) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    const provider = yield* scopedProvider(options)
    writeFileSync(join(folder, "s.yaml"), waiting)
    return { folder, provider, env: envOf(provider) }
  })

describe("the guide to batches", () => {
  it.live("has commands that do what it says", () =>
    Effect.gen(function* () {
      // Ended at the first look, so that nobody waits the half minute between two.
      const { folder, provider, env } = yield* served({
        batches: { looks: 1 },
        answer: judgesByModel({ "gpt-4.1": {} })
      })
      const few = ["--suite", "anger", "--limit", "2", "--instrument", "perceived-empathy"]
      const quiet = ["--display", "none", "-o", "out"]
      const [dry, run, judge] = commands as [string[], string[], string[]]
      assert.strictEqual(commands.length, 3)
      const planned = yield* start(folder, [...dry, ...few], undefined, env)
      assert.match(planned.stdout, /In all about \$[\d.]+, or about \$[\d.]+ with --batch/)
      assert.strictEqual(provider.counters.batches, 0)
      const done = yield* start(folder, [...run, ...few, ...quiet, "--json"], undefined, env)
      assert.strictEqual(done.code, 0, done.stderr)
      const said =
        /4 answers came in batches: they cost \$([\d.]+), and one by one would have cost \$([\d.]+)/
      const [, cost, alone] = said.exec(done.stderr) ?? assert.fail(done.stderr)
      assert.approximately(Number(alone), 2 * Number(cost), 2e-4)
      assert.isAbove(Number(cost), 0)
      assert.deepInclude(provider.counters, { requests: 0, batches: 2, batchedRequests: 4 })
      const board = JSON.parse(done.stdout) as { readonly run: string }
      const named = judge.map((word) => (word === "RUN" ? board.run : word))
      const judged = yield* start(folder, [...named, ...quiet], undefined, env)
      assert.strictEqual(judged.code, 0, judged.stderr)
      assert.match(judged.stderr, /answers came in batches/)
      assert.deepInclude(provider.counters, { requests: 0, batches: 3 })
      const again = yield* start(folder, [...named, ...quiet], undefined, env)
      assert.match(again.stdout, /0 calls were made/)
      assert.notInclude(again.stderr, "came in batches")
      assert.strictEqual(provider.counters.batches, 3)
    }).pipe(Effect.scoped)
  )

  it.live(
    "is right that Ctrl-C leaves batches where they are, and that a cancelled one keeps what was finished",
    () =>
      Effect.gen(function* () {
        const { folder, provider, env } = yield* served({ batches: { looks: 1_000 } })
        const run = ["run", "s.yaml", "--limit", "4", "--batch", "--display", "plain", "-o", "out"]
        let stoppedAt = 0
        const stopped = yield* start(
          folder,
          run,
          (child) => {
            const timer = setInterval(() => {
              if (provider.counters.batches < 2 || stoppedAt > 0) return
              clearInterval(timer)
              stoppedAt = Date.now()
              child.kill("SIGINT")
            }, 20)
          },
          env
        )
        assert.strictEqual(stopped.code, 130, stopped.stderr)
        assert.isBelow(Date.now() - stoppedAt, 3000)
        assert.match(stopped.stderr, /go on at the provider, and the same command fetches them/)
        const back = yield* start(folder, [...run, "--cancel-batch"], undefined, env)
        assert.strictEqual(back.code, 0, back.stderr)
        assert.match(back.stderr, /^batch /m)
        assert.match(back.stderr, /^generate 8\/8/m)
        assert.match(back.stderr, /8 answers came in batches/)
        assert.deepInclude(provider.counters, { requests: 0, batches: 2 })
      }).pipe(Effect.scoped)
  )
})
