import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { Comparison } from "../../harness/gate/Comparison.ts"
import { emptyFolder, start } from "./warmline.ts"

/** Answers that act where they are not shown as text, and one line that a CI system would obey. */
const mine = `
import { definePlugin } from "warmline"
export default definePlugin({
  name: "mine",
  version: "1",
  generate: ({ model, about }) =>
    model === "a" ? "It sounds like you feel hurt and alone, that makes sense. What has been the hardest part?" : "\\u001b[31mJust get over it.\\n::error::obey\\n" + about.post
})
`

describe("warmline compare", () => {
  it.live("prints difference, domains and both texts as text, and JSON that its schema reads", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "mine.ts"), mine)
      const models = [
        "--model",
        "./mine.ts/a",
        "--model",
        "./mine.ts/b",
        "--suite",
        "anger",
        "--suite",
        "grief"
      ]
      const run = yield* start(folder, ["run", "quick", ...models, "--limit", "4", "--display", "none"])
      assert.strictEqual(run.code, 0, run.stderr)
      const { code, stdout, stderr } = yield* start(folder, ["compare", "mine/a", "mine/b", "--show", "1"])
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^mine\/b is below mine\/a: −\d\.\d\d points, 95 % interval \[−/)
      assert.match(stdout, /anger +−\d\.\d\d/)
      assert.match(stdout, /rated by PROXY lexical/)
      assert.match(stdout, /│ It sounds like you feel hurt/)
      assert.match(stdout, /│ ␛\[31mJust get over it\.\n {4}│ ::error::obey\n/)
      assert.notInclude(stdout, "\u001b")
      const json = yield* start(folder, ["compare", "mine/a", "mine/b", "--json"])
      const { comparisons } = Schema.decodeUnknownSync(Comparison)(JSON.parse(json.stdout))
      assert.strictEqual(comparisons.length, 1)
      assert.strictEqual(comparisons[0]!.posts, 8)
      assert.strictEqual(comparisons[0]!.largest.length, 3)
      const wrong = yield* start(folder, ["compare", "mine/a", "mine/c"])
      assert.strictEqual(wrong.code, 2)
    }).pipe(Effect.scoped)
  )

  it.live("compares two versions of a model, a run each", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const version = (n: string, answer: string) =>
        writeFileSync(
          join(folder, "mine.ts"),
          `import { definePlugin } from "warmline"
export default definePlugin({ name: "mine", version: "${n}", generate: ({ about }) => "${answer} " + about.post })
`
        )
      const ids: string[] = []
      for (const [n, answer] of [
        ["1", "Get over it."],
        ["2", "It sounds like you feel hurt and alone, and that makes sense."]
      ] as const) {
        version(n, answer)
        const args = [
          "--model",
          "./mine.ts",
          "--suite",
          "anger",
          "--suite",
          "grief",
          "--limit",
          "3",
          "--json"
        ]
        const made = yield* start(folder, ["run", "quick", ...args, "-o", n, "--display", "none"])
        assert.strictEqual(made.code, 0, made.stderr)
        ids.push((JSON.parse(made.stdout) as { run: string }).run)
      }
      const [before, after] = ids as [string, string]
      assert.notStrictEqual(before, after)
      const { code, stdout, stderr } = yield* start(folder, ["compare", before, after, "--show", "1"])
      assert.strictEqual(code, 0, stderr)
      assert.isTrue(
        stdout.replaceAll("\n", " ").startsWith(`${after}:mine is above ${before}:mine: +`),
        stdout
      )
      assert.match(stdout, /^ {2}6 posts on both sides; p < 0\.001$/m)
      assert.match(stdout, /^ {2}first: mine 1; second: mine 2$/m)
      assert.match(stdout, /^ {2}anger +\+\d\.\d\d +\[\+.*\] +3$/m)
      assert.match(stdout, /│ Get over it\. [\s\S]*│ It sounds like you feel hurt/)
      // The estimate is that of the runs' own files, since every domain has as many posts on both sides.
      const json = yield* start(folder, ["compare", before, after, "--json"])
      const [found] = Schema.decodeUnknownSync(Comparison)(JSON.parse(json.stdout)).comparisons
      const mean = (run: string) =>
        (
          JSON.parse(readFileSync(join(folder, run, "leaderboard.json"), "utf8")) as {
            tables: { rows: { mean: { estimate: number } }[] }[]
          }
        ).tables[0]!.rows[0]!.mean.estimate
      assert.closeTo(found!.difference!.estimate, mean("2") - mean("1"), 1e-12)
      assert.deepStrictEqual([found!.a.version, found!.b.version], ["1", "2"])
      const same = yield* start(folder, ["compare", before, before, "--show", "1"])
      assert.match(same.stdout, /score the same\.$/m)
    }).pipe(Effect.scoped)
  )
})
