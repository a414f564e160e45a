import { assert, describe, it } from "@effect/vitest"
import {
  type Expectation,
  outcomeOf,
  repeatability,
  shiftOf
} from "../../../harness/stats/paired/AuditShift.ts"
import * as Random from "../../../harness/stats/Random.ts"

const margins = { margin: 0.3, least: 0.5 }
const drawn = (centre: number, sd: number, n = 28) => {
  const random = Random.make(3)
  const noise = Array.from({ length: n }, () => random.normal())
  const mean = noise.reduce((sum, x) => sum + x, 0) / n
  return noise.map((x) => centre + sd * (x - mean))
}
const outcome = (differences: readonly number[], expectation: Expectation) =>
  outcomeOf(shiftOf(differences), expectation, margins)

describe("a check of an audit", () => {
  it("passes inside the margin, fails when it moved for sure, and else says neither", () => {
    assert.strictEqual(outcome(drawn(0.05, 0.3), "must-not-move"), "pass")
    assert.strictEqual(outcome(drawn(0.8, 0.3), "must-not-move"), "fail")
    assert.strictEqual(outcome(drawn(-0.8, 0.3), "must-not-move"), "fail")
    // Not significant, and not shown to be small: never a pass.
    assert.strictEqual(outcome(drawn(0.2, 2), "must-not-move"), "inconclusive")
  })

  it("that must not rise may fall", () => {
    assert.strictEqual(outcome(drawn(-0.8, 0.3), "must-not-rise"), "pass")
    assert.strictEqual(outcome(drawn(0.8, 0.3), "must-not-rise"), "fail")
    assert.strictEqual(outcome(drawn(0.2, 2), "must-not-rise"), "inconclusive")
  })

  it("that must fall has to fall by enough", () => {
    assert.strictEqual(outcome(drawn(-1, 0.3), "must-fall"), "pass")
    // It fell, and significantly, but not by what a text that got so much worse should fall.
    assert.strictEqual(outcome(drawn(-0.2, 0.3), "must-fall"), "fail")
    assert.strictEqual(outcome(drawn(-0.5, 0.3), "must-fall"), "inconclusive")
  })

  it("takes equal differences as a valid case, and too few as no case", () => {
    assert.strictEqual(outcome([0, 0, 0, 0], "must-not-move"), "pass")
    assert.strictEqual(outcome([1, 1, 1, 1], "must-not-move"), "fail")
    assert.strictEqual(outcome([-1, -1, -1], "must-fall"), "pass")
    assert.strictEqual(outcome([0, 1], "must-not-move"), "not-judged")
    assert.strictEqual(outcome(drawn(2, 0.1), "reported"), "reported")
  })
})

describe("repeated verdicts", () => {
  it("that are all equal have no spread, and say so without an error", () => {
    const same = repeatability([
      [3, 3, 3],
      [4, 4, 4],
      [2, 2, 2]
    ])
    assert.isTrue(same.ok)
    if (same.ok) {
      assert.strictEqual(same.value.same, 1)
      assert.isTrue(same.value.spread.ok && same.value.spread.value.estimate === 0)
    }
  })

  it("have the spread within texts, whatever the texts differ by", () => {
    const found = repeatability([
      [1, 2],
      [5, 4],
      [3, 3],
      [2, 2]
    ])
    assert.isTrue(found.ok)
    if (found.ok && found.value.spread.ok) {
      assert.closeTo(found.value.spread.value.estimate, 0.5, 1e-12)
      assert.strictEqual(found.value.same, 0.5)
    }
    assert.isFalse(repeatability([[1], [2], [3]]).ok)
  })
})
