import { assert, describe, it } from "@effect/vitest"
import * as Discriminant from "../../harness/stats/Discriminant.ts"
import * as Random from "../../harness/stats/Random.ts"

/** Three unequal classes that overlap in three correlated columns. */
const draw = () => {
  const random = Random.make(3)
  const n = 60
  const x = new Float64Array(n * 3)
  const y = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    y[i] = i % 7 === 0 ? 0 : i % 3 === 0 ? 2 : 1
    const common = random.normal()
    x[i * 3] = common + 0.8 * y[i]!
    x[i * 3 + 1] = 0.5 * common + random.normal() - 0.5 * y[i]!
    x[i * 3 + 2] = random.normal() + (y[i] === 2 ? 1 : 0)
  }
  return { x, y }
}

const classes = (rule: Discriminant.Discriminant, x: Float64Array, n: number) =>
  Array.from({ length: n }, (_, i) => Discriminant.classify(rule, x, i)).join("")

describe("linear discriminant analysis", () => {
  it("puts rows where R's MASS::lda with equal priors puts them", () => {
    const { x, y } = draw()
    assert.strictEqual(
      classes(Discriminant.fit(x, y, 3, 0)!, x, 60),
      "210111200211200210212102200200211210210211002220201122210111"
    )
  })

  it("does not depend on the columns' units", () => {
    const { x, y } = draw()
    const scaled = x.map((value, i) => 1000 ** (i % 3) * value + 7)
    const [one, two] = [Discriminant.fit(x, y, 3, 0.01)!, Discriminant.fit(scaled, y, 3, 0.01)!]
    assert.strictEqual(classes(two, scaled, 60), classes(one, x, 60))
  })

  it("does with a column that repeats another, one that is constant, and one that varies between classes alone", () => {
    const { x, y } = draw()
    const wide = Float64Array.from(
      { length: 60 * 5 },
      (_, i) =>
        [
          x[Math.floor(i / 5) * 3]!,
          2 * x[Math.floor(i / 5) * 3]!,
          4,
          x[Math.floor(i / 5) * 3 + 1]!,
          y[Math.floor(i / 5)]!
        ][i % 5]!
    )
    const rule = Discriminant.fit(wide, y, 3, 0.01)!
    assert.deepStrictEqual([...rule.kept], [0, 1, 3, 4])
    assert.strictEqual(classes(rule, wide, 60), [...y].join(""))
    assert.isUndefined(Discriminant.fit(wide, y, 3, 0))
  })

  it("has no rule for a class without rows, or where nothing varies", () => {
    const { x, y } = draw()
    assert.isUndefined(Discriminant.fit(x, y, 4, 0.01))
    assert.isUndefined(Discriminant.fit(new Float64Array(180).fill(1), y, 3, 0.01))
  })
})
