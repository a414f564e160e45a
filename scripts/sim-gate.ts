/**
 * Does the gate keep its promises? `node scripts/sim-gate.ts [--runs 2000] [--seed 1]`: seeded gates from known
 * differences, and how often they passed, failed or stayed open, with exact 99 % intervals. Exits 1 unless, in every
 * design, the interval
 *   of fails where nothing changed does not lie wholly above 5 %,
 *   of passes where the drop is the margin does not lie wholly above 5 %,
 *   of fails at the drop that `power` calls detectable nine times in ten holds 90 % (one metric; with several,
 *   Holm's adjustment makes the power of one depend on the others, and the row is printed only).
 */
import { dropFailed, type GateDesign, simulate, type Tally } from "../harness/gate/simulate.ts"
import { clopperPearson } from "../harness/stats/Proportion.ts"

const designs: readonly GateDesign[] = [
  {
    name: "30 posts, 6 domains, whole-number scores",
    posts: 30,
    domains: 6,
    epochs: 1,
    margin: 0.5,
    metrics: 1,
    sdPostSource: 0.28,
    sdText: 0.45,
    whole: true
  },
  {
    name: "60 posts, 6 domains",
    posts: 60,
    domains: 6,
    epochs: 1,
    margin: 0.2,
    metrics: 1,
    sdPostSource: 0.28,
    sdText: 0.45,
    whole: false
  },
  {
    name: "120 posts, 6 domains",
    posts: 120,
    domains: 6,
    epochs: 1,
    margin: 0.2,
    metrics: 1,
    sdPostSource: 0.28,
    sdText: 0.45,
    whole: false
  },
  {
    name: "120 posts, 6 domains, 3 epochs, whole-number scores",
    posts: 120,
    domains: 6,
    epochs: 3,
    margin: 0.2,
    metrics: 1,
    sdPostSource: 0.2,
    sdText: 0.45,
    whole: true
  },
  {
    name: "240 posts, 8 domains, a margin wider than the noise",
    posts: 240,
    domains: 8,
    epochs: 2,
    margin: 0.3,
    metrics: 1,
    sdPostSource: 0.2,
    sdText: 0.45,
    whole: false
  },
  {
    name: "120 posts, 6 domains, 2 metrics",
    posts: 120,
    domains: 6,
    epochs: 1,
    margin: 0.2,
    metrics: 2,
    sdPostSource: 0.28,
    sdText: 0.45,
    whole: false
  }
]

const option = (name: string, fallback: number) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

const runs = option("--runs", 2000)
const seed = option("--seed", 1)

const percent = (share: number) => (100 * share).toFixed(1).padStart(5)
const shown = (x: number) => {
  const { lower, upper } = clopperPearson(x, runs, 0.99)
  return `${percent(x / runs)} % [${percent(lower)}, ${percent(upper)}]`
}

type Check = (tally: Tally) => boolean
const notAbove =
  (answer: "pass" | "fail"): Check =>
  (tally) =>
    clopperPearson(tally[answer], runs, 0.99).lower <= 0.05
const ninety: Check = ({ fail }) => {
  const { lower, upper } = clopperPearson(fail, runs, 0.99)
  return lower <= 0.9 && upper >= 0.9
}

let good = true
console.log(`${runs} gates a row, seed ${seed}; 99 % Clopper–Pearson intervals in brackets`)
for (const [index, design] of designs.entries()) {
  console.log(`\n${design.name}; margin ${design.margin}`)
  const rows: readonly (readonly [string, number, string, Check | undefined])[] = [
    ["no change", 0, "false fails ≤ 5 %", notAbove("fail")],
    ["drop = margin", design.margin, "false passes ≤ 5 %", notAbove("pass")],
    [
      "drop with power 90 %",
      dropFailed(design, 0.9),
      "fails = 90 %",
      design.metrics === 1 ? ninety : undefined
    ]
  ]
  rows.forEach(([name, drop, promise, check], row) => {
    const tally = simulate(design, drop, runs, seed + 1000 * (3 * index + row))
    const met = check === undefined ? undefined : check(tally)
    if (met === false) good = false
    console.log(
      `  ${name.padEnd(21)} ${drop.toFixed(3)}  pass ${shown(tally.pass)}  fail ${shown(tally.fail)}  ` +
        `inconclusive ${shown(tally.inconclusive)}  ${met === undefined ? "" : `${promise}: ${met ? "met" : "NOT MET"}`}`.trimEnd()
    )
  })
}
process.exitCode = good ? 0 : 1
