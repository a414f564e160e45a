/**
 * How long the mixed models take: `node scripts/bench-stats.ts`. Prints a table against the limits the
 * project sets itself, and what dominates; where R with lme4 is installed, the ratio to `lmer` on the same
 * data in the same run (wall-clock, one core each; `--no-r` skips it: `full` takes lmer minutes). Every case
 * runs in a process of its own, so that each pays for compiling as a command does. Exits 1 when a limit is
 * missed.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
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

/** What one process measures, in seconds. */
interface Measured {
  readonly ratings: number
  readonly fit: number
  readonly all: number
  readonly best: number
  readonly points: number
  readonly dense: number
  readonly denseSeconds: number
  readonly converged: boolean
  readonly lmer?: number
}

const measure = ({ design, model, ratio }: Case, withR: boolean): Measured => {
  const columns = simulate(...design, 20240711)
  const start = performance.now()
  const fitted = Analyze.fitNamed(columns, { model })
  const fit = (performance.now() - start) / 1000
  if (!fitted.ok) throw new Error(fitted.reason)
  const analysis = Analyze.summarise(fitted.value, { model })
  const all = (performance.now() - start) / 1000
  // The ratio compares the best of as many fits on both sides.
  const repeats = model === "full" && columns.rating.length > 5000 ? 1 : 5
  let best = fit
  for (let i = 1; i < repeats; i++) {
    const again = performance.now()
    Analyze.fitNamed(columns, { model })
    best = Math.min(best, (performance.now() - again) / 1000)
  }
  const { evaluations: points, work } = fitted.value.fit
  const lmer = withR && ratio !== undefined ? lmerSeconds(columns, model, repeats) : undefined
  return {
    ratings: columns.rating.length,
    fit,
    all,
    best,
    points,
    dense: work.structure.dense,
    denseSeconds: points * denseSeconds(work.structure.dense),
    converged: analysis.converged,
    ...(lmer === undefined ? {} : { lmer })
  }
}

/** A case in a process of its own; of the quick ones, whose time a busy moment can double, the median of five. */
const inProcess = ({ name, model, limit }: Case, i: number, withR: boolean): Measured => {
  const run = (withR: boolean) => {
    const child = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), "--case", `${i}`, ...(withR ? [] : ["--no-r"])],
      { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }
    )
    if (child.status !== 0) throw new Error(`${name} ${model} could not be measured`)
    return JSON.parse(child.stdout) as Measured
  }
  const first = run(withR)
  if (limit > 0.5) return first
  const runs = [first, ...Array.from({ length: 4 }, () => run(false))]
  const middle = (of: (seen: Measured) => number) => runs.map(of).sort((a, b) => a - b)[2]!
  return { ...first, fit: middle(({ fit }) => fit), all: middle(({ all }) => all) }
}

const main = () => {
  const withR = !process.argv.includes("--no-r")
  const titles = "size model ratings fit_s all_s limit_s warm_s points dense_n dense_% lmer_s ratio"
  const pad = (cells: ReadonlyArray<string>) =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(7) : cell.padStart(9))).join("")
  console.log(pad(titles.split(" ").map((title) => title.replace("_", " "))))
  let missed = false
  let compared = false
  for (const [i, one] of cases.entries()) {
    const { name, model, limit, ratio } = one
    const seen = inProcess(one, i, withR)
    const times = seen.lmer === undefined ? undefined : seen.best / seen.lmer
    if (times !== undefined) compared = true
    if (seen.all > limit || !seen.converged || (times !== undefined && times > ratio!)) missed = true
    console.log(
      pad([
        name,
        model,
        `${seen.ratings}`,
        seen.fit.toFixed(2),
        seen.all.toFixed(2),
        `${limit}`,
        seen.best.toFixed(2),
        `${seen.points}`,
        `${seen.dense}`,
        `${Math.round(100 * Math.min(1, seen.denseSeconds / seen.best))}`,
        ...(times === undefined ? [] : [seen.lmer!.toFixed(2), times.toFixed(2)])
      ])
    )
  }
  console.log(
    `fit: build and fit, the first of a process; all: with Satterthwaite df, marginal means and contrasts (the limit
is on this); warm: the best of five fits (of one: 20k full). dense %: share of the warm fit in the Cholesky factor
and inverse of the dense n × n matrix (n³/2 a point). ratio: warm s / lmer s, the best of as many fits.`
  )
  if (!compared) console.log("R with lme4 was not found or skipped: no ratios.")
  process.exitCode = missed ? 1 : 0
}

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

const at = process.argv.indexOf("--case")
if (at < 0) main()
else
  process.stdout.write(
    JSON.stringify(measure(cases[Number(process.argv[at + 1])]!, !process.argv.includes("--no-r")))
  )
