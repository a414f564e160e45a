/** The texts of one source under one condition, as the store has them, with what automatic raters and people gave them. */
import { Effect, Stream } from "effect"
import { makeMeasurer } from "../leaderboard/measures.ts"
import { automaticRaters, type RunManifest } from "../run/Manifest.ts"
import { Ratings } from "../store/Ratings.ts"
import { Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import type { ContentHash } from "../study/Ids.ts"
import { postHash } from "../study/Post.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"

/** One text with its scores. */
export interface ScoredText {
  readonly suite: string
  readonly domain: string
  readonly post: string
  readonly postHash: ContentHash
  readonly title: string
  readonly body: string
  readonly epoch: number
  readonly outcome: Outcome
  readonly author: SourceKind
  readonly text: string
  /** By `scoreName`: the mean over the raters of a kind. */
  readonly scores: ReadonlyMap<string, number>
  /** By automatic rater, then by `measureName`: the mean over its repeated ratings. */
  readonly byRater: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** How a score is found: the kind of rater, the instrument, `aggregate` or a dimension. */
export const scoreName = (kind: RaterKind, instrument: string, measure: string): string =>
  `${kind} ${measureName(instrument, measure)}`

/** How a score of one rater is found. */
export const measureName = (instrument: string, measure: string): string => `${instrument} ${measure}`

interface Sum {
  total: number
  n: number
}

const add = (sums: Map<string, Sum>, name: string, value: number): void => {
  const sum = sums.get(name) ?? { total: 0, n: 0 }
  sum.total += value
  sum.n++
  sums.set(name, sum)
}

/** What was summed of one text: over the raters of a kind, and by rater. */
interface TextSums {
  readonly scores: Map<string, Sum>
  readonly byRater: Map<string, Map<string, Sum>>
}

const meansOf = (sums: ReadonlyMap<string, Sum>): ReadonlyMap<string, number> =>
  new Map([...sums].map(([name, { total, n }]) => [name, total / n]))

/**
 * Reads them in the order of the posts. Of the automatic raters those of the manifest count, in the version it names;
 * a dimension alone is as it was rated.
 */
export const readTexts = Effect.fn("Gate.readTexts")(function* (
  manifest: Pick<RunManifest, "run" | "instruments" | "raters" | "judges">,
  source: string,
  condition: string
) {
  const runs = yield* Runs
  const ratings = yield* Ratings
  const responses = yield* Responses
  const automatic = new Set(automaticRaters(manifest).map(({ id, version }) => `${id}\u0000${version}`))
  const sums = new Map<string, TextSums>()
  const measurer = makeMeasurer(
    manifest.instruments.map((entry) => entry.definition),
    ({ of, measure, value }) => {
      const text = `${of.ordinal} ${of.epoch}`
      const own: TextSums = sums.get(text) ?? { scores: new Map(), byRater: new Map() }
      sums.set(text, own)
      add(own.scores, scoreName(of.raterKind, of.instrument, measure), value)
      if (of.raterKind === "human") return
      const mine = own.byRater.get(of.rater) ?? new Map<string, Sum>()
      own.byRater.set(of.rater, mine)
      add(mine, measureName(of.instrument, measure), value)
    },
    { dimensions: true }
  )
  yield* Stream.runForEachArray(ratings.scored(manifest.run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        if (row.source !== source || row.condition !== condition) continue
        if (row.raterKind === "human" || automatic.has(`${row.rater}\u0000${row.raterVersion}`))
          measurer.add(row)
      }
    })
  )
  measurer.end()

  const posts = (yield* Stream.runCollect(runs.postPages(manifest.run))).flat()
  const byOrdinal = new Map(posts.map((post) => [post.ordinal, post]))
  const answers = yield* responses.answers(manifest.run).pipe(
    Stream.filter((answer) => answer.source === source && answer.condition === condition),
    Stream.runCollect
  )
  return {
    posts,
    texts: answers.map((answer): ScoredText => {
      const post = byOrdinal.get(answer.ordinal)!
      const own = sums.get(`${answer.ordinal} ${answer.epoch}`)
      return {
        suite: answer.suite,
        domain: answer.domain,
        post: answer.post,
        postHash: postHash(post),
        title: post.title,
        body: post.body,
        epoch: answer.epoch,
        outcome: answer.outcome,
        author: answer.author,
        text: answer.text,
        scores: meansOf(own?.scores ?? new Map()),
        byRater: new Map([...(own?.byRater ?? [])].map(([rater, mine]) => [rater, meansOf(mine)]))
      }
    })
  }
})
