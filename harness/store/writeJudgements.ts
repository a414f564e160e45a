/** Writes what exchanges with judges came to: calls, whose they are, ratings with what stands behind each. */
import { Array as Arr, Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { type CallRow, insertCalls } from "./callRows.ts"
import { foundCalls } from "./foundCalls.ts"
import type { RatingPlace } from "./Ratings.ts"
import type { Failure } from "./Responses.ts"
import { orStoreError } from "./StoreError.ts"

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

const insertVerdicts = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
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

/** Writes a batch in one transaction. What is there already stays as it is. */
export const writeJudgements = (sql: SqlClient.SqlClient, batch: readonly Judgement[]) =>
  Effect.gen(function* () {
    const made = batch.flatMap(({ call, again }) => (call === undefined ? [] : [{ call, again }]))
    const ids = new Map<string, number>()
    if (Arr.isReadonlyArrayNonEmpty(made)) {
      for (const [key, id] of yield* insertCalls(sql, made)) ids.set(key, id)
    }
    const known = batch.filter(({ key }) => !ids.has(key)).map(({ key }) => key)
    for (const [key, call] of yield* foundCalls(sql, known)) ids.set(key, call.id)
    yield* sql`INSERT INTO judge_call ${sql.insert(
      Arr.map(batch as Arr.NonEmptyReadonlyArray<Judgement>, ({ run, place, key }) => ({
        run_id: run,
        rater_id: place.raterId,
        call_id: ids.get(key)!
      }))
    )} ON CONFLICT (run_id, call_id) DO NOTHING`
    yield* insertVerdicts(sql, batch, ids)
    for (const { run, ends, verdicts } of batch) {
      if (verdicts.length === 0) continue
      yield* sql`DELETE FROM failure WHERE run_id = ${run} AND stage = 'rate' AND ordinal = ${ends.ordinal}
        AND source = ${ends.source} AND condition = ${ends.condition} AND epoch = ${ends.epoch}
        AND part = ${ends.part}`
    }
  }).pipe(sql.withTransaction, orStoreError)
