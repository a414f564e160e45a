import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { parseHTML } from "linkedom"
import type { Leaderboard } from "../../harness/leaderboard/Leaderboard.ts"
import { renderPage } from "../../harness/leaderboard/page.ts"
import { hostileTexts } from "./hostileTexts.ts"
import {
  clearRows,
  sampleLeaderboard,
  sampleRow,
  sampleTable,
  sharedRows,
  tiedRows
} from "./sampleLeaderboard.ts"

/** The few members of a DOM that are used here; the types of the browser's are not part of this project. */
interface Node {
  readonly localName: string
  readonly textContent: string
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
  querySelectorAll(selector: string): Iterable<Node>
  getAttribute(name: string): string | null
}

const parsed = (page: string): Node => parseHTML(page).document as unknown as Node
const all = (root: Node, selector: string): Node[] => [...root.querySelectorAll(selector)]
const texts = (root: Node, selector: string): string[] => all(root, selector).map((node) => node.textContent)
const rendered = async (leaderboard: Leaderboard) => parsed(await renderPage(leaderboard))

/** A leaderboard with `text(place)` wherever a text can stand. */
const filled = (text: (place: string) => string): Leaderboard => {
  const rows = [
    sampleRow(text("source a"), 3.2, 0.2, [1, 2], { kind: "human" }),
    sampleRow(text("source b"), 3.1, 0.2, [1, 2]),
    sampleRow(text("source c"), 0, 0, [1, 3], { mean: null, reason: text("reason"), posts: 0 })
  ]
  const table = sampleTable(rows, {
    instrument: text("instrument"),
    title: text("title"),
    measure: text("measure"),
    raters: [text("rater")],
    condition: text("condition"),
    estimand: text("estimand"),
    refusal: text("refusal"),
    notes: [text("note")]
  })
  return sampleLeaderboard(
    [
      { ...table, domains: table.domains.slice(0, 1).map((entry) => ({ ...entry, domain: text("domain") })) },
      { ...sampleTable(rows.slice(0, 2), { raters: [text("judge")] }), raterKind: "judge", domains: [] }
    ],
    {
      run: text("run"),
      study: { name: text("study"), title: text("study title"), caution: text("caution") },
      outcomes: [{ source: text("source a"), condition: text("condition"), outcome: "refusal", n: 2 }],
      failures: [
        {
          stage: text("stage"),
          source: text("source b"),
          kind: text("kind"),
          message: text("message"),
          n: 3,
          example: text("example")
        }
      ],
      manifest: manifestWith(text)
    }
  )
}

const manifestWith = (text: (place: string) => string): Leaderboard["manifest"] => ({
  format: "warmline-manifest/1",
  run: "quick-0a1b2c3d",
  plan: "a".repeat(64),
  study: { name: "quick", title: text("study title") },
  seed: 7,
  epochs: 1,
  posts: 120,
  calls: 360,
  suites: [
    {
      name: text("suite"),
      domain: text("domain"),
      hash: "b".repeat(64),
      posts: 20,
      provenance: text("provenance"),
      licence: text("licence")
    }
  ],
  conditions: [],
  instruments: [],
  sources: [
    {
      id: text("source a"),
      plugin: text("plugin"),
      version: text("version"),
      model: text("model"),
      kind: "model",
      parameters: { [text("key")]: text("value") },
      config: {},
      ignored: [text("ignored")]
    }
  ],
  raters: [{ id: text("rater"), kind: "proxy", plugin: text("plugin"), version: text("version") }],
  software: {
    warmline: text("version"),
    node: "v24.0.0",
    platform: "linux-x64",
    packages: { [text("package")]: text("version") }
  },
  startedAt: text("time")
})

/** Elements with the names of their attributes, in order: what a text must not change. */
const skeleton = (root: Node): string[] =>
  all(root, "*").map((node) => `${node.localName} ${[...node.attributes].map(({ name }) => name).join(" ")}`)

