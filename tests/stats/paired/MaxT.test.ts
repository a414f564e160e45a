import { assert, describe, it } from "@effect/vitest"
import * as Distributions from "../../../harness/stats/Distributions.ts"
import * as MaxT from "../../../harness/stats/paired/MaxT.ts"
import * as Random from "../../../harness/stats/Random.ts"

const random = Random.make(5)
const draw = () => Float64Array.from({ length: 80 }, () => random.normal())
const stratum = Int32Array.from({ length: 80 }, (_, i) => Math.floor(i / 20))
const [a, b] = [draw(), draw()]

describe("MaxT", () => {
  it("is the normal quantile for one estimate, and Šidák's for independent ones", () => {
    const one = MaxT.maxima([a], stratum, 1, 20_000)
    assert.approximately(MaxT.critical(one, 0.95), 1.96, 0.04)
    const two = MaxT.maxima([a, b], stratum, 1, 20_000)
    const together = a.map((x, i) => x * b[i]!).reduce((sum, x) => sum + x, 0)
    assert.isBelow(Math.abs(together), 20)
    assert.approximately(MaxT.critical(two, 0.95), -Distributions.qnorm((1 - Math.sqrt(0.95)) / 2), 0.05)
  })

  it("needs no more than one for copies, in any units", () => {
    const one = MaxT.maxima([a], stratum, 3, 500)
    const copies = MaxT.maxima([a, a.map((x) => -7 * x)], stratum, 3, 500)
    for (const [i, x] of one.entries()) assert.approximately(copies[i]!, x, 1e-9)
  })

  it("looks at deviations within strata only, and leaves out what has none", () => {
    const shifted = a.map((x, i) => x + stratum[i]!)
    const before = MaxT.maxima([a], stratum, 3, 500)
    const after = MaxT.maxima([shifted, new Float64Array(80)], stratum, 3, 500)
    for (const [i, x] of before.entries()) assert.approximately(after[i]!, x, 1e-9)
  })

  it("adjusts p values by the share of maxima at least as large", () => {
    const sorted = Float64Array.of(0.5, 1, 2, 3)
    const p = 2 * Distributions.pnorm(-1.5)
    assert.approximately(MaxT.adjusted(sorted, p), 3 / 5, 1e-12)
    assert.approximately(MaxT.adjusted(sorted, 0), 1 / 5, 1e-12)
    assert.strictEqual(MaxT.adjusted(sorted, 1), 1)
    assert.approximately(MaxT.asT(1.959963984540054, 10), Distributions.qt(0.975, 10), 1e-9)
  })
})
