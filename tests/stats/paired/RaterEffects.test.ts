import { assert, describe, it } from "@effect/vitest"
import { raterEffects } from "../../../harness/stats/paired/RaterEffects.ts"

const rows = (...lists: readonly (readonly number[])[]) => lists.map((list) => Float64Array.from(list))

describe("rater effects", () => {
  it("are plain means where everybody rated everything", () => {
    const { values, effects } = raterEffects(rows([1, 2, 4], [3, 4, 4]))
    assert.deepStrictEqual(
      [...values].map((value) => Number(value.toFixed(9))),
      [2, 3, 4]
    )
    assert.closeTo(effects[1]! - effects[0]!, 4 / 3, 1e-9)
  })

  it("do not fall on the texts that a rater left out", () => {
    // The second rater is two points kinder and did not rate the last two texts.
    const { values, effects } = raterEffects(rows([1, 2, 3, 4], [3, 4, Number.NaN, Number.NaN]))
    assert.closeTo(effects[1]! - effects[0]!, 2, 1e-9)
    ;[2, 3, 4, 5].forEach((value, text) => {
      assert.closeTo(values[text]!, value, 1e-9)
    })
  })

  it("say nothing of texts and raters without ratings", () => {
    const { values, effects } = raterEffects(rows([1, Number.NaN], [Number.NaN, Number.NaN]))
    assert.deepStrictEqual([...values], [1, Number.NaN])
    assert.deepStrictEqual(effects, [0, Number.NaN])
  })
})
