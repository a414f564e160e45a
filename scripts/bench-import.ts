/**
 * How fast people's ratings come in: a CSV file of 1,000,000 rows, one rating a row, imported by the command as a user
 * would. Prints seconds and peak memory of the process. `npm run bench:import [-- ROWS]`.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const rows = Number(process.argv[2] ?? 1_000_000)
const raters = 500
const sources = 20

const write = async (file: string): Promise<void> => {
  const out = createWriteStream(file)
  out.write("rater,post,source,instrument,dimension,value\n")
  let batch = ""
  for (let row = 0; row < rows; row++) {
    const text = Math.floor(row / raters)
    const rater = (row % raters).toString(16).padStart(24, "0")
    batch += `${rater},post-${Math.floor(text / sources)},source-${text % sources},perceived-empathy,empathic,${1 + ((row * 7) % 5)}\n`
    if (batch.length > 1 << 16) {
      if (!out.write(batch)) await once(out, "drain")
      batch = ""
    }
  }
  out.end(batch)
  await once(out, "finish")
}

const folder = mkdtempSync(join(tmpdir(), "warmline-bench-"))
try {
  const file = join(folder, "ratings.csv")
  await write(file)
  const bin = fileURLToPath(new URL("../harness/cli/bin.ts", import.meta.url))
  const begun = performance.now()
  // The child says its own peak when it ends, on stderr.
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))`,
      bin,
      "import",
      "ratings",
      "ratings.csv",
      "--json"
    ],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }
  )
  let said = ""
  let errors = ""
  child.stdout.on("data", (text) => (said += text))
  child.stderr.on("data", (text) => (errors += text))
  const [code] = (await once(child, "close")) as [number]
  if (code !== 0) throw new Error(errors)
  const seconds = (performance.now() - begun) / 1000
  const { account } = JSON.parse(said) as { account: { ratings: { imported: number } } }
  const peak = Number(/peak (\d+)/.exec(errors)?.[1]) / 1024
  const megabytes = statSync(file).size / 1e6
  console.log(
    `rows imported      ${account.ratings.imported.toLocaleString("en-US")}  (${megabytes.toFixed(0)} MB of CSV)`
  )
  console.log(
    `wall               ${seconds.toFixed(1)} s  (${Math.round(rows / seconds).toLocaleString("en-US")} rows a second)`
  )
  console.log(`peak memory        ${peak.toFixed(0)} MB`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
