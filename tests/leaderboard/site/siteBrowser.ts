/** A folder of pages in real Chromium: opened from disk, every link followed, every complaint written down. */
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core"

const executablePath = process.env.WARMLINE_CHROMIUM ?? "/usr/bin/chromium"

/** Whether there is a browser to test with. */
export const hasBrowser = existsSync(executablePath)

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

/** Starts the browser without a window. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args })

const axe = () => readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Violations {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** What axe finds, a line each. Evaluated by the debugger: the page's policy lets no script in. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe())
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as Violations
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`
  )
}

/** What a crawl saw. */
export interface Crawl {
  /** Files that were opened, from the first page. */
  readonly visited: readonly string[]
  /** Links to nothing, requests beyond the page, messages, errors. */
  readonly complaints: readonly string[]
}

interface Link {
  readonly href: string
  readonly protocol: string
}

/** Follows every link from `first` to files and to places on them. `onPage` sees each page once. */
export const crawl = async (
  browser: Browser,
  first: string,
  options: BrowserContextOptions,
  onPage: (page: Page, file: string) => Promise<void>
): Promise<Crawl> => {
  const complaints: string[] = []
  const waiting = [pathToFileURL(first).href]
  const places = new Map<string, Set<string>>()
  const wanted: { readonly from: string; readonly to: string; readonly place: string }[] = []
  const context = await browser.newContext(options)
  const page = await context.newPage()
  let url = ""
  page.on("console", (message) => complaints.push(`${url}: ${message.text()}`))
  page.on("pageerror", (error) => complaints.push(`${url}: ${error.message}`))
  page.on("dialog", (dialog) => {
    complaints.push(`${url}: dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:"))
      complaints.push(`${url}: asks for ${request.url()}`)
  })
  while (waiting.length > 0) {
    url = waiting.pop()!
    if (places.has(url)) continue
    await page.goto(url)
    places.set(
      url,
      new Set((await page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")) as string[])
    )
    const links = (await page.evaluate(
      "[...document.querySelectorAll('a[href]')].map((a) => ({ href: a.href, protocol: a.protocol }))"
    )) as readonly Link[]
    for (const { href, protocol } of links) {
      // Citations lead to the web and are not followed.
      if (protocol === "https:") continue
      const [to = "", place = ""] = href.split("#")
      if (protocol !== "file:" || !existsSync(fileURLToPath(to))) {
        complaints.push(`${url}: a link to nothing, ${href}`)
        continue
      }
      wanted.push({ from: url, to, place: decodeURIComponent(place) })
      waiting.push(to)
    }
    await onPage(page, fileURLToPath(url))
  }
  for (const { from, to, place } of wanted) {
    if (place !== "" && !places.get(to)!.has(place)) complaints.push(`${from}: no ${place} on ${to}`)
  }
  await context.close()
  return { visited: [...places.keys()].map((url) => fileURLToPath(url)), complaints }
}
