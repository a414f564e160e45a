import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { renderPage } from "../../../harness/leaderboard/page.ts"
import { axeViolations, hasChromium, type Opened, withChromium } from "./chromium.ts"
import { sampleReport } from "./sampleEvidence.ts"

const words: Readonly<Record<string, string>> = {
  judge: "a-judge",
  person: "p-1",
  rationale: "It names the feeling before anything else.",
  "unscored reason": "the answer had no number"
}
const { leaderboard, evidence } = sampleReport((place) => words[place] ?? place)
const report = await renderPage(leaderboard, evidence)

const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts()
const means = "#table-1 .scroll >> nth=0"

/** Nothing was fetched, said or thrown. */
const isQuiet = ({ requests, messages }: Opened) => {
  assert.deepStrictEqual(requests, [])
  assert.deepStrictEqual(messages, [])
}

describe.skipIf(!hasChromium)("the report in Chromium", () => {
  const open = withChromium()

  it("opens from disk, fetches nothing and says nothing", async () => {
    const opened = await open(report)
    assert.strictEqual(await opened.page.title(), "study title: a Warmline leaderboard")
    assert.match((await texts(opened.page, ".lead"))[0]!, /^Rated by 3 crowd raters on 120 posts: reflective/)
    isQuiet(opened)
    await opened.page.context().close()
  })

  it("reads whole without JavaScript", async () => {
    const opened = await open(report, { javaScriptEnabled: false })
    const { page } = opened
    assert.strictEqual(await page.locator(".theme, .filters, .sort").count(), 0)
    const post = page.locator(".post").first()
    assert.isFalse(await post.locator(".answered").first().isVisible())
    await post.locator("summary").click()
    assert.strictEqual(await post.locator(".answered:visible").count(), 3)
    const card = await post.locator(".answered").first().innerText()
    for (const part of [
      "response",
      "a-judge",
      "It names the feeling",
      "unscored: the answer had no number",
      "mean 3.00"
    ])
      assert.include(card, part)
    isQuiet(opened)
    await page.context().close()
  })

  it("sorts a table by a column, turns it round and puts it back", async () => {
    const opened = await open(report)
    const { page } = opened
    const names = () => texts(page, `${means} >> tbody bdi`)
    const words = page.locator(means).getByRole("button", { name: "Words" })
    const header = page.locator(means).locator("th", { has: page.getByRole("button", { name: "Words" }) })
    await words.click()
    assert.deepStrictEqual(await names(), ["reflective", "eliza", "dismissive"])
    assert.strictEqual(await header.getAttribute("aria-sort"), "descending")
    await words.press("Enter")
    assert.deepStrictEqual(await names(), ["dismissive", "eliza", "reflective"])
    await words.press("Enter")
    assert.isNull(await header.getAttribute("aria-sort"))
    assert.deepStrictEqual(await names(), ["reflective", "eliza", "dismissive"])
    await page.locator(means).getByRole("button", { name: "Source" }).click()
    assert.deepStrictEqual(await names(), ["dismissive", "eliza", "reflective"])
    isQuiet(opened)
    await page.context().close()
  })

  it("filters posts by domain, source and words, and orders them by how far their answers are apart", async () => {
    const opened = await open(report)
    const { page } = opened
    const titles = () => texts(page, ".post:visible > summary h3")
    const status = () => page.locator("#posts [role=status]").innerText()
    await page.locator(".filters").getByLabel("Order").selectOption("most")
    assert.deepStrictEqual(await titles(), ["title 1", "title 4", "title 2", "title 5", "title 3", "title 0"])
    await page.locator(".filters").getByLabel("Order").selectOption("")
    await page.locator(".filters").getByLabel("Domain").selectOption("anxiety")
    assert.deepStrictEqual(await titles(), ["title 2", "title 3"])
    assert.strictEqual(await status(), "2 of 6 posts shown")
    await page.locator(".filters").getByLabel("Domain").selectOption("")
    await page.locator(".filters").getByLabel("Find").fill("TITLE 5")
    assert.deepStrictEqual(await titles(), ["title 5"])
    await page.locator(".filters").getByLabel("Find").fill("")
    await page.locator(".filters").getByLabel("Source").selectOption("eliza")
    await page.locator(".post summary").first().click()
    assert.deepStrictEqual(await texts(page, ".answered:visible h4 bdi"), ["eliza"])
    isQuiet(opened)
    await page.context().close()
  })

  it("opens the answer that a link names, even one that is filtered out", async () => {
    const id = "post-workplace-workplace-02-eliza"
    const opened = await open(report, { hash: `#${id}` })
    const { page } = opened
    assert.isTrue(await page.locator(`#${id}`).isVisible())
    assert.strictEqual(await page.locator(".post[open]").count(), 1)
    const box = (await page.locator(`#${id}`).boundingBox())!
    assert.isTrue(box.y >= -1 && box.y < 720, `at ${box.y}`)
    await page.locator(".filters").getByLabel("Domain").selectOption("anger")
    assert.isFalse(await page.locator(`#${id}`).isVisible())
    await page.evaluate("location.hash = '#post-anxiety-anxiety-01'")
    await page.locator("#post-anxiety-anxiety-01[open]").waitFor()
    assert.strictEqual(await page.locator(".filters").getByLabel("Domain").inputValue(), "")
    isQuiet(opened)
    await page.context().close()
  })

  it("switches its theme and keeps it", async () => {
    const opened = await open(report)
    const { page } = opened
    const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert.strictEqual(await paper(), "rgb(251, 249, 245)")
    await page.getByRole("button", { name: "Dark theme" }).click()
    assert.strictEqual(await paper(), "rgb(24, 22, 20)")
    await page.reload()
    assert.strictEqual(await paper(), "rgb(24, 22, 20)")
    await page.getByRole("button", { name: "Light theme" }).click()
    assert.strictEqual(await paper(), "rgb(251, 249, 245)")
    isQuiet(opened)
    await page.context().close()
  })

  it.each([320, 390])("fits a phone of %i pixels: only tables scroll sideways", async (width) => {
    const opened = await open(report, { viewport: { width, height: 740 } })
    const { page } = opened
    await page.evaluate("for (const element of document.querySelectorAll('details')) element.open = true")
    assert.strictEqual(await page.evaluate("document.documentElement.scrollWidth"), width)
    assert.isTrue(await page.locator("#table-1 .narrow svg").first().isVisible())
    assert.isFalse(await page.locator("#table-1 .wide svg").first().isVisible())
    isQuiet(opened)
    await page.context().close()
  })

  it("prints on white, without controls, with the posts that are open", async () => {
    const opened = await open(report, { colorScheme: "dark" })
    const { page } = opened
    await page.locator(".post summary").first().click()
    await page.emulateMedia({ media: "print", colorScheme: "dark" })
    assert.strictEqual(
      await page.evaluate("getComputedStyle(document.body).backgroundColor"),
      "rgb(255, 255, 255)"
    )
    assert.strictEqual(await page.evaluate("getComputedStyle(document.body).color"), "rgb(38, 34, 30)")
    assert.strictEqual(await page.locator(".theme:visible, .filters:visible").count(), 0)
    assert.strictEqual(await page.locator(".post:visible").count(), 1)
    assert.isTrue(await page.locator(".means:visible, #table-1 table:visible").first().isVisible())
    isQuiet(opened)
    await page.context().close()
  })

  for (const [name, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 390, height: 844 }, isMobile: true }]
  ] as const) {
    it(`has nothing that axe finds wrong, ${name}`, async () => {
      const { page } = await open(report, options)
      // Two posts stand for all, which are built alike; the last has a warning and a note.
      await page.evaluate(`for (const element of document.querySelectorAll("details:not(.post ~ .post), .post:last-of-type"))
        element.open = true`)
      assert.strictEqual(await page.locator(".post[open]").count(), 2)
      assert.deepStrictEqual(await axeViolations(page), [])
      await page.context().close()
    })
  }

  it("is walked through by keyboard, with the focus always seen", async () => {
    const opened = await open(report)
    const { page } = opened
    await page.keyboard.press("Tab")
    assert.strictEqual(await page.evaluate("document.activeElement.className"), "skip")
    const seen = new Set<unknown>()
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab")
      seen.add(await page.evaluate("document.activeElement.className || document.activeElement.localName"))
      const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
      assert.notStrictEqual(
        outline,
        "none",
        String(await page.evaluate("document.activeElement.outerHTML.slice(0, 99)"))
      )
    }
    for (const name of ["theme", "a", "sort", "scroll"])
      assert.isTrue(seen.has(name), `${name} of ${[...seen]}`)
    await page.context().close()
  })
})
