import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { build } from "../../harness/leaderboard/build.ts"
import { makeMeasurer } from "../../harness/leaderboard/measures.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { Plugins } from "../../harness/model/Plugins.ts"
import { rate } from "../../harness/run/rate.ts"
import type { TextRating } from "../../harness/store/ratingStream.ts"
import { Instrument, instrumentHash } from "../../harness/study/Instrument.ts"
import { begin, generate, layerOf, patience, type World } from "../run/study.ts"

const scale = { minimum: 1, maximum: 5, step: 1, anchors: {} }
const instrument = new Instrument({
  name: "two" as never,
  title: "Two",
  instructions: "Rate.",
  dimensions: [
    { name: "warm" as never, question: "Warm?", scale, direction: "higher-is-better" },
    { name: "cold" as never, question: "Cold?", scale, direction: "reversed" }
  ],
  aggregate: "mean",
  citation: "none"
})

const row = (given: Partial<TextRating>): TextRating => ({
  ordinal: 0,
  domain: "d",
  source: "s",
  condition: "c",
  epoch: 1,
  words: 10,
  rater: "r",
  raterKind: "proxy",
  raterVersion: "1",
  panel: null,
  repeat: 1,
  instrument: "two",
  instrumentHash: instrumentHash(instrument),
  dimension: "warm",
  value: 4,
  ...given
})

const measured = (rows: readonly TextRating[], dimensions = false) => {
  const out: (readonly [number, string, number])[] = []
  const measurer = makeMeasurer(
    [instrument],
    ({ of, measure, value }) => out.push([of.ordinal, measure, value]),
    {
      dimensions
    }
  )
  for (const one of rows) measurer.add(one)
  measurer.end()
  return out
}

describe("measures", () => {
  it("are aggregates with reversed dimensions turned round, and dimensions as they were rated", () => {
    const rows = [row({}), row({ dimension: "cold", value: 2 }), row({ ordinal: 1, value: 5 })]
    assert.deepStrictEqual(measured(rows), [[0, "aggregate", 4]])
    assert.deepStrictEqual(measured(rows, true), [
      [0, "warm", 4],
      [0, "cold", 2],
      [0, "aggregate", 4],
      [1, "warm", 5]
    ])
  })

  it("leave out ratings on an earlier wording of the same name", () => {
    assert.deepStrictEqual(measured([row({ instrumentHash: "0".repeat(64) })], true), [])
  })
})

describe("a store with ratings by an earlier version of a rater", () => {
  const world = (version: string, value: number): World => ({
    posts: ["one", "two"],
    sources: [{ name: "echo", generate: () => "I hear you" }],
    raters: [
      definePlugin({
        name: "fixed",
        version,
        description: "Always says the same",
        instruments: ["warmth"],
        rate: () => ({ warm: value })
      })
    ]
  })

  it.effect("shows the run's own version alone", () =>
    Effect.gen(function* () {
      const old = yield* begin(world("1", 1))
      yield* generate(old, patience)
      yield* rate(old)
      const next = world("2", 5)
      const shipped = Object.fromEntries(
        [definePlugin({ version: "1", ...next.sources[0]! }), ...next.raters!].map(
          (plugin) => [plugin.name, async () => ({ default: plugin })] as const
        )
      )
      const plan = yield* begin(next).pipe(Effect.provide(Plugins.layer(shipped)))
      yield* generate(plan, patience)
      yield* rate(plan)
      const mean = (run: string) => Effect.map(build(run), ({ tables }) => tables[0]!.rows[0]!.mean?.estimate)
      assert.deepStrictEqual([yield* mean(old.runId), yield* mean(plan.runId)], [1, 5])
    }).pipe(Effect.scoped, Effect.provide(layerOf(world("1", 1))))
  )
})
