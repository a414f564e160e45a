import { assert, describe, it } from "@effect/vitest"
import { dropFailed, type GateDesign, simulate } from "../../harness/gate/simulate.ts"
import { clopperPearson } from "../../harness/stats/Proportion.ts"

const design: GateDesign = {
  name: "small",
  posts: 36,
  domains: 6,
  epochs: 2,
  margin: 0.3,
  metrics: 1,
  sdPostSource: 0.28,
  sdText: 0.45,
  whole: true
}
const runs = 600

// `npm run sim:gate` does the same for six designs, 2,000 gates a row.
describe("a simulated gate", () => {
  it("fails at most one in twenty where nothing changed", () => {
    const { fail } = simulate(design, 0, runs, 1)
    assert.isAtMost(clopperPearson(fail, runs, 0.99).lower, 0.05)
    assert.isAbove(fail, 0)
  })

  it("passes at most one in twenty where the drop is the margin", () => {
    const { pass } = simulate(design, design.margin, runs, 2)
    assert.isAtMost(clopperPearson(pass, runs, 0.99).lower, 0.05)
    assert.isAbove(pass, 0)
  })

  it("fails nine in ten at the drop that power calls detectable so often, also with a wide margin", () => {
    for (const one of [design, { ...design, margin: 0.6, posts: 120 }]) {
      const { fail } = simulate(one, dropFailed(one, 0.9), runs, 3)
      const { lower, upper } = clopperPearson(fail, runs, 0.99)
      assert.isTrue(lower <= 0.9 && upper >= 0.9, `${fail} of ${runs}`)
    }
  })
})

describe("the exact interval of a share", () => {
  it("is that of R's binom.test", () => {
    const { lower, upper } = clopperPearson(7, 50)
    assert.closeTo(lower, 0.05819, 1e-5)
    assert.closeTo(upper, 0.26739, 1e-5)
    assert.deepStrictEqual(clopperPearson(0, 10, 0.99).lower, 0)
    assert.deepStrictEqual(clopperPearson(10, 10, 0.99).upper, 1)
  })
})
