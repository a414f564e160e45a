import { stripVTControlCharacters } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import { displayWidth } from "../../harness/leaderboard/displayWidth.ts"
import { intervalAxis, intervalBar } from "../../harness/leaderboard/intervalBar.ts"
import { renderTerminal } from "../../harness/leaderboard/terminal.ts"
import {
  clearRows,
  sampleLeaderboard,
  sampleRow,
  sampleTable,
  sharedRows,
  tiedRows
} from "./sampleLeaderboard.ts"

const plain = { columns: 100, colour: false }
const render = (...tables: Parameters<typeof sampleLeaderboard>[0]) =>
  renderTerminal(sampleLeaderboard(tables), plain)

/** The lines of the tables themselves. */
const tableRows = (text: string, sources: readonly string[]) =>
  text.split("\n").filter((line) => sources.some((source) => /^ +[\d–]/.test(line) && line.includes(source)))

describe("renderTerminal", () => {
  it("ranks a clear winner and says what is separated", () => {
    const text = render(sampleTable(clearRows))
    const rows = tableRows(text, ["reflective", "eliza", "dismissive"])
    assert.strictEqual(rows.length, 3)
    assert.match(rows[0]!, /^ +1 {2}reflective +3\.41 {2}\[3\.35, 3\.47\] .*[├●─┤]+ +120 +118$/)
    assert.match(rows[2]!, /^ +3 {2}dismissive +1\.38/)
    assert.include(text, "Separated: reflective > eliza, dismissive")
    assert.include(text, "Separated: eliza > dismissive")
    assert.notInclude(text, "Not distinguishable")
    assert.match(text, /true difference of 0\.16\s+points\s+four\s+times\s+in\s+five/)
  })

  it("heads each table with the kind of its raters", () => {
    assert.match(render(sampleTable(clearRows)), /^PROXY: a formula, not people$/m)
    assert.match(
      render(sampleTable(clearRows, { raterKind: "judge", raters: ["j"] })),
      /^JUDGE: a model, not people$/m
    )
    const human = render(sampleTable(clearRows, { raterKind: "human", raters: ["a", "b"] }))
    assert.match(human, /^HUMAN: rated by people$/m)
    assert.include(human, "rated by 2 people")
    assert.notMatch(human, /PROXY:|JUDGE:/)
  })

  it("calls a tie not distinguishable, once", () => {
    const text = render(sampleTable(tiedRows))
    assert.strictEqual(text.match(/not distinguishable/g)?.length, 1)
    assert.notInclude(text, "Separated")
    assert.match(text, / 1–3 {2}north/)
  })

  it("names the pairs that a partial order leaves open", () => {
    const text = render(sampleTable(sharedRows))
    assert.include(text, "Not distinguishable: north and east")
    assert.include(text, "Separated: north > south")
    assert.match(text, /source +kind/)
  })

  it("says in few words what is separated from many", () => {
    const rows = Array.from({ length: 12 }, (_, i) => sampleRow(`s${i}`, 4 - i * 0.1, 0.1, [1 + i, 2 + i]))
    const table = sampleTable(rows)
    const text = render(table)
    assert.include(text, "Separated: s0 > s2 and all 9 below it\n")
    assert.include(text, "Separated: s9 > s11\n")
    assert.include(text, "Not distinguishable: 11 of 66 pairs.")
    const contrasts = table.contrasts.filter(({ a, b }) => a !== "s0" || b !== "s5")
    assert.include(render({ ...table, contrasts }), "Separated: s0 > 9 sources\n")
  })

  it("gives no rank and no order where ranking is refused", () => {
    const text = render(sampleTable(clearRows, { refusal: "12 posts; ranking needs 30" }))
    assert.include(text, "Not ranked: 12 posts; ranking needs 30.")
    assert.notInclude(text, "Separated")
    for (const row of tableRows(text, ["reflective", "eliza"])) assert.match(row, /^ +– /)
  })

  it("says why a mean is missing, and what stands alone", () => {
    const missing = sampleRow("absent", 0, 0, [1, 2], {
      mean: null,
      reason: "no post has a value for absent",
      posts: 0
    })
    const text = render(sampleTable([clearRows[0]!, missing]))
    assert.include(text, "No mean for absent: no post has a value for absent.")
    assert.include(text, "One source: nothing to compare it with.")
  })

  it("reports cautions, missing answers, other outcomes and failures", () => {
    const text = renderTerminal(
      sampleLeaderboard([sampleTable(clearRows)], {
        study: { name: "s", title: "T", caution: "15 posts are few." },
        answered: 350,
        outcomes: [
          { source: "eliza", condition: "base", outcome: "ok", n: 116 },
          { source: "eliza", condition: "base", outcome: "refusal", n: 4 }
        ],
        failures: [
          { stage: "generate", source: "east", kind: "timeout", message: "no answer", n: 9, example: "w/p-3" }
        ]
      }),
      plain
    )
    assert.include(text, "350 of 360 planned answers (10 missing)")
    assert.include(text, "Caution: 15 posts are few.")
    assert.include(text, "eliza (base): 4 refused by the model, not rated")
    assert.notInclude(text, "116")
    assert.include(text, "9 × generate east, timeout: no answer (such as w/p-3)")
  })

  it("keeps columns aligned and within the width for any name", () => {
    const names = [
      "温かい返信モデル",
      "🌷👩‍🚀🇩🇪",
      "x".repeat(180),
      "e\u0301\u0301a",
      "\u001b]0;owned\u0007\u202eevil",
      "q"
    ]
    const rows = names.map((name, i) => sampleRow(name, 4 - i / 2, 0.2, [i + 1, i + 1]))
    for (const columns of [40, 60, 80, 100, 120, 200]) {
      const lines = renderTerminal(sampleLeaderboard([sampleTable(rows)]), { columns, colour: false }).split(
        "\n"
      )
      for (const line of lines) assert.isAtMost(displayWidth(line), columns, line)
      const head = lines.findIndex((line) => line.startsWith("  rank"))
      const at = displayWidth(lines[head]!.slice(0, lines[head]!.indexOf("mean")))
      names.forEach((_, i) => {
        const line = lines[head + 1 + i]!
        const mean = (4 - i / 2).toFixed(2)
        assert.strictEqual(displayWidth(line.slice(0, line.indexOf(mean))), at, `${columns}: ${line}`)
      })
      assert.strictEqual(
        lines.some((line) => line.includes("●")),
        columns >= 80
      )
    }
  })

  it("sends no control character, from any field", () => {
    const evil = "\u001b[31m\u0007\u009b2J\r\n\u202e"
    const leaderboard = sampleLeaderboard(
      [
        sampleTable([sampleRow(evil, 3, 0.1, [1, 2]), sampleRow(`${evil}2`, 2, 0.1, [1, 2])], {
          title: evil,
          instrument: evil,
          measure: evil,
          condition: evil,
          raters: [evil],
          notes: [evil],
          refusal: evil
        })
      ],
      {
        run: evil,
        study: { name: "s", title: evil, caution: evil },
        outcomes: [{ source: evil, condition: evil, outcome: "empty", n: 1 }],
        failures: [{ stage: evil, source: evil, kind: evil, message: evil, n: 1, example: evil }]
      }
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
    assert.notMatch(renderTerminal(leaderboard, plain), control)
    const coloured = renderTerminal(leaderboard, { columns: 100, colour: true })
    assert.strictEqual(stripVTControlCharacters(coloured), renderTerminal(leaderboard, plain))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: only the styles that the view sets itself
    assert.notMatch(coloured.replace(/\u001b\[\d{1,2}m/g, ""), control)
  })

  it("colours only when asked to", () => {
    const leaderboard = sampleLeaderboard([sampleTable(clearRows)])
    assert.notInclude(renderTerminal(leaderboard, plain), "\u001b")
    assert.include(renderTerminal(leaderboard, { columns: 100, colour: true }), "\u001b[1m")
  })
})

describe("intervalBar", () => {
  const scale = { minimum: 1, maximum: 5 }

  it("draws mean and ends where they lie on the scale", () => {
    assert.strictEqual(intervalBar({ estimate: 3, lower: 2, upper: 4 }, scale, 9), "  ├─●─┤  ")
    assert.strictEqual(intervalAxis(scale, 9), "1 2 3 4 5")
  })

  it("is a point without width, and open where it leaves the scale", () => {
    assert.strictEqual(intervalBar({ estimate: 3, lower: 3, upper: 3 }, scale, 9), "    ●    ")
    assert.strictEqual(intervalBar({ estimate: 4.5, lower: 4, upper: 5.5 }, scale, 9), "      ├●─")
  })
})
