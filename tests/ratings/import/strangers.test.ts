/** Files as tools really write them, which were no test's when the importers were written. */
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { ask, everyRating, ratings, rejectedOf, test } from "./importing.ts"

const plain = `
rater: rater
post: post
source: source
instrument: perceived-empathy
ratings: [{ value: grade }]
`

describe("tables below each other in one file", () => {
  test("follows a header whose columns stand in another order", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "blocks.csv",
        "rater,post,source,grade\nann,p1,m1,4\n\nSource,grade,Post,rater\nm1,2,p1,bob\nm2,5,p1,bob\n\nrater,post,source,grade\ncy,p1,m1,1\n",
        plain
      )
      assert.deepStrictEqual(report.account.rows, {
        read: 6,
        imported: 4,
        duplicates: 0,
        rejected: 0,
        skipped: { "header again": 2 }
      })
      assert.deepStrictEqual(yield* everyRating, [
        "p1|m1|empathic|1",
        "p1|m1|empathic|2",
        "p1|m1|empathic|4",
        "p1|m2|empathic|5"
      ])
    }))

  test("rejects what stands below a header with other columns", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "blocks.csv",
        "rater,post,source,grade\nann,p1,m1,4\nrater,source,post,mark\nbob,m1,p1,2\nrater,post,source,grade\ncy,p1,m1,1\n",
        plain
      )
      assert.deepStrictEqual([report.account.rows.imported, report.account.rows.rejected], [2, 2])
      assert.deepStrictEqual(yield* rejectedOf("blocks.csv"), [
        '3,,"rater, source, post, mark","another header, with other columns than the first; give its rows a file of their own"',
        "4,,,stands below another header (line 3)"
      ])
    }))

  test("takes cells that are called as columns for cells", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "r.csv",
        "rater,post,source,grade,m1,m2\nann,p1,m1,4,m2,\nbob,p1,m2,3,,\n",
        plain
      )
      assert.strictEqual(report.account.rows.imported, 2)
    }))
})

const qualtrics = `
instrument: perceived-empathy
ratings: [{ columns: "{post}_Q5", source: model }]
`
const names =
  "StartDate,Status,Progress,Duration (in seconds),Finished,ResponseId,1_Q5,2_Q5,model,PROLIFIC_PID\n"
const questions =
  'Start Date,Response Type,Progress,Duration (in seconds),Finished,Response ID,"How\nempathic?","How\nempathic?",model,PROLIFIC_PID\n'
const ids = `${names
  .trim()
  .split(",")
  .map((name) => `"{""ImportId"":""${name}""}"`)
  .join(",")}\n`
const submissions =
  "2036-02-01 11:00:00,0,100,61,1,R_1,4,5,m1,5f0000000000000000000001\n2036-02-01 11:00:00,8,100,62,1,R_2,1,1,m1,5f0000000000000000000002\n"

describe("Qualtrics", () => {
  for (const [name, header, first] of [
    ["three", names + questions + ids, 6],
    ["names and questions", names + questions, 5],
    ["names and import ids", names + ids, 3],
    ["names only", names, 2]
  ] as const)
    for (const format of ["auto", "qualtrics"])
      test(`loses no submission below the header rows: ${name}, --format ${format}`, () =>
        Effect.gen(function* () {
          const report = yield* ratings("q.csv", header + submissions, qualtrics, { format })
          assert.strictEqual(report.read.format, "qualtrics")
          assert.deepStrictEqual(report.account.rows, {
            read: 2,
            imported: 1,
            duplicates: 0,
            rejected: 0,
            skipped: { preview: 1 }
          })
          assert.deepStrictEqual(yield* everyRating, ["1|m1|empathic|4", "2|m1|empathic|5"])
          assert.deepStrictEqual(yield* ask("SELECT place FROM submission"), [`line ${first}`])
        }))
})

describe("what spreadsheets write", () => {
  test("reads the line that tells Excel the separator, and decimal commas in durations", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "de.csv",
        "sep=;\r\nrater;post;source;grade;time\r\nann;p1;m1;4,0;12,5\r\nbob;p1;m1;4,5;1.234,5\r\n",
        `${plain.replace("value: grade", "value: grade, seconds: time")}decimal: ","\n`
      )
      assert.deepStrictEqual([report.account.rows.imported, report.account.rows.rejected], [1, 1])
      assert.deepStrictEqual(yield* rejectedOf("de.csv"), [
        '4,grade,"4,5","off the scale, which goes from 1 to 5"'
      ])
      assert.deepStrictEqual(yield* ask("SELECT value, seconds FROM rating"), ["4|12.5"])
    }))

  test("reads UTF-16 of both byte orders, with and without its mark, and dashes as no answer", () =>
    Effect.gen(function* () {
      const text =
        "rater\tpost\tsource\tgrade\nann\tp\u00e9\tm1\t4\nbob\tp\u00e9\tm1\t\u2013\ncy\tp\u00e9\tm1\t-\n"
      const little = Buffer.from(text, "utf16le")
      for (const [index, [content, encoding]] of (
        [
          [little, "utf-16le"],
          [Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
          [Buffer.from(little).swap16(), "utf-16be"],
          [Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "utf-16be"]
        ] as const
      ).entries()) {
        const report = yield* ratings(`${index}.tsv`, content, `name: d${index}\n${plain}`)
        assert.strictEqual(report.read.encoding, encoding)
        assert.deepStrictEqual([report.account.rows.imported, report.account.ratings?.empty], [1, 2])
      }
      assert.deepStrictEqual([...new Set(yield* everyRating)], ["p\u00e9|m1|empathic|4"])
    }))

  test("reads a file that begins with blank lines", () =>
    Effect.gen(function* () {
      yield* ratings("r.csv", "\n\nrater,post,source,grade\nann,p1,m1,4\n", plain)
      assert.deepStrictEqual(yield* ask("SELECT place FROM submission"), ["line 4"])
    }))
})

