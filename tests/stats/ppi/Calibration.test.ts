import { assert, describe, it } from "@effect/vitest"
import * as Calibration from "../../../harness/stats/ppi/Calibration.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { csv, json } from "../Truth.ts"

const truth = json<{
  calib_linear: { coef: [number, number]; vcov: [[number, number], [number, number]]; sigma: number }
  calib_isotonic_ties_averaged: { x: number[]; yhat: number[] }
}>("calibration.json")
const rows = csv("judge.csv").filter((row) => row.human !== "")
const judge = rows.map((row) => Number(row.judge))
const human = rows.map((row) => Number(row.human))
const posts = rows.map((row) => row.post_id!)

const linear = (x: number[], y: number[]) => {
  const result = Calibration.linear(x, y)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}
const isotonic = (x: number[], y: number[]) => {
  const result = Calibration.isotonic(x, y)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

describe("Calibration", () => {
  it("is R's lm", () => {
    const fit = linear(judge, human)
    const { coef, vcov, sigma } = truth.calib_linear
    const pairs = [
      [fit.intercept, coef[0]],
      [fit.slope, coef[1]],
      [fit.vcov[0][0], vcov[0][0]],
      [fit.vcov[0][1], vcov[0][1]],
      [fit.vcov[1][0], vcov[1][0]],
      [fit.vcov[1][1], vcov[1][1]],
      [fit.sigma, sigma]
    ] as const
    for (const [actual, expected] of pairs) assert.approximately(actual, expected, 1e-9)
  })

  it("is isotonic regression with ties averaged", () => {
    const fit = isotonic(judge, human)
    assert.deepStrictEqual(fit.x, truth.calib_isotonic_ties_averaged.x)
    for (const [i, y] of fit.y.entries()) {
      assert.approximately(y, truth.calib_isotonic_ties_averaged.yhat[i]!, 1e-9)
    }
  })

  it("never decreases, keeps the mean, and leaves sorted data alone", () => {
    const random = Random.make(6)
    for (let run = 0; run < 50; run++) {
      const x = Array.from({ length: 30 }, () => random.below(12))
      const y = x.map((value) => value / 4 + random.normal())
      const fit = isotonic(x, y)
      assert.isTrue(fit.y.every((value, i) => i === 0 || value >= fit.y[i - 1]!))
      const fitted = x.reduce((sum, value) => sum + Calibration.applyIsotonic(fit, value), 0)
      assert.approximately(
        fitted,
        y.reduce((sum, value) => sum + value, 0),
        1e-9
      )
    }
    assert.deepStrictEqual(isotonic([3, 1, 2], [30, 10, 20]), { x: [1, 2, 3], y: [10, 20, 30], n: 3 })
    assert.deepStrictEqual(isotonic([1, 2, 3], [3, 2, 1]).y, [2, 2, 2])
  })

  it("interpolates between knots and stays constant beyond them", () => {
    const fit = { x: [1, 2, 4], y: [1, 3, 5], n: 3 }
    const at = [0, 1, 1.5, 2, 3, 4, 9].map((score) => Calibration.applyIsotonic(fit, score))
    assert.deepStrictEqual(at, [1, 1, 2, 3, 4, 5, 5])
  })

  it("is leave-one-out when every item is a fold: the closed form of PRESS", () => {
    const { intercept, slope } = linear(judge, human)
    const n = judge.length
    const mean = judge.reduce((sum, x) => sum + x, 0) / n
    const xx = judge.reduce((sum, x) => sum + (x - mean) ** 2, 0)
    let press = 0
    for (const [i, x] of judge.entries()) {
      const leverage = 1 / n + (x - mean) ** 2 / xx
      press += ((human[i]! - intercept - slope * x) / (1 - leverage)) ** 2
    }
    const result = Calibration.crossValidate("linear", judge, human, { seed: 1, folds: n })
    assert.approximately(result.ok ? result.value.rmse : 0, Math.sqrt(press / n), 1e-9)
  })

  it("holds out whole posts, repeats from its seed, and beats the mean where the judge knows something", () => {
    for (const kind of ["linear", "isotonic"] as const) {
      const result = Calibration.crossValidate(kind, judge, human, { seed: 3, groups: posts })
      assert.isTrue(
        result.ok && result.value.rmse < 0.9 * result.value.baselineRmse && result.value.folds === 10
      )
      assert.deepStrictEqual(
        Calibration.crossValidate(kind, judge, human, { seed: 3, groups: posts }),
        result
      )
    }
    // Two posts whose items have one value each: known when items are held out, unknown when posts are.
    const x = [1, 1, 1, 1, 2, 2, 2, 2]
    const y = [1, 1, 1, 1, 5, 5, 5, 5]
    const groups = ["p", "p", "p", "p", "q", "q", "q", "q"]
    const byItem = Calibration.crossValidate("isotonic", x, y, { seed: 1, folds: 8 })
    const byPost = Calibration.crossValidate("isotonic", x, y, { seed: 1, groups })
    assert.strictEqual(byItem.ok ? byItem.value.rmse : -1, 0)
    assert.strictEqual(byPost.ok ? byPost.value.rmse : -1, 4)
  })

  it("does not depend on order, and follows shift and scale", () => {
    const before = linear(judge, human)
    const after = linear(judge.map((x) => 2 * x + 1).toReversed(), human.map((y) => 3 * y - 2).toReversed())
    assert.approximately(after.slope, 1.5 * before.slope, 1e-10)
    assert.approximately(after.sigma, 3 * before.sigma, 1e-10)
    assert.deepStrictEqual(isotonic(judge.toReversed(), human.toReversed()), isotonic(judge, human))
  })

  it("has a reason or finite numbers whatever comes in", () => {
    assert.deepStrictEqual(Calibration.linear([0.1, 0.1, 0.1], [1, 2, 3]), {
      ok: false,
      reason: "the score never varies"
    })
    assert.isFalse(Calibration.linear([1, 2], [1, 2]).ok)
    assert.isFalse(Calibration.isotonic([], []).ok)
    assert.throws(() => Calibration.isotonic([1], []))
    for (let seed = 0; seed < 300; seed++) {
      const random = Random.make(seed)
      const odd = [0, 1, 2, 1e99, -1e99, 1e-300, Number.POSITIVE_INFINITY]
      const draw = (n: number) =>
        Array.from(
          { length: n },
          () => odd[random.below(random.below(30) === 0 ? 7 : seed % 2 === 0 ? 3 : 6)]!
        )
      const n = random.below(8)
      const [x, y] = [draw(n), draw(n)]
      const groups = Array.from({ length: n }, () => `p${random.below(4)}`)
      const results = [
        Calibration.linear(x, y),
        Calibration.isotonic(x, y),
        Calibration.crossValidate("linear", x, y, { seed, groups }),
        Calibration.crossValidate("isotonic", x, y, { seed, folds: random.below(5) })
      ]
      assert.deepStrictEqual(notFinite(results), [], `seed ${seed}`)
    }
  })
})
