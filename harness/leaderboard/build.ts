/** From a run in the store to its leaderboard. */
import { Effect, Stream } from "effect"
import { bringMarksUpToDate } from "../ratings/quality/applyQuality.ts"
import { automaticRaters, decodeManifest, type RunManifest } from "../run/Manifest.ts"
import * as PairedContrasts from "../stats/paired/PairedContrasts.ts"
import { Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import { deriveSeed } from "../study/CallKey.ts"
import type { Json } from "../study/Hash.ts"
import { isRated } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import { aboutJudges } from "./aboutJudges.ts"
import { collect, raterKey, type Scores } from "./collect.ts"
import { exclusionsOf } from "./exclusions.ts"
import { counted } from "./formatNumber.ts"
import { judgeNotes } from "./judgeNotes.ts"
import type { Leaderboard, Row, Table } from "./Leaderboard.ts"

const sentence: Record<Scores["raterKind"], (raters: readonly string[]) => string> = {
  proxy: (raters) =>
    `Mean score by ${raters.join(", ")}, a PROXY: a formula over the text, not a person's judgement and not a language model's. It tests the pipeline and orders the controls; it does not measure empathy.`,
  judge: (raters) =>
    `Mean score by the judge${raters.length === 1 ? "" : "s"} ${raters.join(", ")}: these judges, not people.`,
  human: (raters) =>
    `Mean score by ${counted(raters.length, "person", "people")} over the posts of the study.`
}

interface Lengths {
  readonly kind: SourceKind
  readonly words: number
}

const tableOf = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly { readonly domain: string }[],
  lengths: ReadonlyMap<string, Lengths>,
  manifest: RunManifest
): Table => {
  const seed = deriveSeed(
    manifest.seed,
    "bootstrap",
    scores.instrument.name,
    scores.measure,
    scores.raterKind,
    scores.condition
  )
  const analyse = (values: Float64Array) => PairedContrasts.analysePaired({ sources, posts, values, seed })
  const analysis = analyse(scores.values)
  const dimension = scores.instrument.dimensions.find((entry) => entry.name === scores.measure)
  const scale = (dimension ?? scores.instrument.dimensions[0]!).scale
  const rows = analysis.sources.map((entry): Row => {
    const length = lengths.get(`${entry.source}\u0000${scores.condition}`)
    return {
      source: entry.source,
      kind: length?.kind ?? "model",
      ...(entry.mean.ok
        ? {
            mean: {
              estimate: entry.mean.value.estimate,
              lower: entry.mean.value.lower,
              upper: entry.mean.value.upper
            }
          }
        : { mean: null, reason: entry.mean.reason }),
      rank: entry.rank,
      posts: entry.n,
      words: length?.words ?? 0
    }
  })
  rows.sort((a, b) => (b.mean?.estimate ?? -Infinity) - (a.mean?.estimate ?? -Infinity))
  return {
    instrument: scores.instrument.name,
    title: scores.instrument.title,
    measure: scores.measure,
    raterKind: scores.raterKind,
    ...(scores.panels === undefined ? {} : { panels: scores.panels }),
    raters: scores.raters,
    condition: scores.condition,
    scale: { minimum: scale.minimum, maximum: scale.maximum },
    estimand: sentence[scores.raterKind](scores.raters),
    rows,
    contrasts: analysis.contrasts.map((entry) => ({
      a: entry.a,
      b: entry.b,
      estimate: entry.estimate,
      se: entry.se,
      lower: entry.lowerSimultaneous,
      upper: entry.upperSimultaneous,
      p: entry.pAdjusted,
      posts: entry.n,
      minimumDetectable: entry.mde
    })),
    domains: analysis.domains.map(({ domain, sources }) => ({
      domain,
      rows: sources.map(({ n, ...entry }) => ({ ...entry, posts: n }))
    })),
    ...(scores.all === undefined
      ? {}
      : { exclusions: exclusionsOf(scores, analysis, analyse(scores.all.values)) }),
    ...(analysis.refusal === undefined ? {} : { refusal: analysis.refusal }),
    notes: [
      ...(scores.raterKind === "judge" ? judgeNotes(scores, sources, manifest) : []),
      ...analysis.notes,
      ...analysis.omitted.map(({ a, b, reason }) => `${a} and ${b} are not compared: ${reason}`)
    ]
  }
}

