import { assert, describe, it } from "@effect/vitest"
import { blandAltman } from "../../../harness/stats/agreement/BlandAltman.ts"
import { concordance } from "../../../harness/stats/agreement/Concordance.ts"
import { kendall, pearson, spearman } from "../../../harness/stats/agreement/Correlation.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { permutation } from "../Synthetic.ts"
import { cell, csv, get, json, near, nearRelative } from "../Truth.ts"

interface AgreementTruth {
  readonly judge_vs_human_labeled: {
    readonly n: number
    readonly pearson: { est: number; lo: number; hi: number; t: number; p: number }
    readonly spearman: {
      est: number
      p_asymptotic: number
      bonett_wright: readonly [number, number]
      fisher_plain: readonly [number, number]
    }
    readonly kendall_tau_b: { est: number; p: number; bonett_wright: readonly [number, number] }
    readonly lin_ccc: number
  }
  readonly bland_altman: {
    readonly bias: number
    readonly sd: number
    readonly bias_ci: readonly [number, number]
    readonly loa: readonly [number, number]
    readonly "loa_1.96": readonly [number, number]
    readonly se_loa_bland: number
    readonly se_loa_exact: number
  }
}

const { judge_vs_human_labeled: truth, bland_altman: limits } = json<{ agreement: AgreementTruth }>(
  "reliability.json"
).agreement
const rows = csv("judge.csv")
const judge = rows.map((row) => cell(row.judge))
const human = rows.map((row) => cell(row.human))

describe("Correlation", () => {
  it("equals cor.test's Pearson, with items that lack a human rating left out", () => {
    const actual = get(pearson(judge, human))
    assert.strictEqual(actual.n, truth.n)
    near(actual.estimate, truth.pearson.est, 1e-9)
    near(get(actual.interval).lower, truth.pearson.lo, 1e-9)
    near(get(actual.interval).upper, truth.pearson.hi, 1e-9)
    near(get(actual.test).statistic, truth.pearson.t, 1e-9)
    nearRelative(get(actual.test).p, truth.pearson.p, 1e-9)
  })

  it("equals R's Spearman, with the Bonett–Wright and the plain interval", () => {
    const actual = get(spearman(judge, human))
    near(actual.estimate, truth.spearman.est, 1e-9)
    near(get(actual.interval).lower, truth.spearman.bonett_wright[0], 1e-9)
    near(get(actual.interval).upper, truth.spearman.bonett_wright[1], 1e-9)
    near(get(actual.fisherInterval).lower, truth.spearman.fisher_plain[0], 1e-9)
    near(get(actual.fisherInterval).upper, truth.spearman.fisher_plain[1], 1e-9)
    nearRelative(get(actual.test).p, truth.spearman.p_asymptotic, 1e-9)
  })

  it("equals R's tau-b with many ties, its test and the Bonett–Wright interval", () => {
    const actual = get(kendall(judge, human))
    near(actual.estimate, truth.kendall_tau_b.est, 1e-9)
    near(get(actual.interval).lower, truth.kendall_tau_b.bonett_wright[0], 1e-9)
    near(get(actual.interval).upper, truth.kendall_tau_b.bonett_wright[1], 1e-9)
    nearRelative(get(actual.test).p, truth.kendall_tau_b.p, 1e-9)
  })

  it("counts exchanges as the definition does, pair by pair", () => {
    const random = Random.make(12)
    for (const n of [2, 3, 7, 33]) {
      const x = Array.from({ length: n }, (_, i) => (i === 0 ? -1 : random.below(4)))
      const y = Array.from({ length: n }, (_, i) => (i === 0 ? 9 : random.below(4)))
      let score = 0
      let freeX = 0
      let freeY = 0
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const dx = Math.sign(x[i]! - x[j]!)
          const dy = Math.sign(y[i]! - y[j]!)
          score += dx * dy
          freeX += dx * dx
          freeY += dy * dy
        }
      }
      near(get(kendall(x, y)).estimate, score / Math.sqrt(freeX * freeY), 1e-12, `n = ${n}`)
    }
  })

  it("does not depend on order, nor the rank correlations on any increasing transformation", () => {
    const both = rows.flatMap((row) =>
      row.human === "" ? [] : [[Number(row.judge), Number(row.human)] as const]
    )
    const order = permutation(both.length, Random.make(1))
    const x = order.map((i) => both[i]![0])
    const y = order.map((i) => both[i]![1])
    near(
      get(
        pearson(
          x.map((v) => 1e6 + 3 * v),
          y
        )
      ).estimate,
      truth.pearson.est,
      1e-9
    )
    near(
      get(
        spearman(
          x.map(Math.exp),
          y.map((v) => v ** 3)
        )
      ).estimate,
      truth.spearman.est,
      1e-12
    )
    near(
      get(
        kendall(
          x.map(Math.exp),
          y.map((v) => -v)
        )
      ).estimate,
      -truth.kendall_tau_b.est,
      1e-12
    )
  })

  it("gives reasons for constant raters, too few pairs and perfect correlation", () => {
    for (const correlation of [pearson, spearman, kendall]) {
      assert.isFalse(correlation([1, 1, 1], [1, 2, 3]).ok)
      assert.isFalse(correlation([1, null, 2], [1, 3, null]).ok)
      const two = get(correlation([1, 2], [5, 3]))
      assert.strictEqual(two.estimate, -1)
      assert.isFalse(two.interval.ok)
      const perfect = get(correlation([1.1, 2.2, 3.3, 4.7, 5.9], [2.2, 4.4, 6.6, 9.4, 11.8]))
      assert.strictEqual(perfect.estimate, 1)
      assert.isFalse(perfect.interval.ok)
    }
  })
})

