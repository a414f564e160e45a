/**
 * How long the mixed models take: `node scripts/bench-stats.ts`. Prints a table against the limits the
 * project sets itself, and what dominates; where R with lme4 is installed, the ratio to `lmer` on the same
 * data in the same run (wall-clock, one core each; `--no-r` skips it: `full` takes lmer minutes). Exits 1
 * when a limit is missed.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Cholesky from "../harness/stats/Cholesky.ts"
import * as Analyze from "../harness/stats/mixed/Analyze.ts"
import type { Columns, ModelName } from "../harness/stats/mixed/NamedModels.ts"
import * as Random from "../harness/stats/Random.ts"

/** A crossed design: every response gets `per` different raters; effects have the sizes of data set A. */
const simulate = (posts: number, raters: number, sources: number, per: number, seed: number): Columns => {
  const random = Random.make(seed)
  const draw = (n: number, sd: number) => Float64Array.from({ length: n }, () => sd * random.normal())
  const rater = draw(raters, 0.55)
  const post = draw(posts, 0.25)
  const text = draw(posts * sources, 0.28)
  const taste = draw(raters * sources, 0.2)
  const n = posts * sources * per
  const rating = new Float64Array(n)
  const names = { source: Array<string>(n), rater: Array<string>(n), post: Array<string>(n) }
  const order = Int32Array.from({ length: raters }, (_, i) => i)
  let row = 0
  for (let p = 0; p < posts; p++) {
    for (let i = 0; i < sources * per; i++) {
      const j = i % raters
      if (j === 0 || i < raters) {
        const k = j + random.below(raters - j)
        const swap = order[j]!
        order[j] = order[k]!
        order[k] = swap
      }
      const r = order[j]!
      const s = i % sources
      const value =
        3.4 +
        0.15 * s +
        rater[r]! +
        post[p]! +
        text[p * sources + s]! +
        taste[r * sources + s]! +
        0.9 * random.normal()
      rating[row] = Math.min(5, Math.max(1, Math.round(value)))
      names.source[row] = `s${s + 1}`
      names.rater[row] = `r${r}`
      names.post[row] = `p${p}`
      row++
    }
  }
  return { rating, ...names }
}

const lmerFormula: Partial<Record<ModelName, string>> = {
  paper: "rating~source+(1|rater)+(1|post)",
  full: "rating~source+(1|rater)+(1|post)+(1|post:source)+(1|rater:source)"
}

/** Seconds that lmer takes, or undefined without R or lme4. */
const lmerSeconds = (columns: Columns, model: ModelName, repeats: number): number | undefined => {
  const folder = mkdtempSync(join(tmpdir(), "bench-stats-"))
  try {
    const lines = Array.from(
      columns.rating,
      (value, i) => `${value},${columns.source[i]},${columns.rater[i]},${columns.post[i]}`
    )
    const csv = join(folder, "ratings.csv")
    writeFileSync(csv, `rating,source,rater,post\n${lines.join("\n")}\n`)
    const code = `suppressMessages(library(lme4));d<-read.csv("${csv}",stringsAsFactors=TRUE);
      cat(min(replicate(${repeats},system.time(lmer(${lmerFormula[model]},d))[["elapsed"]])))`
    const run = spawnSync("Rscript", ["-e", code], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1" }
    })
    const seconds = Number(run.stdout)
    return run.status === 0 && seconds > 0 ? seconds : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Case {
  readonly name: string
  readonly design: readonly [posts: number, raters: number, sources: number, per: number]
  readonly model: ModelName
  readonly limit: number
  readonly ratio?: number
}

const cases: ReadonlyArray<Case> = [
  { name: "2k", design: [15, 190, 4, 33], model: "paper", limit: 0.3, ratio: 1 },
  { name: "2k", design: [15, 190, 4, 33], model: "full", limit: 0.3 },
  { name: "20k", design: [1000, 200, 5, 4], model: "paper", limit: 1, ratio: 1 },
  { name: "20k", design: [1000, 200, 5, 4], model: "full", limit: 10, ratio: 3 },
  { name: "200k", design: [10_000, 1000, 8, 2.5], model: "paper", limit: 20 }
]

const pad = (cells: ReadonlyArray<string>) =>
  cells.map((cell, i) => (i < 2 ? cell.padEnd(7) : cell.padStart(11))).join("")
console.log(
  pad([
    "size",
    "model",
    "ratings",
    "fit s",
    "all s",
    "limit s",
    "points",
    "dense n",
    "dense %",
    "lmer s",
    "ratio"
  ])
)
let missed = false
let withR = !process.argv.includes("--no-r")
for (const { name, design, model, limit, ratio } of cases) {
  const columns = simulate(...design, 20240711)
  const start = performance.now()
  const fitted = Analyze.fitNamed(columns, { model })
  const fit = (performance.now() - start) / 1000
  if (!fitted.ok) throw new Error(fitted.reason)
  const analysis = Analyze.summarise(fitted.value, { model })
  const all = (performance.now() - start) / 1000
  // The first fit of a process pays for compiling; the ratio compares the best of as many fits on both sides.
  const repeats = model === "full" || columns.rating.length > 50_000 ? 1 : 5
  let best = fit
  for (let i = 1; i < repeats; i++) {
    const again = performance.now()
    Analyze.fitNamed(columns, { model })
    best = Math.min(best, (performance.now() - again) / 1000)
  }
  const dense = fitted.value.fit.work.structure.dense
  const share = (fitted.value.fit.evaluations * denseSeconds(dense)) / best
  const lmer = withR && ratio !== undefined ? lmerSeconds(columns, model, repeats) : undefined
  if (ratio !== undefined && lmer === undefined) withR = false
  if (fit > limit || (ratio !== undefined && lmer !== undefined && best / lmer > ratio)) missed = true
  if (!analysis.converged) missed = true
  const cells = [
    fit.toFixed(2),
    all.toFixed(2),
    String(limit),
    String(fitted.value.fit.evaluations),
    String(dense)
  ]
  const seen = lmer === undefined ? ["", ""] : [lmer.toFixed(2), (best / lmer).toFixed(2)]
  console.log(
    pad([
      name,
      model,
      String(columns.rating.length),
      ...cells,
      `${Math.round(100 * Math.min(1, share))}`,
      ...seen
    ])
  )
}
console.log(
  "fit: build and fit, the first time (the limit is on this); best: of five (one for the slow cases); all: the first fit with"
)
console.log("Satterthwaite df, marginal means and contrasts; ratio: best s / lmer s, of as many fits.")
console.log(
  "dense %: share of the fit in the Cholesky factor and inverse of the dense n × n matrix (n³/2 a point);"
)
console.log("the rest is cross-products and elimination, which grow with the ratings.")
if (!withR) console.log("R with lme4 was not found or skipped: no ratios.")
process.exitCode = missed ? 1 : 0

/** Seconds of one factorisation and inverse. */
function denseSeconds(n: number): number {
  const s = new Float64Array(n * n)
  for (let i = 0; i < n; i++) s[i * n + i] = 2
  const scratch = new Float64Array(n * n)
  const out = new Float64Array(n * n)
  const start = performance.now()
  Cholesky.factor(s, n)
  Cholesky.inverse(s, n, scratch, out)
  return (performance.now() - start) / 1000
}
