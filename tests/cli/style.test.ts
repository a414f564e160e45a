import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { StyleReport } from "../../harness/style/StyleReport.ts"
import { emptyFolder, start } from "./warmline.ts"

describe("warmline style", () => {
  it.live("describes the embedded sources, tells them apart, and says what it is no more than", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const run = yield* start(folder, ["run", "--limit", "4", "--display", "none"])
      assert.strictEqual(run.code, 0, run.stderr)
      const { code, stdout, stderr } = yield* start(folder, ["style"])
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^Style of 72 texts to 24 posts, run quick-\w{8}, condition base\n/)
      assert.match(stdout, /eliza against the others: \d+ of \d+ features differ\n/)
      assert.match(stdout, /Style tells the sources apart: 100\.0 % of texts found/)
      assert.match(stdout, /What predicts ratings on perceived-empathy, PROXY lexical\n/)
      assert.match(stdout, /an association, not an effect/)
      const json = yield* start(folder, ["style", "--json", "--metric", "lend-an-ear/advice-giving"])
      const report = Schema.decodeUnknownSync(StyleReport)(JSON.parse(json.stdout))
      assert.deepStrictEqual(report.sources.toSorted(), ["dismissive", "eliza", "reflective"])
      assert.strictEqual(report.predictions[0]!.ratings, "lend-an-ear/advice-giving, PROXY lexical")
      const again = yield* start(folder, ["style", "--json", "--metric", "lend-an-ear/advice-giving"])
      assert.strictEqual(again.stdout, json.stdout)
    }).pipe(Effect.scoped)
  )
})
