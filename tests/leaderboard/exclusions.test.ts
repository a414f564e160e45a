import { assert, describe, it } from "@effect/vitest"
import { renderCsv } from "../../harness/leaderboard/csv.ts"
import type { Table } from "../../harness/leaderboard/Leaderboard.ts"
import { renderMarkdown } from "../../harness/leaderboard/markdown.ts"
import { renderPage } from "../../harness/leaderboard/page.ts"
import { renderTerminal } from "../../harness/leaderboard/terminal.ts"
import { clearRows, sampleLeaderboard, sampleTable } from "./sampleLeaderboard.ts"

const interval = (estimate: number) => ({ estimate, lower: estimate - 0.1, upper: estimate + 0.1 })

const table = (rest: Partial<Table> = {}): Table =>
  sampleTable(clearRows, {
    raterKind: "human",
    raters: ["a", "b"],
    panels: ["expert"],
    exclusions: {
      excluded: 30,
      of: 1390,
      raters: 2,
      allRaters: 3,
      rows: [
        { source: "<b>reflective</b>", kept: interval(3.41), all: interval(3.39) },
        { source: "eliza", kept: null, all: interval(2.5) }
      ],
      depending: [{ a: "reflective", b: "eliza" }]
    },
    ...rest
  })

describe("a table with exclusions", () => {
  const board = sampleLeaderboard([table()])
  const sentence = "30 ratings of 1,390 are excluded by the study's rules, which leaves 2 of 3 people"

  it("shows estimates with and without them in every view", async () => {
    const terminal = renderTerminal(board, { columns: 200, colour: false })
    assert.include(terminal, sentence)
    assert.include(terminal, "eliza: with exclusions –, without 2.50 [2.40, 2.60]")
    assert.include(terminal, "rated by 2 experts")
    const markdown = renderMarkdown(board)
    assert.include(markdown, "| 3.41 [3.31, 3.51] | 3.39 [3.29, 3.49] |")
    assert.include(markdown, "These separations depend on the exclusions: reflective and eliza.")
    const page = await renderPage(board)
    assert.include(page, "With and without exclusions")
    assert.include(page, "&lt;b&gt;reflective&lt;/b&gt;")
    assert.notInclude(page, "<b>reflective</b>")
    const csv = renderCsv(board)
    assert.match(csv, /,human,expert,3,base,1,5,without exclusions,,eliza,\w+,2\.5,/)
  })

  it("calls nothing separated where nothing is ranked", () => {
    const text = renderTerminal(sampleLeaderboard([table({ refusal: "too few posts" })]), {
      columns: 200,
      colour: false
    })
    assert.include(text, sentence)
    assert.notInclude(text, "depend on the exclusions")
  })

  it("says nothing where nobody is excluded", () => {
    const text = renderMarkdown(sampleLeaderboard([sampleTable(clearRows)]))
    assert.notInclude(text, "xclusions")
  })
})