describe("Concordance", () => {
  it("equals Lin's coefficient in R", () => {
    near(get(concordance(judge, human)).estimate, truth.lin_ccc, 1e-9)
  })

  it("falls with a shift that leaves the correlation alone, and has an interval that covers", () => {
    const shifted = judge.map((v) => (v === null ? null : v + 1))
    assert.isBelow(get(concordance(shifted, human)).estimate, truth.lin_ccc)
    const random = Random.make(77)
    // x = s + e, y = s + f + 0.5 with unit variances: 2·1 / (2 + 2 + 0.25).
    const expected = 2 / 4.25
    let covered = 0
    const runs = 1000
    for (let run = 0; run < runs; run++) {
      const x: Array<number> = []
      const y: Array<number> = []
      for (let i = 0; i < 60; i++) {
        const s = random.normal()
        x.push(s + random.normal())
        y.push(s + random.normal() + 0.5)
      }
      const { lower, upper } = get(get(concordance(x, y)).interval)
      if (lower <= expected && expected <= upper) covered++
    }
    near(covered / runs, 0.95, 4 * Math.sqrt((0.95 * 0.05) / runs))
  })

  it("is 1 on the line of equality, 0 for one constant rater, and not estimable for two", () => {
    const equal = get(concordance([1, 2, 3], [1, 2, 3]))
    near(equal.estimate, 1, 1e-14)
    assert.isFalse(equal.interval.ok)
    assert.strictEqual(get(concordance([1, 2, 3], [2, 2, 2])).estimate, 0)
    assert.isFalse(concordance([2, 2], [3, 3]).ok)
  })
})

describe("BlandAltman", () => {
  it("equals R: bias, limits and their standard errors", () => {
    const actual = get(blandAltman(judge, human))
    near(actual.bias, limits.bias, 1e-9)
    near(actual.sd, limits.sd, 1e-9)
    near(actual.interval.lower, limits.bias_ci[0], 1e-9)
    near(actual.interval.upper, limits.bias_ci[1], 1e-9)
    near(actual.limits.lower, limits.loa[0], 1e-9)
    near(actual.limits.upper, limits.loa[1], 1e-9)
    near(actual.limits196.lower, limits["loa_1.96"][0], 1e-9)
    near(actual.limits196.upper, limits["loa_1.96"][1], 1e-9)
    near(actual.seLimit, limits.se_loa_bland, 1e-9)
    near(actual.seLimitExact, limits.se_loa_exact, 1e-9)
  })

  it("gives the constant difference as the reason there are no limits", () => {
    const result = blandAltman([1.3, 2.3, 3.3], [1.1, 2.1, 3.1])
    assert.isFalse(result.ok)
    assert.include(result.ok ? "" : result.reason, "0.2")
    assert.isFalse(blandAltman([1], [2]).ok)
  })
})
