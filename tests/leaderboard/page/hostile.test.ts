import { assert, describe, it } from "@effect/vitest"
import { renderPage } from "../../../harness/leaderboard/page.ts"
import { hostileTexts } from "../hostileTexts.ts"
import { hasChromium, withChromium } from "./chromium.ts"
import { sampleReport } from "./sampleEvidence.ts"

/** Every string `from`, wherever it stands, key or value. */
const renamed = (value: unknown, from: string, to: string): unknown => {
  const again = (inner: unknown) => renamed(inner, from, to)
  if (value === from) return to
  if (Array.isArray(value)) return value.map(again)
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [again(key), again(inner)]))
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, again(inner)]))
  return value
}

/** A short report (one table of people, one domain, the post with a warning) with `text` for posts, responses, rationales, judges, people, reasons, notes and one source's name. */
const reportWith = (text: string): Promise<string> => {
  const { leaderboard, evidence } = sampleReport(() => text)
  const [table] = leaderboard.tables
  const short = {
    leaderboard: {
      ...leaderboard,
      tables: [{ ...table!, notes: [text], domains: table!.domains.slice(0, 1) }]
    },
    evidence: { ...evidence, posts: evidence.posts.slice(-1) }
  }
  const report = renamed(short, "eliza", text) as ReturnType<typeof sampleReport>
  return renderPage(report.leaderboard, report.evidence)
}

// What a text must not change: the elements, with the names of their attributes.
const skeleton = `[...document.querySelectorAll("*")].map((element) =>
  element.localName + " " + element.getAttributeNames().sort().join(" "))`

const use = `for (const element of document.querySelectorAll("details")) element.open = true
for (const button of document.querySelectorAll("button")) button.click()
for (const select of document.querySelectorAll("select"))
  for (const option of select.options) { option.selected = true; select.dispatchEvent(new Event("change")) }
location.hash = "#" + document.querySelector(".answered").id
localStorage.clear()`

const isPlain = (text: string) => !/\p{Cc}|[\u2028-\u202e\ud800-\udfff]/u.test(text)

describe.skipIf(!hasChromium)("the report with hostile texts, in Chromium", () => {
  const open = withChromium()

  it("makes no element of any, runs none, and shows them as they are", async () => {
    assert.isAtLeast(hostileTexts.length, 60)
    // Without the page's policy, which would stop a script that got in: it is the escaping that is tested.
    const opened = await open(await reportWith("calm"), { bypassCSP: true })
    const { page, messages, requests } = opened
    const address = page.url()
    // A name that is not ASCII gets an element of its own, which keeps its direction to itself.
    const calm = await page.evaluate(skeleton)
    await opened.show(await reportWith("cälm"))
    const calmInOtherLetters = await page.evaluate(skeleton)
    for (const text of hostileTexts) {
      await opened.show(await reportWith(text))
      assert.strictEqual(page.url(), address, text)
      assert.deepStrictEqual(
        await page.evaluate(skeleton),
        /^[ -~]*$/.test(text) ? calm : calmInOtherLetters,
        text
      )
      if (isPlain(text)) {
        for (const place of [".answered .text", ".account .text", "h1", "#table-1 ul.notes li"])
          assert.strictEqual(await page.locator(place).first().textContent(), text, place)
        assert.include(await page.locator(".answered").first().textContent(), text)
        const names = await page.locator("#table-1 tbody th bdi").allTextContents()
        assert.include(names, text)
      }
      await page.evaluate(use)
      assert.deepStrictEqual([messages, requests], [[], []], text)
    }
    await page.context().close()
  })

  it("would notice a script that got in", async () => {
    const html = (await reportWith("calm")).replace("<main", "<img src=x:y onerror=alert(1)><main")
    const free = await open(html, { bypassCSP: true })
    assert.include(free.messages, "dialog: 1")
    await free.page.context().close()
    const kept = await open(html)
    assert.notInclude(kept.messages, "dialog: 1")
    assert.match(kept.messages.join(), /Content Security Policy/)
    await kept.page.context().close()
  })
})
