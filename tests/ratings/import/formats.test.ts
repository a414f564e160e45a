import { readFileSync } from "node:fs"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { ask, everyRating, ratings, test } from "./importing.ts"

const file = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url))

/** The formats that recognise a file come before those that any file of its kind fits. */
describe("files of survey tools", () => {
  test("Qualtrics: three header rows, previews, unfinished and repeated submissions, loops and attention", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "survey.csv",
        file("qualtrics.csv"),
        `
instrument: epitome
labels: { not at all: 0, somewhat: 1, a lot: 2 }
attention: [{ column: Q9, expected: "2" }]
ratings:
  - columns: "{text}_Q3_{question}"
    parts:
      text:
        "1": { post: p1, source: m1 }
        "2": { post: p1, source: m2 }
      question:
        "1": { dimension: emotional-reactions }
        "2": { dimension: interpretations }
`
      )
      assert.strictEqual(report.read.format, "qualtrics")
      assert.deepStrictEqual(report.account.rows, {
        read: 4,
        imported: 3,
        duplicates: 0,
        rejected: 0,
        skipped: { preview: 1 }
      })
      assert.deepStrictEqual(yield* everyRating, [
        "p1|m1|emotional-reactions|0",
        "p1|m1|emotional-reactions|2",
        "p1|m1|emotional-reactions|1",
        "p1|m1|interpretations|1",
        "p1|m1|interpretations|1",
        "p1|m2|emotional-reactions|0",
        "p1|m2|emotional-reactions|2",
        "p1|m2|interpretations|0",
        "p1|m2|interpretations|2"
      ])
      // Three submissions of two people; the one that is not finished is known as such.
      assert.deepStrictEqual(
        yield* ask("SELECT place, seconds, progress, finished, kept FROM submission ORDER BY id"),
        ["line 9|412|100|1|{}", "line 11|70|55|0|{}", "line 12|300|100|1|{}"]
      )
      assert.deepStrictEqual(yield* ask("SELECT COUNT(DISTINCT rater_id) FROM submission"), ["2"])
      assert.deepStrictEqual(yield* ask("SELECT value, passed FROM attention ORDER BY submission_id"), [
        "2|1",
        "4|0"
      ])
    }))

  test("MTurk: one assignment a row, rejected ones left out, texts brought along", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "batch.csv",
        file("mturk.csv"),
        `
post: Input.item
source: Input.system
text: Input.text
kind: model
instrument: perceived-empathy
ratings: [{ value: Answer.empathy }]
`
      )
      assert.strictEqual(report.read.format, "mturk")
      assert.deepStrictEqual(report.account.rows.skipped, { "assignment rejected": 1 })
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4", "p1|m1|empathic|5"])
      assert.deepStrictEqual(yield* ask("SELECT outcome, words, text FROM call"), [
        "ok|7|I am sorry to hear it, truly."
      ])
    }))

  test("Prolific: statuses, expired cells, consent taken back", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "people.csv",
        file("prolific.csv"),
        `
instrument: perceived-empathy
keep: [Age]
ratings:
  - columns: "{post}_{source}"
    parts: { post: { p1: { post: p1 } }, source: { m1: { source: m1 }, m2: { source: m2 } } }
`
      )
      assert.strictEqual(report.read.format, "prolific")
      assert.deepStrictEqual(report.account.rows.skipped, {
        "consent revoked": 1,
        "returned or timed out": 1
      })
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|3", "p1|m1|empathic|4", "p1|m2|empathic|2"])
      assert.deepStrictEqual(yield* ask("SELECT seconds, status, kept FROM submission ORDER BY id"), [
        '300|APPROVED|{"Age":"31"}',
        "120|AWAITING REVIEW|{}"
      ])
    }))

  test("Label Studio: a row for each result, cancelled annotations left out, free text dropped", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "project.json",
        file("label-studio.json"),
        `
rater: completed_by.email
post: data.post_id
source: data.model
text: data.reply
submission: { id: $key4 }
instrument: empathetic-dialogues
skip: [{ rule: a remark, column: type, is: [textarea] }]
ratings:
  - value: value.rating
    dimension: { column: from_name, names: { empathy: empathy } }
    seconds: lead_time
`
      )
      assert.strictEqual(report.read.format, "label-studio")
      assert.deepStrictEqual(report.account.rows.skipped, { "a remark": 1, cancelled: 1 })
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathy|4", "p1|m1|relevance|5", "p1|m2|empathy|2"])
      assert.deepStrictEqual(yield* ask("SELECT COUNT(*) FROM rater WHERE kind = 'human'"), ["2"])
      assert.deepStrictEqual(yield* ask("SELECT name FROM rater WHERE name LIKE '%example%'"), [])
    }))

  test("nested JSON: items by a path, keys on the way as columns", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "pilot.json",
        file("nested.json"),
        `
items: $.dialogues.*.replies[*].votes.*
post: $key2
source: by
text: text
body: seeker
rater: $key6
instrument: epitome
ratings:
  - dimensions: { er: emotional-reactions, ip: interpretations }
`
      )
      assert.deepStrictEqual(report.account.ratings, {
        read: 6,
        imported: 5,
        unscored: 0,
        duplicates: 0,
        empty: 1,
        rejected: 0
      })
      assert.deepStrictEqual(
        yield* ask("SELECT rp.post, p.body FROM run_post rp JOIN post p ON p.id = rp.post_id"),
        ["12345678901234567890|My dog died."]
      )
    }))

  test("files with Warmline's own names need no map, and judges in them are left out", () =>
    Effect.gen(function* () {
      const row = { post: "p1", source: "m1", instrument: "perceived-empathy", dimension: "empathic" }
      const report = yield* ratings(
        "own.jsonl",
        [
          { ...row, rater_kind: "human", rater: "p-1", panel: "crowd", value: 4 },
          { ...row, rater_kind: "judge", rater: "gpt", panel: null, value: 5 }
        ]
          .map((line) => JSON.stringify(line))
          .join("\n")
      )
      assert.strictEqual(report.read.format, "jsonl")
      assert.deepStrictEqual(report.account.rows.skipped, { "not by a person": 1 })
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4"])
      const none = yield* Effect.flip(ratings("other.csv", "id,rating\np1,4\n"))
      assert.include(
        String((none as Error).message),
        "there is no column post, source, rater, instrument, value"
      )
    }))
})
