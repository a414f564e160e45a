import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { parseHTML } from "linkedom"
import { badgeText, renderBadge } from "../../harness/leaderboard/badge.ts"
import { renderCsv } from "../../harness/leaderboard/csv.ts"
import { escapeMarkdown, renderMarkdown } from "../../harness/leaderboard/markdown.ts"
import { hostileTexts } from "./hostileTexts.ts"
import {
  clearRows,
  sampleLeaderboard,
  sampleRow,
  sampleTable,
  sharedRows,
  tiedRows
} from "./sampleLeaderboard.ts"

const records = (text: string) =>
  parse(text, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[]

describe("renderCsv", () => {
  it("has a row for each source overall and in each domain, with the kind of rater in every one", () => {
    const table = sampleTable(clearRows)
    const rows = records(renderCsv(sampleLeaderboard([table, { ...table, raterKind: "judge" }])))
    assert.strictEqual(rows.length, 2 * (3 + 6 * 3))
    assert.strictEqual(rows.filter((row) => row.rater_kind === "proxy").length, 21)
    assert.strictEqual(rows.filter((row) => row.rater_kind === "judge").length, 21)
    const { source, mean, lower, rank_low, rank_high, posts, words, source_kind } = rows[0]!
    assert.deepStrictEqual(
      [source, source_kind, Number(mean), Number(lower), rank_low, rank_high, posts, words],
      ["reflective", "program", 3.41, 3.41 - 0.06, "1", "1", "120", "118.4"]
    )
    const domain = rows.find((row) => row.slice === "domain")!
    assert.deepStrictEqual([domain.domain, domain.rank_low, domain.remark], ["anger", "", "exploratory"])
  })

  it("leaves ranks empty and says why where nothing is ranked or measured", () => {
    const missing = sampleRow("absent", 0, 0, [1, 4], { mean: null, reason: "no value", posts: 0 })
    const rows = records(
      renderCsv(sampleLeaderboard([sampleTable([...clearRows, missing], { refusal: "too few" })]))
    ).filter((row) => row.slice === "overall")
    assert.deepStrictEqual(
      rows.map((row) => row.rank_low),
      ["", "", "", ""]
    )
    assert.strictEqual(rows[0]!.remark, "not ranked: too few")
    assert.deepStrictEqual([rows[3]!.mean, rows[3]!.remark], ["", "no value; not ranked: too few"])
  })

  it("quotes after RFC 4180 and takes the sting out of formulas", () => {
    const names = [
      'a "quoted", name',
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      '=HYPERLINK("http://x","y")',
      " =2",
      "\t=2",
      "＝1",
      "|calc",
      "\u001b[2J"
    ]
    const rows = names.map((name) => sampleRow(name, 3, 0.1, [1, names.length]))
    const text = renderCsv(sampleLeaderboard([sampleTable(rows, { domains: [] })]))
    assert.deepStrictEqual(
      records(text).map((row) => row.source),
      [
        'a "quoted", name',
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        `'=HYPERLINK("http://x","y")`,
        "' =2",
        "' =2",
        "'＝1",
        "'|calc",
        "␛[2J"
      ]
    )
    assert.include(text, '"a ""quoted"", name"')
    assert.isTrue(text.endsWith("\r\n"))
  })

  it("keeps negative numbers numbers", () => {
    const rows = [sampleRow("below", -0.5, 0.1, [1, 1])]
    const text = renderCsv(sampleLeaderboard([sampleTable(rows, { scale: { minimum: -2, maximum: 2 } })]))
    assert.strictEqual(records(text)[0]!.mean, "-0.5")
    assert.strictEqual(records(text)[0]!.scale_minimum, "-2")
  })

  it("writes of people only how many they were", () => {
    const text = renderCsv(
      sampleLeaderboard([sampleTable(clearRows, { raterKind: "human", raters: ["5f3a", "77ab"] })])
    )
    assert.notInclude(text, "5f3a")
    assert.strictEqual(records(text)[0]!.raters, "2")
  })
})

describe("renderMarkdown", () => {
  it("heads each table with the kind of its raters and quotes the finding", () => {
    const text = renderMarkdown(
      sampleLeaderboard([
        sampleTable(clearRows),
        sampleTable(tiedRows, { raterKind: "judge", raters: ["some-judge"] })
      ])
    )
    assert.match(text, /^## Perceived empathy \(PROXY: a formula, not people\)$/m)
    assert.match(text, /^## Perceived empathy \(JUDGE: a model, not people\)$/m)
    assert.match(text, /^\| 1 \| reflective \| program \| 3\.41 \| 3\.35 to 3\.47 \| 120 \| 118 \|$/m)
    assert.include(text, "Mean (proxy)")
    assert.include(text, "are not distinguishable on")
    assert.include(text, "not a measure of empathy")
  })

  it("keeps markup in names text", () => {
    const escaped: [string, string][] = [
      ["a|b", "a\\|b"],
      ["<img src=x>", "\\<img src=x\\>"],
      ["[x](javascript:1)", "\\[x\\](javascript\\:1)"],
      ["![x](y)", "!\\[x\\](y)"],
      ["**b** _i_ `c` ~~d~~", "\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~\\~d\\~\\~"],
      ["&lt;", "\\&lt;"],
      ["back\\", "back\\\\"],
      ["https://x.y", "https\\://x.y"],
      ["www.x.y", "www.\u2060x.y"],
      ["@team", "@\u2060team"],
      ["fixes #12", "fixes #\u206012"],
      ["# head", "\\# head"],
      ["- item", "\\- item"],
      ["1. item", "1\u2060. item"],
      ["two\nlines", "two lines"],
      ["gpt-4.1-mini", "gpt-4.1-mini"]
    ]
    for (const [text, expected] of escaped) assert.strictEqual(escapeMarkdown(text), expected)
  })

  it("keeps a row one row whatever the name", () => {
    const text = renderMarkdown(
      sampleLeaderboard([sampleTable([sampleRow("a | b\n| c | d", 3, 0.1, [1, 1])], { domains: [] })])
    )
    const line = text.split("\n").find((entry) => entry.startsWith("| 1 |"))!
    assert.strictEqual(line.split(/(?<!\\)\|/).length, 9)
  })
})

describe("renderBadge", () => {
  const said = (...tables: Parameters<typeof sampleLeaderboard>[0]) => badgeText(sampleLeaderboard(tables))

  it("says who rated, and no more than the table allows", () => {
    assert.strictEqual(
      said(sampleTable(clearRows)),
      "Warmline, Perceived empathy (proxy, not people): first: reflective 3.41"
    )
    assert.match(
      said(sampleTable(tiedRows, { raterKind: "judge" })),
      /\(judge, not people\): 3 not distinguishable$/
    )
    assert.match(
      said(sampleTable(sharedRows, { raterKind: "human" })),
      /\(rated by people\): 2 share the top$/
    )
    assert.match(said(sampleTable(clearRows, { refusal: "too few" })), /: not ranked$/)
    assert.strictEqual(said(), "Warmline: not rated")
  })

  it("is an SVG that fetches nothing, whatever the source is called", () => {
    for (const name of hostileTexts) {
      const rows = clearRows.map((row, index) => (index === 0 ? { ...row, source: name } : row))
      const leaderboard = sampleLeaderboard([sampleTable(rows, { title: name })])
      const svg = renderBadge(leaderboard)
      const { document } = parseHTML(svg)
      const tags = [...document.querySelectorAll("*")].map((node) => node.localName.toLowerCase())
      assert.deepStrictEqual(tags, [
        "svg",
        "title",
        "clippath",
        "rect",
        "g",
        "rect",
        "rect",
        "g",
        "text",
        "text"
      ])
      assert.notMatch(svg, /<[^>]*(href|src|style|on\w+)\s*=/i)
      // One image and no link or element more, whatever is in its words.
      const line = renderMarkdown(leaderboard).split("\n")[2]!
      assert.match(line, /^!\[(?:[^[\]<>\\]|\\.)*\]\(badge\.svg\)$/)
    }
  })
})
