import { readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { opinions, ratedTexts } from "../../../harness/leaderboard/ratedTexts.ts"
import { automaticRaters, decodeManifest } from "../../../harness/run/Manifest.ts"
import { Quality } from "../../../harness/store/Quality.ts"
import { Runs } from "../../../harness/store/Runs.ts"
import type { RunId } from "../../../harness/study/Ids.ts"
import { ask, Desk, everyRating, ratings, test } from "./importing.ts"

const map = `
name: pilot
rater: who
post: item
source: model
instrument: perceived-empathy
ratings: [{ value: grade }]
`
const head = "who,item,model,grade\n"

const whole =
  ask(`SELECT (SELECT COUNT(*) FROM import), (SELECT COUNT(*) FROM rating), (SELECT COUNT(*) FROM call),
  (SELECT COUNT(*) FROM run_post), (SELECT COUNT(*) FROM rater), (SELECT COUNT(*) FROM submission),
  (SELECT COUNT(*) FROM run), (SELECT COUNT(*) FROM response_name)`)

const message = (error: unknown) => String((error as Error).message)

describe("what an import keeps", () => {
  test("the same file again changes nothing, and so does the same content under another name", () =>
    Effect.gen(function* () {
      yield* ratings("r.csv", `${head}ann,p1,m,4\nbob,p1,m,5\n`, map)
      const before = yield* whole
      const again = yield* ratings("r.csv", `${head}ann,p1,m,4\nbob,p1,m,5\n`, map)
      assert.strictEqual(again.outcome, "nothing-new")
      assert.deepStrictEqual(again.account.rows, {
        read: 2,
        imported: 0,
        duplicates: 2,
        rejected: 0,
        skipped: {}
      })
      // Other bytes that say the same.
      const other = yield* ratings("s.csv", `${head}bob,p1,m,5\nann,p1,m,4\n`, map)
      assert.strictEqual(other.outcome, "nothing-new")
      assert.deepStrictEqual(yield* whole, before)
    }))

  test("a longer file adds what is new in it, and a rating that differs is rejected and not overwritten", () =>
    Effect.gen(function* () {
      yield* ratings("r.csv", `${head}ann,p1,m,4\n`, map)
      const more = yield* ratings("r2.csv", `${head}ann,p1,m,4\nann,p2,m,3\nann,p1,m,2\n`, map)
      assert.deepStrictEqual(more.account.rows, {
        read: 3,
        imported: 1,
        duplicates: 1,
        rejected: 1,
        skipped: {}
      })
      assert.deepStrictEqual(yield* everyRating, ["p1|m|empathic|4", "p2|m|empathic|3"])
    }))

  test("a dry run says the same as the import and leaves the store as it was", () =>
    Effect.gen(function* () {
      const content = `${head}ann,p1,m,4\nbob,p1,m,9\n`
      const before = yield* whole
      const dry = yield* ratings("r.csv", content, map, { dryRun: true })
      assert.deepStrictEqual(yield* whole, before)
      const wet = yield* ratings("r.csv", content, map)
      assert.deepStrictEqual({ ...dry, dryRun: false }, wet)
    }))

  test("a file that breaks in the middle leaves nothing", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 6000 }, (_, i) => `r${i},p1,m,4\n`).join("")
      const before = yield* whole
      const failed = yield* Effect.flip(ratings("r.csv", `${head}${rows}"ann,p1,m,4\n`, map))
      assert.include(message(failed), "a quote is opened or closed")
      assert.deepStrictEqual(yield* whole, before)
      // A name in the map that no row says is only known at the end.
      const unseen = yield* Effect.flip(
        ratings(
          "r.csv",
          `${head}${rows}`,
          map.replace("source: model", "source: { column: model, names: { m: m, mm: x } }")
        )
      )
      assert.include(message(unseen), 'column model never says "mm"')
      assert.deepStrictEqual(yield* whole, before)
    }))

  test("--replace makes earlier ratings history; without it another map is refused", () =>
    Effect.gen(function* () {
      yield* ratings("r.csv", `${head}ann,p1,m,4\n`, map)
      const turned = map.replace(
        "ratings: [{ value: grade }]",
        'labels: { "4": 2 }\nratings: [{ value: grade }]'
      )
      const refused = yield* Effect.flip(ratings("r.csv", `${head}ann,p1,m,4\n`, turned))
      assert.include(message(refused), "add --replace")
      const report = yield* ratings("r.csv", `${head}ann,p1,m,4\n`, turned, { replace: true })
      assert.deepStrictEqual(report.replaced, ["r.csv"])
      assert.deepStrictEqual(yield* everyRating, ["p1|m|empathic|2"])
      assert.deepStrictEqual(yield* ask("SELECT value FROM superseded_rating"), ["4"])
      assert.deepStrictEqual(yield* ask("SELECT superseded_by FROM import ORDER BY id"), ["2", ""])
      const nothing = yield* Effect.flip(
        ratings("s.csv", `${head}ann,p1,m,4\n`, map.replace("pilot", "other"), { replace: true })
      )
      assert.include(message(nothing), "no imported ratings to replace")
    }))

  test("sittings with ids of their own are repeated ratings", () =>
    Effect.gen(function* () {
      const by = `${map}submission: { id: sitting }\n`
      yield* ratings("r.csv", "who,item,model,grade,sitting\nann,p1,m,4,a\nann,p1,m,2,b\n", by)
      assert.deepStrictEqual(yield* ask("SELECT epoch, value FROM rating ORDER BY epoch"), ["1|4", "2|2"])
      // The next file has one of them again, and a third.
      const next = yield* ratings("s.csv", "who,item,model,grade,sitting\nann,p1,m,2,b\nann,p1,m,5,c\n", by)
      assert.deepStrictEqual([next.account.rows.imported, next.account.rows.duplicates], [1, 1])
      assert.deepStrictEqual(yield* ask("SELECT epoch, value FROM rating ORDER BY epoch"), [
        "1|4",
        "2|2",
        "3|5"
      ])
    }))

  test("names in a map that match nothing are errors, all of them in one line", () =>
    Effect.gen(function* () {
      const said = (wrong: string) =>
        ratings("r.csv", `${head}ann,p1,m,4\n`, wrong).pipe(Effect.flip, Effect.map(message))
      assert.include(
        yield* said(`${map}keep: [Age]\nattention: [{ column: Q9, expected: "2" }]\n`),
        '"Q9", "Age"'
      )
      assert.include(yield* said(map.replace("who", "rater_id")), 'no column "rater_id"')
      assert.include(
        yield* said(map.replace("perceived-empathy", "percieved-empathy")),
        "did you mean perceived-empathy?"
      )
      const wide = `${map.replace(/ratings.*/, "")}\nratings: [{ columns: "{x}_y" }]\n`
      assert.include(yield* said(wide), "no column matches {x}_y")
    }))

  test("a run that Warmline generated is looked up and not added to", () =>
    Effect.gen(function* () {
      // A data set stands for it: what counts is that its manifest is no import's.
      const { run } = yield* ratings("r.csv", `${head}ann,p1,m,4\n`, map)
      yield* ask(
        `UPDATE run SET manifest = json_set(manifest, '$.plan', '${"0".repeat(64)}') WHERE id = '${run}'`
      )
      const report = yield* ratings("s.csv", `${head}bob,p1,m,5\nbob,p2,m,5\nbob,p1,n,5\n`, map, { run })
      assert.deepStrictEqual(report.account.reasons.map(({ reason }) => reason).sort(), [
        'the run has no post "p2"',
        'the run has no source "n" (it has m)'
      ])
      assert.deepStrictEqual(yield* everyRating, ["p1|m|empathic|4", "p1|m|empathic|5"])
    }))
})

