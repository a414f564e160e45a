import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { opinions, ratedTexts } from "../../../harness/leaderboard/ratedTexts.ts"
import { automaticRaters, decodeManifest } from "../../../harness/run/Manifest.ts"
import { Quality } from "../../../harness/store/Quality.ts"
import { Runs } from "../../../harness/store/Runs.ts"
import type { RunId } from "../../../harness/study/Ids.ts"
import { ask, ratings, test } from "./importing.ts"

const map = `
name: pilot
rater: who
post: item
source: model
instrument: perceived-empathy
ratings: [{ value: grade }]
`

describe("recorded verdicts of judges", () => {
  test("keep their names, stay out of data quality, and are held against the people of the same file", () =>
    Effect.gen(function* () {
      const own = `${map}raterKind: { column: kind }\npanel: expert\n`
      const rows = ["ann,p1,m,4,human", "gpt-4,p1,m,5,judge", "gpt-4,p2,m,5,judge", "x,p2,m,5,robot"]
      const report = yield* ratings("r.csv", `who,item,model,grade,kind\n${rows.join("\n")}\n`, own)
      assert.deepStrictEqual(report.account.reasons, [
        { reason: 'a rater is human or judge, not "robot"', n: 1 }
      ])
      assert.strictEqual(report.people, 1)
      assert.deepStrictEqual(yield* ask("SELECT name, kind, version FROM rater WHERE kind = 'judge'"), [
        "gpt-4|judge|imported"
      ])
      assert.deepStrictEqual(yield* ask("SELECT COALESCE(panel, 'none') FROM submission ORDER BY id"), [
        "expert",
        "none"
      ])
      const quality = yield* Quality
      assert.strictEqual((yield* quality.sittings(report.run as RunId)).length, 1)
      const manifest = yield* decodeManifest((yield* (yield* Runs).named(report.run)).manifest)
      const [text] = (yield* ratedTexts(manifest, automaticRaters(manifest)))[0]!.texts
      assert.deepStrictEqual(
        [...text!.automatic.values()].map(({ values }) => values),
        [[5]]
      )
      assert.deepStrictEqual(opinions(text!, "expert"), [4])
      // The next file finds the judge by its name.
      yield* ratings("s.csv", "who,item,model,grade,kind\ngpt-4,p3,m,2,judge\n", own)
      assert.deepStrictEqual(yield* ask("SELECT COUNT(*) FROM rater WHERE kind = 'judge'"), ["1"])
    }))

  const who =
    "SELECT DISTINCT rater.kind || ' ' || CASE rater.kind WHEN 'judge' THEN name ELSE '' END || COALESCE(panel, 'none') FROM submission JOIN rater ON rater.id = rater_id ORDER BY 1"

  test("stand in columns of their own beside experts' and the crowd's", () =>
    Effect.gen(function* () {
      const wide = `name: wide
post: item
source: { value: peers }
instrument: epitome
ratings:
  - { raters: [e1, e2], panel: expert, dimension: explorations }
  - { value: crowd, rater: worker, panel: crowd, dimension: explorations }
  - { raters: [gpt-4], raterKind: judge, dimension: explorations }
  - columns: "{rater}/{dimension}"
    parts:
      rater: { e1: { rater: e1, panel: expert }, gpt-4: { rater: gpt-4, raterKind: judge } }
      dimension: { int: { dimension: interpretations } }
`
      const rows = ["p1,1,2,w7,0,2,1,2", "p2,0,0,w8,1,1,0,"]
      const report = yield* ratings(
        "w.csv",
        `item,e1,e2,worker,crowd,gpt-4,e1/int,gpt-4/int\n${rows.join("\n")}\n`,
        wide
      )
      assert.deepStrictEqual([report.account.ratings?.imported, report.account.ratings?.empty], [11, 1])
      assert.deepStrictEqual(yield* ask(who), ["human crowd", "human expert", "judge gpt-4none"])
    }))

  test("say who rated in the column that names the panel, too", () =>
    Effect.gen(function* () {
      const own = `${map}raterKind: { column: kind, names: { expert: human, llm: judge } }\npanel: { column: kind }\n`
      const report = yield* ratings(
        "r.csv",
        "who,item,model,grade,kind\nann,p1,m,4,expert\ngpt-4,p1,m,5,llm\n",
        own
      )
      assert.deepStrictEqual(report.account.reasons, [])
      assert.deepStrictEqual(yield* ask(who), ["human expert", "judge gpt-4none"])
    }))

  test("are not looked for behind a word that only is a column's name", () =>
    Effect.gen(function* () {
      const content = "who,item,model,grade,kind\nann,p1,m,4,expert\n"
      for (const [key, known] of [
        ["panel", "expert, crowd"],
        ["raterKind", "human, judge"]
      ] as const) {
        const error = yield* Effect.flip(ratings("r.csv", content, `${map}${key}: kind\n`))
        assert.include(
          error.message,
          `${key}: "kind" is not one of ${known}; for what the column says write ${key}: { column: kind }`
        )
      }
      // Every row is rejected for its panel: that is the news, not that names were never looked up.
      const report = yield* ratings(
        "s.csv",
        content,
        `${map}panel: { column: model }\nraterKind: { column: kind, names: { expert: human, llm: judge } }\n`
      )
      assert.deepStrictEqual(report.account.reasons, [
        { reason: 'a panel is expert or crowd, not "m"', n: 1 }
      ])
    }))
})
