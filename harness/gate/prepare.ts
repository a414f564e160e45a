/** Everything a gate needs before anything is rated again, and a refusal where it would compare unlike things. */
import { Effect } from "effect"
import { counted, listed } from "../leaderboard/formatNumber.ts"
import type { PriceList } from "../model/Prices.ts"
import type { ManifestSource, RunManifest } from "../run/Manifest.ts"
import type { PlannedRater } from "../run/openRater.ts"
import { RunError } from "../run/RunError.ts"
import { Ratings } from "../store/Ratings.ts"
import type { RunPost } from "../store/Runs.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { Baseline } from "./Baseline.ts"
import { type AgainJudge, openJudges } from "./judgeAgain.ts"
import { chooseMetrics, type Metric, metricsOf } from "./Metric.ts"
import { openRaters } from "./rateAgain.ts"
import { measureName, readTexts, type ScoredText } from "./readTexts.ts"
import { chooseSource, openRun } from "./Subject.ts"
import { differences } from "./sameGround.ts"
import { type Chosen, chooseRaters, kindOf } from "./whoRates.ts"

/** What a gate is asked. */
export interface GateOptions {
  /** The candidate's run; the newest unless given. */
  readonly run: string | undefined
  readonly source: string | undefined
  readonly baseline: Baseline
  /** How messages name the baseline. */
  readonly file: string
  /** Points, above 0. */
  readonly margin: number
  /** By name; none: the run's first instrument. */
  readonly metrics: readonly string[]
  /** The highest mean of each dimension of the instrument `risk`; `undefined`: risk is not looked at. */
  readonly maxRisk: number | undefined
  /** The share of posts that may be missing in a pass. */
  readonly maxMissing: number
  /** Raters that count, by name, all of one kind; none: all judges, or all proxies where no judge rated. */
  readonly only: readonly string[]
  /** Where files of raters start from. */
  readonly folder: string
  /** File of the exemplars that judges were shown. */
  readonly exemplars: string | undefined
  readonly prices: PriceList | undefined
  readonly strict: boolean
}

/** A gate that can be answered once the baseline's texts are rated. */
export interface Prepared {
  readonly options: GateOptions
  readonly manifest: RunManifest
  readonly source: ManifestSource
  readonly condition: string
  readonly kind: Chosen["kind"]
  readonly margins: readonly Metric[]
  readonly ceilings: readonly Metric[]
  /** Whose ratings count, by name: a text without a score of each of them has none. */
  readonly counting: readonly string[]
  /** Those of them that are proxies, and those that are judges: one list is empty. */
  readonly raters: readonly PlannedRater[]
  readonly judges: readonly AgainJudge[]
  /** What has to be known of them. */
  readonly notes: readonly string[]
  readonly instruments: readonly Instrument[]
  readonly posts: readonly RunPost[]
  readonly texts: readonly ScoredText[]
  /** ISO times of the oldest rating by raters of the kind, in the whole run and of the candidate's texts. */
  readonly ratedAt: string | undefined
  readonly candidateRatedAt: string | undefined
}

const RISK = "risk"

const riskMetrics = (instruments: readonly Instrument[]) => {
  const risk = instruments.find((instrument) => instrument.name === RISK)
  return risk === undefined
    ? Effect.fail(
        new RunError({
          place: "--max-risk",
          reason: `the run is not rated on the instrument ${RISK}`,
          mend: `add ${RISK} under instruments: in the study, with a rater that rates it`
        })
      )
    : Effect.succeed(metricsOf(risk))
}

/** Candidate: the source named, else the one that is called as the baseline's is, else the only one. */
const candidateOf = (manifest: RunManifest, options: GateOptions) =>
  chooseSource(
    manifest,
    options.source ?? manifest.sources.find((source) => source.id === options.baseline.source.id)?.id
  )

/** Reads the candidate, checks that it can be compared with the baseline, opens the raters. */
export const prepare = Effect.fn("Gate.prepare")(function* (options: GateOptions) {
  const { baseline, file } = options
  const manifest = yield* openRun(options.run)
  const source = yield* candidateOf(manifest, options)
  const defined = manifest.instruments.map((entry) => entry.definition)
  const margins = chooseMetrics(options.metrics, defined)
  if (margins instanceof RunError) return yield* margins
  const ceilings = options.maxRisk === undefined ? [] : yield* riskMetrics(defined)
  const metrics = [...margins, ...ceilings]
  const instruments = [...new Set(metrics.map((metric) => metric.instrument))]

  const kind = kindOf({ manifest, baseline }, options.only)
  if (kind instanceof RunError) return yield* kind
  const used = { instruments: instruments.map(({ name }) => name), kind, raters: options.only }
  const unlike = differences(baseline, manifest, used)
  if (unlike.length > 0) {
    return yield* new RunError({
      place: file,
      reason: `it was measured otherwise than run ${manifest.run}: ${unlike.join("; ")}`,
      mend: "save a new baseline from a run of this study, or run the study as the baseline's was"
    })
  }
  const chosen = chooseRaters({ manifest, baseline, source: source.id }, kind, options.only)
  if (chosen instanceof RunError) return yield* chosen
  const counting = [...chosen.raters, ...chosen.judges].map(({ id }) => id)
  const condition = manifest.conditions.find((entry) => entry.hash === baseline.condition.hash)!.definition
    .name
  const { posts, texts } = yield* readTexts(manifest, source.id, condition)
  const unrated = metrics.filter(
    ({ instrument, measure }) =>
      !texts.some(({ byRater }) =>
        counting.every((id) => byRater.get(id)?.has(measureName(instrument.name, measure)))
      )
  )
  if (unrated.length > 0) {
    return yield* new RunError({
      place: `${manifest.run}, ${source.id}`,
      reason: `${listed(counting)} ${counting.length === 1 ? "has" : "have"} not rated ${listed(unrated.map(({ name }) => name))}`,
      mend: `choose another --metric or finish the run (${counted(texts.length, "text")} there)`
    })
  }
  const { folder, prices, strict } = options
  const ratings = yield* Ratings
  const whole = yield* ratings.span(manifest.run, kind)
  const own = yield* ratings.span(manifest.run, kind, { source: source.id, condition })
  return {
    options,
    manifest,
    source,
    condition,
    kind,
    margins,
    ceilings,
    counting,
    raters: yield* openRaters(chosen.raters, folder),
    judges: yield* openJudges({ folder, prices, strict }, chosen.judges, options.exemplars),
    notes: chosen.notes,
    instruments,
    posts,
    texts,
    ratedAt: whole?.oldest,
    candidateRatedAt: own?.oldest
  } satisfies Prepared
})
