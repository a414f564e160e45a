import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { ask, everyRating, lay, ratings, rejectedOf, test } from "./importing.ts"

const long = `
rater: who
post: item
source: model
instrument: perceived-empathy
ratings: [{ value: grade }]
`

describe("files as they are", () => {
  test("reads a byte order mark, blanks and line ends in cells, mixed line ends, blank headers and columns", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "r.csv",
        '\uFEFF who,item,, model ,grade\r\nann,"p\n1",x,m,4\nbob , "p1",,m,5\rcy,p1,,m,5\r\n\r\n,,,,\nwho,item,,model,grade\n',
        long
      )
      assert.deepStrictEqual(report.account.rows, {
        read: 5,
        imported: 2,
        duplicates: 0,
        rejected: 1,
        skipped: { "empty row": 1, "header again": 1 }
      })
    }))

  test("finds out Latin-1, UTF-16 and what separates the cells", () =>
    Effect.gen(function* () {
      const text = "who;item;model;grade\nJosé;p1;\u201cm\u201d;4\n"
      const latin = Buffer.from(text.replaceAll("\u201c", "\x93").replaceAll("\u201d", "\x94"), "latin1")
      const first = yield* ratings("latin.csv", latin, long)
      assert.strictEqual(first.read.encoding, "latin1")
      const second = yield* ratings(
        "wide.csv",
        Buffer.from(`\uFEFF${text.replaceAll(";", "\t")}bob\t\tm\t3\n`, "utf16le"),
        long
      )
      assert.strictEqual(second.read.encoding, "utf-16le")
      assert.deepStrictEqual(second.account.reasons, [{ reason: "no post is named", n: 1 }])
      assert.deepStrictEqual(yield* everyRating, ["p1|“m”|empathic|4", "p1|“m”|empathic|4"])
    }))

  test("keeps twenty digits, in CSV and as a number of JSON", () =>
    Effect.gen(function* () {
      yield* ratings("r.csv", "who,item,model,grade\nann,12345678901234567890,m,4\n", long)
      yield* ratings("r.json", '[{"who":"ann","item":12345678901234567891,"model":"m","grade":4}]', long)
      assert.deepStrictEqual(yield* everyRating, [
        "12345678901234567890|m|empathic|4",
        "12345678901234567891|m|empathic|4"
      ])
    }))

  test("never reads a value that is off the scale, half a point, a word or a list as one that is on it", () =>
    Effect.gen(function* () {
      const cells = [
        "6",
        "0",
        "4.5",
        "4,5",
        "4 out of 5",
        "four",
        "4 5",
        "0x4",
        "１",
        "Infinity",
        "-4",
        "4e0"
      ]
      const report = yield* ratings(
        "r.csv",
        `who,item,model,grade\n${cells.map((cell, i) => `r${i},p1,m,"${cell}"`).join("\n")}\n`,
        long
      )
      assert.deepStrictEqual([report.account.rows.imported, report.account.rows.rejected], [1, 11])
      assert.deepStrictEqual(yield* everyRating, ["p1|m|empathic|4"])
      const list = yield* rejectedOf("r.csv")
      assert.strictEqual(list[0], '2,grade,6,"off the scale, which goes from 1 to 5"')
      assert.isTrue(list.some((line) => line.startsWith("12,grade,'-4,")))
    }))

  test("tells a missing answer from an answer that is no grade", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "r.csv",
        "who,item,model,grade\na,p1,m,NA\nb,p1,m,\nc,p1,m,prefer not to say\nd,p1,m,-99\ne,p1,m,Very much\nf,p1,m,*******\n",
        `${long}
unscored: [Prefer not to say]
missing: ["-99"]
labels: { very much: 5 }
`
      )
      assert.deepStrictEqual(report.account.ratings, {
        read: 6,
        imported: 2,
        unscored: 1,
        duplicates: 0,
        empty: 4,
        rejected: 0
      })
      assert.deepStrictEqual(
        yield* everyRating,
        ["p1|m|empathic|prefer not to say", "p1|m|empathic|5"].sort()
      )
    }))

  test("says where a row is too long or too short, and drops blank cells at its end", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "r.csv",
        "who,item,model,grade\nann,p1,m,4,,\nbob,p1,m\ncy,p1,m,4,and more\n",
        long
      )
      assert.deepStrictEqual([report.account.rows.imported, report.account.rows.rejected], [1, 2])
      assert.deepStrictEqual(yield* rejectedOf("r.csv"), [
        '3,,,"the row has 3 cells, the header 4"',
        '4,,and more,"the row has 5 cells, the header 4"'
      ])
    }))

  test("takes raters who each have a file, with the columns in an order of their own", () =>
    Effect.gen(function* () {
      const map = `
name: experts
rater: $file
response: id
post: id
source: model
panel: expert
instrument: epitome
ratings:
  - dimensions:
      Reaction: emotional-reactions
      Interpretation: interpretations
      Exploration: explorations
`
      yield* ratings("one.csv", "id,model,Reaction,Interpretation,Exploration\n7,m,0,1,2\n", map)
      const second = yield* ratings(
        "two.csv",
        "Exploration, Reaction,model,id,Interpretation\n0,2,m,7,1\n",
        map
      )
      assert.strictEqual(second.created.responses, 0)
      assert.deepStrictEqual(
        yield* everyRating,
        [
          "7|m|emotional-reactions|0",
          "7|m|emotional-reactions|2",
          "7|m|explorations|2",
          "7|m|explorations|0",
          "7|m|interpretations|1",
          "7|m|interpretations|1"
        ].sort()
      )
      assert.deepStrictEqual(yield* ask("SELECT COUNT(*) FROM rater"), ["2"])
      assert.deepStrictEqual(yield* ask("SELECT DISTINCT panel FROM submission"), ["expert"])
    }))

  test("takes raters who are columns", () =>
    Effect.gen(function* () {
      const map = `
post: id
source: {value: m}
instrument: perceived-empathy
ratings: [{ raters: [Coder A, Coder B] }]
`
      yield* ratings("r.csv", "id, Coder A,Coder B\np1,2,3\np2,,4\n", map)
      assert.deepStrictEqual(yield* everyRating, ["p1|m|empathic|2", "p1|m|empathic|3", "p2|m|empathic|4"])
      const renamed = yield* Effect.flip(ratings("s.csv", "id,Coder A,Coder C\np1,2,3\n", map))
      assert.include(String(renamed), 'no column "Coder B"')
    }))

  test("joins a platform's list of participants and leaves out who was sent back or took their consent back", () =>
    Effect.gen(function* () {
      const [ann, bob, cy] = ["a", "b", "c"].map((letter) => letter.repeat(24)) as [string, string, string]
      yield* lay(
        "people.csv",
        `Submission id,Participant id,Status,Time taken,Age\ns1,${ann},APPROVED,300,31\ns2,${bob},RETURNED,20,DATA_EXPIRED\ns3,${cy},APPROVED,CONSENT_REVOKED,CONSENT_REVOKED\n`
      )
      const report = yield* ratings(
        "r.csv",
        `who,item,model,grade\n${ann},p1,m,4\n${bob},p1,m,3\n${cy},p1,m,2\n`,
        `${long}
join: { prolific: { file: people.csv, column: who, with: Participant id } }
submission: { id: prolific.Submission id, seconds: prolific.Time taken, status: prolific.Status }
skip: [{ rule: returned, column: prolific.Status, is: [RETURNED] }]
keep: [prolific.Age]
`
      )
      assert.deepStrictEqual(report.account.rows.skipped, { "consent revoked": 1, returned: 1 })
      assert.deepStrictEqual(yield* ask("SELECT seconds, status, kept FROM submission"), [
        '300|APPROVED|{"prolific.Age":"31"}'
      ])
    }))

  test("ends with one line for a file that is no table", () =>
    Effect.gen(function* () {
      const said = (content: string | Uint8Array, name = "r.csv") =>
        ratings(name, content, long).pipe(
          Effect.flip,
          Effect.map((error) => String((error as Error).message))
        )
      assert.include(yield* said(""), "empty")
      assert.include(yield* said('who,item,model,grade\nann,"p1,m,4\n'), "a quote is opened or closed")
      assert.include(yield* said('[{"who":', "r.json"), "not JSON")
      assert.include(yield* said('{"who":"a"}\n{"who":\n', "r.jsonl"), "r.jsonl:2")
      assert.include(yield* said("who,item,model,grade,grade\nann,p1,m,4,5\n"), "several columns are named")
      assert.include(yield* said("item,model,grade\np1,m,4\n"), 'no column "who"')
    }))
})
