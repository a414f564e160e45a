import { assert, describe, it } from "@effect/vitest"
import type { Scores } from "../../../harness/leaderboard/collect.ts"
import { LongBuilder } from "../../../harness/leaderboard/estimates/LongRatings.ts"
import { changesOf, changeText } from "../../../harness/leaderboard/estimates/pairsOf.ts"
import { sliceFamilies } from "../../../harness/leaderboard/estimates/sliceFamily.ts"
import { slicesOf } from "../../../harness/leaderboard/estimates/slices.ts"
import { steerabilityOf } from "../../../harness/leaderboard/estimates/steerability.ts"
import type { Table } from "../../../harness/leaderboard/Leaderboard.ts"
import { pt } from "../../../harness/stats/Distributions.ts"
import * as Random from "../../../harness/stats/Random.ts"
import type { TextRating } from "../../../harness/store/ratingStream.ts"

const sources = ["north", "south"]
const posts = Array.from({ length: 60 }, (_, i) => ({
  domain: `d${i % 3}`,
  crisis: i % 4 === 0,
  words: 20 + i
}))

/** Text means of `mean(post, source)`, and people's ratings of them where `people` is not 0. */
const scoresOf = (
  mean: (post: number, source: number) => number,
  people: number,
  condition = "base",
  seed = 5
): Scores => {
  const random = Random.make(seed)
  const builder = new LongBuilder()
  const values = new Float64Array(posts.length * 2)
  for (const [ordinal, { domain }] of posts.entries()) {
    for (const [s, source] of sources.entries()) {
      const text = mean(ordinal, s) + 0.2 * random.normal()
      values[ordinal * 2 + s] = text
      for (let k = 0; k < people; k++) {
        const rater = `p${(ordinal * 5 + k) % 20}`
        const of = { ordinal, domain, source, epoch: 1, rater, raterVersion: "" } as TextRating
        builder.add(of, text + 0.4 * random.normal())
      }
    }
  }
  return {
    instrument: { name: "warmth", title: "Warmth" } as Scores["instrument"],
    measure: "aggregate",
    raterKind: people > 0 ? "human" : "judge",
    raters: ["r"],
    condition,
    values,
    byRater: new Map(),
    ...(people > 0 ? { panels: ["people"] as const, long: builder.end() } : {})
  }
}

describe("slices", () => {
  for (const people of [0, 5]) {
    it(`give no interval of four posts, rated by ${people === 0 ? "a judge" : "people"}`, () => {
      const few = posts.map((post, i) => ({ ...post, crisis: i < 4 }))
      const [crisis, others] = slicesOf(
        scoresOf(() => 3, people),
        sources,
        few
      )
      for (const { lower, upper, mean } of crisis!.rows) {
        assert.deepStrictEqual([lower, upper], [null, null])
        assert.approximately(mean, 3, 0.5)
      }
      for (const { lower } of others!.rows) assert.isNotNull(lower)
    })
  }

  for (const people of [0, 5]) {
    it(`find what is true of crisis posts only, rated by ${people === 0 ? "a judge" : "people"}`, () => {
      const scores = scoresOf((post, source) => 3 + (post % 4 === 0 && source === 0 ? 1 : 0), people)
      const slices = slicesOf(scores, sources, posts)
      assert.deepStrictEqual(
        slices.map(({ name, posts }) => [name, posts]),
        [
          ["crisis posts", 15],
          ["other posts", 45],
          ["posts of up to 49 words", 30],
          ["posts of more than 49 words", 30]
        ]
      )
      const [crisis, others] = slices.map(({ rows }) => rows.map(({ mean }) => mean))
      assert.approximately(crisis![0]! - crisis![1]!, 1, 0.3)
      assert.approximately(others![0]! - others![1]!, 0, 0.2)
      for (const { rows } of slices) {
        for (const { mean, lower, upper } of rows) assert.isTrue(lower! < mean && mean < upper!)
      }
    })
  }

  it("are not made of posts that nobody rated, nor of halves that are too small", () => {
    const scores = scoresOf(() => 3, 0)
    const few = posts.slice(0, 12).map((post) => ({ ...post, crisis: false }))
    assert.deepStrictEqual(slicesOf({ ...scores, values: scores.values.slice(0, 24) }, sources, few), [])
  })
})

