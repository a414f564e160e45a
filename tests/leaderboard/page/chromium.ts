/** Real Chromium for the tests of a page: one browser a file, every request and message of a page written down. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll } from "@effect/vitest"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core"

const executablePath = process.env.WARMLINE_CHROMIUM ?? "/usr/bin/chromium"

/** Whether there is a browser to test with; where there is none, the tests are skipped and this is said. */
export const hasChromium = existsSync(executablePath)

if (!hasChromium) {
  const mend =
    "install it (Debian, Ubuntu: sudo apt-get install chromium) or name another in WARMLINE_CHROMIUM"
  // On a build machine a skipped test would look like a passed one.
  if (process.env.CI === "true") throw new Error(`no Chromium at ${executablePath}: ${mend}`)
  console.warn(`no Chromium at ${executablePath}, the tests of pages are skipped: ${mend}`)
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

/** Starts the browser without a window. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: flags })

/** A page that is open, and what went on in it. */
export interface Opened {
  readonly page: Page
  /** Requests for anything but the file itself. */
  readonly requests: readonly string[]
  /** Errors, warnings, messages and dialogs. */
  readonly messages: readonly string[]
  /** Another text at the same address, in the same tab. */
  readonly show: (html: string) => Promise<void>
}

/** Opens an HTML text as a file from disk, as a reader does. */
export type Opener = (
  html: string,
  options?: BrowserContextOptions & { readonly hash?: string }
) => Promise<Opened>

/** One browser for the tests of the file that calls it. */
export const withChromium = (): Opener => {
  let browser: Browser | undefined
  let folder = ""
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "warmline-page-"))
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let n = 0
  return async (html, { hash = "", ...options } = {}) => {
    const file = join(folder, `${n++}.html`)
    writeFileSync(file, html)
    const url = pathToFileURL(file).href
    const context = await browser!.newContext(options)
    const page = await context.newPage()
    const requests: string[] = []
    const messages: string[] = []
    page.on("request", (request) => {
      // The icon is a data: address, so that none is asked for.
      if (request.url().split("#")[0] !== url && !/^(data:|about:blank$)/.test(request.url()))
        requests.push(request.url())
    })
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`))
    page.on("pageerror", (error) => messages.push(`error: ${error.message}`))
    page.on("dialog", (dialog) => {
      messages.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(url + hash)
    const show = async (other: string) => {
      writeFileSync(file, other)
      await page.goto("about:blank")
      await page.goto(url)
    }
    return { page, requests, messages, show }
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

/** What axe finds wrong with a page, a line each. */
export const axeViolations = async (page: Page): Promise<readonly string[]> => {
  // Evaluated by the debugger and not added to the page, whose policy would forbid it.
  await page.evaluate(axe)
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult
  return result.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`)
        .join(" | ")}`
  )
}
