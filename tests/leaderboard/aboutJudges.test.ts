import { assert, describe, it } from "@effect/vitest"
import { correction, type Sheet } from "../../harness/leaderboard/aboutJudges.ts"
import type { Table } from "../../harness/leaderboard/Leaderboard.ts"
import * as Random from "../../harness/stats/Random.ts"
import { Instrument } from "../../harness/study/Instrument.ts"

const instrument = new Instrument({
  name: "plain" as Instrument["name"],
  title: "Plain",
  instructions: "Rate it.",
  dimensions: [
    {
      name: "warmth" as Instrument["dimensions"][0]["name"],
      question: "How warm?",
      scale: { minimum: 1, maximum: 5, step: 1, anchors: {} },
      direction: "higher-is-better"
    }
  ],
  aggregate: "mean",
  citation: "none"
})

const table = {
  instrument: "plain",
  measure: "aggregate",
  condition: "base",
  raterKind: "judge",
  rows: [{ source: "a" }, { source: "b" }]
} as unknown as Table

/** A judge one point too kind on 200 posts, of which people rated the first `labelled`. True means: a 3, b 2.5. */
const sheets = (labelled: number): readonly Sheet[] => {
  const random = Random.make(9)
  return Array.from({ length: 200 }, (_, ordinal) =>
    ["a", "b"].flatMap((source) => {
      const truth = (source === "a" ? 3 : 2.5) + 0.4 * random.normal()
      const sheet = (rater: string, raterKind: "human" | "judge", value: number): Sheet => ({
        of: {
          ordinal,
          domain: "grief",
          source,
          condition: "base",
          epoch: 1,
          words: 90,
          rater,
          raterVersion: "",
          raterKind,
          panel: null,
          repeat: 1,
          instrumentHash: "",
          instrument: "plain",
          dimension: "warmth",
          value
        },
        values: new Map([["warmth", value]])
      })
      const people = [0, 1, 2, 3].map((k) => sheet(`p${k}`, "human", truth + 0.3 * random.normal()))
      return [sheet("j", "judge", truth + 1 + 0.2 * random.normal()), ...(ordinal < labelled ? people : [])]
    })
  ).flat()
}

const domains = new Map(Array.from({ length: 200 }, (_, i) => [String(i), "grief"]))
const correctionOf = (labelled: number) => correction(table, instrument, sheets(labelled), domains, 1)

describe("a judge's means", () => {
  it("are corrected where people rated enough of the posts", () => {
    const [corrected] = correctionOf(80)
    assert.deepStrictEqual(corrected!.panels, ["people"])
    const [a, b] = corrected!.rows
    assert.approximately(a!.mean!.estimate, 3, 0.15)
    assert.approximately(b!.mean!.estimate, 2.5, 0.15)
    const [pair] = corrected!.contrasts
    assert.approximately(pair!.estimate, 0.5, 0.2)
    assert.isAbove(pair!.lower, 0)
  })

  it("stay uncalibrated below fifty labelled texts a source, and unmentioned without people", () => {
    const [corrected] = correctionOf(49)
    assert.match(
      corrected!.uncalibrated!,
      /^uncalibrated: humans rated 49 texts of a; correcting a judge needs 50/
    )
    assert.deepStrictEqual(corrected!.rows, [])
    assert.deepStrictEqual(correctionOf(0), [])
  })
})
