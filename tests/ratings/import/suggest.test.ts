import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { Catalog } from "../../../harness/catalog/Catalog.ts"
import { RatingsMap } from "../../../harness/ratings/RatingsMap.ts"
import { suggestFor } from "../../../harness/ratings/suggest/suggestFor.ts"
import { wordedScale } from "../../../harness/ratings/suggest/wordedScale.ts"
import { Desk, everyRating, ratings, test } from "./importing.ts"

const suggested = Effect.fn(function* (file: string, content: string) {
  const path = join((yield* Desk).folder, file)
  writeFileSync(path, content)
  const catalog = yield* Catalog
  const instruments = yield* Effect.forEach(yield* catalog.names("instruments"), (name) =>
    catalog.instrument(name, ".")
  )
  return (yield* suggestFor(path, "auto", instruments)).guess
})

/** Imports by the map that was suggested, which has to be complete. */
const imported = Effect.fn(function* (file: string, content: string) {
  const { map, lacking } = yield* suggested(file, content)
  assert.deepStrictEqual(lacking, [])
  yield* Schema.decodeUnknownEffect(RatingsMap, { onExcessProperty: "error" })(map)
  return yield* ratings(file, content, JSON.stringify(map))
})

const matrix = [
  "StartDate,Progress,Finished,ResponseId,Q12_1,Q12_2,Q13_Click Count,post_id,model",
  '"Start","Progress","Finished","Response ID","How far do you agree? - It would make me feel\nunderstood.",How far do you agree? - It would make me feel cared for.,Timing - Click Count,post_id,model',
  '"{""ImportId"":""a""}",,,,,,,,',
  "2036-01-01,100,True,R_1,Strongly agree,Somewhat disagree,7,p1,m1",
  "2036-01-01,100,True,R_2,Neither agree nor disagree,-99,3,p1,m1\n"
].join("\n")

describe("suggested maps import as they are", () => {
  test("a Qualtrics matrix in words, by what its columns ask; each submission a person", () =>
    Effect.gen(function* () {
      const { map } = yield* suggested("q.csv", matrix)
      assert.deepStrictEqual(map, {
        format: "qualtrics",
        rater: "ResponseId",
        post: "post_id",
        source: "model",
        missing: ["-99"],
        instrument: "feeling-heard",
        labels: { "Somewhat disagree": 3, "Neither agree nor disagree": 4, "Strongly agree": 7 },
        ratings: [{ dimensions: { Q12_1: "understood", Q12_2: "cared-for" } }]
      })
      yield* imported("q.csv", matrix)
      assert.deepStrictEqual(yield* everyRating, [
        "p1|m1|cared-for|3",
        "p1|m1|understood|4",
        "p1|m1|understood|7"
      ])
    }))

  test("loops of which columns say the text that each of them showed", () =>
    Effect.gen(function* () {
      const report = yield* imported(
        "loops.csv",
        "StartDate,Progress,Finished,ResponseId,1_Q7_1,1_Q7_2,2_Q7_1,2_Q7_2,model_1,model_2,post_1,post_2\n" +
          "Start,Progress,Finished,Response ID,Read. - Interpretations,Read. - Explorations,Read. - Interpretations,Read. - Explorations,,,,\n" +
          "2036-01-01,100,True,R_1,0,1,2,1,m1,m2,p1,p2\n2036-01-01,100,True,R_2,2,0,1,0,m2,m1,p2,p1\n"
      )
      assert.strictEqual(report.read.format, "qualtrics")
      assert.deepStrictEqual(yield* everyRating, [
        "p1|m1|explorations|0",
        "p1|m1|explorations|1",
        "p1|m1|interpretations|0",
        "p1|m1|interpretations|1",
        "p2|m2|explorations|0",
        "p2|m2|explorations|1",
        "p2|m2|interpretations|2",
        "p2|m2|interpretations|2"
      ])
    }))

  test("raters within items within conversations", () =>
    Effect.gen(function* () {
      const report = yield* imported(
        "n.json",
        JSON.stringify({
          study: { version: 2 },
          data: ["c1", "c2"].map((conversation_id) => ({
            conversation_id,
            items: ["m1", "m2"].map((model, index) => ({
              model,
              ratings: [
                { rater: "a", scores: { empathic: String(index + 1) }, "time.ms": 7 },
                { rater: "b", scores: { empathic: null } }
              ]
            }))
          }))
        })
      )
      assert.deepStrictEqual(report.account.ratings, {
        read: 8,
        imported: 4,
        unscored: 0,
        duplicates: 0,
        empty: 4,
        rejected: 0
      })
      assert.deepStrictEqual(yield* everyRating, [
        "c1|m1|empathic|1",
        "c1|m2|empathic|2",
        "c2|m1|empathic|1",
        "c2|m2|empathic|2"
      ])
    }))

  test("maps by ids, each item without what the others have", () =>
    Effect.gen(function* () {
      const grades = (n: number) => ({ "emotional reactions": n, explorations: 2 - n })
      const content = JSON.stringify({
        "conv-1": { "gpt-4": { r1: grades(0), r2: grades(1) }, llama: { r1: grades(2), r2: grades(0) } },
        "conv-2": { "gpt-4": { r1: grades(1), r2: grades(1) }, llama: { r1: grades(2), r2: grades(2) } }
      })
      const { map } = yield* suggested("m.json", content)
      assert.deepStrictEqual(map, {
        format: "json",
        items: "$.*.*.*",
        source: "$key2",
        rater: "$key3",
        post: "$key1",
        instrument: "epitome",
        ratings: [
          { dimensions: { "emotional reactions": "emotional-reactions", explorations: "explorations" } }
        ]
      })
      const report = yield* imported("m.json", content)
      assert.strictEqual(report.account.ratings?.imported, 16)
      assert.strictEqual((yield* everyRating)[0], "conv-1|gpt-4|emotional-reactions|0")
    }))

  test("a line for each text with its annotations", () =>
    Effect.gen(function* () {
      yield* imported(
        "n.jsonl",
        '{"post":"p1","source":"m1","annotations":[{"annotator":"a","empathic":4},{"annotator":"b","empathic":5}]}\n{"post":"p2","source":"m1","annotations":[]}\n'
      )
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4", "p1|m1|empathic|5"])
    }))

  test("Label Studio's answers to other questions are left out by a rule", () =>
    Effect.gen(function* () {
      const result = (rating: number) => [
        { value: { choices: ["yes"] }, from_name: "helpful", type: "choices" },
        { value: { rating }, from_name: "empathic", type: "rating" }
      ]
      const report = yield* imported(
        "ls.json",
        JSON.stringify([
          {
            id: 7,
            data: { post_id: "p1", source: "m1" },
            annotations: [
              { completed_by: 1, was_cancelled: false, result: result(4) },
              { completed_by: 2, was_cancelled: true, result: result(1) }
            ],
            predictions: [{ result: result(5) }]
          }
        ])
      )
      assert.deepStrictEqual(report.account.rows.skipped, { "another question": 2, cancelled: 1 })
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4"])
    }))

  test("MTurk's task answers, and no number that MTurk writes of itself", () =>
    Effect.gen(function* () {
      yield* imported(
        "m.csv",
        'HITId,MaxAssignments,AssignmentId,WorkerId,Input.post_id,Input.model,Answer.taskAnswers\nH,3,X1,A1EXAMPLE00001,p1,m1,"[{""empathic"":{""1"":false,""4"":true}}]"\nH,3,X2,A2EXAMPLE00001,p1,m1,"[{""empathic"":{""1"":true,""4"":false}}]"\n'
      )
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|1", "p1|m1|empathic|4"])
    }))
})

