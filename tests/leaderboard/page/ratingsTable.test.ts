import { assert, describe, it } from "@effect/vitest"
import { ratingsTable } from "../../../harness/leaderboard/page/ratingsTable.ts"
import type { RecordedRating } from "../../../harness/store/PostRecords.ts"

const rating = (given: Partial<RecordedRating>): RecordedRating =>
  ({
    rater: "lexical",
    raterKind: "proxy",
    raterVersion: "1",
    panel: null,
    instrument: "warmth",
    dimension: "warm",
    value: 3,
    unscored: null,
    rationale: "",
    excluded: false,
    ...given
  }) as RecordedRating

const textOf = (ratings: readonly RecordedRating[], crowded: boolean) =>
  ratingsTable(ratings, new Map([["warmth", "Warmth"]]), "it", crowded)
    .text.replace(/<\/(th|td)>/g, "|")
    .replace(/<[^>]+>/g, "")

describe("the ratings of an answer", () => {
  const two = [rating({}), rating({ dimension: "<cold>", value: 1.5 }), rating({ value: 4 })]
  const head = "Ratings of itDimension|Value|"

  it("stand in a row for each dimension, and in one line where the page is crowded", () => {
    assert.strictEqual(textOf(two, false), `${head}proxy lexical, Warmth|warm|3, 4|&lt;cold&gt;|1.50|`)
    assert.strictEqual(textOf(two, true), `${head}proxy lexical, Warmth|warm: 3, 4 · &lt;cold&gt;: 1.50|`)
  })

  it("keep their rows where a judge said why, and where people rated", () => {
    const why = [rating({ raterKind: "judge", rationale: "It hears her." })]
    const people = [rating({ raterKind: "human", rater: "ann" })]
    for (const list of [why, people]) assert.strictEqual(textOf(list, true), textOf(list, false))
    assert.include(textOf(why, true), "It hears her.")
  })
})
