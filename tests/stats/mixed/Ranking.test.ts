import { assert, describe, it } from "@effect/vitest"
import * as Analyze from "../../../harness/stats/mixed/Analyze.ts"
import * as Ranking from "../../../harness/stats/mixed/Ranking.ts"
import * as RankSets from "../../../harness/stats/mixed/RankSets.ts"
import * as Refusal from "../../../harness/stats/mixed/Refusal.ts"
import { columns, sources } from "../TruthRatings.ts"

describe("RankSets", () => {
  const interval = (lower: number | null, upper: number | null) => ({ lower, upper })

  it("counts those significantly better and worse", () => {
    // a above c; b undecided against both.
    const contrasts = [interval(-0.1, 0.3), interval(0.1, 0.5), interval(-0.2, 0.2)]
    const ranking = RankSets.make(["a", "b", "c"], contrasts)
    assert.deepStrictEqual(ranking.sets, [
      { source: "a", best: 1, worst: 2 },
      { source: "b", best: 1, worst: 3 },
      { source: "c", best: 2, worst: 3 }
    ])
    assert.isTrue(ranking.distinguishable)
    const reversed = RankSets.make(["a", "b", "c"], contrasts, true)
    assert.deepStrictEqual(reversed.sets[0], { source: "a", best: 2, worst: 3 })
  })

  it("says when nothing separates the sources, an undetermined contrast included", () => {
    const ranking = RankSets.make(["a", "b"], [interval(null, null)])
    assert.isFalse(ranking.distinguishable)
    assert.deepStrictEqual(ranking.sets[1], { source: "b", best: 1, worst: 2 })
  })

  it("puts the human of data set A last under Tukey intervals of `paper`", () => {
    const result = Analyze.analyze(columns("A"), { model: "paper", levels: sources.A! })
    assert.isTrue(result.ok)
    if (!result.ok) return
    assert.deepStrictEqual(RankSets.make(sources.A!, result.value.contrasts).sets, [
      { source: "human", best: 4, worst: 4 },
      { source: "gpt4", best: 1, worst: 2 },
      { source: "llama2", best: 1, worst: 2 },
      { source: "mistral", best: 3, worst: 3 }
    ])
  })
})

describe("Ranking", () => {
  it("ranks by the model for it and by intervals that hold together, and by nothing else", () => {
    const data = columns("B")
    const ranked = (options: Partial<Analyze.Options>) => {
      const result = Analyze.analyze(data, { model: "ranking", levels: sources.B!, ...options })
      if (!result.ok) throw new Error(result.reason)
      return Ranking.of(data, result.value)
    }
    assert.lengthOf(ranked({}).ranks!, 3)
    assert.deepStrictEqual(ranked({}).not_ranked, [])
    for (const [options, reason] of [
      [{ adjust: "none" }, /not adjusted/],
      [{ model: "paper" }, /paper does not rank/]
    ] as const) {
      const { ranks, distinguishable, not_ranked } = ranked(options)
      assert.isNull(ranks)
      assert.isNull(distinguishable)
      assert.match(not_ranked.join(), reason)
    }
  })
})

describe("Refusal", () => {
  const fitted = { converged: true }

  it("refuses data set A for its 15 posts, and takes a study's own thresholds", () => {
    const seen = Refusal.coverage(columns("A"))
    assert.strictEqual(seen.posts, 15)
    assert.strictEqual(seen.raters, 190)
    assert.strictEqual(seen.texts, 60)
    assert.strictEqual(seen.components, 1)
    assert.deepStrictEqual(Refusal.reasons(seen, fitted), ["15 posts are fewer than the 30 a ranking needs"])
    assert.deepStrictEqual(Refusal.reasons(seen, fitted, { ...Refusal.defaults, posts: 15 }), [])
  })

  it("ranks data set B, unless the model failed", () => {
    const seen = Refusal.coverage(columns("B"))
    assert.deepStrictEqual(Refusal.reasons(seen, fitted), [])
    assert.lengthOf(Refusal.reasons(seen, { converged: false }), 1)
    assert.lengthOf(Refusal.reasons(seen, undefined), 1)
  })

  it("sees raters and sources that fall apart, and thin texts", () => {
    const seen = Refusal.coverage({
      rating: Float64Array.of(1, 2, 3, 4, Number.NaN),
      source: ["a", "a", "b", "b", "b"],
      rater: ["r1", "r2", "r3", "r3", "r1"],
      post: ["p1", "p1", "p1", "p2", "p1"]
    })
    assert.strictEqual(seen.components, 2)
    assert.strictEqual(seen.medianRaters, 1)
    const why = Refusal.reasons(seen, fitted, { posts: 1, raters: 1, ratersPerText: 2 })
    assert.lengthOf(why, 2)
    assert.include(why.join(), "2 groups")
    assert.deepStrictEqual(
      Refusal.reasons(
        Refusal.coverage({ rating: new Float64Array(0), source: [], rater: [], post: [] }),
        fitted
      ),
      ["there are no ratings"]
    )
  })
})
