import { readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { decodeManifest } from "../../../harness/run/Manifest.ts"
import { Runs } from "../../../harness/store/Runs.ts"
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
