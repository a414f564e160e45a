import { assert, describe, it } from "@effect/vitest"
import { qt } from "../../../harness/stats/Distributions.ts"
import * as Simultaneous from "../../../harness/stats/mixed/Simultaneous.ts"
import { quadratic } from "../../../harness/stats/SquareMatrix.ts"

const levels = ["a", "b", "c"].map((name, i) => ({
  name,
  weights: Float64Array.from([1, i === 1 ? 1 : 0, i === 2 ? 1 : 0])
}))
const vcov = Float64Array.of(0.02, -0.01, -0.01, -0.01, 0.03, 0.01, -0.01, 0.01, 0.04)
const linear = (df: number): Simultaneous.Linear => ({
  beta: Float64Array.of(3, 0.5, -0.25),
  variance: (weights) => quadratic(vcov, weights),
  df: () => df
})

describe("Simultaneous", () => {
  it("has the smallest detectable difference where the interval's critical value and power meet", () => {
    const se = Math.sqrt(0.03)
    for (const df of [7.5, 60, Number.POSITIVE_INFINITY]) {
      const [plain] = Simultaneous.pairs(linear(df), levels, "none")
      assert.closeTo(plain!.minimum_detectable!, (qt(0.975, df) + qt(0.8, df)) * se, 1e-12)
      const [strict] = Simultaneous.pairs(linear(df), levels, "bonferroni")
      assert.closeTo(strict!.minimum_detectable!, (qt(1 - 0.025 / 3, df) + qt(0.8, df)) * se, 1e-12)
    }
  })

  it("has no interval, and says so, where degrees of freedom are next to none", () => {
    const means = Simultaneous.means(linear(0.01), levels)
    const pairs = Simultaneous.pairs(linear(0.01), levels, "tukey")
    for (const row of [...means, ...pairs]) {
      assert.isNull(row.lower)
      assert.isNull(row.upper)
      assert.match(row.reason!, /too few degrees of freedom/)
    }
    assert.isNull(pairs[0]!.minimum_detectable)
    assert.strictEqual(means[1]!.emmean, 3.5)
  })
})
