/** Everything a run has on a post: its text, the answers to it, and each rating with what the rater wrote. */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId, SuiteName } from "../study/Ids.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import { excludedSubmissions } from "./Quality.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** One rating of an answer. Exactly one of `value` and `unscored` is not null. */
export interface RecordedRating {
  readonly rater: string
  readonly raterVersion: string
  readonly raterKind: RaterKind
  /** `expert`, `crowd`, or `null` where an import did not say; `null` for judges and proxies. */
  readonly panel: string | null
  readonly instrument: string
  readonly instrumentHash: string
  readonly dimension: string
  /** Counts the rater's repeated ratings of the answer from 1. */
  readonly repeat: number
  readonly value: number | null
  readonly unscored: string | null
  /** In a judge's words; empty where it gave none, and of people and proxies. */
  readonly rationale: string
  /** Whether the run's last check of data quality leaves it out of the estimates. */
  readonly excluded: boolean
}

/** One answer with its ratings. */
export interface RecordedAnswer {
  readonly source: string
  readonly author: SourceKind
  readonly condition: string
  readonly epoch: number
  readonly outcome: Outcome
  readonly text: string
  readonly words: number
  readonly ratings: readonly RecordedRating[]
}

/** One post with the answers to it. */
export interface PostRecord {
  readonly ordinal: number
  readonly suite: SuiteName
  readonly domain: SuiteName
  readonly post: string
  readonly title: string
  readonly body: string
  readonly language: string
  readonly crisis: boolean
  readonly contentNote: string | null
  /** In the order of their sources' names, conditions and epochs. */
  readonly answers: readonly RecordedAnswer[]
}

/** How much there is on a post. */
export interface PostSize {
  readonly ordinal: number
  readonly answers: number
  /** Of the answers' texts. */
  readonly characters: number
  readonly ratings: number
}

type Slot = Pick<RecordedAnswer, "source" | "condition" | "epoch"> & { readonly ordinal: number }

/** SQLite takes 32,766 parameters; memory depends on this and not on the run's size. */
export const MOST_AT_ONCE = 200

export class PostRecords extends Context.Service<
  PostRecords,
  {
    /** How much a run has on each post that has an answer, in the order of the study. */
    readonly sizes: (run: RunId) => Effect.Effect<readonly PostSize[], StoreError>
    /** The posts with these ordinals, at most `MOST_AT_ONCE`, in the order of the study. */
    readonly of: (run: RunId, ordinals: readonly number[]) => Effect.Effect<readonly PostRecord[], StoreError>
  }
>()("warmline/PostRecords") {
  static readonly layer = Layer.effect(
    PostRecords,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const slotOf = ({ ordinal, source, condition, epoch }: Slot) =>
        JSON.stringify([ordinal, source, condition, epoch])

      const ratings = (run: RunId, ordinals: readonly number[]) =>
        sql<Slot & Omit<RecordedRating, "excluded"> & { readonly excluded: number }>`SELECT r.ordinal,
            r.source, r.condition, r.epoch, a.name AS rater, a.version AS "raterVersion",
            a.kind AS "raterKind", s.panel, d.instrument, d.instrument_hash AS "instrumentHash",
            d.name AS dimension, g.epoch AS repeat, g.value, g.unscored,
            COALESCE(v.rationale, '') AS rationale,
            (g.submission_id IS NOT NULL AND g.submission_id IN (${excludedSubmissions(sql, run)})) AS excluded
          FROM response r
          JOIN rating g ON g.call_id = r.call_id
          JOIN rater a ON a.id = g.rater_id
          JOIN dimension d ON d.id = g.dimension_id
          LEFT JOIN submission s ON s.id = g.submission_id
          LEFT JOIN verdict v ON v.call_id = g.call_id AND v.rater_id = g.rater_id
            AND v.dimension_id = g.dimension_id AND v.epoch = g.epoch
          WHERE r.run_id = ${run} AND ${sql.in("r.ordinal", ordinals)}
          ORDER BY r.ordinal, a.kind, a.name, a.version, d.id, g.epoch`

      const answers = (run: RunId, ordinals: readonly number[]) =>
        sql<Slot & Omit<RecordedAnswer, "ratings">>`SELECT r.ordinal, r.source, r.condition, r.epoch,
            c.author, c.outcome, c.text, c.words
          FROM response r JOIN call c ON c.id = r.call_id
          WHERE r.run_id = ${run} AND ${sql.in("r.ordinal", ordinals)}
          ORDER BY r.ordinal, r.condition, r.source, r.epoch`

      const posts = (run: RunId, ordinals: readonly number[]) =>
        sql<
          Omit<PostRecord, "answers" | "crisis"> & { readonly crisis: number | null }
        >`SELECT rp.ordinal, rp.suite, rp.domain, rp.post, p.title, p.body, p.language,
            json_extract(rp.labels, '$.crisis') = 1 AS crisis,
            json_extract(rp.labels, '$.contentNote') AS "contentNote"
          FROM run_post rp JOIN post p ON p.id = rp.post_id
          WHERE rp.run_id = ${run} AND ${sql.in("rp.ordinal", ordinals)} ORDER BY rp.ordinal`

      return PostRecords.of({
        sizes: (run) =>
          sql<PostSize>`SELECT r.ordinal, COUNT(*) AS answers, SUM(LENGTH(c.text)) AS characters,
              SUM((SELECT COUNT(*) FROM rating g WHERE g.call_id = r.call_id)) AS ratings
            FROM response r JOIN call c ON c.id = r.call_id
            WHERE r.run_id = ${run} GROUP BY r.ordinal ORDER BY r.ordinal`.pipe(orStoreError),
        of: Effect.fn("PostRecords.of")(function* (run, ordinals) {
          if (ordinals.length === 0) return []
          const rated = Map.groupBy(yield* ratings(run, ordinals), slotOf)
          const answered = Map.groupBy(yield* answers(run, ordinals), ({ ordinal }) => ordinal)
          return (yield* posts(run, ordinals)).map(
            (post): PostRecord => ({
              ...post,
              crisis: post.crisis === 1,
              answers: (answered.get(post.ordinal) ?? []).map((answer) => ({
                ...answer,
                ratings: (rated.get(slotOf(answer)) ?? []).map((rating) => ({
                  ...rating,
                  excluded: rating.excluded === 1
                }))
              }))
            })
          )
        }, orStoreError)
      })
    })
  )
}