describe("renderPage", () => {
  it("leads with a sentence that may be quoted, as the kind of rater allows", async () => {
    const lead = async (...tables: Parameters<typeof sampleLeaderboard>[0]) =>
      texts(await rendered(sampleLeaderboard(tables)), ".lead").join()
    assert.match(
      await lead(sampleTable(clearRows)),
      /^Scored by the formula lexical \(not by people\).*not a measure of empathy\.$/
    )
    assert.include(
      await lead(sampleTable(clearRows, { raterKind: "human", raters: ["a", "b"] })),
      "Rated by 2 people on 120 posts: reflective (3.41) has the highest mean"
    )
    assert.include(await lead(sampleTable(tiedRows, { raterKind: "judge" })), "are not distinguishable")
    assert.include(await lead(sampleTable(clearRows, { refusal: "too few" })), "not ranked")
    assert.strictEqual(await lead(), "Nothing has been rated.")
  })

  it("leaves people's finding and a judge's other one beside one another, people first", async () => {
    const turned = [...clearRows].reverse().map(({ source }, index) => ({ ...clearRows[index]!, source }))
    const page = await rendered(
      sampleLeaderboard([
        sampleTable(clearRows, { raterKind: "human", raters: ["p-1", "p-2"] }),
        sampleTable(turned, { raterKind: "judge", raters: ["a-judge"] })
      ])
    )
    assert.match(texts(page, ".lead").join(), /^Rated by 2 people on 120 posts: reflective \(3\.41\) has the/)
    const [other] = texts(page, ".brief li")
    assert.match(
      other!,
      /Rated by the model a-judge \(not by people\) on 120 posts: dismissive \(3\.41\) has the/
    )
    assert.match(other!, /not how people perceive them\.$/)
    assert.deepStrictEqual(texts(page, "section > .badge"), [
      "HUMAN: rated by people",
      "JUDGE: a model, not people"
    ])
  })

  it("leads with a judge's finding, said to be one, where no person has rated", async () => {
    const page = await rendered(
      sampleLeaderboard([sampleTable(clearRows, { raterKind: "judge", raters: ["a-judge"] })])
    )
    assert.match(
      texts(page, ".lead").join(),
      /^Rated by the model a-judge \(not by people\).*not how people perceive them\.$/
    )
  })

  it("marks every table with the kind of its raters", async () => {
    const page = await rendered(
      sampleLeaderboard([sampleTable(clearRows), sampleTable(tiedRows, { raterKind: "judge" })])
    )
    assert.deepStrictEqual(texts(page, "section > .badge"), [
      "PROXY: a formula, not people",
      "JUDGE: a model, not people"
    ])
    const captions = texts(page, "caption").filter((caption) => caption.startsWith("Means"))
    assert.strictEqual(captions.filter((caption) => caption.includes("PROXY")).length, 2)
    assert.strictEqual(captions.filter((caption) => caption.includes("JUDGE")).length, 2)
  })

  it("shows ranks, means, intervals and differences", async () => {
    const page = await rendered(sampleLeaderboard([sampleTable(sharedRows)]))
    const cells = all(page, "section#table-1 tbody tr").map((row) => texts(row, "th, td"))
    assert.deepStrictEqual(cells[0], ["1–2", "north", "model", "4.10", "4.00 to 4.20", "120", "118"])
    assert.deepStrictEqual(cells[3], [
      "north − east",
      "+0.05",
      "−0.07 to +0.17",
      "0.410",
      "120",
      "0.16",
      "not distinguishable"
    ])
    assert.deepStrictEqual(cells[5]?.slice(3), ["< 0.001", "120", "0.16", "separated"])
  })

  it("gives no rank and no finding where ranking is refused", async () => {
    const page = await rendered(
      sampleLeaderboard([sampleTable(clearRows, { refusal: "12 posts; ranking needs 30" })])
    )
    assert.deepStrictEqual(texts(page, "tbody .rank"), ["–", "–", "–"])
    assert.include(texts(page, ".caution").join(), "12 posts; ranking needs 30")
    assert.notMatch(texts(page, "section#table-1").join(), /separated(?! )|not distinguishable/)
  })

  it("draws each source's mean and interval at its place on the scale", async () => {
    const rows = [sampleRow("a", 3, 1, [1, 2]), sampleRow("b", 2, 0, [1, 2])]
    const page = await rendered(sampleLeaderboard([sampleTable(rows, { domains: [] })]))
    const plot = all(page, ".wide svg")[0]!
    const ticks = all(plot, "g[font-variant] text").filter((node) => /^[1-5]$/.test(node.textContent))
    const x = ticks.map((node) => Number(/translate\(([\d.]+)/.exec(node.getAttribute("transform")!)![1]))
    assert.strictEqual(x.length, 5)
    const [rule, flat] = all(plot, "g[stroke='var(--interval)'] line")
    assert.closeTo(Number(rule!.getAttribute("x1")), x[1]!, 0.5)
    assert.closeTo(Number(rule!.getAttribute("x2")), x[3]!, 0.5)
    assert.strictEqual(flat!.getAttribute("x1"), flat!.getAttribute("x2"))
    assert.deepStrictEqual(
      all(plot, "g[fill='var(--accent)'] title").map((node) => node.textContent),
      ["a: 3.00 (2.00 to 4.00)", "b: 2.00 (2.00 to 2.00)"]
    )
  })

  it("draws sources of one name apart, and one source alone", async () => {
    const twins = [sampleRow("x".repeat(90), 3, 0.2, [1, 2]), sampleRow(`${"x".repeat(90)}y`, 2, 0.2, [1, 2])]
    const page = await rendered(sampleLeaderboard([sampleTable(twins, { domains: [] })]))
    assert.strictEqual(all(page, ".wide svg g[stroke='var(--interval)'] line").length, 2)
    const one = await rendered(sampleLeaderboard([sampleTable(clearRows.slice(0, 1))]))
    assert.strictEqual(all(one, ".wide svg").length, 1)
    assert.notInclude(texts(one, "h3").join(), "Differences")
  })

  it("names images, tables and headers for a screen reader", async () => {
    const page = await rendered(filled((place) => place))
    for (const svg of all(page, "svg")) {
      assert.strictEqual(svg.getAttribute("role"), "img")
      assert.notStrictEqual(texts(svg, "title")[0], "")
      assert.notStrictEqual(texts(svg, "desc")[0], "")
    }
    const tables = all(page, "table")
    assert.isAbove(tables.length, 6)
    for (const table of tables) {
      assert.strictEqual(all(table, "caption").length, 1)
      for (const header of all(table, "th")) assert.include(["row", "col"], header.getAttribute("scope"))
    }
    const levels = all(page, "h1, h2, h3, h4").map((node) => Number(node.localName[1]))
    levels.reduce((before, level) => {
      assert.isAtMost(level, before + 1)
      return level
    }, 0)
    const ids = all(page, "[id]").map((node) => node.getAttribute("id"))
    assert.strictEqual(new Set(ids).size, ids.length)
    for (const link of all(page, "a[href^='#']")) assert.include(ids, link.getAttribute("href")!.slice(1))
  })

  it("needs nothing from outside and runs its own script only", async () => {
    const text = await renderPage(filled((place) => place))
    const page = parsed(text)
    // Counted, not compared: a node is a web of references that an assertion's message cannot print.
    assert.strictEqual(
      all(page, "iframe, object, embed, img, form, base, [src], [onclick], [onload]").length,
      0
    )
    assert.deepStrictEqual(
      all(page, "link").map((node) => node.getAttribute("href")),
      ["data:,"]
    )
    assert.notMatch(text, /@import|url\(/)
    const hash = (code: string) => createHash("sha256").update(code).digest("base64")
    const scripts = texts(page, "script")
    assert.strictEqual(scripts.length, 1)
    const policy = all(page, "meta[http-equiv='Content-Security-Policy']")[0]!.getAttribute("content")!
    const directives = new Map(
      policy.split(";").map((part) => {
        const [name = "", ...values] = part.trim().split(" ")
        return [name, values]
      })
    )
    assert.deepStrictEqual(directives.get("default-src"), ["'none'"])
    assert.deepStrictEqual(directives.get("script-src"), [`'sha256-${hash(scripts[0]!)}'`])
    assert.deepStrictEqual(directives.get("img-src"), ["data:"])
    assert.notInclude(policy, "http")
  })

  it("takes no hostile text for markup, wherever it stands", async () => {
    assert.isAtLeast(hostileTexts.length, 60)
    const frames = [(text: string) => () => text, (text: string) => (place: string) => `${place}${text} b`]
    for (const frame of frames) {
      const calm = skeleton(await rendered(filled(frame("calm"))))
      for (const hostile of hostileTexts) {
        assert.deepStrictEqual(skeleton(await rendered(filled(frame(hostile)))), calm, hostile)
      }
    }
  })

  it("keeps every hostile text readable", async () => {
    for (const hostile of hostileTexts.filter((text) => !/\p{Cc}|[\u2028-\u202e\ud800-\udfff]/u.test(text))) {
      const page = await rendered(sampleLeaderboard([], { study: { name: "s", title: hostile } }))
      assert.deepStrictEqual(texts(page, "h1"), [hostile])
    }
  })
})
