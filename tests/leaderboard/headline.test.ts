import { assert, describe, it } from "@effect/vitest"
import { headlineOf } from "../../harness/leaderboard/headline.ts"
import { verdictOf } from "../../harness/leaderboard/verdict.ts"
import { clearRows, sampleRow, sampleTable, sharedRows, tiedRows } from "./sampleLeaderboard.ts"

const people = { raterKind: "human", raters: Array.from({ length: 202 }, (_, i) => `r${i}`) } as const

describe("headlineOf", () => {
  it("names the one source that is separated from all others", () => {
    assert.strictEqual(
      headlineOf(sampleTable(clearRows, people)),
      "Rated by 202 people on 120 posts: reflective (3.41) has the highest mean on “Perceived empathy” on a scale of 1 to 5, separated from each of the other 2 sources: eliza (2.52) and dismissive (1.38)."
    )
  })

  it("never lets a proxy or a judge pass for people", () => {
    const proxy = headlineOf(sampleTable(clearRows))
    assert.match(proxy, /^Scored by the formula lexical \(not by people\)/)
    assert.match(proxy, /a formula over the text, not a measure of empathy\.$/)
    const judge = headlineOf(sampleTable(clearRows, { raterKind: "judge", raters: ["a", "b"] }))
    assert.match(judge, /^Rated by the models a and b \(not by people\)/)
    assert.match(judge, /not how people perceive them\.$/)
  })

  it("calls a tie not distinguishable and says what would have been found", () => {
    const text = headlineOf(sampleTable(tiedRows, people))
    assert.include(text, "north (3.62), east (3.60) and south (3.57) are not distinguishable")
    assert.include(text, "A true difference of 0.16 points would have been found four times in five.")
    assert.notInclude(text, "highest")
  })

  it("gives several sources the top without ordering them", () => {
    const text = headlineOf(sampleTable(sharedRows, people))
    assert.include(text, "north (4.10) and east (4.05) are not distinguishable from one another at the top")
    assert.include(text, "south (3.40) is separated below at least one source")
  })

  it("does not name a winner that is not separated from all", () => {
    const rows = [
      sampleRow("a", 4, 0.1, [1, 2]),
      sampleRow("b", 3.5, 0.1, [2, 2]),
      sampleRow("c", 3.4, 0.3, [2, 3])
    ]
    assert.include(headlineOf(sampleTable(rows, people)), "a (4.00) has the highest mean")
    assert.include(headlineOf(sampleTable(rows, people)), "but is not separated from every other source")
  })

  it("says why nothing is ranked, before any order", () => {
    const table = sampleTable(clearRows, { ...people, refusal: "12 posts; ranking needs 30" })
    assert.include(
      headlineOf(table),
      "the sources are not ranked on “Perceived empathy”: 12 posts; ranking needs 30."
    )
    assert.notInclude(headlineOf(table), "reflective")
    assert.include(
      headlineOf({ ...table, measure: "likable" }),
      "the sources are not ranked on “Perceived empathy”, likable: 12 posts; ranking needs 30."
    )
  })

  it("doubts itself where another analysis says otherwise, not where a wide one separates fewer pairs", () => {
    const lost = [{ a: "reflective", b: "eliza", here: 1, there: 0 }] as const
    const other = [{ a: "reflective", b: "eliza", here: 1, there: -1 }] as const
    const text = (method: { readonly changes: typeof lost | typeof other; readonly wide?: boolean }) => {
      const methods = [{ name: "some check", unit: "points" as const, contrasts: [], ...method }]
      return headlineOf(
        sampleTable(clearRows, { ...people, sensitivity: { methods, conclusion: "The conclusion changes." } })
      )
    }
    assert.include(text({ changes: lost }), "The conclusion changes.")
    assert.include(text({ changes: other, wide: true }), "The conclusion changes.")
    assert.notInclude(text({ changes: lost, wide: true }), "The conclusion changes.")
  })

  it("compares one source with nothing", () => {
    assert.include(
      headlineOf(sampleTable(clearRows.slice(0, 1))),
      "there is no other source to compare it with"
    )
    assert.strictEqual(verdictOf(sampleTable([])).kind, "empty")
  })

  it("counts the names that would make a sentence too long", () => {
    const rows = Array.from({ length: 20 }, (_, i) => sampleRow(`s${i}`, 3, 0.1, [1, 20]))
    assert.include(headlineOf(sampleTable(rows)), "s2 (3.00) and 17 others are not distinguishable")
  })
})