const mturk = (answer: string) => `
post: Input.post
source: Input.model
instrument: perceived-empathy
ratings: [{ dimensions: { ${answer}: empathic } }]
`
const hit = (answers: string, cells: readonly string[]) =>
  `HITId,AssignmentId,WorkerId,AssignmentStatus,Input.post,Input.model,${answers}\n${cells
    .map((cell, index) => `H,X${index},A${index}EXAMPLE00001,Approved,p${index},m1,${cell}\n`)
    .join("")}`

describe("JSON within cells", () => {
  test("opens MTurk's task answers: radio buttons, words, numbers", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "m.csv",
        hit("Answer.taskAnswers", [
          '"[{""empathic"":{""1"":false,""4"":true},""note"":""a \\""b\\""""}]"',
          '"[{""empathic"":{""1"":false,""4"":false}}]"',
          '"[{""empathic"":""3""}]"',
          '"[{""empathic"":5,""other"":{""a"":1}}]"',
          '"{broken"',
          ""
        ]),
        mturk("Answer.taskAnswers.empathic")
      )
      assert.deepStrictEqual(yield* everyRating, ["p0|m1|empathic|4", "p2|m1|empathic|3", "p3|m1|empathic|5"])
      assert.deepStrictEqual(yield* rejectedOf("m.csv"), [
        "6,,{broken,Answer.taskAnswers is JSON elsewhere and not here"
      ])
      assert.deepStrictEqual(report.account.rows.skipped, { "no rating in it": 2 })
    }))

  test("reads MTurk's column for each radio button", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "m.csv",
        hit("Answer.e.1,Answer.e.2,Answer.e.3", [
          "false,true,false",
          "true,false,false",
          "false,false,false",
          "true,true,false"
        ]),
        mturk("Answer.e")
      )
      assert.deepStrictEqual(yield* everyRating, ["p0|m1|empathic|2", "p1|m1|empathic|1"])
      assert.deepStrictEqual([report.account.rows.rejected, report.account.ratings?.empty], [1, 1])
    }))

  test("reads the short exports of Label Studio, in JSON and in CSV", () =>
    Effect.gen(function* () {
      const map = `
rater: annotator
post: post
source: source
instrument: perceived-empathy
ratings: [{ dimensions: { empathic.rating: empathic } }]
`
      yield* ratings(
        "min.json",
        '[{"id":7,"post":"p1","source":"m1","annotator":1,"empathic":[{"rating":4}]},{"id":8,"post":"p1","source":"m2","annotator":1}]',
        `name: a\n${map}`
      )
      yield* ratings(
        "min.csv",
        'id,post,source,annotator,empathic\n7,p1,m1,1,"[{""rating"": 4}]"\n8,p1,m2,1,\n',
        `name: b\n${map}`
      )
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4", "p1|m1|empathic|4"])
    }))
})

describe("JSON, one value a line", () => {
  const items = `
items: $.marks[*]
rater: by
post: post
source: source
instrument: perceived-empathy
ratings: [{ value: grade }]
`
  test("keeps line ends of Unicode within a text, and lines that nobody has rated", () =>
    Effect.gen(function* () {
      yield* ratings(
        "r.jsonl",
        '{"post":"p1","source":"m1","note":"a\u2028b\u2029","marks":[{"by":"ann","grade":"4"}]}\r\n{"post":"p2","source":"m1","marks":[]}\r\n',
        items
      )
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|4"])
    }))

  test("says that a path selects nothing in any line", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(ratings("r.jsonl", '{"post":"p1"}\n{"post":"p2"}\n', items))
      assert.match(String((error as Error).message), /selects nothing/)
    }))

  test("reads Windows-1252", () =>
    Effect.gen(function* () {
      yield* ratings(
        "r.jsonl",
        Buffer.from('{"post":"p\x93","source":"m1","marks":[{"by":"ann","grade":4}]}\n{}', "latin1"),
        items
      )
      assert.deepStrictEqual(yield* everyRating, ["p\u201c|m1|empathic|4"])
    }))
})

describe("a map that no row can be right by", () => {
  for (const [name, at] of [
    ["a misspelt dimension", "dimensions: { grade: understood, other: validate }"],
    ["no dimension", "value: grade"],
    ["a misspelt name for one", "value: grade, dimension: { column: other, names: { x: validate } }"]
  ] as const)
    test(`is refused as a whole: ${name}`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(
          ratings(
            "r.csv",
            "rater,post,source,grade,other\nann,p1,m1,4,5\n",
            `rater: rater\npost: post\nsource: source\ninstrument: feeling-heard\nratings: [{ ${at} }]`
          )
        )
        assert.match(String((error as Error).message), /validate|which dimension of feeling-heard/)
        assert.deepStrictEqual(yield* everyRating, [])
      }))
})

describe("lists within a JSON item", () => {
  test("never count as one of their members", () =>
    Effect.gen(function* () {
      const report = yield* ratings(
        "r.json",
        '[{"rater":"a","post":"p1","source":"m1","mark":[{"v":4}]},{"rater":"a","post":"p2","source":"m1","mark":[{"v":4},{"v":5}]}]',
        plain.replace("grade", "mark.v")
      )
      assert.deepStrictEqual(yield* rejectedOf("r.json"), [
        '2,mark.v,4; 5,"not a number, and no label of the map"'
      ])
      assert.strictEqual(report.account.rows.imported, 1)
    }))
})
