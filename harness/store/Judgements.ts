/** What judges said: their calls, found again by key, and their ratings with what stands behind each. */
import { Array as Arr, Context, Effect, Layer, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { type CallRow, insertCalls } from "./callRows.ts"
import { type FoundCall, foundCalls } from "./foundCalls.ts"
import * as GroupCommit from "./GroupCommit.ts"
import type { RatingPlace, Unrated } from "./Ratings.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"
import { type Judgement, writeJudgements } from "./writeJudgements.ts"

/** The ratings that a rater has of a text already: `dimensionId/epoch`. */
export type RatedParts = ReadonlyMap<number, ReadonlySet<string>>

/** A verdict as it is read back, with the text it is about. */
export interface StoredVerdict {
  readonly ordinal: number
  readonly source: string
  readonly condition: string
  readonly responseEpoch: number
  readonly rater: string
  readonly raterVersion: string
  readonly instrument: string
  readonly dimension: string
  readonly epoch: number
  readonly value: number | null
  readonly unscored: string | null
  readonly expected: number | null
  readonly rationale: string
  readonly asked: number
}

const page = 200

export class Judgements extends Context.Service<
  Judgements,
  {
    /** Writes down who a judge is; `identity` is the JSON whose hash is the rater's version. */
    readonly identify: (raterId: number, identity: string) => Effect.Effect<void, StoreError>
    /** The newest finished call of each key that has one. */
    readonly found: (keys: readonly string[]) => Effect.Effect<ReadonlyMap<string, FoundCall>, StoreError>
    /** Keeps a judge's call by itself, outside any run. */
    readonly keepCall: (call: CallRow, again: boolean) => Effect.Effect<void, StoreError>
    /** How many rateable texts of these sources there are, and how many are judged in full. */
    readonly progress: (
      run: RunId,
      place: RatingPlace,
      epochs: number,
      sources: readonly string[]
    ) => Effect.Effect<{ readonly texts: number; readonly rated: number }, StoreError>
    /** Texts of these sources that lack some rating of the place's, a page at a time. */
    readonly unjudged: (
      run: RunId,
      place: RatingPlace,
      epochs: number,
      sources: readonly string[]
    ) => Stream.Stream<readonly Unrated[], StoreError>
    /** What is rated already of these texts. */
    readonly rated: (place: RatingPlace, calls: readonly number[]) => Effect.Effect<RatedParts, StoreError>
    /** Keeps an exchange; returns when it is committed. */
    readonly keep: (judgement: Judgement) => Effect.Effect<void, StoreError>
    /** Tokens of the judges' calls made since the run began, by rater name and version. */
    readonly usage: (run: RunId) => Effect.Effect<
      readonly {
        readonly rater: string
        readonly version: string
        readonly inputTokens: number
        readonly outputTokens: number
        readonly cachedTokens: number
      }[],
      StoreError
    >
    /** Every verdict on the run's texts, by ordinal. */
    readonly verdicts: (run: RunId) => Effect.Effect<readonly StoredVerdict[], StoreError>
  }
>()("warmline/Judgements") {
  static readonly layer = Layer.effect(
    Judgements,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient

      const waiting = (run: RunId, place: RatingPlace, epochs: number, sources: readonly string[]) =>
        sql`r.run_id = ${run} AND c.outcome IN ('ok', 'truncated') AND ${sql.in("r.source", sources)}
          AND (SELECT COUNT(*) FROM rating g WHERE g.call_id = c.id AND g.rater_id = ${place.raterId}
            AND ${sql.in("g.dimension_id", [...place.dimensionIds.values()])} AND g.epoch <= ${epochs})
          < ${place.dimensionIds.size * epochs}`

      const commit = yield* GroupCommit.make<Judgement, StoreError>((batch) => writeJudgements(sql, batch))
      const commitCall = yield* GroupCommit.make<
        { readonly call: CallRow; readonly again: boolean },
        StoreError
      >((batch) =>
        Arr.isReadonlyArrayNonEmpty(batch)
          ? insertCalls(sql, batch).pipe(sql.withTransaction, orStoreError, Effect.asVoid)
          : Effect.void
      )

      return Judgements.of({
        identify: (raterId, identity) =>
          sql`INSERT INTO judge ${sql.insert({ rater_id: raterId, identity })} ON CONFLICT (rater_id) DO NOTHING`.pipe(
            Effect.asVoid,
            orStoreError
          ),
        found: (keys) => orStoreError(foundCalls(sql, keys)),
        keepCall: (call, again) => commitCall({ call, again }),
        progress: Effect.fn("Judgements.progress")(function* (run, place, epochs, sources) {
          if (sources.length === 0) return { texts: 0, rated: 0 }
          const all = yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM response r
            JOIN call c ON c.id = r.call_id WHERE r.run_id = ${run}
            AND c.outcome IN ('ok', 'truncated') AND ${sql.in("r.source", sources)}`
          const left = yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM response r
            JOIN call c ON c.id = r.call_id WHERE ${waiting(run, place, epochs, sources)}`
          return { texts: all[0]!.n, rated: all[0]!.n - left[0]!.n }
        }, orStoreError),
        unjudged: (run, place, epochs, sources) =>
          sources.length === 0
            ? Stream.empty
            : Stream.paginate(0, (after) =>
                sql<Unrated>`SELECT r.id AS "responseId", c.id AS "callId", r.ordinal, r.source, r.condition,
                    r.epoch, p.title, p.body, p.language, c.text
                  FROM response r
                  JOIN call c ON c.id = r.call_id
                  JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
                  JOIN post p ON p.id = rp.post_id
                  WHERE r.id > ${after} AND ${waiting(run, place, epochs, sources)}
                  ORDER BY r.id LIMIT ${page}`.pipe(
                  Effect.map(
                    (rows) =>
                      [
                        rows.length === 0 ? [] : [rows],
                        rows.length < page
                          ? Option.none<number>()
                          : Option.some(rows[rows.length - 1]!.responseId)
                      ] as const
                  ),
                  orStoreError
                )
              ),
        rated: Effect.fn("Judgements.rated")(function* (place, calls) {
          const rows = yield* sql<{ callId: number; dimensionId: number; epoch: number }>`SELECT
              call_id AS "callId", dimension_id AS "dimensionId", epoch FROM rating
            WHERE rater_id = ${place.raterId} AND ${sql.in("call_id", calls)}`
          const parts = new Map<number, Set<string>>()
          for (const row of rows) {
            const set = parts.get(row.callId) ?? new Set()
            parts.set(row.callId, set.add(`${row.dimensionId}/${row.epoch}`))
          }
          return parts
        }, orStoreError),
        keep: (judgement) => commit(judgement),
        usage: (run) =>
          sql<{
            rater: string
            version: string
            inputTokens: number
            outputTokens: number
            cachedTokens: number
          }>`SELECT a.name AS rater, a.version,
              COALESCE(SUM(json_extract(c.detail, '$.usage.inputTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "inputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.outputTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "outputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.cachedTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "cachedTokens"
            FROM judge_call j JOIN call c ON c.id = j.call_id JOIN run ON run.id = j.run_id
            JOIN rater a ON a.id = j.rater_id
            WHERE j.run_id = ${run} AND c.created_at >= run.started_at GROUP BY a.id`.pipe(orStoreError),
        verdicts: (run) =>
          sql<StoredVerdict>`SELECT r.ordinal, r.source, r.condition, r.epoch AS "responseEpoch",
              a.name AS rater, a.version AS "raterVersion", d.instrument, d.name AS dimension, v.epoch,
              g.value, g.unscored, v.expected, v.rationale, v.asked
            FROM response r
            JOIN verdict v ON v.call_id = r.call_id
            JOIN rating g ON g.call_id = v.call_id AND g.rater_id = v.rater_id
              AND g.dimension_id = v.dimension_id AND g.epoch = v.epoch
            JOIN rater a ON a.id = v.rater_id
            JOIN dimension d ON d.id = v.dimension_id
            WHERE r.run_id = ${run}
            ORDER BY r.ordinal, r.source, r.condition, r.epoch, a.id, d.id, v.epoch`.pipe(orStoreError)
      })
    })
  )
}
