import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import type { Browser } from "playwright-core"
import { points } from "../../harness/leaderboard/formatNumber.ts"
import { slug } from "../../harness/leaderboard/slug.ts"
import { crawl, hasBrowser, launch, violationsOf } from "../leaderboard/site/siteBrowser.ts"
import { builtBin } from "./built.ts"
import { emptyFolder, start } from "./warmline.ts"

const long = "a-very-long-name-".repeat(11)
/** Names that would be paths, markup, devices or each other, if a name could be an address. */
const names = ["../../x", "<script>alert(1)</script>", "CON", long, "My Model", "my model"]

const model = `import { definePlugin } from "warmline"
const warm = process.env.MODEL === "2"
export default definePlugin({
  name: "m",
  version: warm ? "2" : "1",
  generate: ({ about }) => (warm ? "It sounds like you feel hurt. That makes sense. " : "Get over it. ") + about.post
})
`

const study = `name: over-time
title: "Over <i>time</i>"
seed: 1
suites: [anger, grief]
conditions: [base]
sources: ${JSON.stringify([...names.map((id) => ({ id, model: "./m.ts" })), "reflective"])}
raters: [lexical]
instruments: [perceived-empathy]
epochs: 1
`

// The bundle, since it starts quicker and this starts it often.
const bin = builtBin()
const scope = Effect.runSync(Scope.make())
let folder = ""
let browser: Browser | undefined
const path = (...parts: readonly string[]) => join(folder, ...parts)
const site = (...parts: readonly string[]) => path("site", ...parts)
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  Effect.runPromise(start(folder, args, undefined, env, bin()))
/** One page of each kind: what axe looks at is how the kind is made. */
const oneOfEach = new Set<string>()
const isNewKind = (file: string): boolean => {
  const kind = relative(site(), file).split("/")[0]!
  return !oneOfEach.has(kind) && oneOfEach.add(kind) !== undefined
}
const files = (): readonly string[] =>
  (readdirSync(site(), { recursive: true, encoding: "utf8" }) as string[])
    .filter((name) => statSync(site(name)).isFile())
    .sort()
const page = (name: string) => readFileSync(site("sources", `${slug(name)}.html`), "utf8")

beforeAll(async () => {
  folder = await Effect.runPromise(Scope.provide(emptyFolder, scope))
  writeFileSync(path("m.ts"), model)
  writeFileSync(path("s.yaml"), study)
  const args = ["run", "s.yaml", "--display", "none", "-o", "out"]
  for (const [limit, version] of [
    ["4", "1"],
    ["4", "2"],
    ["3", "2"]
  ] as const) {
    const made = await run([...args, "--limit", limit], { MODEL: version })
    assert.strictEqual(made.code, 0, made.stderr)
  }
  const made = await run(["leaderboard", "--site", "site"])
  assert.strictEqual(made.code, 0, made.stderr)
  assert.match(made.stdout, /^Site of 3 runs, written to site: 3 leaderboards, 7 sources, 2 domains\n/)
  if (hasBrowser) browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await Effect.runPromise(Scope.close(scope, Exit.void))
})

