/**
 * Makes what is published in `results/quick` as `npm start` makes it, in a store of its own, and the picture of its page
 * that the README shows. Start it after a change of the benchmark, the statistics or the page.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = join(root, "results/quick")
const picture = join(root, "docs/leaderboard.png")
const executablePath = process.env.WARMLINE_CHROMIUM ?? "/usr/bin/chromium"

const temporary = mkdtempSync(join(tmpdir(), "warmline-results-"))
try {
  const study = join(root, "benchmarks/studies/quick.yaml")
  const args = ["run", study, "--store", join(temporary, "store.db"), "-o", folder, "--display", "none"]
  const { status } = spawnSync(process.execPath, [join(root, "harness/cli/bin.ts"), ...args], {
    stdio: "inherit"
  })
  if (status !== 0) process.exit(status ?? 1)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

if (existsSync(executablePath)) {
  const { chromium } = await import("playwright-core")
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] })
  const page = await browser.newPage({ viewport: { width: 1000, height: 1110 }, colorScheme: "light" })
  await page.goto(pathToFileURL(join(folder, "leaderboard.html")).href)
  await page.screenshot({ path: picture })
  await browser.close()
  process.stdout.write(`Picture: ${picture}\n`)
} else {
  process.stdout.write(`No browser at ${executablePath}: ${picture} stays as it is.\n`)
}
