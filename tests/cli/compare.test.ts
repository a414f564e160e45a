import { writeFileSync } from "node:fs"
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
})
