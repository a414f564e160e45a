/** What the page shows beside the leaderboard: posts, answers and ratings as they are stored. */
import { Effect, Stream } from "effect"
import { decodeManifest, type RunManifest } from "../../run/Manifest.ts"
import { MOST_AT_ONCE, type PostRecord, PostRecords } from "../../store/PostRecords.ts"
import { Ratings } from "../../store/Ratings.ts"
import { Runs } from "../../store/Runs.ts"
import { deriveSeed } from "../../study/CallKey.ts"
import { defaultAgreement, panelsOf } from "../../study/Study.ts"
import { agreementReport } from "../agreementReport.ts"
import { raterKey } from "../collect.ts"
import { count } from "../formatNumber.ts"
import type { Leaderboard, Table } from "../Leaderboard.ts"
import { makeMeasurer } from "../measures.ts"
import { readStyle } from "../readStyle.ts"
import type { Agreement } from "./agreementSection.ts"
import type { RaterAudit } from "./auditSection.ts"
import { type Choice, choosePosts } from "./choosePosts.ts"
import { readAudits } from "./readAudits.ts"
import type { PageStyle } from "./styleSection.ts"

/** Everything beside the numbers. */
export interface Evidence {
  readonly manifest: RunManifest
  readonly choice: Choice
  readonly posts: readonly PostRecord[]
  /** By ordinal: how far the answers' mean scores are apart on the leaderboard's first table. */
  readonly spread: ReadonlyMap<number, number>
  /** Only where people have rated. */
  readonly agreement?: Agreement
  /** One for each automatic rater. */
  readonly audits: readonly RaterAudit[]
  /** Of the first table's condition; only where texts have been rated. */
  readonly style?: PageStyle
}

/** The raters of a run, as `raterKey` names them; people are always its own. */
const ratersOf = ({ raters, judges = [] }: RunManifest): ReadonlySet<string> =>
  new Set([...raters, ...judges].map(raterKey))

/** The highest minus the lowest mean score of each post's answers, on a table's measure. */
const spreadOf = Effect.fn("Page.spread")(function* (manifest: RunManifest, table: Table | undefined) {
  const spread = new Map<number, number>()
  if (table === undefined) return spread
  const ratings = yield* Ratings
  const mine = ratersOf(manifest)
  const sums = new Map<number, Map<string, { sum: number; n: number }>>()
  const measurer = makeMeasurer(
    manifest.instruments.map((entry) => entry.definition),
    ({ of, measure, value }) => {
      if (measure !== table.measure) return
      const sources = sums.get(of.ordinal) ?? new Map<string, { sum: number; n: number }>()
      const entry = sources.get(of.source) ?? { sum: 0, n: 0 }
      entry.sum += value
      entry.n++
      sums.set(of.ordinal, sources.set(of.source, entry))
    }
  )
  yield* Stream.runForEachArray(ratings.scored(manifest.run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        if (
          row.instrument !== table.instrument ||
          row.raterKind !== table.raterKind ||
          row.condition !== table.condition
        )
          continue
        const known =
          row.raterKind === "human"
            ? panelsOf(row.panel, manifest.pool ?? []).join() === (table.panels ?? []).join()
            : mine.has(raterKey({ id: row.rater, version: row.raterVersion }))
        if (known) measurer.add(row)
      }
    })
  )
  measurer.end()
  for (const [ordinal, sources] of sums) {
    if (sources.size < 2) continue
    const means = [...sources.values()].map(({ sum, n }) => sum / n)
    spread.set(ordinal, Math.max(...means) - Math.min(...means))
  }
  return spread
})

/** Texts above which style is left to `warmline style`: it takes seconds a thousand. */
const MOST_TEXTS = 1500

/** The style of the first table's texts, and what it has to do with that table's measure. */
const styleOf = Effect.fn("Page.style")(function* (manifest: RunManifest, table: Table | undefined) {
  if (table === undefined || table.rows.every(({ words }) => words === 0)) return undefined
  const { condition, instrument, measure } = table
  const texts = manifest.posts * manifest.sources.length * manifest.epochs
  if (texts > MOST_TEXTS) {
    const reason = `the run has more than ${count(MOST_TEXTS)} texts; warmline style ${manifest.run} does it`
    return { condition, result: { reason } } satisfies PageStyle
  }
  const name = measure === "aggregate" ? instrument : `${instrument}/${measure}`
  return { condition, result: yield* readStyle(manifest, condition, [name]) } satisfies PageStyle
})

/** Only ratings of the run's own raters on its own instruments: a store may hold others of the same texts. */
const ownRatings = (manifest: RunManifest) => {
  const mine = ratersOf(manifest)
  const instruments = new Set<string>(manifest.instruments.map(({ hash }) => hash))
  return (post: PostRecord): PostRecord => ({
    ...post,
    answers: post.answers.map((answer) => ({
      ...answer,
      ratings: answer.ratings.filter(
        (rating) =>
          instruments.has(rating.instrumentHash) &&
          (rating.raterKind === "human" ||
            mine.has(raterKey({ id: rating.rater, version: rating.raterVersion })))
      )
    }))
  })
}

/** Reads what the page of this leaderboard shows; of a large run a stated sample of posts. */
export const readEvidence = Effect.fn("Page.readEvidence")(function* (leaderboard: Leaderboard) {
  const runs = yield* Runs
  const records = yield* PostRecords
  const manifest = yield* decodeManifest((yield* runs.named(leaderboard.run)).manifest)
  const spread = yield* spreadOf(manifest, leaderboard.tables[0])
  const choice = choosePosts({
    sizes: yield* records.sizes(manifest.run),
    spread,
    seed: deriveSeed(manifest.seed, "page", "posts")
  })
  const own = ownRatings(manifest)
  const posts: PostRecord[] = []
  for (let from = 0; from < choice.ordinals.length; from += MOST_AT_ONCE) {
    const page = yield* records.of(manifest.run, choice.ordinals.slice(from, from + MOST_AT_ONCE))
    posts.push(...page.map(own))
  }
  const thresholds = manifest.agreement ?? defaultAgreement
  const people = leaderboard.tables.some(({ raterKind }) => raterKind === "human")
  const style = yield* styleOf(manifest, leaderboard.tables[0])
  return {
    manifest,
    choice,
    posts,
    spread,
    ...(people
      ? { agreement: { thresholds, dimensions: yield* agreementReport(manifest, thresholds) } }
      : {}),
    audits: yield* readAudits(manifest),
    ...(style === undefined ? {} : { style })
  } satisfies Evidence
})
