/** How long the built bin takes to answer, started by Node itself: medians of ten. For reading; decides no test. */
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url))

const once = (args: readonly string[]) => {
  const started = performance.now()
  execFileSync(process.execPath, args, { stdio: "ignore" })
  return performance.now() - started
}

const median = (args: readonly string[]) => {
  once(args)
  const times = Array.from({ length: 10 }, () => once(args)).sort((a, b) => a - b)
  return ((times[4]! + times[5]!) / 2).toFixed(0)
}

console.log(`node -e 0   ${median(["-e", "0"])} ms (the floor)`)
console.log(`--version   ${median([bin, "--version"])} ms (aim: 150)`)
console.log(`--help      ${median([bin, "--help"])} ms (aim: 250)`)
