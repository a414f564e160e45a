/** A run post by post, with its answers, their cost and their ratings: what every export is made of. */
import { Effect, Stream } from "effect"
import { bringMarksUpToDate } from "../../ratings/quality/applyQuality.ts"
import { automaticRaters, type RunManifest } from "../../run/Manifest.ts"
import { Exports, type StoredAnswer, type StoredRating } from "../../store/Exports.ts"
import { Quality } from "../../store/Quality.ts"
import { type RunPost, Runs } from "../../store/Runs.ts"
import { raterKey } from "../collect.ts"

/** A rating, and the rules of data quality that exclude it; none of one that is kept. */
export interface ExportedRating extends StoredRating {
  readonly excludedBy: readonly string[]
}

/** An answer with its ratings. */
export interface ExportedAnswer extends StoredAnswer {
  readonly ratings: readonly ExportedRating[]
}

/** A post with its answers, by source, condition and epoch. */
export interface ExportedPost {
  readonly post: RunPost
  readonly answers: readonly ExportedAnswer[]
}

/** Posts whose answers and ratings are in memory at a time. */
const span = 4

const separator = "\u0000"

const slotKey = ({ ordinal, source, condition, epoch }: StoredAnswer | StoredRating): string =>
  [ordinal, source, condition, epoch].join(separator)

/**
 * Every post of the run with its answers and the ratings that its tables are made of: people's, and those by the run's
 * own judges and proxies on its own instruments. Excluded and unscored ratings are among them, and say so.
 */
export const readRun = (manifest: RunManifest) =>
  Stream.unwrap(
    Effect.gen(function* () {
      const runs = yield* Runs
      const exports = yield* Exports
      yield* bringMarksUpToDate(manifest)
      const rules = new Map<number, string[]>()
      for (const { submissionId, rule } of yield* (yield* Quality).marks(manifest.run)) {
        rules.set(submissionId, [...(rules.get(submissionId) ?? []), rule])
      }
      const automatic = new Set(automaticRaters(manifest).map(raterKey))
      const instruments = new Set<string>(manifest.instruments.map(({ hash }) => hash))
      const isOfRun = ({ rater, raterKind, raterVersion, instrumentHash }: StoredRating) =>
        instruments.has(instrumentHash) &&
        (raterKind === "human" || automatic.has(raterKey({ id: rater, version: raterVersion })))

      const read = Effect.fnUntraced(function* (posts: readonly RunPost[]) {
        const [from, to] = [posts[0]!.ordinal, posts.at(-1)!.ordinal]
        const answers = yield* exports.answers(manifest.run, from, to)
        const ratings = Map.groupBy((yield* exports.ratings(manifest.run, from, to)).filter(isOfRun), slotKey)
        const byPost = Map.groupBy(answers, ({ ordinal }) => ordinal)
        return posts.map(
          (post): ExportedPost => ({
            post,
            answers: (byPost.get(post.ordinal) ?? []).map((answer) => ({
              ...answer,
              ratings: (ratings.get(slotKey(answer)) ?? []).map((rating) => ({
                ...rating,
                excludedBy: (rating.submissionId !== null && rules.get(rating.submissionId)) || []
              }))
            }))
          })
        )
      })
      return runs.postPages(manifest.run).pipe(
        Stream.flatMap((page) => Stream.fromIterable(page)),
        Stream.grouped(span),
        Stream.mapEffect(read),
        Stream.flatMap((posts) => Stream.fromIterable(posts))
      )
    })
  )
