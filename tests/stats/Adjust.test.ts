import { assert, describe, it } from "@effect/vitest"
import { type Adjustment, adjust } from "../../harness/stats/Adjust.ts"
import { pt, qt } from "../../harness/stats/Distributions.ts"
import * as Random from "../../harness/stats/Random.ts"
import { permutation } from "./Synthetic.ts"
import { json, near, nearRelative } from "./Truth.ts"

const truth = json<{
  padjust: Record<"raw" | "holm" | "BH" | "BY" | "bonferroni", ReadonlyArray<number>>
  qt: ReadonlyArray<{ p: number; df: number; q: number }>
  pt: ReadonlyArray<{ t: number; df: number; upper: number }>
}>("reliability.json")

const methods: ReadonlyArray<readonly [Adjustment, "raw" | "holm" | "BH" | "BY" | "bonferroni"]> = [
  ["none", "raw"],
  ["holm", "holm"],
  ["bh", "BH"],
  ["by", "BY"],
  ["bonferroni", "bonferroni"]
]

describe("Adjust", () => {
  for (const [method, name] of methods) {
    it(`equals p.adjust's ${name}, in any order of the tests`, () => {
      const order = permutation(truth.padjust.raw.length, Random.make(2))
      const adjusted = adjust(
        order.map((i) => truth.padjust.raw[i]!),
        method
      )
      order.forEach((i, place) => {
        near(adjusted[place]!, truth.padjust[name][i]!, 1e-12)
      })
    })
  }

  it("takes an empty family, and refuses what is not a p value", () => {
    for (const [method] of methods) {
      assert.deepStrictEqual(adjust([], method), [])
      assert.deepStrictEqual(adjust([0.02], method), [0.02])
      for (const wrong of [Number.NaN, -0.1, 1.1]) assert.throws(() => adjust([0.5, wrong], method))
    }
  })
})

describe("Student's t", () => {
  it("has R's quantiles, from 1e-10 and with fractional degrees of freedom", () => {
    for (const { p, df, q } of truth.qt) {
      // The median of R's qt is rounding error; here it is zero.
      if (p === 0.5) near(qt(p, df), 0, 1e-12)
      else nearRelative(qt(p, df), q, 1e-9, `qt(${p}, ${df})`)
    }
  })

  it("has R's upper tails, however small", () => {
    for (const { t, df, upper } of truth.pt) nearRelative(pt(-t, df), upper, 1e-9, `pt(${t}, ${df})`)
  })
})
