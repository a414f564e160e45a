import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Analysis } from "../../harness/stats/mixed/Analyze.ts"
import type { ModelName } from "../../harness/stats/mixed/NamedModels.ts"
import { cases, sameFit, sameTables, sameTests, truth } from "../stats/LmmTruth.ts"
import { sources } from "../stats/TruthRatings.ts"
import { emptyFolder, start } from "./warmline.ts"

const truthFile = (name: string) => fileURLToPath(new URL(`../stats/truth/${name}.csv`, import.meta.url))

/** What people would type for a data set, but for the choices. */
const args = (data: string, model: ModelName) => [
  "analyze",
  truthFile(data),
  ...["--rating", "rating", "--source", "source", "--rater", "rater_id", "--post", "post_id"],
  ...["--levels", sources[data]!.join(",")],
  ...["--model", model],
  ...(model === "length" ? ["--length", "words"] : []),
  ...(model === "domain" ? ["--domain", "domain"] : []),
  "--json"
]

const run = (...all: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    return yield* start(folder, all)
  }).pipe(Effect.scoped)

const analysis = Effect.fn(function* (...all: readonly string[]) {
  const { code, stdout, stderr } = yield* run(...all)
  assert.strictEqual(code, 0, stderr)
  return JSON.parse(stdout) as Analysis
})

/** Runs on a file with this text. */
const onFile = (text: string, ...all: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    writeFileSync(join(folder, "r.csv"), text)
    return yield* start(folder, ["analyze", "r.csv", ...all])
  }).pipe(Effect.scoped)

const complaints = (stderr: string) => stderr.trim().split("\n")

const small = (rows: readonly string[], end = "\n") =>
  ["rating,source,rater,post", ...rows].map((row) => row + end).join("")

/** 3 sources × 4 posts × 5 raters with a little of everything. */
const ratings = Array.from({ length: 60 }, (_, i) => {
  const [source, post, rater] = [i % 3, Math.floor(i / 3) % 4, Math.floor(i / 12)]
  return `${1 + (((i * i * 7 + i * 13) % 11) % 5)},s${source},00${rater},p${post}`
})

