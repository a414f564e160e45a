/** From a run in the store to its leaderboard. */
import { Effect, Stream } from "effect"
import { bringMarksUpToDate } from "../ratings/quality/applyQuality.ts"
import { automaticRaters, countsOf, decodeManifest, type RunManifest } from "../run/Manifest.ts"
import { Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import type { Json } from "../study/Hash.ts"
import { isRated, wordCount } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import { aboutJudges } from "./aboutJudges.ts"
import { collect, raterKey } from "./collect.ts"
import { withDisagreements } from "./estimates/disagreements.ts"
import type { WordsOf } from "./estimates/LongRatings.ts"
import type { SlicedPost } from "./estimates/slices.ts"
import { steerabilityOf } from "./estimates/steerability.ts"
import type { Leaderboard, Table } from "./Leaderboard.ts"
import { tableOf } from "./tableOf.ts"
import { unscoredOf } from "./unscored.ts"

const kindOrder = ["human", "judge", "proxy"]
const panelOrder = ["expert", "crowd", "people"]
const panelRank = ({ panels = [] }: Table) => panelOrder.indexOf(panels[0] ?? "")

/** Words of the rated texts, of each and on average by source and condition, and what the source is. */
const lengthsOf = Effect.fn("Leaderboard.lengths")(function* (manifest: RunManifest, each: boolean) {
  const responses = yield* Responses
  const sums = new Map<string, { kind: SourceKind; words: number; n: number }>()
  const words = new Map<string, number>()
  yield* Stream.runForEach(responses.answers(manifest.run), (answer) =>
    Effect.sync(() => {
      if (!isRated(answer.outcome)) return
      const key = `${answer.source}\u0000${answer.condition}`
      const sum = sums.get(key) ?? { kind: answer.author, words: 0, n: 0 }
      sum.words += answer.words
      sum.n++
      sums.set(key, sum)
      if (each) words.set(`${key}\u0000${answer.ordinal}\u0000${answer.epoch}`, answer.words)
    })
  )
  return {
    lengths: new Map([...sums].map(([key, { kind, words, n }]) => [key, { kind, words: words / n }])),
    words:
      (condition: string): WordsOf =>
      (ordinal, source, epoch) =>
        words.get(`${source}\u0000${condition}\u0000${ordinal}\u0000${epoch}`)
  }
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
  const sources = manifest.sources.map((source) => source.id)
  yield* bringMarksUpToDate(manifest)
  const scores = yield* collect({
    run: manifest.run,
    instruments: manifest.instruments.map((entry) => entry.definition),
    sources,
    posts: yield* runs.countPosts(manifest.run),
    raters: new Set(automaticRaters(manifest).map(raterKey)),
    counts: countsOf(manifest),
    pool: manifest.pool ?? []
  })
  const posts: SlicedPost[] = []
  const names: string[] = []
  yield* Stream.runForEach(runs.postPages(manifest.run), (page) =>
    Effect.sync(() => {
      for (const post of page) {
        const { domain, labels, body } = post
        // Nothing is sliced where nothing is rated, and counting words of a long run takes its time.
        posts.push({ domain, crisis: labels.crisis, words: scores.length === 0 ? 0 : wordCount(body) })
        names.push(`${post.suite}/${post.post}`)
      }
    })
  )
  const people = scores.some(({ long }) => long !== undefined)
  const ground = { manifest, sources, posts, ...(yield* lengthsOf(manifest, people)) }
  const instrumentOrder = manifest.instruments.map((entry) => entry.definition.name as string)
  const tables = scores
    .map((entry) => tableOf(entry, ground))
    .sort(
      (a, b) =>
        kindOrder.indexOf(a.raterKind) - kindOrder.indexOf(b.raterKind) ||
        panelRank(a) - panelRank(b) ||
        instrumentOrder.indexOf(a.instrument) - instrumentOrder.indexOf(b.instrument) ||
        a.condition.localeCompare(b.condition) ||
        a.measure.localeCompare(b.measure)
    )
  const conditions = manifest.conditions.map(({ definition }) => definition.name as string)
  const steerability = steerabilityOf(scores, tables, sources, conditions, posts)
  const outcomes = yield* responses.outcomes(manifest.run)
  const unscored = yield* unscoredOf(manifest)
  return {
    format: "warmline-leaderboard/1",
    run: manifest.run,
    study: manifest.study,
    planned: manifest.calls,
    answered: outcomes.reduce((sum, entry) => sum + entry.n, 0),
    outcomes: outcomes.map(({ source, condition, outcome, n }) => ({ source, condition, outcome, n })),
    failures: yield* failuresOf(manifest, names),
    ...(unscored.length === 0 ? {} : { unscored }),
    tables: withDisagreements(yield* aboutJudges(manifest, tables)),
    ...(steerability.length === 0 ? {} : { steerability }),
    ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt }),
    manifest: JSON.parse(row.manifest) as Json
  } satisfies Leaderboard
})
