import { assert, describe, it } from "@effect/vitest"
import * as Power from "../../../harness/stats/design/Power.ts"
import * as PowerSimulation from "../../../harness/stats/design/PowerSimulation.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"

/** Components like those of a four-source study of 15 posts. */
const components = {
  rater: 0.248,
  post: 0,
  postSource: 0.0913,
  raterSource: 0.0338,
  text: 0,
  residual: 0.728
}
const design = { posts: 15, raters: 190, sources: 4, ratingsPerRater: 12 }

const report = (request: Partial<Power.PowerRequest> = {}) => {
  const result = Power.report({ components, design, ...request })
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const simulate = (options: Partial<PowerSimulation.SimulationOptions>, on = design) => {
  const result = PowerSimulation.simulate(components, on, { effect: 0, seed: 1, ...options })
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

describe("Power", () => {
  it("says to buy posts, not ratings: .35, .32 with five times the ratings, .19 with eight times the posts", () => {
    const base = report()
    assert.approximately(base.minimumDetectableEffect, 0.35, 0.005)
    const at = (posts: number, raters: number) =>
      base.tradeOff.find((t) => t.posts === posts && t.raters === raters)!
    assert.approximately(at(15, 950).minimumDetectableEffect, 0.32, 0.005)
    assert.approximately(at(120, 190).minimumDetectableEffect, 0.19, 0.006)
    assert.strictEqual(at(120, 190).ratings, 2280)
    assert.include(base.advice, "buy posts")
    const shares = Object.values(base.varianceShares)
    assert.approximately(
      shares.reduce((s, x) => s + x, 0),
      1,
      1e-12
    )
    const manyPosts = report({ design: { ...design, posts: 500, raters: 20 } })
    assert.include(manyPosts.advice, "buy ratings")
  })

  it("has the power asked for at the minimum detectable effect, and α at none", () => {
    for (const [df, target, alpha] of [
      [8, 0.8, 0.05],
      [60, 0.9, 0.05],
      [1000, 0.8, 0.01]
    ] as const) {
      const effect = Power.minimumDetectableEffect(0.1, df, alpha, target)
      assert.approximately(Power.power(effect, 0.1, df, alpha), target, 1e-3)
      assert.approximately(Power.power(0, 0.1, df, alpha), alpha, 1e-10)
      assert.strictEqual(Power.power(-effect, 0.1, df, alpha), Power.power(effect, 0.1, df, alpha))
    }
    const six = report({ contrasts: 6 })
    assert.approximately(six.alpha, 0.05 / 6, 1e-15)
    assert.isAbove(six.minimumDetectableEffect, report().minimumDetectableEffect)
  })

  it("agrees with simulation: power at an effect, α at none, SD of the estimates", () => {
    const small = { posts: 15, raters: 60, sources: 4, ratingsPerRater: 12 }
    const planned = report({ design: small, effect: 0.4 })
    const runs = 1000
    const seen = simulate({ effect: 0.4, runs }, small)
    const expected = planned.powerAtEffect!
    assert.approximately(seen.power, expected, 3.5 * Math.sqrt((expected * (1 - expected)) / runs))
    assert.approximately(seen.meanEstimate, 0.4, (4 * planned.standardError) / Math.sqrt(runs))
    assert.approximately(seen.sdEstimate / planned.standardError, 1, 4 / Math.sqrt(2 * runs))
    assert.approximately(simulate({ runs }, small).power, 0.05, 3.5 * Math.sqrt(0.0475 / runs))
  })

  it("draws every component it is given", () => {
    const small = { posts: 12, raters: 12, sources: 2, ratingsPerRater: 8, epochs: 2 }
    const none = { rater: 0, post: 0, postSource: 0, raterSource: 0, text: 0, residual: 0.01 }
    for (const name of ["postSource", "raterSource", "text", "residual"] as const) {
      const only = { ...none, [name]: 1 }
      const expected = Power.report({ components: only, design: small })
      const seen = PowerSimulation.simulate(only, small, { effect: 0, seed: 2, runs: 400 })
      if (!expected.ok || !seen.ok || "reason" in expected.value.exact) throw new Error("not estimable")
      assert.approximately(
        seen.value.sdEstimate / expected.value.exact.standardError,
        1,
        4 / Math.sqrt(800),
        name
      )
    }
  })

  it("shows what a five-point scale costs, and takes another analysis", () => {
    const scale = { minimum: 1, maximum: 5, step: 1 }
    const cut = simulate({ effect: 2.4, runs: 60, scale })
    assert.isBelow(cut.meanEstimate, 2.35)
    assert.isAbove(cut.meanEstimate, 1.8)
    const never = simulate({
      effect: 1,
      runs: 20,
      analysis: ({ rating }) => ({ estimate: rating[0]!, p: 1 })
    })
    assert.strictEqual(never.power, 0)
    const failing = PowerSimulation.simulate(components, design, {
      effect: 1,
      seed: 1,
      runs: 20,
      analysis: () => undefined
    })
    assert.deepStrictEqual(failing, {
      ok: false,
      reason: "the analysis failed in 20 of 20 simulated studies"
    })
    assert.isFalse(
      PowerSimulation.simulate(components, design, { effect: 1, seed: 1, scale: { ...scale, step: 0 } }).ok
    )
  })

  it("is fit for JSON: the report survives a round trip", () => {
    const full = report({ effect: 0.3, simulation: { seed: 4, runs: 50 } })
    assert.deepStrictEqual(JSON.parse(JSON.stringify(full)), full)
    assert.deepStrictEqual(report({ effect: 0.3, simulation: { seed: 4, runs: 50 } }), full)
  })

  it("has a reason or finite numbers whatever comes in", () => {
    assert.deepStrictEqual(Power.report({ components, design: { ...design, raters: 1 } }), {
      ok: false,
      reason: "raters is not a whole number from 2 up"
    })
    assert.isFalse(Power.report({ components, design, alpha: 0 }).ok)
    assert.isFalse(Power.report({ components, design, power: 1 }).ok)
    assert.isFalse(Power.report({ components, design, effect: Number.NaN }).ok)
    for (let seed = 0; seed < 150; seed++) {
      const random = Random.make(seed)
      const odd = [0, 0.1, 1, 1e-9, 1e9, Number.NaN]
      const pick = () => odd[random.below(random.below(6) === 0 ? 6 : 5)]!
      const result = Power.report({
        components: {
          rater: pick(),
          post: pick(),
          postSource: pick(),
          raterSource: pick(),
          text: pick(),
          residual: pick()
        },
        design: {
          posts: random.below(6),
          raters: random.below(6),
          sources: random.below(4),
          ratingsPerRater: random.below(9)
        },
        effect: pick(),
        contrasts: random.below(4),
        postsGrid: [0, 1, 2, 30],
        simulation: { seed, runs: 5 }
      })
      assert.deepStrictEqual(notFinite(result), [], `seed ${seed}`)
    }
  })
})
