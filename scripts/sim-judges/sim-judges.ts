/**
 * Do agreement and audit recover what is planted? `npm run sim:judges [SEEDS]` (200): judges of known bias, noise,
 * repeatability and gullibility; how many of the 95 % intervals cover the true value. Each design is headed by how it
 * runs: in process, which is quick and can be large, or over HTTP, through all that stands between a judge and a
 * number. Exits 1 unless each share lies in 90 to 98 %, as far as its own 99 % binomial interval can tell.
 */
import { clopperPearson } from "../../harness/stats/Proportion.ts"
import { auditTruth, overHttp } from "./overHttp.ts"
import { type Coverage, characters, coverage, covering, type Planted, truthOf } from "./played.ts"

const seeds = Number(process.argv[2] ?? 200)
let wrong = 0

const print = (
  name: string,
  how: string,
  { bias, noise, wobble, gullible }: Planted,
  truth: Readonly<Record<string, number>>,
  counts: Coverage
) => {
  console.log(`${name}, ${how} (bias ${bias}, noise ${noise}, wobble ${wobble}, gullible ${gullible})`)
  for (const [measure, { covered, of }] of Object.entries(counts)) {
    const { lower, upper } = clopperPearson(covered, of, 0.99)
    const inside = lower <= 0.98 && upper >= 0.9
    const share = covered / of
    if (!inside) wrong++
    const word = share >= 0.9 && share <= 0.98 ? "" : inside ? "  near the edge" : "  OUTSIDE"
    console.log(
      `  ${measure.padEnd(16)} true ${truth[measure]!.toFixed(3).padStart(7)}  covered ${(100 * share).toFixed(1).padStart(5)} % of ${of}${word}`
    )
  }
}

for (const [name, planted] of Object.entries(characters)) {
  const truth = truthOf(planted)
  print(name, "in process", planted, truth, coverage(planted, truth, seeds))
}

const socket: Planted = { bias: 0.5, noise: 0.4, wobble: 0.5, gullible: 0.4 }
// A study is judged once a text, so there noise and wobble are one error.
const once = { ...socket, noise: Math.hypot(socket.noise, socket.wobble) }
const truth = { ...truthOf(once), ...auditTruth(socket) }
const began = performance.now()
const { results, outcomes } = await overHttp(socket, seeds)
print("half a point too kind, two attacks in five", "over HTTP", socket, truth, covering(results, truth))
const ended = Object.entries(outcomes).map(([outcome, n]) => `${outcome} ${n}`)
console.log(`  injection check: ${ended.join(", ")}; ${((performance.now() - began) / 1000).toFixed(0)} s`)
if (wrong > 0) process.exitCode = 1
