import { assert, describe, it } from "@effect/vitest"
import { headlineMarkup, isolated } from "../../../harness/leaderboard/page/isolated.ts"
import { clearRows, sampleTable } from "../sampleLeaderboard.ts"

describe("names in a sentence", () => {
  it("keep their direction to themselves, the longest name first", () => {
    const names = ["", "plain", "مصدر", "مصدر عربى", "<é>"]
    assert.strictEqual(
      isolated("مصدر عربى (3.4), مصدر (2), <é> and plain & co", names).text,
      "<bdi>مصدر عربى</bdi> (3.4), <bdi>مصدر</bdi> (2), <bdi>&lt;é&gt;</bdi> and <bdi>plain</bdi> &amp; co"
    )
    assert.strictEqual(isolated("<b>", []).text, "&lt;b&gt;")
  })

  it("do so in a table's finding", () => {
    const rows = clearRows.map((row, i) => (i === 0 ? { ...row, source: "مصدر" } : row))
    assert.match(headlineMarkup(sampleTable(rows)).text, /<bdi>مصدر<\/bdi> \(\d/)
  })
})
