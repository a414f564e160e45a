import { assert, describe, it } from "@effect/vitest"
import { styleSection } from "../../../harness/leaderboard/page/styleSection.ts"
import type { StyleReport } from "../../../harness/style/StyleReport.ts"

const entry = (source: string, feature: "words" | "hedges", estimate: number, pAdjusted: number) => ({
  source,
  feature,
  mean: 40,
  posts: 30,
  difference: estimate,
  standardised: { estimate, lower: estimate - 0.5, upper: estimate + 0.5 },
  p: pAdjusted,
  pAdjusted
})

const report: StyleReport = {
  format: "warmline-style/1",
  sources: ["<b>north</b>", "south"],
  texts: 60,
  posts: 30,
  features: [
    { name: "words", label: "words", unit: "words" },
    { name: "hedges", label: "hedges", unit: "per 100 words" }
  ],
  profiles: [
    entry("<b>north</b>", "words", 2, 0.001),
    entry("<b>north</b>", "hedges", 0.1, 0.6),
    entry("south", "words", -2, 0.001)
  ],
  identification: { reason: "fewer than two texts a source" },
  predictions: [
    {
      ratings: "perceived-empathy, people",
      withoutSources: { reason: "none" },
      withSources: {
        effects: [
          { feature: "words", estimate: 0.4, lower: 0.2, upper: 0.6, se: 0.1, p: 0.001, pAdjusted: 0.002 },
          { feature: "hedges", estimate: 0.1, lower: -0.1, upper: 0.3, se: 0.1, p: 0.3, pAdjusted: 0.3 }
        ],
        ratings: 600,
        texts: 60,
        notes: []
      }
    }
  ],
  notes: []
}

describe("the page's section on style", () => {
  it("shows what sets sources apart after adjustment, and what goes with ratings", () => {
    const { text } = styleSection({ condition: "base", result: report })
    assert.include(text, "&lt;b&gt;north&lt;/b&gt;")
    assert.notInclude(text, "<b>north")
    assert.strictEqual([...text.matchAll(/<tr><th scope="row">/g)].length, 2)
    assert.include(text, "600 ratings: words (+0.40).")
    assert.include(text, "not estimable: fewer than two texts a source.")
  })

  it("says why there is none", () => {
    const { text } = styleSection({
      condition: "base",
      result: { reason: "the run has more than 1,500 texts" }
    })
    assert.include(text, "Not analysed here: the run has more than 1,500 texts.")
    assert.notInclude(text, "<table")
  })
})
