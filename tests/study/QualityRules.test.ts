import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { defaults, QualityRules, ruleNames } from "../../harness/study/QualityRules.ts"
import { Pool, panelsOf } from "../../harness/study/Study.ts"

const quality = Schema.decodeUnknownResult(QualityRules, { onExcessProperty: "error" })
const pool = Schema.decodeUnknownResult(Pool)

describe("quality rules of a study", () => {
  it("are on where they stand, with their defaults", () => {
    const decoded = quality({ "too-fast": {}, "straight-line": { on: false, longest: 0.8 } })
    assert.isTrue(Result.isSuccess(decoded))
    if (!Result.isSuccess(decoded)) return
    assert.deepStrictEqual(decoded.success["too-fast"], defaults["too-fast"])
    assert.deepStrictEqual(decoded.success["straight-line"], { on: false, longest: 0.8, answers: 10 })
    assert.isUndefined(decoded.success.preview)
  })

  it("refuse what no rule is called and no threshold can be", () => {
    const wrong = [
      { "to-fast": {} },
      { "too-fast": { shar: 0.5 } },
      { "too-fast": { share: 33 } },
      { "far-from-others": { below: 2 } },
      { "straight-line": { answers: 1 } },
      { attention: { checks: [] } },
      { "reversed-pairs": {} },
      { "reversed-pairs": { pairs: [{ instrument: "chat", dimension: "polite" }] } }
    ]
    for (const each of wrong) assert.isTrue(Result.isFailure(quality(each)), JSON.stringify(each))
    assert.strictEqual(ruleNames.length, 9)
  })
})

describe("the pool of a study", () => {
  it("is of two panels of people or more", () => {
    assert.isTrue(Result.isSuccess(pool(["expert", "crowd"])))
    for (const wrong of [["crowd"], ["crowd", "crowd"], ["crowd", "judge"], ["proxy", "judge"], []]) {
      assert.isTrue(Result.isFailure(pool(wrong)), wrong.join())
    }
  })

  it("joins only those it names", () => {
    assert.deepStrictEqual(panelsOf("crowd", []), ["crowd"])
    assert.deepStrictEqual(panelsOf("crowd", ["crowd", "expert"]), ["expert", "crowd"])
    assert.deepStrictEqual(panelsOf(null, ["crowd", "expert"]), ["people"])
  })
})