describe("warmline analyze", () => {
  for (const [data, model] of cases) {
    it.live(`prints the figures of lme4, lmerTest and emmeans: ${data} ${model}`, () =>
      Effect.gen(function* () {
        const expected = truth[data]![model]!
        const actual = yield* analysis(...args(data, model))
        assert.strictEqual(actual.formula, expected.formula)
        sameFit(actual, expected.REML)
        sameTables(actual, expected, "satterthwaite", "tukey")
        sameTests(actual, expected)
      })
    )
  }

  for (const [data, adjust] of [
    ["A", "holm"],
    ["B", "bonferroni"],
    ["C", "none"]
  ] as const) {
    it.live(`passes --method, --df and --adjust on: ${data} ${adjust}`, () =>
      Effect.gen(function* () {
        const expected = truth[data]!.paper!
        sameFit(yield* analysis(...args(data, "paper"), "--method", "ml"), expected.ML)
        const other = yield* analysis(...args(data, "paper"), "--df", "asymptotic", "--adjust", adjust)
        sameTables(other, expected, "asymptotic", adjust)
      })
    )
  }

  it.live("prints tables for people, with the sources in the order they first appear", () =>
    Effect.gen(function* () {
      const { code, stdout, stderr } = yield* onFile(small(ratings))
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^rating ~ source \+ \(1 \| rater\)/)
      assert.match(stdout, /60 ratings, model ranking, REML/)
      assert.match(
        stdout,
        /Means of the sources\n +source +mean +SE +df +95 % interval\n +s0 .*\n +s1 .*\n +s2 /
      )
      assert.match(stdout, /Differences, adjusted by Tukey's method/)
      assert.match(stdout, /Residual/)
    })
  )

  it.live(
    "reads a byte order mark, CRLF, spaces around cells, NA and empty ratings, and keeps 001 apart from 1",
    () =>
      Effect.gen(function* () {
        const plain = yield* onFile(small([...ratings, ",s0,1,p0", "NA,s1,1,p0"]), "--json")
        const odd = `\uFEFF${small([...ratings.map((row) => row.replaceAll(",", " , ")), "NaN,s0,1,p0", ",s1,1,p0"], "\r\n")}`
        const other = yield* onFile(odd, "--json")
        assert.strictEqual(other.code, 0, other.stderr)
        assert.strictEqual(other.stdout, plain.stdout)
        const result = JSON.parse(plain.stdout) as Analysis
        assert.strictEqual(result.n, 60)
        assert.strictEqual(result.ngrps.rater, 5)
        assert.include(result.notes[0], "2 of 62 rows have a missing value")
      })
  )

  const wrong: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    [
      "a column that is not there",
      small(ratings),
      ["--rater", "who"],
      /r\.csv: no column "who"; its columns are rating, source, rater, post/
    ],
    [
      "a column that is there twice",
      "rating,rating,source,rater,post\n1,2,a,b,c\n",
      [],
      /r\.csv:1: two columns/
    ],
    [
      "a rating that is no number",
      small([...ratings, "four,s0,1,p0"]),
      [],
      /r\.csv:62: rating "four" is not a number/
    ],
    ["a decimal comma", small([...ratings, '"3,5",s0,1,p0']), [], /r\.csv:62: rating "3,5" is not a number/],
    ["a row too short", small([...ratings, "3,s0"]), [], /r\.csv:62: cannot be read/],
    ["a file without rows", small([]), [], /r\.csv: no row below the header/],
    ["an empty file", "", [], /r\.csv: empty/],
    [
      "a model without its column",
      small(ratings),
      ["--model", "length"],
      /--model length: needs a column.*--length/
    ],
    ["a model that is unknown", small(ratings), ["--model", "mine"], /model/]
  ]
  for (const [name, text, flags, expected] of wrong) {
    it.live(`says in one line what is wrong: ${name}`, () =>
      Effect.gen(function* () {
        const { code, stdout, stderr } = yield* onFile(text, ...flags)
        assert.strictEqual(complaints(stderr).length, 1, stderr)
        assert.match(stderr, expected)
        assert.strictEqual(stdout, "")
        assert.strictEqual(code, 2)
      })
    )
  }

  it.live("says in one line that there is no such file", () =>
    Effect.gen(function* () {
      const { code, stderr } = yield* run("analyze", "nothing.csv")
      assert.strictEqual(stderr, "warmline: nothing.csv: no such file; check the path\n")
      assert.strictEqual(code, 2)
    })
  )

  it.live("gives the reason, in JSON too, where no model can be fitted", () =>
    Effect.gen(function* () {
      const { code, stdout, stderr } = yield* onFile(small([",s0,r1,p1", "NA,s1,r1,p1"]), "--json")
      assert.deepStrictEqual(JSON.parse(stdout), { reason: "there is no complete rating" })
      assert.strictEqual(stderr, "warmline: r.csv: there is no complete rating\n")
      assert.strictEqual(code, 1)
    })
  )

  it.live("says which named columns and sources it made no use of", () =>
    Effect.gen(function* () {
      const { stdout } = yield* onFile(
        small(ratings),
        ...["--model", "paper", "--domain", "post", "--levels", "s2,s9", "--json"]
      )
      const { notes, emmeans } = JSON.parse(stdout) as Analysis
      assert.include(notes, "the model paper does not use the column post of --domain")
      assert.include(notes, "source s9 has no ratings")
      assert.deepStrictEqual(
        emmeans.map(({ source }) => source),
        ["s2", "s0", "s1"]
      )
    })
  )

  it.live("shows an escape sequence in a source's name instead of sending it", () =>
    Effect.gen(function* () {
      const { stdout } = yield* onFile(small(ratings.map((row) => row.replace("s1", "\u001b[31ms1"))))
      assert.notInclude(stdout, "\u001b")
      assert.include(stdout, "␛[31ms1")
    })
  )
})
