import { assert, describe, it } from "@effect/vitest"
import type { Estimable } from "../../../harness/stats/Estimable.ts"
import * as Random from "../../../harness/stats/Random.ts"
import * as Bootstrap from "../../../harness/stats/resampling/Bootstrap.ts"
import { notFinite } from "../finite.ts"
import { csv, json } from "../Truth.ts"

interface Given {
  readonly t0: number
  readonly t: number[]
  readonly L_jack: number[]
  readonly perc: [number, number]
  readonly bca: [number, number]
}
const truth = json<{
  readonly mean_human_labeled: Given
  readonly cor_judge_human: Given
  readonly cor_R20000: {
    readonly se: number
    readonly perc: [number, number]
    readonly bca: [number, number]
  }
}>("bootstrap.json")

const labelled = csv("judge.csv").filter((row) => row.human !== "")
const judge = Float64Array.from(labelled, (row) => Number(row.judge))
const human = Float64Array.from(labelled, (row) => Number(row.human))

const meanOf =
  (values: Float64Array): Bootstrap.Statistic =>
  (indices) => {
    let sum = 0
    for (const i of indices) sum += values[i]!
    return sum / indices.length
  }

const correlation: Bootstrap.Statistic = (indices) => {
  const [meanX, meanY] = [meanOf(judge)(indices), meanOf(human)(indices)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const i of indices) {
    xx += (judge[i]! - meanX) ** 2
    yy += (human[i]! - meanY) ** 2
    xy += (judge[i]! - meanX) * (human[i]! - meanY)
  }
  return xy / Math.sqrt(xx * yy)
}

const value = <A>(result: Estimable<A>): A => {
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const ends = (result: Estimable<Bootstrap.Bounds>): [number, number] => [
  value(result).lower,
  value(result).upper
]

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  assert.strictEqual(actual.length, expected.length)
  for (let i = 0; i < actual.length; i++) assert.approximately(actual[i]!, expected[i]!, tolerance)
}

describe("Bootstrap", () => {
  for (const [name, statistic] of [
    ["mean_human_labeled", meanOf(human)],
    ["cor_judge_human", correlation]
  ] as const) {
    it(`takes the endpoints R takes from the same replicates: ${name}`, () => {
      const given = truth[name]
      const replicates = { estimate: given.t0, values: Float64Array.from(given.t), failed: 0 }
      close(ends(Bootstrap.percentile(replicates)), given.perc, 1e-9)
      // The contract. R counts replicates equal to the estimate by their rounding, lost in 15 digits.
      close(ends(Bootstrap.bca(replicates, Float64Array.from(given.L_jack))), given.bca, 1e-3)
      close(value(Bootstrap.jackknife(labelled.length, statistic)), given.L_jack, 1e-9)
    })
  }

  it("draws replicates whose interval agrees with R's 20,000", () => {
    const drawn = value(Bootstrap.run(labelled.length, correlation, { seed: 1, resamples: 20_000 }))
    close(ends(Bootstrap.percentile(drawn)), truth.cor_R20000.perc, 5e-3)
    const influence = value(Bootstrap.jackknife(labelled.length, correlation))
    close(ends(Bootstrap.bca(drawn, influence)), truth.cor_R20000.bca, 5e-3)
    const mean = drawn.values.reduce((s, x) => s + x, 0) / drawn.values.length
    const variance = drawn.values.reduce((s, x) => s + (x - mean) ** 2, 0) / (drawn.values.length - 1)
    assert.approximately(Math.sqrt(variance), truth.cor_R20000.se, 5e-3)
  })

  it("repeats from its seed", () => {
    const draw = (seed: number) => value(Bootstrap.run(150, meanOf(human), { seed, resamples: 50 })).values
    assert.deepStrictEqual(draw(3), draw(3))
    assert.notDeepEqual(draw(3), draw(4))
  })

  it("corrects towards the side the statistic is biased from", () => {
    // The mean of a long right tail: BCa moves both ends up against the percentile interval.
    const random = Random.make(8)
    const skewed = Float64Array.from({ length: 40 }, () => Math.exp(random.normal()))
    const drawn = value(Bootstrap.run(40, meanOf(skewed), { seed: 2 }))
    const corrected = ends(Bootstrap.bca(drawn, value(Bootstrap.jackknife(40, meanOf(skewed)))))
    const plain = ends(Bootstrap.percentile(drawn))
    assert.isAbove(corrected[0], plain[0])
    assert.isAbove(corrected[1], plain[1])
  })

  it("counts the replicates strictly below the estimate, as boot does", () => {
    // 50 below, 30 equal, 19 above of 99: the bias is Φ⁻¹(50/99), not Φ⁻¹(65/99) or Φ⁻¹(80/99).
    const values = Float64Array.from({ length: 99 }, (_, i) => (i < 50 ? i - 50 : i < 80 ? 0 : i - 79))
    const { lower } = value(Bootstrap.bca({ estimate: 0, values, failed: 0 }, new Float64Array(5), 0.9))
    // Rank 100 Φ(2 Φ⁻¹(50/99) − 1.645) = 5.267, between −46 and −45.
    assert.approximately(lower, -45.7, 0.1)
  })

  it("says why there is no interval", () => {
    const constant: Bootstrap.Statistic = () => 3
    const same = value(Bootstrap.run(5, constant, { seed: 1, resamples: 20 }))
    assert.deepStrictEqual(ends(Bootstrap.bca(same, new Float64Array(5))), [3, 3])
    assert.isFalse(Bootstrap.run(1, constant, { seed: 1 }).ok)
    assert.isFalse(Bootstrap.run(5, () => Number.NaN, { seed: 1 }).ok)
    assert.isFalse(Bootstrap.jackknife(1, constant).ok)
    const outside = { estimate: 9, values: Float64Array.of(1, 2, 3), failed: 0 }
    assert.deepStrictEqual(Bootstrap.bca(outside, new Float64Array(3)), {
      ok: false,
      reason: "the estimate is at or beyond an end of its bootstrap distribution"
    })
    let call = 0
    const often = Bootstrap.run(5, () => (call++ % 4 === 3 ? Number.NaN : 1), { seed: 1, resamples: 100 })
    assert.deepStrictEqual(often, {
      ok: false,
      reason: "the statistic does not exist in 25 of 100 resamples"
    })
  })

  it("has no NaN or Infinity whatever comes in", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = Random.make(seed)
      const n = random.below(6)
      const values = Float64Array.from(
        { length: n },
        () => [1, 1, 2, 1e150, Number.NaN, -3][random.below(6)]!
      )
      const drawn = Bootstrap.run(n, meanOf(values), { seed, resamples: random.below(40) })
      const influence = Bootstrap.jackknife(n, meanOf(values))
      assert.deepStrictEqual(notFinite([drawn, influence]), [])
      if (!drawn.ok || !influence.ok) continue
      const level = 0.5 + random.next() / 2.0001
      assert.deepStrictEqual(notFinite(Bootstrap.percentile(drawn.value, level)), [])
      assert.deepStrictEqual(notFinite(Bootstrap.bca(drawn.value, influence.value, level)), [])
    }
  })
})
