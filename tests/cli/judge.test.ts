/** `run --judge` and `judge` through the real command, against the fake provider. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { judgesByModel } from "../provider/judge.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider } from "../provider/server.ts"
import { emptyFolder, start } from "./warmline.ts"

const judges = () =>
  scopedProvider({
    answer: judgesByModel({ "gpt-4.1": {}, "claude-haiku-4-5": { bias: 0.5 }, "mistral-small-latest": {} })
  })

const envFor = (provider: Provider) => ({
  OPENAI_BASE_URL: provider.baseUrl("openai"),
  OPENAI_API_KEY: "k",
  ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
  ANTHROPIC_API_KEY: "k",
  MISTRAL_BASE_URL: provider.baseUrl("mistral"),
  MISTRAL_API_KEY: "k"
})

/** The commands of the guide, as a reader copies them. */
const commands = readFileSync(fileURLToPath(new URL("../../docs/judges.md", import.meta.url)), "utf8")
  .matchAll(/```sh\n([\s\S]*?)```/g)
  .flatMap(([, block]) => block!.trim().split("\n"))
  .toArray()

describe("judging on the command line", () => {
  it.live("does what the guide says, asks nothing twice and says who left out whom", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* judges()
      const env = envFor(provider)
      const few = ["--limit", "1", "--instrument", "perceived-empathy", "-o", "out", "--display", "none"]
      assert.deepStrictEqual(
        commands.map((command) => command.split(" ").slice(0, 2).join(" ")),
        ["warmline run", "warmline run", "warmline judge", "warmline judge"]
      )
      const [dry, run, more, pairs] = commands.map((command) => command.split(" ").slice(1)) as [
        string[],
        string[],
        string[],
        string[]
      ]

      const planned = yield* start(folder, [...dry, ...few, "--model", "openai/gpt-4.1-mini"], undefined, env)
      assert.strictEqual(planned.code, 0, planned.stderr)
      assert.match(
        planned.stdout,
        /judge {3}openai\/gpt-4.1: 18 texts in 18 calls.*about \$\d.*does not rate its own family: openai\/gpt-4.1-mini/
      )
      assert.strictEqual(provider.counters.requests, 0)

      const first = yield* start(folder, [...run, ...few, "--json"], undefined, env)
      assert.strictEqual(first.code, 0, first.stderr)
      const board = JSON.parse(first.stdout) as {
        readonly run: string
        readonly tables: readonly {
          readonly raterKind: string
          readonly raters: readonly string[]
          readonly notes: readonly string[]
        }[]
        readonly manifest: { readonly judges: readonly { readonly id: string; readonly version: string }[] }
      }
      const table = board.tables.find(({ raterKind }) => raterKind === "judge")!
      assert.deepStrictEqual(table.raters, ["anthropic/claude-haiku-4-5", "openai/gpt-4.1"])
      assert.isTrue(table.notes.some((note) => note.startsWith("Mean by openai/gpt-4.1 alone: reflective")))
      assert.match(board.manifest.judges[0]!.version, /^[0-9a-f]{64}$/)
      assert.strictEqual(provider.counters.requests, 36)

      const added = yield* start(
        folder,
        [...more.map((word) => (word === "RUN" ? board.run : word)), "-o", "out", "--display", "none"],
        undefined,
        env
      )
      assert.strictEqual(added.code, 0, added.stderr)
      assert.match(added.stdout, /18 calls were made/)
      assert.include(added.stdout, "Mean by mistral/mistral-small-latest alone")
      const named = pairs.map((word) => (word === "RUN" ? board.run : word))
      const wouldCost = yield* start(folder, named, undefined, env)
      assert.match(
        wouldCost.stdout,
        /18 pairs in both orders, 36 calls, about [\d,]+ tokens in, price unknown/
      )
      const compared = yield* start(
        folder,
        [...named.filter((word) => word !== "--dry-run"), "--display", "none", "--json"],
        undefined,
        env
      )
      const [result] = (
        JSON.parse(compared.stdout) as { readonly judges: readonly { readonly pairs: number }[] }
      ).judges
      assert.strictEqual(result?.pairs, 18)
      const again = yield* start(folder, [...run, ...few], undefined, env)
      assert.match(again.stdout, /0 calls were made/)
      assert.strictEqual(provider.counters.requests, 90)
    }).pipe(Effect.scoped)
  )

  it.live("says in the output that a judge rated its own family", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* judges()
      const run = [
        "run",
        "--limit",
        "1",
        "--instrument",
        "perceived-empathy",
        "--model",
        "openai/gpt-4.1",
        "--display",
        "none"
      ]
      const { code, stdout } = yield* start(
        folder,
        [...run, "--judge", "openai/gpt-4.1", "--allow-self"],
        undefined,
        envFor(provider)
      )
      assert.strictEqual(code, 0)
      assert.match(stdout, /rated its own family too \(--allow-self\): openai\/gpt-4.1/)
      // Without the flag those ratings are still in the store, and count no more.
      const judged = ["--judge", "openai/gpt-4.1", "--judge", "mistral/mistral-small-latest"]
      const without = yield* start(folder, [...run, ...judged], undefined, envFor(provider))
      const said = without.stdout.replaceAll(/\n\s+/g, " ")
      assert.match(
        said,
        /Mean by openai\/gpt-4\.1 alone: [^.]*\.\d+[^.]*\.\d+[^.]*\.\d+, openai\/gpt-4\.1 not rated\./
      )
      assert.include(said, "openai/gpt-4.1 did not rate its own family (openai): openai/gpt-4.1")
      assert.notInclude(said, "rated its own family too")
    }).pipe(Effect.scoped)
  )

  it.live("says in every view what a judge left unscored, and why, though it has no table then", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* scopedProvider({ answer: judgesByModel({ "gpt-4.1": { mute: 1 } }) })
      writeFileSync(
        join(folder, "own.yaml"),
        "name: own\ntitle: Own\ninstructions: Read it.\ndimensions: [{ name: warm, question: Warm?, scale: { minimum: -3, maximum: 3 } }]\naggregate: mean\ncitation: none\n"
      )
      const args = [
        "run",
        "--limit",
        "1",
        "--instrument",
        "./own.yaml",
        "--judge",
        "openai/gpt-4.1",
        "-o",
        "out"
      ]
      const { code, stdout, stderr } = yield* start(folder, args, undefined, envFor(provider))
      assert.strictEqual(code, 0, stderr)
      const said = "openai/gpt-4.1 on own: 18 of 18 verdicts: no score was found in the answer (asked twice)"
      assert.include(stdout.replaceAll(/\n\s+/g, " "), said)
      for (const file of ["leaderboard.md", "leaderboard.html"])
        assert.include(readFileSync(join(folder, "out", file), "utf8").replaceAll("\\", ""), said)
      const board = JSON.parse(readFileSync(join(folder, "out", "leaderboard.json"), "utf8"))
      assert.deepStrictEqual(board.unscored, [
        {
          rater: "openai/gpt-4.1",
          instrument: "own",
          reason: "no score was found in the answer (asked twice)",
          n: 18,
          of: 18
        }
      ])
    }).pipe(Effect.scoped)
  )

  it.live("tells what is wrong in one line", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* judges()
      const exemplar = (name: string, instrument: string, dimension: string, value: number) => {
        const entry = { instrument, dimension, post: "My cat died.", response: "Oh no.", value, why: "w" }
        writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({ exemplars: [entry] }))
        return `./${name}.yaml`
      }
      const shown = ["run", "--judge", "openai/gpt-4.1", "--instrument", "perceived-empathy", "--exemplars"]
      for (const [args, said] of [
        [["judge", "nothing-00000000", "--judge", "openai/gpt-4.1"], "no run nothing-00000000 in this store"],
        [["run", "--judge", "openai/gpt-4.1", "--judge-prompt", "./none.md"], "no such judge prompt"],
        [["run", "--judge", "openai/gpt-4.1", "--exemplars", "./none.yaml"], "cannot be read"],
        [
          [...shown, exemplar("a", "perceived-empathy", "empathic", 9)],
          "9 is not on the scale 1 to 5 of empathic"
        ],
        [
          [...shown, exemplar("b", "perceived-empathy", "warm", 3)],
          "perceived-empathy has no dimension warm"
        ],
        [[...shown, exemplar("c", "epitome", "explorations", 1)], "no exemplar is for perceived-empathy"]
      ] as const) {
        const { code, stderr } = yield* start(folder, args, undefined, envFor(provider))
        assert.notStrictEqual(code, 0)
        assert.include(stderr, said)
        assert.strictEqual(stderr.trim().split("\n").length, 1, stderr)
      }
    }).pipe(Effect.scoped)
  )
})