describe("warmline leaderboard --site", () => {
  it("has a file for each run, source and domain, named by slugs that do not change", async () => {
    const before = files()
    assert.isTrue(
      before.every((name) => /^(?:[a-z0-9._-]+\/)*[a-z0-9._-]+$/.test(name) && !name.includes(".."))
    )
    assert.strictEqual(new Set(before.map((name) => name.toLowerCase())).size, before.length)
    const pages = before.filter((name) => name.startsWith("sources/"))
    assert.deepStrictEqual(pages, [...names, "reflective"].map((name) => `sources/${slug(name)}.html`).sort())
    assert.strictEqual(new Set(pages).size, 7)
    assert.include(before, "domains/anger.html")
    assert.isFalse(existsSync(path("x.html")) || existsSync(path("x")))
    const runs = readdirSync(site("leaderboards"))
    assert.deepStrictEqual(readdirSync(site("leaderboards", runs[0]!)).sort(), [
      "badge.svg",
      "index.html",
      "leaderboard.csv",
      "leaderboard.json",
      "leaderboard.md"
    ])
    // Another run beside them changes no address.
    await run(["run", "s.yaml", "--display", "none", "-o", "out", "--limit", "2"])
    assert.strictEqual((await run(["leaderboard", "--site", "site"])).code, 0)
    assert.includeMembers([...files()], [...before])
  })

  it("puts on one line only runs of one ground, and says why the others are apart", () => {
    const text = page("My Model")
    const sections = [...text.matchAll(/<section aria-label="[^"]*" id="line-[\s\S]*?<\/section>/g)].map(
      (match) => match[0]
    )
    // Four, three and two posts a suite are other posts; the two runs of four share a line.
    const marks = sections.map(
      (section) => (/<div class="wide">[\s\S]*?<\/svg>/.exec(section)![0].match(/<circle/g) ?? []).length
    )
    assert.deepStrictEqual([...marks].sort(), [1, 1, 2])
    const both = sections[marks.indexOf(2)]!
    const versions = [...both.matchAll(/<td>m (\d)/g)].map((match) => match[1])
    assert.deepStrictEqual(versions, ["2", "1"], "newest first")
    assert.strictEqual(sections.filter((section) => /differ in the posts\./.test(section)).length, 2)
    // The numbers are those of the runs' own files.
    for (const name of readdirSync(site("leaderboards"))) {
      const { tables } = JSON.parse(readFileSync(site("leaderboards", name, "leaderboard.json"), "utf8")) as {
        tables: { rows: { source: string; mean: { estimate: number; lower: number; upper: number } }[] }[]
      }
      const { mean } = tables[0]!.rows.find(({ source }) => source === "My Model")!
      const row = new RegExp(`${name}[\\s\\S]*?</tr>`).exec(text)![0]
      assert.include(row, `>${points(mean.estimate)}<`)
      assert.include(row, `>${points(mean.lower)} to ${points(mean.upper)}<`)
    }
  })

  it("says in a line what is wrong", async () => {
    const none = await run(["leaderboard", "--site", "other", "--store", "none.db"])
    assert.deepStrictEqual([none.code, none.stdout], [2, ""])
    assert.match(none.stderr, /^warmline: store: no run in it; start one with [^\n]+\n$/)
    assert.isFalse(existsSync(path("other")))
    const unknown = await run(["leaderboard", "over-time-00000000", "--site", "other"])
    assert.strictEqual(unknown.code, 2)
    assert.match(unknown.stderr, /^warmline: over-time-00000000: no such run/)
    const both = await run(["leaderboard", "--site", "other", "-o", "out"])
    assert.strictEqual(both.code, 2)
    writeFileSync(path("file"), "")
    const file = await run(["leaderboard", "--site", "file"])
    assert.strictEqual(file.code, 2)
    assert.match(file.stderr, /name another folder with --site\n$/)
  })

  it("takes with RUN only the runs of its suites and instruments", async () => {
    await run(["run", "--suite", "anger", "--limit", "1", "--display", "none", "-o", "out"])
    const own = readdirSync(site("leaderboards"))[0]!
    const made = await run(["leaderboard", own, "--site", "like", "--json"])
    const { runs } = JSON.parse(made.stdout) as { runs: readonly string[] }
    assert.strictEqual(runs.length, 4)
    assert.isTrue(runs.every((id) => id.startsWith("over-time-")))
    const all = JSON.parse((await run(["leaderboard", "--site", "all", "--json"])).stdout) as {
      runs: string[]
    }
    assert.strictEqual(all.runs.length, 5)
  })
})

describe.skipIf(!hasBrowser)("the site in Chromium", () => {
  it("opens from disk, every link leads somewhere, and axe finds nothing", async () => {
    const found: string[] = []
    const { visited, complaints } = await crawl(
      browser!,
      site("index.html"),
      { viewport: { width: 1000, height: 800 }, colorScheme: "light" },
      async (page, file) => {
        if (!isNewKind(file)) return
        for (const line of await violationsOf(page)) found.push(`${relative(site(), file)}: ${line}`)
      }
    )
    assert.deepStrictEqual([...oneOfEach].sort(), ["domains", "index.html", "leaderboards", "sources"])
    assert.deepStrictEqual(complaints, [])
    assert.deepStrictEqual(found, [])
    assert.deepStrictEqual(
      visited.map((file) => relative(site(), file)).sort(),
      files().filter((name) => name.endsWith(".html")),
      "every page can be reached"
    )
  })

  it("fits a phone, dark too", async () => {
    const wide: string[] = []
    oneOfEach.clear()
    const found: string[] = []
    await crawl(
      browser!,
      site("index.html"),
      { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
      async (page, file) => {
        const width = (await page.evaluate("document.documentElement.scrollWidth")) as number
        if (width > 360) wide.push(`${relative(site(), file)}: ${width}`)
        if (isNewKind(file))
          for (const line of await violationsOf(page)) found.push(`${relative(site(), file)}: ${line}`)
      }
    )
    assert.deepStrictEqual(wide, [])
    assert.deepStrictEqual(found, [])
  })

  it("lets no name act, and switches its theme", async () => {
    const page = await browser!.newPage()
    await page.goto(`file://${site("sources", `${slug("<script>alert(1)</script>")}.html`)}`)
    assert.strictEqual(await page.locator("h1").innerText(), "<script>alert(1)</script>")
    assert.strictEqual(await page.locator("script").count(), 1)
    const before = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.getByRole("button", { name: /theme/ }).click()
    assert.notStrictEqual(await page.evaluate("getComputedStyle(document.body).backgroundColor"), before)
    await page.close()
  })
})
