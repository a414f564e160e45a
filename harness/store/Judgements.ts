/** What judges said: their calls, found again by key, and their ratings with what stands behind each. */
import { Array as Arr, Context, Effect, Layer, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { Outcome } from "../study/Response.ts"
import { type CallRow, insertCalls } from "./callRows.ts"
import * as GroupCommit from "./GroupCommit.ts"
import type { RatingPlace, Unrated } from "./Ratings.ts"
import type { Failure } from "./Responses.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** A finished call of the store, as far as a verdict is read from it. */
export interface FoundCall {
  readonly id: number
  readonly key: string
  readonly text: string
  readonly outcome: Outcome
  /** As `Reply.logprobs`; `null` where there are none. */
  readonly logprobs: unknown
}

/** One rating of a judge on one dimension. Exactly one of `value` and `unscored` is not null. */
export interface VerdictRow {
  readonly dimensionId: number
  readonly value: number | null
  readonly unscored: string | null
  /** Expected value over the scale by the log-probabilities; `null` without them. */
  readonly expected: number | null
  /** In the judge's words; empty when it gave none. */
  readonly rationale: string
}

/** What one exchange with a judge came to. */
export interface Judgement {
  readonly run: RunId
  readonly place: RatingPlace
  /** The text that was judged. */
  readonly textCall: number
  readonly epoch: number
  /** The judge's own call, by its key. */
  readonly key: string
  /** 1, or 2 when the first answer could not be read. */
  readonly asked: number
  /** Empty while the judge is to be asked again: then only the call is kept. */
  readonly verdicts: readonly VerdictRow[]
  /** The call when it is new, and whether it was made although the store had one. */
  readonly call: CallRow | undefined
  readonly again: boolean
  /** A failure that this ends. */
  readonly ends: Pick<Failure, "ordinal" | "source" | "condition" | "epoch" | "part">
  readonly at: string
}

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

      const insertVerdicts = Effect.fnUntraced(function* (
        records: readonly Judgement[],
        ids: ReadonlyMap<string, number>
      ) {
        const rows = records.flatMap((record) => record.verdicts.map((verdict) => ({ record, verdict })))
        if (!Arr.isReadonlyArrayNonEmpty(rows)) return
        yield* sql`INSERT INTO rating ${sql.insert(
          Arr.map(rows, ({ record, verdict }) => ({
            call_id: record.textCall,
            rater_id: record.place.raterId,
            dimension_id: verdict.dimensionId,
            epoch: record.epoch,
            value: verdict.value,
            unscored: verdict.unscored,
            created_at: record.at
          }))
        )} ON CONFLICT (call_id, rater_id, dimension_id, epoch) DO NOTHING`
        yield* sql`INSERT INTO verdict ${sql.insert(
          Arr.map(rows, ({ record, verdict }) => ({
            call_id: record.textCall,
            rater_id: record.place.raterId,
            dimension_id: verdict.dimensionId,
            epoch: record.epoch,
            judge_call_id: ids.get(record.key)!,
            asked: record.asked,
            rationale: verdict.rationale,
            expected: verdict.expected
          }))
        )} ON CONFLICT (call_id, rater_id, dimension_id, epoch) DO NOTHING`
      })

      const write = (batch: readonly Judgement[]) =>
        Effect.gen(function* () {
          const made = batch.flatMap(({ call, again }) => (call === undefined ? [] : [{ call, again }]))
          const ids = new Map<string, number>()
          if (Arr.isReadonlyArrayNonEmpty(made)) {
            for (const [key, id] of yield* insertCalls(sql, made)) ids.set(key, id)
          }
          const known = batch.filter(({ key }) => !ids.has(key)).map(({ key }) => key)
          for (const [key, call] of yield* found(known)) ids.set(key, call.id)
          yield* sql`INSERT INTO judge_call ${sql.insert(
            Arr.map(batch as Arr.NonEmptyReadonlyArray<Judgement>, ({ run, place, key }) => ({
              run_id: run,
              rater_id: place.raterId,
              call_id: ids.get(key)!
            }))
          )} ON CONFLICT (run_id, call_id) DO NOTHING`
          yield* insertVerdicts(batch, ids)
          for (const { run, ends, verdicts } of batch) {
            if (verdicts.length === 0) continue
            yield* sql`DELETE FROM failure WHERE run_id = ${run} AND stage = 'rate' AND ordinal = ${ends.ordinal}
              AND source = ${ends.source} AND condition = ${ends.condition} AND epoch = ${ends.epoch}
              AND part = ${ends.part}`
          }
        }).pipe(sql.withTransaction, orStoreError)

      const found = Effect.fnUntraced(function* (keys: readonly string[]) {
        const calls = new Map<string, FoundCall>()
        // SQLite takes 32,766 parameters, and a page of texts has dimensions × epochs keys each.
        for (let from = 0; from < keys.length; from += 5000) {
          const rows = yield* sql<
            Omit<FoundCall, "logprobs"> & { readonly logprobs: string | null }
          >`SELECT id, key, text, outcome,
              json_extract(detail, '$.logprobs') AS logprobs FROM call
            WHERE ${sql.in("key", keys.slice(from, from + 5000))} ORDER BY revision`
          for (const row of rows) {
            calls.set(row.key, { ...row, logprobs: row.logprobs === null ? null : JSON.parse(row.logprobs) })
          }
        }
        return calls as ReadonlyMap<string, FoundCall>
      })

      const commit = yield* GroupCommit.make<Judgement, StoreError>(write)
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
        found: (keys) => orStoreError(found(keys)),
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
              COALESCE(SUM(json_extract(c.detail, '$.usage.inputTokens')), 0) AS "inputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.outputTokens')), 0) AS "outputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.cachedTokens')), 0) AS "cachedTokens"
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
