/**
 * What the harness costs over a bare loop: whole processes, in turn, against the fake provider in a process of
 * its own. Timings are for reading, as ratios within one run; they decide no test.
 *
 *     npm run bench:calls [-- --calls 5000 --pairs 5 --width 64 --long 50000]
 */
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus, tmpdir, totalmem } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { writeSuite } from "./bench-calls/posts.ts"

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "5000" },
    pairs: { type: "string", default: "5" },
    width: { type: "string", default: "64" },
    long: { type: "string", default: "50000" }
  }
})
const calls = Number(values.calls)
const pairs = Number(values.pairs)
const long = Number(values.long)
const root = fileURLToPath(new URL("..", import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), "warmline-bench-"))

interface Usage {
  readonly wall: number
  readonly cpu: number
  readonly peak: number
}

const usageOf = (script: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) =>
  new Promise<Usage>((resolve, reject) => {
    const file = join(temporary, "usage.json")
    const started = performance.now()
    const child = spawn(
      process.execPath,
      ["--import", join(root, "scripts/bench-calls/usage.ts"), script, ...args],
      {
        cwd,
        env: { ...process.env, ...env, BENCH_USAGE: file },
        stdio: ["ignore", "ignore", "inherit"]
      }
    )
    child.on("exit", (code) => {
      const wall = (performance.now() - started) / 1000
      if (code !== 0) reject(new Error(`${script} ended with ${code}`))
      else resolve({ wall, ...(JSON.parse(readFileSync(file, "utf8")) as { cpu: number; peak: number }) })
    })
  })

const provider = (latency: number) =>
  new Promise<{ readonly url: string; readonly stop: () => void }>((resolve) => {
    const child = spawn(
      process.execPath,
      [join(root, "tests/provider/main.ts"), "--latency", String(latency), "--with-parent"],
      { stdio: ["pipe", "pipe", "inherit"] }
    )
    child.stdout.once("data", (text: Buffer) =>
      resolve({ url: `${text.toString().trim()}/openai/v1`, stop: () => child.kill("SIGTERM") })
    )
  })

/** A folder with a study over `count` posts; the harness keeps and writes everything it always does. */
const studyFolder = (count: number, source: string) => {
  const folder = mkdtempSync(join(temporary, "study-"))
  writeSuite(folder, count)
  writeFileSync(
    join(folder, "study.yaml"),
    `name: bench\ntitle: Bench\nseed: 1\nsuites: [bench]\nconditions: [base]\nsources: [${source}]\ninstruments: [perceived-empathy]\n`
  )
  writeFileSync(
    join(folder, "instant.ts"),
    'import { definePlugin } from "warmline"\nexport default definePlugin({ name: "instant", generate: () => "I hear how hard this is for you." })\n'
  )
  return folder
}

const harness = (folder: string, url: string) => {
  rmSync(join(folder, ".warmline"), { recursive: true, force: true })
  return usageOf(
    join(root, "dist/bin.js"),
    ["run", "study.yaml", "--display", "none", "--max-connections", values.width],
    folder,
    { OPENAI_COMPATIBLE_BASE_URL: url }
  )
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1]!

const column = (rows: readonly Usage[], key: keyof Usage) => median(rows.map((row) => row[key]))

const seconds = (rows: readonly Usage[], key: "wall" | "cpu") => `${column(rows, key).toFixed(2)} s`

/** The median of the ratios pair by pair, which holds when the machine's speed drifts. */
const ratio = (a: readonly Usage[], b: readonly Usage[], key: keyof Usage) =>
  median(a.map((row, index) => row[key] / b[index]![key])).toFixed(2)

const measure = async (latency: number) => {
  const server = await provider(latency)
  const folder = studyFolder(calls, "openai-compatible/fake-1")
  const loop = (name: string) => () =>
    usageOf(join(root, `scripts/bench-calls/${name}.ts`), [folder, server.url, values.width], folder)
  const subjects = {
    undici: loop("bareUndici"),
    openai: loop("bareOpenai"),
    warmline: () => harness(folder, server.url)
  }
  const rows: Record<keyof typeof subjects, Usage[]> = { undici: [], openai: [], warmline: [] }
  for (let pair = 0; pair < pairs; pair++) {
    for (const name of ["undici", "openai", "warmline"] as const) rows[name].push(await subjects[name]())
  }
  server.stop()
  const line = (name: keyof typeof rows, title: string) =>
    `| ${latency} ms | ${title} | ${seconds(rows[name], "wall")} | ${seconds(rows[name], "cpu")} | ${column(rows[name], "peak").toFixed(0)} MB | ${ratio(rows[name], rows.openai, "wall")} | ${ratio(rows[name], rows.openai, "cpu")} | ${ratio(rows[name], rows.openai, "peak")} | ${ratio(rows[name], rows.undici, "wall")} |`
  return [
    line("undici", "(a) bare `undici`"),
    line("openai", "(b) bare `openai` SDK"),
    line("warmline", "`warmline run`")
  ]
}

const main = async () => {
  console.log(
    `${calls.toLocaleString("en")} calls, ${values.width} in flight, median of ${pairs}; ${cpus().length} × ${cpus()[0]!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`
  )
  console.log("| server | program | wall | CPU | peak | wall / (b) | CPU / (b) | peak / (b) | wall / (a) |")
  console.log("|---|---|---|---|---|---|---|---|---|")
  for (const latency of [0, 50]) for (const line of await measure(latency)) console.log(line)

  const server = await provider(0)
  const [short, far] = [
    await harness(studyFolder(calls, "openai-compatible/fake-1"), server.url),
    await harness(studyFolder(long, "openai-compatible/fake-1"), server.url)
  ]
  const [few, many] = [
    await harness(studyFolder(1000, "openai-compatible/fake-1"), server.url),
    await harness(studyFolder(20_000, "openai-compatible/fake-1"), server.url)
  ]
  server.stop()
  console.log(
    `\nPeak memory: 1,000 calls ${few.peak.toFixed(0)} MB, 20,000 calls ${many.peak.toFixed(0)} MB (${(many.peak / few.peak).toFixed(2)} times); ${calls.toLocaleString("en")} calls ${short.peak.toFixed(0)} MB, ${long.toLocaleString("en")} calls ${far.peak.toFixed(0)} MB (${(far.peak / short.peak).toFixed(2)} times).`
  )

  const [one, twenty] = [
    await harness(studyFolder(1, "./instant.ts"), ""),
    await harness(studyFolder(20_000, "./instant.ts"), "")
  ]
  const share = ((twenty.wall - one.wall) / 20_000) * 1e6
  console.log(
    `The harness's own share (plan, policy, store, leaderboard; a plugin that answers at once): ${share.toFixed(0)} µs a call.`
  )
}

try {
  await main()
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
