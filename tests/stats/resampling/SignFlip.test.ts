import { assert, describe, it } from "@effect/vitest"
import * as Random from "../../../harness/stats/Random.ts"
import * as SignFlip from "../../../harness/stats/resampling/SignFlip.ts"
import { notFinite } from "../finite.ts"
import { csv, json } from "../Truth.ts"

const truth = json<{ mean: number; exact_signflip_two_sided: number; exact_signflip_less: number }>(
  "paired.json"
)
const differences = csv("regress.csv").map((row) => Number(row.candidate) - Number(row.baseline))

const value = (given: ArrayLike<number>, options: { seed: number; flips?: number } = { seed: 1 }) => {
  const result = SignFlip.test(given, options)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

describe("SignFlip", () => {
  it("is the exact test", () => {
    const result = value(differences)
    assert.strictEqual(result.method, "exact")
    assert.strictEqual(result.flips, 2 ** 14)
    assert.approximately(result.mean, truth.mean, 1e-12)
    assert.strictEqual(result.pTwoSided, truth.exact_signflip_two_sided)
    assert.strictEqual(result.pLess, truth.exact_signflip_less)
  })

  it("counts patterns that are equal but for rounding as equal, and enumerates no zeros", () => {
    // Σ of .1, .2, .3 with signs: 0 twice each way; by hand 2 of 8 patterns reach |.6|.
    assert.strictEqual(value([0.1, 0.2, 0.3]).pTwoSided, 2 / 8)
    // .1 + .2 − .3 is 5.6e-17 in binary; observed total 0: every pattern is as extreme.
    assert.strictEqual(value([0.1, 0.2, -0.3]).pTwoSided, 1)
    const padded = value([0.1, 0.2, 0.3, ...new Array<number>(40).fill(0)])
    assert.strictEqual(padded.pTwoSided, 2 / 8)
    assert.strictEqual(padded.method, "exact")
    assert.approximately(padded.mean, 0.6 / 43, 1e-15)
    assert.strictEqual(value([0, 0]).pTwoSided, 1)
  })

  it("enumerates 2^20 patterns, and no more", () => {
    const random = Random.make(2)
    const twenty = Array.from({ length: 20 }, () => 0.3 + random.normal())
    const exact = value(twenty)
    assert.deepStrictEqual([exact.method, exact.flips], ["exact", 2 ** 20])
    const more = value([...twenty, 0.1], { seed: 4, flips: 5000 })
    assert.deepStrictEqual([more.method, more.flips], ["monte carlo", 5000])
  })

  it("agrees with a large enumeration by Monte Carlo, and repeats from its seed", () => {
    // 24 equal differences, 17 of them positive: a binomial test, exact in closed form.
    const signs = Array.from({ length: 24 }, (_, i) => (i < 17 ? 1 : -1))
    let tail = 0
    for (let k = 17; k <= 24; k++) tail += choose(24, k) / 2 ** 24
    const drawn = value(signs, { seed: 3, flips: 40_000 })
    assert.approximately(drawn.pTwoSided, 2 * tail, 4 * Math.sqrt((2 * tail) / 40_000))
    assert.approximately(drawn.pGreater, tail, 4 * Math.sqrt(tail / 40_000))
    assert.deepStrictEqual(value(signs, { seed: 3, flips: 40_000 }), drawn)
  })

  it("does not depend on the order, follows scale, and mirrors", () => {
    const before = value(differences)
    assert.deepStrictEqual(value(differences.toReversed()), before)
    assert.strictEqual(value(differences.map((x) => 7 * x)).pTwoSided, before.pTwoSided)
    const mirrored = value(differences.map((x) => -x))
    assert.strictEqual(mirrored.pGreater, before.pLess)
  })

  it("has a reason or finite numbers whatever comes in", () => {
    assert.deepStrictEqual(SignFlip.test([], { seed: 1 }), { ok: false, reason: "there are no differences" })
    assert.isFalse(SignFlip.test([Number.NaN], { seed: 1 }).ok)
    for (let seed = 0; seed < 100; seed++) {
      const random = Random.make(seed)
      const odd = [0, 1, -1, 1e99, 1e-300, Number.NaN, Number.POSITIVE_INFINITY]
      const given = Array.from({ length: random.below(25) }, () => odd[random.below(seed % 2 === 0 ? 6 : 7)]!)
      const result = SignFlip.test(given, { seed, flips: 200 })
      assert.deepStrictEqual(notFinite(result), [])
      if (result.ok) assert.isTrue(result.value.pTwoSided > 0 && result.value.pTwoSided <= 1)
    }
  })
})

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