describe("slices that a study declared", () => {
  const declared = ["domain", "crisis", "condition"] as const
  for (const people of [0, 5]) {
    it(`are a family each, adjusted by Holm, rated by ${people === 0 ? "a judge" : "people"}`, () => {
      // Only the domain d1 tells the sources apart.
      const scores = scoresOf((post, source) => 3 + (post % 3 === 1 && source === 0 ? 0.6 : 0), people)
      const families = sliceFamilies(scores, sources, posts, { declared, pairs: [], rated: sources })
      assert.deepStrictEqual(
        families.map(({ by, contrasts, missing }) => [by, contrasts.map(({ slice }) => slice), missing]),
        [
          ["domain", ["d0", "d1", "d2"], 0],
          ["crisis", ["crisis posts", "other posts"], 0]
        ]
      )
      const [d0, d1, d2] = families[0]!.contrasts
      assert.isTrue(d1!.p < 0.001 && d1!.lower > 0 && Math.abs(d1!.estimate - 0.6) < 0.3)
      // t of 19 degrees of freedom or more: interval and p tell the p before Holm; the largest is as it was.
      const bare = (one: typeof d0) => {
        const t = Math.abs(one!.estimate) / ((one!.upper - one!.lower) / 2 / 2.05)
        return 2 * pt(-t, 25)
      }
      const [least, most] = [d0, d2].sort((a, b) => bare(a) - bare(b))
      assert.approximately(most!.p, Math.max(bare(most), Math.min(1, 2 * bare(least))), 0.05)
      assert.approximately(least!.p, Math.min(1, 2 * bare(least)), 0.05)
    })
  }

  it("hold the declared pairs alone, as they were declared, and count what is missing", () => {
    const scores = scoresOf((_, source) => 3 + source, 0)
    const options = { declared: ["length" as const], pairs: [["south", "north"] as const], rated: sources }
    const [family] = sliceFamilies(scores, sources, posts, options)
    assert.deepStrictEqual(
      family!.contrasts.map(({ slice, a, b, estimate }) => [slice, a, b, estimate > 0.5]),
      [
        ["posts of up to 49 words", "south", "north", true],
        ["posts of more than 49 words", "south", "north", true]
      ]
    )
    const pairs = [["south", "nowhere"] as const]
    assert.strictEqual(sliceFamilies(scores, sources, posts, { ...options, pairs })[0]!.missing, 2)
  })

  it("are none where nothing is declared, or where there is one domain", () => {
    const scores = scoresOf(() => 3, 0)
    const none = { declared: [], pairs: [], rated: sources }
    assert.deepStrictEqual(sliceFamilies(scores, sources, posts, none), [])
    const alike = posts.map((post) => ({ ...post, domain: "one" }))
    assert.deepStrictEqual(sliceFamilies(scores, sources, alike, { ...none, declared: ["domain"] }), [])
  })
})

describe("steerability", () => {
  for (const people of [0, 5]) {
    it(`says how far a condition moves each source, rated by ${people === 0 ? "a judge" : "people"}`, () => {
      const scores = [
        scoresOf(() => 3, people, "base", 5),
        scoresOf((_, source) => (source === 0 ? 3.8 : 3), people, "friend", 6)
      ]
      const tables = scores.map(
        ({ condition, raterKind, panels }) =>
          ({
            instrument: "warmth",
            measure: "aggregate",
            raterKind,
            ...(panels === undefined ? {} : { panels }),
            condition,
            rows: sources.map((source) => ({ source, mean: { estimate: 3, lower: 2.9, upper: 3.1 } }))
          }) as unknown as Table
      )
      const [matrix] = steerabilityOf(scores, tables, sources, ["base", "friend"], posts)
      assert.deepStrictEqual(matrix!.conditions, ["base", "friend"])
      const [north, south] = matrix!.rows.map(({ cells }) => cells[1]!)
      assert.approximately(north!.change!.estimate, 0.8, 0.15)
      assert.isTrue(north!.change!.lower > 0 && north!.p! < 0.001)
      assert.isTrue(south!.change!.lower < 0 && south!.change!.upper > 0)
      assert.isUndefined(matrix!.rows[0]!.cells[0]!.change)
      assert.deepStrictEqual(steerabilityOf(scores.slice(1), tables, sources, ["base", "friend"], posts), [])
    })
  }
})

describe("two analyses of the same pairs", () => {
  const pair = (a: string, b: string, estimate: number, half: number) => ({
    a,
    b,
    estimate,
    lower: estimate - half,
    upper: estimate + half
  })

  it("are compared whichever source comes first", () => {
    const here = [pair("x", "y", 1, 0.5), pair("x", "z", 0.1, 0.5), pair("y", "z", 1, 0.5)]
    const there = [pair("y", "x", -1, 0.5), pair("z", "x", 1, 0.5), pair("y", "z", -1, 0.5)]
    const changes = changesOf(here, there)
    assert.deepStrictEqual(changes, [
      { a: "x", b: "z", here: 0, there: -1 },
      { a: "y", b: "z", here: 1, there: -1 }
    ])
    assert.deepStrictEqual(changes.map(changeText), [
      "z above x (here not distinguishable)",
      "z above y (here the reverse)"
    ])
  })
})
