/**
 * The report at size: 120 posts × 20 sources, over 100,000 ratings by a formula and by 35 simulated raters a text, who
 * stand in a throw-away store only. Prints how long `warmline leaderboard` takes, its memory, the page's size and
 * when Chromium can use it; then the size of a page of 600 responses. Exits 1 when a limit is missed.
 *
 *     npm run bench:report
 */
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fileURLToPath, pathToFileURL } from "node:url"
import { chromium } from "playwright-core"
import * as Random from "../harness/stats/Random.ts"

const bin = fileURLToPath(new URL("../harness/cli/bin.ts", import.meta.url))
const api = new URL("../harness/index.ts", import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), "warmline-report-"))
const words =
  "It sounds as if this has been sitting with you for weeks, and that you are tired of it. ".repeat(5)

/** Runs the command; resolves to seconds and the most memory it held, in MB. */
const warmline = (args: readonly string[]) =>
  new Promise<{ readonly seconds: number; readonly megabytes: number }>((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"]
    })
    let said = ""
    child.stderr.setEncoding("utf8").on("data", (part: string) => (said += part))
    let kilobytes = 0
    const watch = setInterval(() => {
      try {
        const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))
        if (found) kilobytes = Math.max(kilobytes, Number(found[1]))
      } catch {
        // It has just ended.
      }
    }, 20)
    child.on("close", (code) => {
      clearInterval(watch)
      if (code !== 0) reject(new Error(`warmline ${args[0]} ended with ${code}:\n${said}`))
      else resolve({ seconds: (performance.now() - started) / 1000, megabytes: kilobytes / 1024 })
    })
  })

const models = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => {
    const name = `model-${String(i + 1).padStart(2, "0")}`
    const text = JSON.stringify(`${words}${i}`)
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { definePlugin } from ${JSON.stringify(api)}
export default definePlugin({ name: "${name}", generate: async ({ seed }) => ${text} + " " + seed })
`
    )
    return ["--model", `./${name}.ts`]
  }).flat()

/** Ratings by `raters` of every text, drawn from a seed. */
const rate = (store: string, raters: number): number => {
  const database = new DatabaseSync(store)
  const random = Random.make(1)
  const texts = database.prepare("SELECT DISTINCT call_id, source FROM response").all()
  const dimension = database
    .prepare("SELECT id FROM dimension WHERE instrument = 'perceived-empathy' LIMIT 1")
    .get()!.id!
  const add = database.prepare(
    "INSERT INTO rating VALUES (?, ?, ?, 1, ?, NULL, '2026-01-01', NULL, NULL, NULL)"
  )
  const addRater = database.prepare("INSERT INTO rater (name, kind, version) VALUES (?, 'human', '1')")
  database.exec("BEGIN")
  for (let i = 0; i < raters; i++) {
    const rater = addRater.run(`simulated-${i}`).lastInsertRowid
    for (const { call_id, source } of texts) {
      const level = 2.5 + Number(/\d+/.exec(String(source))?.[0] ?? 0) / 20
      add.run(call_id!, rater, dimension, Math.min(5, Math.max(1, Math.round(level + random.normal()))))
    }
  }
  database.exec("COMMIT")
  const n = Number(database.prepare("SELECT COUNT(*) AS n FROM rating").get()!.n)
  database.close()
  return n
}

/** Seconds until the page in Chromium has its controls and a table has been sorted. */
const usable = async (file: string): Promise<number> => {
  const browser = await chromium.launch({
    executablePath: process.env.WARMLINE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"]
  })
  const page = await browser.newPage()
  const started = performance.now()
  await page.goto(pathToFileURL(file).href)
  await page.locator(".filters").waitFor()
  await page.locator("#table-1").getByRole("button", { name: "Words" }).first().click()
  await page.locator("#table-1 [aria-sort]").waitFor()
  const seconds = (performance.now() - started) / 1000
  await browser.close()
  return seconds
}

const missed: string[] = []
const say = (name: string, value: number, unit: string, limit: number) => {
  if (!(value <= limit)) missed.push(name)
  console.log(`${name.padEnd(44)}${value.toFixed(2).padStart(9)} ${unit.padEnd(3)} limit ${limit}`)
}
const megabytesOf = (file: string) => statSync(file).size / 1e6

try {
  const large = ["--store", join(folder, "large.db"), "-o", join(folder, "large")]
  await warmline(["run", "--display", "plain", ...models(17), ...large])
  const ratings = rate(join(folder, "large.db"), 35)
  console.log(`${ratings.toLocaleString("en")} ratings, 17 models beside the study's own 3 sources`)
  const { seconds, megabytes } = await warmline(["leaderboard", ...large])
  const page = join(folder, "large", "leaderboard.html")
  say("warmline leaderboard", seconds, "s", 20)
  say("its memory", megabytes, "MB", 1000)
  console.log(`${"the page".padEnd(44)}${megabytesOf(page).toFixed(2).padStart(9)} MB`)
  say("usable in Chromium", await usable(page), "s", 2)
  const small = ["--store", join(folder, "small.db"), "-o", join(folder, "small")]
  await warmline(["run", "--display", "plain", ...models(2), ...small])
  const leaderboard = JSON.parse(readFileSync(join(folder, "small", "leaderboard.json"), "utf8"))
  say(
    `a page of ${leaderboard.answered} responses`,
    megabytesOf(join(folder, "small", "leaderboard.html")),
    "MB",
    3
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (missed.length > 0) {
  console.error(`missed: ${missed.join(", ")}`)
  process.exitCode = 1
}
