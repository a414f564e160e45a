/**
 * Do the intervals cover? `node scripts/sim-coverage.ts [--runs 2000] [--workers 2]`: seeded data sets from
 * known effects, analysed by `ranking`, by `two-way` (least squares with errors clustered by post and by rater, which a
 * leaderboard too large for `ranking` uses) and by `paper`. One contrast is truly 0.3 (coverage of its unadjusted
 * 95 % interval), another truly 0 (type I error at 5 %). Exits 1 unless the 99 % Clopper–Pearson interval of
 * `ranking`'s coverage meets 93 to 97 % and that of its type I error 3.5 to 6.5 %, in every design, and unless
 * `two-way`, which may be a little too wide, reaches 93 % and stays below 6.5 %. `paper` treats ratings of one
 * text as independent, and is printed to show by how much that errs.
 */
import { availableParallelism } from "node:os"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { fitHuman } from "../harness/leaderboard/estimates/humanModel.ts"
import type { Interval } from "../harness/stats/Interval.ts"
import * as Analyze from "../harness/stats/mixed/Analyze.ts"
import type { Columns } from "../harness/stats/mixed/NamedModels.ts"
import { clopperPearson } from "../harness/stats/Proportion.ts"
import * as Random from "../harness/stats/Random.ts"

interface Design {
  readonly name: string
  readonly posts: number
  readonly sources: number
  readonly raters: number
  /** Each rater rates this many different responses, at least and at most. */
  readonly load: readonly [number, number]
  readonly textSd: number
}

const designs: ReadonlyArray<Design> = [
  {
    name: "15 posts x 4 sources, 190 raters",
    posts: 15,
    sources: 4,
    raters: 190,
    load: [10, 15],
    textSd: 0.28
  },
  {
    name: "120 posts x 3 sources, 200 raters",
    posts: 120,
    sources: 3,
    raters: 200,
    load: [15, 20],
    textSd: 0.28
  },
  { name: "15 x 4, no text variance", posts: 15, sources: 4, raters: 190, load: [10, 15], textSd: 0 }
]

const models = ["ranking", "two-way", "paper"] as const

const analyse = (columns: Columns, model: (typeof models)[number]) => {
  const levels = ["s0", "s1", "s2"]
  return model === "two-way"
    ? fitHuman(columns, levels, { adjust: "none", most: 0 })
    : Analyze.analyze(columns, { model, adjust: "none", levels })
}

const effects = [0.3, 0, 0.3, 0]

const simulate = ({ posts, sources, raters, load, textSd }: Design, seed: number): Columns => {
  const random = Random.make(seed)
  const draw = (n: number, sd: number) => Float64Array.from({ length: n }, () => sd * random.normal())
  const post = draw(posts, 0.25)
  const text = draw(posts * sources, textSd)
  const rating: Array<number> = []
  const source: Array<string> = []
  const rater: Array<string> = []
  const postId: Array<string> = []
  const deck = Int32Array.from({ length: posts * sources }, (_, i) => i)
  for (let r = 0; r < raters; r++) {
    const own = 0.55 * random.normal()
    const taste = draw(sources, 0.2)
    const count = load[0] + random.below(load[1] - load[0] + 1)
    for (let i = 0; i < count; i++) {
      const k = i + random.below(deck.length - i)
      const chosen = deck[k]!
      deck[k] = deck[i]!
      deck[i] = chosen
      const p = Math.floor(chosen / sources)
      const s = chosen % sources
      rating.push(3 + effects[s]! + own + taste[s]! + post[p]! + text[chosen]! + 0.9 * random.normal())
      source.push(`s${s}`)
      rater.push(`r${r}`)
      postId.push(`p${p}`)
    }
  }
  return { rating: Float64Array.from(rating), source, rater, post: postId }
}

/** Per model: intervals that cover 0.3, rejections of a true 0, sums of SE and of squared errors. */
interface Tally {
  runs: number
  covered: number
  rejected: number
  se: number
  squares: number
  failed: number
}

const run = (design: number, from: number, to: number): ReadonlyArray<Tally> =>
  models.map((model) => {
    const tally: Tally = { runs: 0, covered: 0, rejected: 0, se: 0, squares: 0, failed: 0 }
    for (let i = from; i < to; i++) {
      const columns = simulate(designs[design]!, 1 + i + 100_000 * design)
      const result = analyse(columns, model)
      const find = (name: string) =>
        result.ok ? result.value.contrasts.find((c) => c.contrast === name) : undefined
      const [differs, equal] = [find("s0 - s1"), find("s0 - s2")]
      tally.runs++
      if (!result.ok || !result.value.converged || differs?.lower == null || equal?.p == null) {
        tally.failed++
        continue
      }
      if (differs.lower <= 0.3 && differs.upper! >= 0.3) tally.covered++
      if (equal.p < 0.05) tally.rejected++
      tally.se += equal.SE!
      tally.squares += equal.estimate! ** 2
    }
    return tally
  })

const meets = ({ lower, upper }: Interval, least: number, most: number) => lower <= most && upper >= least

const percent = (value: number) => (100 * value).toFixed(1)

const option = (name: string, fallback: number) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

const main = async () => {
  const runs = option("--runs", 2000)
  const workers = option("--workers", Math.min(8, availableParallelism()))
  let passed = true
  console.log(`${runs} runs a design; SE and SD are of the contrast that is truly 0`)
  for (const [design, { name }] of designs.entries()) {
    const start = performance.now()
    const parts = await Promise.all(
      Array.from({ length: workers }, (_, w) => {
        const from = Math.floor((runs * w) / workers)
        const to = Math.floor((runs * (w + 1)) / workers)
        return new Promise<ReadonlyArray<Tally>>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { design, from, to } })
          worker.on("message", resolve)
          worker.on("error", reject)
        })
      })
    )
    console.log(`${name} (${((performance.now() - start) / 1000).toFixed(0)} s)`)
    models.forEach((model, m) => {
      const sum = (key: keyof Tally) => parts.reduce((total, part) => total + part[m]![key], 0)
      const n = sum("runs") - sum("failed")
      const coverage = clopperPearson(sum("covered"), n, 0.99)
      const error = clopperPearson(sum("rejected"), n, 0.99)
      const wide = model === "two-way"
      const good =
        meets(coverage, 0.93, wide ? 1 : 0.97) && meets(error, wide ? 0 : 0.035, 0.065) && sum("failed") === 0
      if (model !== "paper" && !good) passed = false
      console.log(
        `  ${model.padEnd(8)} coverage ${percent(sum("covered") / n)} % [${percent(coverage.lower)}, ${percent(coverage.upper)}]` +
          `  type I ${percent(sum("rejected") / n)} % [${percent(error.lower)}, ${percent(error.upper)}]` +
          `  SE ${(sum("se") / n).toFixed(3)}  SD ${Math.sqrt(sum("squares") / n).toFixed(3)}` +
          `  failed ${sum("failed")}${model !== "paper" ? (good ? "  ok" : "  OUT OF BOUNDS") : ""}`
      )
    })
  }
  process.exitCode = passed ? 0 : 1
}

if (isMainThread) await main()
else {
  const { design, from, to } = workerData as { design: number; from: number; to: number }
  parentPort!.postMessage(run(design, from, to))
}
