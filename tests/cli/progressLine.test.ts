import { assert, describe, it } from "@effect/vitest"
import { clockTime, liveLine, plainLine, type Snapshot } from "../../harness/cli/display/progressLine.ts"

const view: Snapshot = {
  stage: "generate",
  total: 3600,
  resumed: 100,
  done: 900,
  failed: 2,
  cost: 1.234,
  seconds: 45
}

describe("the progress line", () => {
  it("says count, what was done before, rate, time left, errors and cost", () => {
    assert.strictEqual(
      plainLine(view),
      "generate 1,002/3,600, 100 done before, 20/s, 2:10 left, 2 errors, $1.23"
    )
  })

  it("counts only its own work for the rate, and knows no time left before there is a rate", () => {
    assert.include(plainLine({ ...view, done: 0, failed: 0 }), "time left unknown")
    assert.include(plainLine({ ...view, done: 1, failed: 0, seconds: 60 }), "1.0/min")
  })

  it("says how long it took when nothing is left, and that an unknown cost is unknown", () => {
    const end = plainLine({ ...view, total: 1002, cost: undefined, failed: 1, done: 901 })
    assert.include(end, "0:45 taken")
    assert.include(end, "1 error,")
    assert.include(end, "cost unknown")
  })

  it("says what a stage waits for", () => {
    const note = "2 at the provider, looked 3 times"
    assert.isTrue(plainLine({ ...view, note }).endsWith(`$1.23, ${note}`))
  })

  it("fits the terminal, with a bar only where there is room", () => {
    for (const columns of [20, 40, 80, 200]) assert.isBelow(liveLine(view, columns).length, columns)
    assert.include(liveLine(view, 120), "█")
    assert.notInclude(liveLine(view, 60), "█")
  })

  it("never says that no time is left while there is some", () => {
    assert.deepStrictEqual([0.2, 59.5, 60, 3725].map(clockTime), ["0:01", "1:00", "1:00", "1:02:05"])
  })
})
