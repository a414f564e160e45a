/**
 * Do agreement and audit recover what is planted? `node scripts/sim-judges.ts [SEEDS]` (200): judges of known bias,
 * noise, repeatability and gullibility; how many of the 95 % intervals cover the true value. Exits 1 unless each
 * share lies in 90 to 98 %, as far as its own 99 % binomial interval can tell.
 */
import { qbeta } from "../harness/stats/Distributions.ts"
import { characters, coverage, truthOf } from "./sim-judges/played.ts"

const seeds = Number(process.argv[2] ?? 200)
let wrong = 0
for (const [name, planted] of Object.entries(characters)) {
  const truth = truthOf(planted)
  console.log(
    `${name} (bias ${planted.bias}, noise ${planted.noise}, wobble ${planted.wobble}, gullible ${planted.gullible})`
  )
  for (const [measure, { covered, of }] of Object.entries(coverage(planted, truth, seeds))) {
    const low = covered === 0 ? 0 : qbeta(0.005, covered, of - covered + 1)
    const high = covered === of ? 1 : qbeta(0.995, covered + 1, of - covered)
    const inside = low <= 0.98 && high >= 0.9
    const share = covered / of
    if (!inside) wrong++
    const word = share >= 0.9 && share <= 0.98 ? "" : inside ? "  near the edge" : "  OUTSIDE"
    console.log(
      `  ${measure.padEnd(16)} true ${truth[measure]!.toFixed(3).padStart(7)}  covered ${(100 * share).toFixed(1).padStart(5)} % of ${of}${word}`
    )
  }
}
if (wrong > 0) process.exitCode = 1
