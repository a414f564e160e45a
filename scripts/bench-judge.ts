/**
 * Judging at size: 120 posts × 5 sources × 6 dimensions × 2 judges = 7,200 verdicts over HTTP against the fake
 * provider at 20 ms with 64 calls in flight, killed in the middle and resumed.
 *
 *     npm exec -- node scripts/bench-judge.ts
 */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { judgesByModel } from "../tests/provider/judge.ts"
import { startProvider } from "../tests/provider/server.ts"

const bin = fileURLToPath(new URL("../harness/cli/bin.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "warmline-judge-"))
const provider = await startProvider({
  latencyMillis: 20,
  answer: judgesByModel({ "gpt-4.1": { noise: 0.5 }, "claude-haiku-4-5": { bias: 0.5 } })
})

const warmline = (args: readonly string[], killAfter?: number) =>
  new Promise<string>((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: {
        ...process.env,
        OPENAI_BASE_URL: provider.baseUrl("openai"),
        OPENAI_API_KEY: "k",
        OPENAI_COMPATIBLE_BASE_URL: provider.baseUrl("openai"),
        ANTHROPIC_BASE_URL: provider.baseUrl("anthropic"),
        ANTHROPIC_API_KEY: "k"
      }
    })
    let text = ""
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part))
    child.stdout.resume()
    const watch = setInterval(() => {
      if (killAfter !== undefined && provider.counters.requests >= killAfter) child.kill("SIGKILL")
    }, 5)
    child.on("close", () => {
      clearInterval(watch)
      resolve(text)
    })
  })

const study = [
  ...["run", "--display", "plain", "--max-connections", "64", "--instrument", "lend-an-ear"],
  ...["--model", "openai-compatible/a", "--model", "openai-compatible/b"]
]
const judges = ["--judge", "openai/gpt-4.1", "--judge", "anthropic/claude-haiku-4-5"]

try {
  await warmline(study)
  const before = provider.counters.requests
  const started = performance.now()
  await warmline([...study, ...judges], before + 3000)
  const killed = provider.counters.requests - before
  const text = await warmline([...study, ...judges])
  const seconds = (performance.now() - started) / 1000
  const asked = provider.counters.requests - before
  console.log(text.split("\n").findLast((line) => line.startsWith("judge")))
  console.log(`killed with SIGKILL after ${killed.toLocaleString("en")} calls and resumed`)
  console.log(
    `${asked.toLocaleString("en")} calls for 7,200 verdicts (${asked - 7200} lost in flight), ${seconds.toFixed(1)} s in all`
  )
} finally {
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
}