describe("people", () => {
  test("are one rater across files and data sets by a platform's id, and cannot be looked up", () =>
    Effect.gen(function* () {
      const prolific = "5f0000000000000000000001"
      yield* ratings("r.csv", `${head}${prolific},p1,m,4\n7,p1,m,4\nann@example.org,p1,m,3\n`, map)
      const other = map.replace("pilot", "second")
      const second = yield* ratings(
        "s.csv",
        `${head}${prolific.toUpperCase()},p1,m,4\n7,p1,m,4\nAnn@example.org,p1,m,3\n`,
        other
      )
      // Number 7 of one study is not number 7 of another.
      assert.strictEqual(second.people, 1)
      const { folder } = yield* Desk
      const bytes = Buffer.concat(
        ["store.db", "store.db-wal"].map((file) => readFileSync(join(folder, file)))
      )
        .toString("latin1")
        .toLowerCase()
      assert.notInclude(bytes, prolific)
      assert.notInclude(bytes, "example.org")
      assert.match(
        (yield* ask("SELECT name FROM rater WHERE kind = 'human' LIMIT 1"))[0]!,
        /^p-[0-9a-f]{20}$/
      )
    }))

  test("leave only the columns that the map asks for", () =>
    Effect.gen(function* () {
      const content = "who,item,model,grade,age,remark,secret\nann,p1,m,4,31,I live in X,s3cret-word\n"
      yield* ratings("r.csv", content, `${map}keep: [age]\n`)
      const { folder } = yield* Desk
      const bytes = Buffer.concat(
        ["store.db", "store.db-wal"].map((file) => readFileSync(join(folder, file)))
      )
      assert.isTrue(bytes.includes('{"age":"31"}'))
      assert.isFalse(bytes.includes("s3cret-word") || bytes.includes("I live in X"))
    }))
})

describe("instruments that a column names", () => {
  test("come into the run only where there are ratings on them: a judge would be paid for all the others", () =>
    Effect.gen(function* () {
      const content =
        "rater,post,source,instrument,dimension,value\nann,p1,m,epitome,explorations,1\nann,p1,m,risk,escalation,9\n"
      const report = yield* ratings("r.csv", content)
      assert.strictEqual(report.account.ratings?.rejected, 1)
      const manifest = yield* decodeManifest((yield* (yield* Runs).named(report.run)).manifest)
      assert.deepStrictEqual(
        manifest.instruments.map(({ definition }) => definition.name as string),
        ["epitome"]
      )
    }))
})

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
