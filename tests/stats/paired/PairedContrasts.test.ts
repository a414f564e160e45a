import { assert, describe, it } from "@effect/vitest"
import * as Distributions from "../../../harness/stats/Distributions.ts"
import { analysePaired } from "../../../harness/stats/paired/PairedContrasts.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"

const table = (n: number, k: number, seed: number, effect = 0.3, domains = 4) => {
  const random = Random.make(seed)
  const values = new Float64Array(n * k)
  for (let i = 0; i < n; i++) {
    const post = 0.4 * random.normal()
    for (let s = 0; s < k; s++) values[i * k + s] = 3 + effect * s + post + 0.5 * random.normal()
  }
  return {
    sources: Array.from({ length: k }, (_, s) => `s${s}`),
    posts: Array.from({ length: n }, (_, i) => ({ domain: `d${i % domains}` })),
    values,
    seed
  }
}

const reordered = (input: ReturnType<typeof table>, order: readonly number[]) => {
  const k = input.sources.length
  return {
    ...input,
    posts: order.map((i) => input.posts[i]!),
    values: Float64Array.from(order.flatMap((i) => Array.from(input.values.subarray(i * k, i * k + k))))
  }
}

describe("PairedContrasts", () => {
  it("is the paired t test when there is one domain and two sources", () => {
    const input = table(40, 2, 5, 0.3, 1)
    const d = Array.from({ length: 40 }, (_, i) => input.values[2 * i]! - input.values[2 * i + 1]!)
    const mean = d.reduce((a, b) => a + b) / 40
    const se = Math.sqrt(d.reduce((a, b) => a + (b - mean) ** 2, 0) / 39 / 40)
    const contrast = analysePaired(input).contrasts[0]!
    assert.approximately(contrast.estimate, mean, 1e-12)
    assert.approximately(contrast.se, se, 1e-12)
    assert.approximately(contrast.df, 39, 1e-9)
    assert.approximately(contrast.lower, mean - Distributions.qt(0.975, 39) * se, 1e-12)
    assert.approximately(contrast.p, Distributions.twoSided(mean / se, 39), 1e-12)
    // One contrast has nothing to adjust for: the bootstrap's critical value is t's, up to its own noise.
    const width =
      (contrast.upperSimultaneous - contrast.lowerSimultaneous) / (contrast.upper - contrast.lower)
    assert.isAtLeast(width, 1)
    assert.isAtMost(width, 1.06)
    assert.isAtLeast(contrast.mde, (Distributions.qt(0.975, 39) + Distributions.qt(0.8, 39)) * se - 1e-12)
  })

  it("weights domains equally, with the stratified error and Welch–Satterthwaite degrees of freedom", () => {
    const difference = [1, 2, 3, 10, 14, 5, 5.5, 6, 6.5, 7]
    const domain = ["a", "a", "a", "b", "b", "c", "c", "c", "c", "c"]
    const result = analysePaired({
      sources: ["x", "y"],
      posts: domain.map((d) => ({ domain: d })),
      values: Float64Array.from(difference.flatMap((d, i) => [d + i, i])),
      seed: 1
    })
    // By hand: means 2, 12, 6; v_d = s²/(9 n) = 1/27, 8/18, .625/45.
    const v = [1 / 27, 8 / 18, 0.625 / 45]
    const total = v.reduce((a, b) => a + b)
    const contrast = result.contrasts[0]!
    assert.approximately(contrast.estimate, 20 / 3, 1e-12)
    assert.approximately(contrast.se, Math.sqrt(total), 1e-12)
    assert.approximately(contrast.df, total ** 2 / (v[0]! ** 2 / 2 + v[1]! ** 2 / 1 + v[2]! ** 2 / 4), 1e-9)
    assert.strictEqual(result.refusal, "10 posts with a text of both x and y; ranking needs 30")
    assert.deepStrictEqual(result.sources[0]!.rank, [1, 2])
  })

  it("takes domains of one post together, and lends a lone one the others' variance", () => {
    const input = table(36, 2, 8, 0.3, 36)
    const [alone] = analysePaired(input).contrasts
    const [together] = analysePaired({
      ...input,
      posts: input.posts.map(() => ({ domain: "one" }))
    }).contrasts
    assert.approximately(alone!.estimate, together!.estimate, 1e-12)
    assert.approximately(alone!.se, together!.se, 1e-12)
    assert.approximately(alone!.df, 35, 1e-9)
    // Differences 1, 3 | 2, 6 | 9: v = 2/(2·9), 8/(2·9), and s²/9 with s² = (2 + 8)/2 on 2 degrees of freedom.
    const lone = analysePaired({
      sources: ["x", "y"],
      posts: ["a", "a", "b", "b", "c"].map((domain) => ({ domain })),
      values: Float64Array.of(1, 0, 3, 0, 2, 0, 6, 0, 9, 0),
      seed: 1
    }).contrasts[0]!
    const v = [1 / 9, 4 / 9, 5 / 9]
    assert.approximately(lone.estimate, 5, 1e-12)
    assert.approximately(lone.se, Math.sqrt(10 / 9), 1e-12)
    assert.approximately(lone.df, (10 / 9) ** 2 / (v[0]! ** 2 + v[1]! ** 2 + v[2]! ** 2 / 2), 1e-9)
  })

  it("separates two sources that are always exactly 2 apart, with no width and no noise of subtraction", () => {
    const random = Random.make(3)
    const values = new Float64Array(120)
    for (let i = 0; i < 40; i++) {
      const base = 1 + Math.round(random.next() * 20) / 10
      values.set([base + 2, base, 3.3 + random.normal()], 3 * i)
    }
    const posts = Array.from({ length: 40 }, (_, i) => ({ domain: `d${i % 3}` }))
    const result = analysePaired({ sources: ["a", "b", "c"], posts, values, seed: 1 })
    const contrast = result.contrasts[0]!
    assert.approximately(contrast.estimate, 2, 1e-12)
    assert.strictEqual(contrast.se, 0)
    assert.strictEqual(contrast.upperSimultaneous - contrast.lowerSimultaneous, 0)
    assert.strictEqual(contrast.p, 0)
    assert.strictEqual(contrast.pAdjusted, 0)
    assert.strictEqual(contrast.df, 37)
    assert.isBelow(result.sources[0]!.rank[1], result.sources[1]!.rank[1])
    assert.deepStrictEqual(notFinite(result), [])
    const same = analysePaired({
      sources: ["a", "b"],
      posts,
      values: values.map((_, i) => values[3 * (i >> 1)]!).subarray(0, 80),
      seed: 1
    })
    assert.strictEqual(same.contrasts[0]!.p, 1)
    assert.deepStrictEqual(same.sources[0]!.rank, [1, 2])
    assert.isTrue(same.tied)
    assert.isFalse(result.tied)
    assert.deepStrictEqual(same.notes, [])
  })

  it("gives rank sets and adjusted p values that agree with the simultaneous intervals", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const result = analysePaired({ ...table(60, 4, seed, seed % 2 === 0 ? 0.15 : -0.15), resamples: 499 })
      const k = 4
      const better = new Map(result.sources.map(({ source }) => [source, { up: 0, down: 0 }]))
      for (const c of result.contrasts) {
        const separated = c.lowerSimultaneous > 0 || c.upperSimultaneous < 0
        assert.strictEqual(separated, c.pAdjusted <= 0.05, `${c.a} ${c.b} ${c.pAdjusted}`)
        assert.isAtMost(c.lowerSimultaneous, c.lower)
        assert.isAtLeast(c.pAdjusted, c.p)
        if (!separated) continue
        const [winner, loser] = c.estimate > 0 ? [c.a, c.b] : [c.b, c.a]
        better.get(loser)!.up++
        better.get(winner)!.down++
      }
      for (const { source, rank } of result.sources) {
        const { up, down } = better.get(source)!
        assert.deepStrictEqual(rank, [1 + up, k - down])
      }
    }
  })

  it("keeps the family-wise error near 5 % with few posts and whole-number scores", () => {
    const runs = 400
    let wrong = 0
    for (let run = 0; run < runs; run++) {
      const input = table(30, 4, 1000 + run, 0, 3)
      const values = input.values.map((x) => Math.max(1, Math.min(5, Math.round(x))))
      const { contrasts } = analysePaired({ ...input, values, resamples: 299 })
      if (contrasts.some((c) => c.pAdjusted <= 0.05)) wrong++
    }
    // Three binomial standard errors around 5 %.
    assert.approximately(wrong / runs, 0.05, 3 * Math.sqrt((0.05 * 0.95) / runs))
  })

  it("does not depend on the rows' order, and follows shift and scale", () => {
    const input = table(50, 3, 9)
    input.values[7] = Number.NaN
    const before = analysePaired(input)
    const order = Array.from({ length: 50 }, (_, i) => (i * 17 + 3) % 50)
    assert.deepStrictEqual(analysePaired(reordered(input, order)), before)
    const moved = analysePaired({ ...input, values: input.values.map((x) => 10 + 4 * x) })
    moved.contrasts.forEach((c, i) => {
      const old = before.contrasts[i]!
      assert.approximately(c.estimate, 4 * old.estimate, 1e-9)
      assert.approximately(c.lowerSimultaneous, 4 * old.lowerSimultaneous, 1e-9)
      assert.approximately(c.pAdjusted, old.pAdjusted, 1e-9)
      assert.approximately(c.df, old.df, 1e-6)
    })
    assert.deepStrictEqual(
      moved.sources.map((s) => s.rank),
      before.sources.map((s) => s.rank)
    )
    const renamed = analysePaired({ ...input, sources: ["z", "y", "x"] })
    assert.deepStrictEqual(
      renamed.contrasts.map((c) => c.pAdjusted),
      before.contrasts.map((c) => c.pAdjusted)
    )
  })

  it("counts a post for a pair only when both have a text, and says what is left out", () => {
    const input = table(45, 3, 4, 0.3, 3)
    // s2 lacks all of domain d1, and all but 20 of the rest.
    for (let i = 0; i < 45; i++) if (i % 3 === 1 || i >= 30) input.values[3 * i + 2] = Number.NaN
    const result = analysePaired(input)
    assert.deepStrictEqual(
      result.contrasts.map((c) => c.n),
      [45, 20, 20]
    )
    assert.strictEqual(result.refusal, "20 posts with a text of both s0 and s2; ranking needs 30")
    assert.include(result.notes, "s0 and s2 are compared without 1 domain that lacks a text of one of them")
    const d1 = result.domains.find((d) => d.domain === "d1")!
    assert.deepStrictEqual(
      d1.sources.map((s) => s.source),
      ["s0", "s1"]
    )
  })

  it("has a typed reason and no NaN or Infinity whatever comes in", () => {
    const random = Random.make(77)
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e90, 0, 3, 3, 5]
    for (let run = 0; run < 300; run++) {
      const n = random.below(40)
      const k = random.below(5)
      const domains = 1 + random.below(12)
      const kind = random.below(3)
      const values = Float64Array.from({ length: n * k }, () =>
        kind === 0
          ? odd[random.below(odd.length)]!
          : random.next() < 0.4
            ? Number.NaN
            : 1 + random.below(kind * 2)
      )
      const result = analysePaired({
        sources: Array.from({ length: k }, (_, s) => `s${s}`),
        posts: Array.from({ length: n }, () => ({ domain: `d${random.below(domains)}` })),
        values,
        seed: run,
        resamples: 99
      })
      assert.deepStrictEqual(notFinite(result), [])
      assert.strictEqual(result.contrasts.length + result.omitted.length, (k * (k - 1)) / 2)
      for (const { rank } of result.sources) assert.isTrue(1 <= rank[0] && rank[0] <= rank[1] && rank[1] <= k)
    }
  })

  it("refuses shapes that disagree", () => {
    assert.throws(() => analysePaired({ sources: ["a"], posts: [], values: new Float64Array(1), seed: 1 }))
  })
})
