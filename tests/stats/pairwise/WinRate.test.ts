import { assert, describe, it } from "@effect/vitest"
import type { Comparison } from "../../../harness/stats/pairwise/PairwiseDesign.ts"
import { winRates } from "../../../harness/stats/pairwise/WinRate.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { csv } from "../Truth.ts"

const pairs: Comparison[] = csv("pairs.csv").map((row) => ({
  a: row.a!,
  b: row.b!,
  winner: row.outcome === "A" ? "a" : row.outcome === "B" ? "b" : "tie",
  rater: row.rater_id!
}))

describe("WinRate", () => {
  it("counts wins and half ties, and clusters their error by rater", () => {
    const between = pairs.filter(({ a, b }) => [a, b].sort().join() === "m1,m2")
    const y = between.map((c): number =>
      c.winner === "tie" ? 0.5 : (c.winner === "a") === (c.a === "m1") ? 1 : 0
    )
    const mean = y.reduce((s, x) => s + x, 0) / y.length
    const sums = new Map<string, number>()
    between.forEach((c, i) => {
      sums.set(c.rater!, (sums.get(c.rater!) ?? 0) + (y[i]! - mean) / y.length)
    })
    const squares = [...sums.values()].reduce((s, x) => s + x * x, 0)
    const rate = winRates(pairs).pairs[0]!
    assert.deepStrictEqual([rate.a, rate.b, rate.n], ["m1", "m2", between.length])
    assert.isTrue(rate.rate.ok)
    if (!rate.rate.ok) return
    assert.approximately(rate.rate.value.rate, mean, 1e-12)
    assert.approximately(rate.rate.value.se, Math.sqrt((squares * sums.size) / (sums.size - 1)), 1e-12)
    assert.isBelow(rate.rate.value.lower, mean)
    assert.isAbove(rate.rate.value.upper, mean)
  })

  it("weighs opponents equally: the average of the pairs' rates", () => {
    const result = winRates(pairs)
    const mine = result.pairs.flatMap((p) =>
      p.a === "m3" ? [p.rate] : p.b === "m3" ? [p.rate].map((r) => (r.ok ? { ...r, turned: true } : r)) : []
    )
    const rates = mine.map((r) => (r.ok ? ("turned" in r ? 1 - r.value.rate : r.value.rate) : 0))
    const source = result.sources[2]!.rate
    assert.strictEqual(result.sources[2]!.opponents, 4)
    assert.approximately(source.ok ? source.value.rate : 0, rates.reduce((s, x) => s + x, 0) / 4, 1e-12)
  })

  it("does not depend on which of the two was shown first", () => {
    const turned = pairs.toReversed().map(({ a, b, winner, rater }): Comparison => {
      const other = winner === "tie" ? "tie" : winner === "a" ? "b" : "a"
      return { a: b, b: a, winner: other, ...(rater === undefined ? {} : { rater }) }
    })
    const numbers = (list: readonly Comparison[]) =>
      winRates(list).pairs.map(({ rate }) => (rate.ok ? rate.value.lower : Number.NaN))
    const after = numbers(turned)
    for (const [i, x] of numbers(pairs).entries()) assert.approximately(after[i]!, x, 1e-10)
  })

  it("keeps width where every comparison is won, and a reason where one rater judged all", () => {
    const all = ["r1", "r2", "r3", "r4"].flatMap((rater): Comparison[] =>
      Array.from({ length: 5 }, () => ({ a: "x", b: "y", winner: "a", rater }))
    )
    const won = winRates(all).pairs[0]!.rate
    assert.isTrue(won.ok && won.value.rate === 1 && won.value.upper === 1 && won.value.lower < 0.6)
    const lone = winRates(all.slice(0, 5)).pairs[0]!.rate
    assert.deepStrictEqual(lone, { ok: false, reason: "a single rater judged all comparisons" })
  })

  it("covers with raters that lean, where an interval for independent comparisons would not", () => {
    const runs = 400
    let covered = 0
    let naive = 0
    for (let run = 0; run < runs; run++) {
      const random = Random.make(run + 1)
      const comparisons: Comparison[] = []
      for (let r = 0; r < 25; r++) {
        // Leans are ±.3 around .5: the true rate is .5.
        const lean = 0.5 + (random.next() < 0.5 ? 0.3 : -0.3)
        for (let i = 0; i < 12; i++) {
          comparisons.push({ a: "x", b: "y", winner: random.next() < lean ? "a" : "b", rater: `r${r}` })
        }
      }
      const { rate } = winRates(comparisons).pairs[0]!
      if (rate.ok && rate.value.lower <= 0.5 && rate.value.upper >= 0.5) covered++
      if (rate.ok && Math.abs(rate.value.rate - 0.5) <= 1.96 * Math.sqrt(0.25 / 300)) naive++
    }
    assert.isAtLeast(covered / runs, 0.93)
    assert.isBelow(naive / runs, 0.8)
  })

  it("has no NaN or Infinity whatever comes in", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = Random.make(seed)
      const names = ["a", "b", "c"]
      const comparisons = Array.from({ length: random.below(12) }, (): Comparison => {
        const rater = random.next() < 0.02 ? {} : { rater: `r${random.below(3)}` }
        const winner = (["a", "b", "tie"] as const)[random.below(3)]!
        return { a: names[random.below(3)]!, b: names[random.below(3)]!, winner, ...rater }
      })
      const result = winRates(comparisons)
      assert.deepStrictEqual(notFinite(result), [])
      for (const { rate } of result.pairs) {
        if (rate.ok) assert.isTrue(0 <= rate.value.lower && rate.value.upper <= 1)
      }
    }
  })
})
