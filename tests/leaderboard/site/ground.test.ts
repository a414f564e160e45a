import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Leaderboard, type Table } from "../../../harness/leaderboard/Leaderboard.ts"
import { differences, groundOf } from "../../../harness/leaderboard/site/Ground.ts"
import { apartOnPage, linesOf, type SiteRun, withTimes } from "../../../harness/leaderboard/site/Line.ts"
import { addressesOf, link } from "../../../harness/leaderboard/site/SiteAddresses.ts"
import { RunManifest } from "../../../harness/run/Manifest.ts"

const leaderboard = Schema.decodeUnknownSync(Schema.fromJsonString(Leaderboard))(
  readFileSync(new URL("../../../results/quick/leaderboard.json", import.meta.url), "utf8")
)
const manifest = Schema.decodeUnknownSync(RunManifest)(leaderboard.manifest)
const [table] = leaderboard.tables
const other = "f".repeat(64)

const apart = (change: object, of: Table = table!) =>
  differences(groundOf(of, manifest), groundOf(of, { ...manifest, ...change } as RunManifest))

describe("the ground of a table", () => {
  it("is the same for other sources, seeds, epochs, times and software", () => {
    const later = {
      sources: manifest.sources.slice(1),
      seed: 9,
      epochs: 3,
      startedAt: "2036-01-01T00:00:00Z"
    }
    assert.deepStrictEqual(apart(later), [])
    assert.strictEqual(groundOf(table!, { ...manifest, ...later }).hash, groundOf(table!, manifest).hash)
    assert.deepStrictEqual(apart({ suites: [...manifest.suites].reverse() }), [], "in whatever order")
  })

  it("is another one by posts, words of the condition, questions or raters, and by nothing's name", () => {
    const [suite, ...suites] = manifest.suites
    assert.deepStrictEqual(apart({ suites: [{ ...suite!, hash: other }, ...suites] }), ["the posts"])
    assert.deepStrictEqual(apart({ suites }), ["the posts"])
    assert.deepStrictEqual(
      apart({ conditions: manifest.conditions.map((entry) => ({ ...entry, hash: other })) }),
      ["the words of the condition"]
    )
    assert.deepStrictEqual(
      apart({ instruments: manifest.instruments.map((entry) => ({ ...entry, hash: other })) }),
      ["the questions of the instrument"]
    )
    assert.deepStrictEqual(apart({ raters: manifest.raters.map((rater) => ({ ...rater, version: "9" })) }), [
      "the raters"
    ])
    // Rules of data quality exclude people, and say nothing of a formula.
    assert.deepStrictEqual(apart({ quality: { preview: {} } }), [])
    const people: Table = { ...table!, raterKind: "human", panels: ["crowd"], raters: ["p1"] }
    assert.deepStrictEqual(apart({ quality: { preview: {} } }, people), ["the rules of data quality"])
    assert.notStrictEqual(
      groundOf(people, manifest).hash,
      groundOf({ ...people, panels: ["expert"] }, manifest).hash
    )
    assert.strictEqual(
      groundOf(people, manifest).hash,
      groundOf({ ...people, raters: ["p2", "p3"] }, manifest).hash,
      "other people of the same panel"
    )
  })
})

const at = (startedAt: string, change: object = {}): Omit<SiteRun, "when"> => ({
  leaderboard,
  manifest: {
    ...manifest,
    run: `quick-${startedAt.length}${startedAt.slice(-3, -1)}`,
    startedAt,
    ...change
  } as RunManifest
})

describe("lines", () => {
  it("hold runs of one ground, oldest first, and say what keeps the others of their name apart", () => {
    const runs = withTimes([
      at("2036-01-03T10:00:00Z"),
      at("2036-01-02T10:00:00Z", { suites: manifest.suites.slice(1) }),
      at("2036-01-01T10:00:00Z")
    ])
    const lines = apartOnPage(linesOf(runs))
    assert.deepStrictEqual(
      lines.map(({ points, apart }) => [points.map(({ run }) => run.when), apart]),
      [
        [["2036-01-01", "2036-01-03"], []],
        [["2036-01-01", "2036-01-03"], []],
        [["2036-01-02"], ["the posts"]],
        [["2036-01-02"], ["the posts"]]
      ]
    )
    // On a page without the newer one there is nothing to be kept apart from.
    assert.deepStrictEqual(
      apartOnPage(lines.slice(2)).map(({ apart }) => apart),
      [[], []]
    )
  })

  it("call a run by as much of its time as tells it from the others", () => {
    const when = (...times: readonly string[]) =>
      withTimes(times.map((time) => at(time))).map((run) => run.when)
    assert.deepStrictEqual(when("2036-01-01T10:00:00Z", "2036-01-02T10:00:00Z"), ["2036-01-01", "2036-01-02"])
    assert.deepStrictEqual(when("2036-01-01T10:00:00Z", "2036-01-01T10:01:00Z"), [
      "2036-01-01 10:00",
      "2036-01-01 10:01"
    ])
    const same = when("2036-01-01T10:00:00.111Z", "2036-01-01T10:00:00.222Z")
    assert.match(same[0]!, /^2036-01-01 10:00:00, quick-/)
    assert.strictEqual(new Set(same).size, 2)
  })
})

describe("an address", () => {
  it("is made of slugs alone, relative to the page it stands on", () => {
    const { run, source, domain, index } = addressesOf({
      runs: ["quick-1"],
      sources: ["../../x", "javascript:alert(1)", "a/b", "a b"],
      domains: ["con"]
    })
    assert.strictEqual(
      link(run("quick-1"), source("../../x"), "<b>").text,
      '<a href="../../sources/x--9cdf6a50.html">&lt;b&gt;</a>'
    )
    assert.match(source("javascript:alert(1)"), /^sources\/[a-z0-9-]+\.html$/)
    assert.notStrictEqual(source("a/b"), source("a b"))
    assert.match(domain("con"), /^domains\/x--[0-9a-f]{8}\.html$/)
    assert.strictEqual(link(domain("con"), index, "x", "line-1").text, '<a href="../index.html#line-1">x</a>')
    assert.throws(() => source("unknown"), /no page for unknown/)
    for (const wrong of ["javascript:alert(1)", "../x.html", "//x.example/a", 'a"b.html', "A.html"])
      assert.throws(() => link(index, wrong, "x"), /not an address/)
    assert.throws(() => link(index, "index.html", "x", '"><script>'), /not an address/)
  })
})
