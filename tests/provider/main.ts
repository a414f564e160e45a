/**
 * The fake provider in a process of its own:
 *
 *     node tests/provider/main.ts --port 0 --latency 50 --fault rate-limit=0.1 --fault drop=0.03 --seed 7 --judge 'gpt-4.1={"bias":0.8}'
 *
 * prints its URL as the first line. It ends on SIGTERM or SIGINT, and with `--with-parent` when its standard
 * input ends, so that it cannot outlive the process that started it. `GET /_counters` says what it has seen.
 */
import { parseArgs } from "node:util"
import { faults } from "./faults.ts"
import { type JudgeCharacter, judgesByModel } from "./judge.ts"
import { startProvider } from "./server.ts"

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    latency: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    fault: { type: "string", multiple: true, default: [] },
    "retry-after": { type: "string", default: "1000" },
    slow: { type: "string", default: "300" },
    key: { type: "string", multiple: true },
    judge: { type: "string", multiple: true, default: [] },
    "with-parent": { type: "boolean", default: false },
    help: { type: "boolean", default: false }
  }
})

if (values.help) {
  console.log(
    "--port N --latency MS --seed N --fault NAME=RATE --retry-after MS --slow MS --key K --judge MODEL=JSON --with-parent"
  )
  for (const [name, meaning] of Object.entries(faults)) console.log(`  ${name.padEnd(17)} ${meaning}`)
  process.exit(0)
}

const provider = await startProvider({
  port: Number(values.port),
  latencyMillis: Number(values.latency),
  seed: Number(values.seed),
  retryAfterMillis: Number(values["retry-after"]),
  slowMillis: Number(values.slow),
  ...(values.key === undefined ? {} : { keys: values.key }),
  answer: judgesByModel(
    Object.fromEntries(
      values.judge.map((text) => {
        const [model = "", ...character] = text.split("=")
        return [model, JSON.parse(character.join("=") || "{}") as JudgeCharacter]
      })
    )
  ),
  faults: Object.fromEntries(
    values.fault.map((text) => {
      const [name = "", rate = "1"] = text.split("=")
      return [name, Number(rate)]
    })
  )
})
console.log(provider.url)

const stop = () => provider.close().then(() => process.exit(0))
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
if (values["with-parent"]) process.stdin.once("end", stop).resume()
