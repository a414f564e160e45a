/** Everything a gate needs before anything is rated again, and a refusal where it would compare unlike things. */
import { Effect } from "effect"
import { counted, listed } from "../leaderboard/formatNumber.ts"
import type { ManifestSource, RunManifest } from "../run/Manifest.ts"
import type { PlannedRater } from "../run/openRater.ts"
import { RunError } from "../run/RunError.ts"
import { Ratings } from "../store/Ratings.ts"
import type { RunPost } from "../store/Runs.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Baseline } from "./Baseline.ts"
import { chooseMetrics, type Metric, metricsOf } from "./Metric.ts"
import { openRaters } from "./rateAgain.ts"
import { readTexts, type ScoredText, scoreName } from "./readTexts.ts"
import { chooseSource, openRun } from "./Subject.ts"
import { differences } from "./sameGround.ts"

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
  /** Where files of raters start from. */
  readonly folder: string
}

/** A gate that can be answered once the baseline's texts are rated. */
export interface Prepared {
  readonly options: GateOptions
  readonly manifest: RunManifest
  readonly source: ManifestSource
  readonly condition: string
  readonly kind: RaterKind
  readonly margins: readonly Metric[]
  readonly ceilings: readonly Metric[]
  readonly raters: readonly PlannedRater[]
  readonly instruments: readonly Instrument[]
  readonly posts: readonly RunPost[]
  readonly texts: readonly ScoredText[]
  /** ISO time of the candidate's oldest automatic rating; `undefined` without any. */
  readonly ratedAt: string | undefined
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

  const kinds = new Set([...manifest.raters, ...baseline.raters].map((rater) => rater.kind))
  const kind = kinds.has("judge") ? "judge" : "proxy"
  const unlike = differences(baseline, manifest, { instruments: instruments.map(({ name }) => name), kind })
  if (unlike.length > 0) {
    return yield* new RunError({
      place: file,
      reason: `it was measured otherwise than run ${manifest.run}: ${unlike.join("; ")}`,
      mend: "save a new baseline from a run of this study, or run the study as the baseline's was"
    })
  }
  const automatic = manifest.raters.filter((rater) => rater.kind === kind)
  if (automatic.length === 0) {
    return yield* new RunError({
      place: manifest.run,
      ...((manifest.judges ?? []).length > 0
        ? {
            reason: "only judges rate it, and a gate cannot ask judges about the baseline's texts yet",
            mend: "name a proxy under raters: too, or compare the judges' scores with `warmline compare`"
          }
        : {
            reason: "no judge or proxy rates it, so nobody could rate the baseline's texts beside it",
            mend: "name one under raters: in the study"
          })
    })
  }
  const condition = manifest.conditions.find((entry) => entry.hash === baseline.condition.hash)!.definition
    .name
  const { posts, texts } = yield* readTexts(manifest, source.id, condition)
  const unrated = metrics.filter(
    ({ instrument, measure }) =>
      !texts.some(({ scores }) => scores.has(scoreName(kind, instrument.name, measure)))
  )
  if (unrated.length > 0) {
    return yield* new RunError({
      place: `${manifest.run}, ${source.id}`,
      reason: `${listed(automatic.map(({ id }) => id))} ${automatic.length === 1 ? "has" : "have"} not rated ${listed(unrated.map(({ name }) => name))}`,
      mend: `choose another --metric or finish the run (${counted(texts.length, "text")} there)`
    })
  }
  const ratings = yield* Ratings
  return {
    options,
    manifest,
    source,
    condition,
    kind,
    margins,
    ceilings,
    raters: yield* openRaters(automatic, options.folder),
    instruments,
    posts,
    texts,
    ratedAt: yield* ratings.oldest(manifest.run)
  } satisfies Prepared
})