describe("what a suggestion leaves to people", () => {
  test("stands in the map as null, which is no map yet", () =>
    Effect.gen(function* () {
      const { map, lacking } = yield* suggested(
        "q.csv",
        `${matrix.split("\n")[0]!.replace("Q12_1,Q12_2", "1_Q5,2_Q5")}\n2036-01-01,100,True,R_1,4 - very,5 - extremely,7,p1,m1\n`
      )
      assert.deepStrictEqual(map.labels, { "4 - very": 4, "5 - extremely": 5 })
      assert.deepStrictEqual(map.ratings, [
        {
          columns: "{text}_Q5",
          dimension: null,
          parts: { text: { 1: { post: null, source: null }, 2: { post: null, source: null } } }
        }
      ])
      assert.match(lacking.join("\n"), /instrument: .*perceived-empathy \(1 to 5\)/)
      const error = yield* Effect.flip(Schema.decodeUnknownEffect(RatingsMap)(map))
      assert.match(String(error), /Expected string/)
    }))

  test("crosses posts and sources in column names; never gives two columns one dimension", () =>
    Effect.gen(function* () {
      const grid = yield* suggested("g.csv", "rater,p1_gpt,p1_llama,p2_gpt,p2_llama\na,1,2,3,4\nb,1,2,5,4\n")
      assert.deepStrictEqual(grid.map.ratings, [{ columns: "{post}_{source}" }])
      const twice = yield* suggested(
        "t.csv",
        "rater,post,source,Empathy first,Empathy again\na,p1,m1,1,2\nb,p1,m1,3,4\n"
      )
      assert.deepStrictEqual(twice.map.ratings, [
        { dimensions: { "Empathy first": null, "Empathy again": null } }
      ])
    }))
})

describe("words on a scale", () => {
  const scale = (maximum: number) => ({ minimum: 1, maximum, step: 1, anchors: { 1: "not empathic at all" } })
  test("are numbers only where that is clear", () =>
    Effect.sync(() => {
      assert.deepStrictEqual(wordedScale(["Somewhat agree", "Strongly disagree"], scale(5)), {
        "Strongly disagree": 1,
        "Somewhat agree": 4
      })
      assert.deepStrictEqual(wordedScale(["Somewhat agree", "Strongly disagree"], scale(7)), {
        "Strongly disagree": 1,
        "Somewhat agree": 5
      })
      assert.isUndefined(wordedScale(["Agree", "Somewhat agree"], scale(5)))
      assert.isUndefined(wordedScale(["Agree", "Disagree"], scale(4)))
      assert.isUndefined(wordedScale(["Agree", "Disagree"], undefined))
      assert.deepStrictEqual(wordedScale(["Very empathic", "Not at all empathic"], scale(5)), {
        "Not at all empathic": 1,
        "Very empathic": 4
      })
      assert.deepStrictEqual(wordedScale(["Not empathic at all"], scale(5)), { "Not empathic at all": 1 })
      assert.deepStrictEqual(wordedScale(["Extremely (5)", "Not (1)"], undefined), {
        "Not (1)": 1,
        "Extremely (5)": 5
      })
      assert.isUndefined(wordedScale(["yes", "no"], scale(5)))
    }))
})
