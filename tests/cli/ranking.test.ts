import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { qt } from "../../harness/stats/Distributions.ts"
import type { Analysis } from "../../harness/stats/mixed/Analyze.ts"
import type { Ranks } from "../../harness/stats/mixed/Ranking.ts"
import * as Tukey from "../../harness/stats/Tukey.ts"
import { emptyFolder, start } from "./warmline.ts"

const truthFile = (name: string) => fileURLToPath(new URL(`../stats/truth/${name}.csv`, import.meta.url))

const columns = ["--rater", "rater_id", "--post", "post_id"]

const text = Effect.fn(function* (file: string, ...args: readonly string[]) {
  const folder = yield* emptyFolder
  const { code, stdout, stderr } = yield* start(folder, ["analyze", file, ...args])
  assert.strictEqual(code, 0, stderr)
  return stdout
}, Effect.scoped)

const analysis = (file: string, ...args: readonly string[]) =>
  Effect.map(text(file, ...args, "--json"), (stdout) => JSON.parse(stdout) as Analysis & Ranks)

/** 3 sources × 32 posts, three of 24 raters a text; `lift` is what the last source is better by. */
const study = (lift: number, rows: readonly string[] = []) => {
  const ratings = Array.from({ length: 288 }, (_, i) => {
    const [slot, text] = [i % 3, Math.floor(i / 3)]
    const [source, post] = [text % 3, Math.floor(text / 3)]
    const noise = (Math.sin(12.9898 * i) * 43758.5453) % 1
    return `${(3 + noise + (source === 2 ? lift : 0)).toFixed(3)},s${source},r${(text * 7 + slot * 5) % 24},p${post}`
  })
  return ["rating,source,rater,post", ...ratings, ...rows, ""].join("\n")
}

const onStudy = Effect.fn(function* (content: string, ...args: readonly string[]) {
  const folder = yield* emptyFolder
  writeFileSync(join(folder, "r.csv"), content)
  return yield* text(join(folder, "r.csv"), ...args)
}, Effect.scoped)

describe("warmline analyze --model ranking", () => {
  it.live("ranks as sets that the adjusted intervals allow, domains counted alike", () =>
    Effect.gen(function* () {
      const { ranks, distinguishable, contrasts, emmeans, formula } = yield* analysis(
        truthFile("B"),
        ...columns,
        ...["--domain", "domain"]
      )
      assert.include(formula, "source * domain")
      const sources = emmeans.map(({ source }) => source)
      const better = (a: string, b: string) =>
        contrasts.some(
          ({ contrast, lower, upper }) =>
            (contrast === `${a} - ${b}` && lower! > 0) || (contrast === `${b} - ${a}` && upper! < 0)
        )
      assert.deepStrictEqual(
        ranks,
        sources.map((source) => ({
          source,
          best: 1 + sources.filter((other) => better(other, source)).length,
          worst: sources.length - sources.filter((other) => better(source, other)).length
        }))
      )
      assert.isTrue(distinguishable)
      const printed = yield* text(truthFile("B"), ...columns, "--domain", "domain")
      assert.match(printed, /interval +ranks\n( +model[ABC] .* [123](–[123])?\n){3}/)
    })
  )

  it.live("says beside every difference that was not found what would have been", () =>
    Effect.gen(function* () {
      const { contrasts } = yield* analysis(truthFile("A"), ...columns)
      for (const { SE, df, minimum_detectable } of contrasts) {
        const expected = (Tukey.quantile(0.95, 4, df!) / Math.SQRT2 + qt(0.8, df!)) * SE!
        assert.closeTo(minimum_detectable!, expected, 1e-9)
      }
      const lines = (yield* text(truthFile("A"), ...columns)).split("\n")
      const found = lines.find((line) => line.includes("human - gpt4") || line.includes("gpt4 - human"))!
      assert.match(found, /< 0\.001$/)
      const open = lines.find((line) => /llama2 - gpt4|gpt4 - llama2/.test(line))!
      assert.match(open, / 0\.\d{3} +0\.\d{3}$/)
      assert.isTrue(lines.some((line) => line.startsWith("  detectable: ")))
    })
  )

  it.live("refuses to rank, with every reason", () =>
    Effect.gen(function* () {
      const few = yield* analysis(truthFile("A"), ...columns)
      assert.isNull(few.ranks)
      assert.isNull(few.distinguishable)
      assert.deepStrictEqual(few.not_ranked, ["15 posts are fewer than the 30 a ranking needs"])
      const nasty = yield* text(truthFile("C"), ...columns)
      assert.match(nasty, /Not ranked: 12 posts are fewer than .*; the typical text has 2\.5 raters,/)
      assert.notMatch(nasty, /ranks\n/)
      const apart = yield* onStudy(study(0, ["3,alone,hermit,p1", "4,alone,hermit,p2"]))
      assert.match(apart, /Not ranked: raters and sources fall into 2 groups with no rating between them\./)
    })
  )

  it.live("prints no order where nothing tells the sources apart, and one where something does", () =>
    Effect.gen(function* () {
      const same = yield* onStudy(study(0))
      assert.match(same, /The sources are not distinguishable\./)
      assert.match(same, /s0 .* 1–3\n +s1 .* 1–3\n +s2 .* 1–3\n/)
      const lifted = yield* onStudy(study(2))
      assert.match(lifted, /s0 .* 2–3\n +s1 .* 2–3\n +s2 .* 1\n/)
      assert.notMatch(lifted, /not distinguishable/)
    })
  )

  it.live("counts neither posts nor raters of rows it leaves out", () =>
    Effect.gen(function* () {
      const blank = Array.from({ length: 9 }, (_, i) => `3,s0,,p${100 + i}`)
      const printed = yield* onStudy(study(0, blank).replaceAll(/,p(?:[3-9]|1\d|2\d|3\d)\n/g, ",p2\n"))
      assert.match(printed, /Not ranked: 3 posts are fewer than the 30/)
      assert.match(printed, /Note: 9 of 297 rows have a missing value and are left out/)
    })
  )

  it.live("says which random factors the data cannot bear", () =>
    Effect.gen(function* () {
      const printed = yield* onStudy(study(0).replaceAll(/,p\d+\n/g, ",p0\n"))
      assert.match(printed, /Note: \(1 \| post\) is left out: it has one level/)
      assert.match(printed, /Note: \(1 \| response_id\) is left out: the fixed effects already tell/)
    })
  )
})
