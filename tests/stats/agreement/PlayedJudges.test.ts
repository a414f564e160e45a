import { assert, describe, it } from "@effect/vitest"
import { qbeta } from "../../../harness/stats/Distributions.ts"
import { auditTruth, overHttp } from "../../../scripts/sim-judges/overHttp.ts"
import { characters, coverage, truthOf } from "../../../scripts/sim-judges/played.ts"

/** A small version of `npm run sim:judges`: 60 seeds tell 95 % from 75 %, not from 85 %. */
describe("what is planted in a judge", () => {
  for (const name of ["0.8 points too kind", "gullible, two attacks in five"]) {
    it(`is covered by the intervals: ${name}`, () => {
      const planted = characters[name]!
      const truth = truthOf(planted, 20_000)
      for (const [measure, { covered, of }] of Object.entries(coverage(planted, truth, 60))) {
        // The upper end of what 60 seeds say of the share (99.9 %): below 90 % it is surely too low.
        const most = covered === of ? 1 : qbeta(0.999, covered + 1, of - covered)
        assert.isAtLeast(most, 0.9, `${measure}: ${covered} of ${of}`)
      }
      // Clipping at 5 takes something of the kindest scores away.
      assert.approximately(truth.bias!, planted.bias, 0.15)
    })
  }

  it("comes out over HTTP, too, with an interval around each measure", async () => {
    const planted = { bias: 0.5, noise: 0.4, wobble: 0.5, gullible: 0.9 }
    const { results, outcomes } = await overHttp(planted, 3)
    const once = { ...planted, noise: Math.hypot(planted.noise, planted.wobble) }
    const truth = { ...truthOf(once, 20_000), ...auditTruth(planted) }
    assert.deepStrictEqual(outcomes, { fail: 3 })
    for (const [measure, true_] of Object.entries(truth)) {
      const values = results.map((result) => {
        const value = result[measure]!
        assert.isTrue(value.ok, measure)
        return value.ok ? value.value : { estimate: Number.NaN, lower: 0, upper: 0 }
      })
      const mean = values.reduce((sum, { estimate }) => sum + estimate, 0) / values.length
      const half = Math.max(...values.map(({ lower, upper }) => (upper - lower) / 2))
      assert.approximately(mean, true_, half, measure)
    }
  })
})
