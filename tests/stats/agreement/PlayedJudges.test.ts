import { assert, describe, it } from "@effect/vitest"
import { qbeta } from "../../../harness/stats/Distributions.ts"
import { characters, coverage, truthOf } from "../../../scripts/sim-judges/played.ts"

/** A small version of `scripts/sim-judges.ts`: 60 seeds tell 95 % from 75 %, not from 85 %. */
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
})