const kindOrder = ["human", "judge", "proxy"]
const panelOrder = ["expert", "crowd", "people"]
const panelRank = ({ panels = [] }: Table) => panelOrder.indexOf(panels[0] ?? "")

/** Mean words of the rated texts by source and condition, and what the source is. */
const lengthsOf = Effect.fn("Leaderboard.lengths")(function* (manifest: RunManifest) {
  const responses = yield* Responses
  const sums = new Map<string, { kind: SourceKind; words: number; n: number }>()
  yield* Stream.runForEach(responses.answers(manifest.run), (answer) =>
    Effect.sync(() => {
      if (!isRated(answer.outcome)) return
      const key = `${answer.source}\u0000${answer.condition}`
      const sum = sums.get(key) ?? { kind: answer.author, words: 0, n: 0 }
      sum.words += answer.words
      sum.n++
      sums.set(key, sum)
    })
  )
  return new Map([...sums].map(([key, { kind, words, n }]) => [key, { kind, words: words / n }]))
})

const failuresOf = Effect.fn("Leaderboard.failures")(function* (
  manifest: RunManifest,
  names: readonly string[]
) {
  const responses = yield* Responses
  const groups = Map.groupBy(yield* responses.failures(manifest.run), (failure) =>
    [failure.stage, failure.source, failure.kind, failure.message].join("\u0000")
  )
  return [...groups.values()].map((group) => {
    const { stage, source, kind, message, ordinal } = group[0]!
    return { stage, source, kind, message, n: group.length, example: names[ordinal] ?? "" }
  })
})

/** Builds the leaderboard of a run; nothing is asked of anyone. */
export const build = Effect.fn("Leaderboard.build")(function* (runId: string) {
  const runs = yield* Runs
  const responses = yield* Responses
  const row = yield* runs.named(runId)
  const manifest = yield* decodeManifest(row.manifest)
  const posts: { domain: string }[] = []
  const names: string[] = []
  yield* Stream.runForEach(runs.postPages(manifest.run), (page) =>
    Effect.sync(() => {
      for (const post of page) {
        posts.push({ domain: post.domain })
        names.push(`${post.suite}/${post.post}`)
      }
    })
  )
  const sources = manifest.sources.map((source) => source.id)
  yield* bringMarksUpToDate(manifest)
  const scores = yield* collect({
    run: manifest.run,
    instruments: manifest.instruments.map((entry) => entry.definition),
    sources,
    posts: posts.length,
    raters: new Set(automaticRaters(manifest).map(raterKey)),
    pool: manifest.pool ?? []
  })
  const lengths = yield* lengthsOf(manifest)
  const instrumentOrder = manifest.instruments.map((entry) => entry.definition.name as string)
  const tables = scores
    .map((entry) => tableOf(entry, sources, posts, lengths, manifest))
    .sort(
      (a, b) =>
        kindOrder.indexOf(a.raterKind) - kindOrder.indexOf(b.raterKind) ||
        panelRank(a) - panelRank(b) ||
        instrumentOrder.indexOf(a.instrument) - instrumentOrder.indexOf(b.instrument) ||
        a.condition.localeCompare(b.condition) ||
        a.measure.localeCompare(b.measure)
    )
  const outcomes = yield* responses.outcomes(manifest.run)
  return {
    format: "warmline-leaderboard/1",
    run: manifest.run,
    study: manifest.study,
    planned: manifest.calls,
    answered: outcomes.reduce((sum, entry) => sum + entry.n, 0),
    outcomes: outcomes.map(({ source, condition, outcome, n }) => ({ source, condition, outcome, n })),
    failures: yield* failuresOf(manifest, names),
    tables: yield* aboutJudges(manifest, tables),
    ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt }),
    manifest: JSON.parse(row.manifest) as Json
  } satisfies Leaderboard
})
