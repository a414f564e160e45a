import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { compare } from "../../harness/gate/compare.ts"
import type { Metric } from "../../harness/gate/Metric.ts"
import { pairSides } from "../../harness/gate/pairSides.ts"
import { type ScoredText, scoreName } from "../../harness/gate/readTexts.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { rate } from "../../harness/run/rate.ts"
import { analysePaired } from "../../harness/stats/paired/PairedContrasts.ts"
import * as Random from "../../harness/stats/Random.ts"
import { Instrument } from "../../harness/study/Instrument.ts"
import { begin, generate, layerOf, patience } from "../run/study.ts"

const instrument = new Instrument({
  name: "warmth" as never,
  title: "Warmth",
  instructions: "Rate.",
  dimensions: [
    {
      name: "cold" as never,
      question: "How cold?",
      scale: { minimum: 1, maximum: 5, step: 1, anchors: {} },
      direction: "reversed"
    }
  ],
  aggregate: "none",
  citation: "none"
})
const metric = (turned: boolean): Metric => ({ name: "warmth/cold", instrument, measure: "cold", turned })

const text = (post: number, score: number, epoch = 1): ScoredText => ({
  suite: "s",
  domain: post % 3 === 0 ? "few" : "many",
  post: `p${post}`,
  postHash: "x" as never,
  title: `Title ${post}`,
  body: "",
  epoch,
  outcome: "ok",
  author: "model",
  text: `text ${post} ${score}`,
  byRater: new Map(),
  scores: new Map([[scoreName("proxy", "warmth", "cold"), score]])
})

const draw = (seed: number, n = 40) => {
  const random = Random.make(seed)
  return Array.from({ length: n }, (_, i) => text(i, 3 + 0.5 * random.normal()))
}

describe("two sides paired by post", () => {
  it("have the leaderboard's estimate and interval", () => {
    const [a, b] = [draw(1), draw(2)]
    const found = pairSides({ metric: metric(false), kind: "proxy", a, b, show: 3 })
    const values = Float64Array.from(
      a.flatMap((one, i) => [b[i]!, one].map((side) => [...side.scores.values()][0]!))
    )
    const contrast = analysePaired({ sources: ["b", "a"], posts: a, values, seed: 1 }).contrasts[0]!
    assert.closeTo(found.difference!.estimate, contrast.estimate, 1e-12)
    assert.closeTo(found.difference!.lower, contrast.lower, 1e-12)
    assert.closeTo(found.difference!.upper, contrast.upper, 1e-12)
    assert.closeTo(found.p, contrast.p, 1e-12)
    assert.deepStrictEqual(
      found.domains.map(({ domain, posts }) => [domain, posts]),
      [
        ["few", 14],
        ["many", 26]
      ]
    )
    assert.closeTo(
      (found.domains[0]!.estimate + found.domains[1]!.estimate) / 2,
      found.difference!.estimate,
      1e-12
    )
  })

  it("turn a dimension round of which more is worse", () => {
    const [a, b] = [draw(1), draw(2)]
    const plain = pairSides({ metric: metric(false), kind: "proxy", a, b, show: 0 })
    const turned = pairSides({ metric: metric(true), kind: "proxy", a, b, show: 0 })
    assert.closeTo(turned.difference!.estimate, -plain.difference!.estimate, 1e-12)
    assert.closeTo(turned.meanA!, 6 - plain.meanA!, 1e-12)
  })

  it("show the largest changes first, whichever way, with both texts", () => {
    const a = [text(1, 3), text(2, 3), text(4, 3), text(5, 3), text(7, 1)]
    const b = [text(1, 3.5), text(2, 1), text(4, 3), text(5, 4.5)]
    const { largest, posts, onlyA, onlyB } = pairSides({
      metric: metric(false),
      kind: "proxy",
      a,
      b,
      show: 2
    })
    assert.deepStrictEqual(
      largest.map(({ post, change, a: one, b: two }) => [post, change, one.text, two.text]),
      [
        ["p2", -2, "text 2 3", "text 2 1"],
        ["p5", 1.5, "text 5 3", "text 5 4.5"]
      ]
    )
    assert.deepStrictEqual([posts, onlyA, onlyB], [4, 1, 0])
    const all = pairSides({ metric: metric(false), kind: "proxy", a, b, show: 9 })
    assert.strictEqual(all.largest.length, 3)
  })

  it("average epochs before they count a post, and do not pair other words under the same id", () => {
    const a = [text(1, 2), text(1, 4, 2), text(2, 3), text(4, 3)]
    const b = [text(1, 3), text(2, 3), { ...text(4, 5), postHash: "y" as never }]
    const found = pairSides({ metric: metric(false), kind: "proxy", a, b, show: 9 })
    assert.strictEqual(found.posts, 2)
    assert.deepStrictEqual([found.onlyA, found.onlyB], [1, 1])
    assert.strictEqual(found.difference!.estimate, 0)
    assert.strictEqual(found.p, 1)
    assert.deepStrictEqual(found.largest, [])
  })
})

describe("comparing", () => {
  const world = {
    posts: Array.from({ length: 8 }, (_, i) => `post-${i}`),
    sources: ["long", "short"].map((name) => ({
      name,
      generate: () => (name === "long" ? "I hear how hard it is" : "Well")
    })),
    raters: [
      definePlugin({
        name: "length",
        version: "1",
        description: "Rates by length",
        instruments: ["warmth"],
        rate: (_, { response }) => ({ warm: Math.min(5, response.length) })
      })
    ]
  }
  const given = { run: undefined, source: undefined, condition: undefined, metrics: [], show: 1 }
  const ready = Effect.gen(function* () {
    const plan = yield* begin(world)
    yield* generate(plan, patience)
    yield* rate(plan)
    return plan.runId
  })

  it.effect("finds sources by name, in a run by RUN:SOURCE, and all that two runs share", () =>
    Effect.gen(function* () {
      const run = yield* ready
      const named = yield* compare({ ...given, a: "long", b: "short" })
      assert.strictEqual(named.comparisons[0]!.difference!.estimate, -1)
      const inRun = yield* compare({ ...given, a: `${run}:short`, b: `${run}:long` })
      assert.strictEqual(inRun.comparisons[0]!.difference!.estimate, 1)
      const runs = yield* compare({ ...given, a: run, b: run })
      assert.deepStrictEqual(
        runs.comparisons.map(({ a, b, difference }) => [a.source, b.source, difference!.estimate]),
        [
          ["long", "long", 0],
          ["short", "short", 0]
        ]
      )
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  )

  it.effect("says in one line what it does not know", () =>
    Effect.gen(function* () {
      yield* ready
      const wrong = yield* Effect.flip(compare({ ...given, a: "long", b: "shorts" }))
      assert.match(
        wrong.message,
        /^shorts: neither a run of this store nor a source of run study-\w{8}; did you mean short\?$/
      )
    }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
  )
})
