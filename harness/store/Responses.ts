/** Answers: what was asked, what came back, and which run uses it. */
import { Array as Arr, Context, Effect, Layer, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import { type CallRow, insertCalls, newestCalls } from "./callRows.ts"
import * as GroupCommit from "./GroupCommit.ts"
import { fromSqlError, orStoreError, type StoreError } from "./StoreError.ts"

/** One planned answer of a run. `ordinal` is the post's. */
export interface Slot {
  readonly ordinal: number
  readonly source: string
  readonly condition: string
  readonly epoch: number
}

/** Why a planned answer or rating is not there. `part` is empty for an answer, `rater/instrument` for a rating. */
export interface Failure extends Slot {
  readonly stage: "generate" | "rate"
  readonly part: string
  readonly kind: string
  readonly message: string
  readonly at: string
}

/** One row of the count of answers by source, condition and outcome. */
export interface OutcomeCount {
  readonly source: string
  readonly condition: string
  readonly outcome: Outcome
  readonly author: SourceKind
  readonly n: number
}

/** Tokens that a run's own calls used, as providers counted them. */
export interface TokenCount {
  readonly source: string
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedTokens: number
}

/** One answer with the post it is to, for reports and exports. */
export interface AnswerRow extends Slot {
  readonly suite: string
  readonly domain: string
  readonly post: string
  readonly callId: number
  readonly outcome: Outcome
  readonly author: SourceKind
  readonly text: string
  readonly words: number
}

type Record =
  | {
      readonly _tag: "Answer"
      readonly run: RunId
      readonly slot: Slot
      readonly call: CallRow
      readonly again: boolean
    }
  | { readonly _tag: "Failure"; readonly run: RunId; readonly failure: Failure }

/** A slot's name within a run. */
export const slotName = (slot: Slot): string =>
  `${slot.ordinal}\u0000${slot.source}\u0000${slot.condition}\u0000${slot.epoch}`

export class Responses extends Context.Service<
  Responses,
  {
    /** Names of the slots of posts `from … to` that have an answer. */
    readonly filled: (run: RunId, from: number, to: number) => Effect.Effect<ReadonlySet<string>, StoreError>
    /** The newest finished call of each key that has one. */
    readonly cached: (keys: readonly string[]) => Effect.Effect<ReadonlyMap<string, number>, StoreError>
    /** Uses finished calls for slots of a run, without asking anyone. */
    readonly link: (
      run: RunId,
      links: readonly { readonly slot: Slot; readonly callId: number }[]
    ) => Effect.Effect<void, StoreError>
    /** Keeps an answer; returns when it is committed. `again` keeps an older answer to the same call beside it. */
    readonly answer: (
      run: RunId,
      slot: Slot,
      call: CallRow,
      again: boolean
    ) => Effect.Effect<void, StoreError>
    /** Keeps a failure; a later answer to the same slot ends it. */
    readonly fail: (run: RunId, failure: Failure) => Effect.Effect<void, StoreError>
    readonly failures: (run: RunId) => Effect.Effect<readonly Failure[], StoreError>
    /** Tokens of the calls made since the run began, by source. */
    readonly usage: (run: RunId) => Effect.Effect<readonly TokenCount[], StoreError>
    readonly outcomes: (run: RunId) => Effect.Effect<readonly OutcomeCount[], StoreError>
    /** All answers of a run in the order of the study. */
    readonly answers: (run: RunId) => Stream.Stream<AnswerRow, StoreError>
  }
>()("warmline/Responses") {
  static readonly layer = Layer.effect(
    Responses,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient

      const insertAnswers = Effect.fn("Responses.insertAnswers")(function* (
        records: Arr.NonEmptyReadonlyArray<Extract<Record, { _tag: "Answer" }>>
      ) {
        const ids = yield* insertCalls(sql, records)
        yield* sql`INSERT INTO response ${sql.insert(
          Arr.map(records, ({ run, slot, call }) => ({
            run_id: run,
            ordinal: slot.ordinal,
            source: slot.source,
            condition: slot.condition,
            epoch: slot.epoch,
            call_id: ids.get(call.key)!
          }))
        )} ON CONFLICT (run_id, ordinal, source, condition, epoch) DO UPDATE SET call_id = excluded.call_id`
      })

      const insertFailures = (records: Arr.NonEmptyReadonlyArray<Extract<Record, { _tag: "Failure" }>>) =>
        sql`INSERT INTO failure ${sql.insert(
          Arr.map(records, ({ run, failure: { at, ...failure } }) => ({
            run_id: run,
            ...failure,
            failed_at: at
          }))
        )} ON CONFLICT (run_id, stage, ordinal, source, condition, epoch, part)
          DO UPDATE SET kind = excluded.kind, message = excluded.message, failed_at = excluded.failed_at`

      const write = (batch: readonly Record[]) => {
        const answers = batch.filter((record) => record._tag === "Answer")
        const failures = batch.filter((record) => record._tag === "Failure")
        return orStoreError(
          sql.withTransaction(
            Effect.gen(function* () {
              if (Arr.isReadonlyArrayNonEmpty(answers)) yield* insertAnswers(answers)
              if (Arr.isReadonlyArrayNonEmpty(failures)) yield* insertFailures(failures)
            })
          )
        )
      }
      const commit = yield* GroupCommit.make<Record, StoreError>(write)

      return Responses.of({
        filled: (run, from, to) =>
          sql<Slot>`SELECT ordinal, source, condition, epoch FROM response
            WHERE run_id = ${run} AND ordinal BETWEEN ${from} AND ${to}`.pipe(
            Effect.map((rows) => new Set(rows.map(slotName))),
            orStoreError
          ),
        cached: (keys) =>
          keys.length === 0 ? Effect.succeed(new Map()) : orStoreError(newestCalls(sql, keys)),
        link: (run, links) =>
          Arr.isReadonlyArrayNonEmpty(links)
            ? sql`INSERT INTO response ${sql.insert(
                Arr.map(links, ({ slot, callId }) => ({ run_id: run, ...slot, call_id: callId }))
              )} ON CONFLICT (run_id, ordinal, source, condition, epoch) DO NOTHING`.pipe(
                Effect.asVoid,
                orStoreError
              )
            : Effect.void,
        answer: (run, slot, call, again) => commit({ _tag: "Answer", run, slot, call, again }),
        fail: (run, failure) => commit({ _tag: "Failure", run, failure }),
        failures: (run) =>
          // A failure that an answer has come after is over; it is left in its row rather than looked for at
          // every answer.
          sql<Failure>`SELECT f.stage, f.ordinal, f.source, f.condition, f.epoch, f.part, f.kind, f.message,
              f.failed_at AS at
            FROM failure f
            LEFT JOIN response r ON f.stage = 'generate' AND r.run_id = f.run_id AND r.ordinal = f.ordinal
              AND r.source = f.source AND r.condition = f.condition AND r.epoch = f.epoch
            LEFT JOIN call c ON c.id = r.call_id
            WHERE f.run_id = ${run} AND (c.id IS NULL OR c.created_at < f.failed_at)
            ORDER BY f.source, f.kind, f.message, f.ordinal`.pipe(orStoreError),
        usage: (run) =>
          sql<TokenCount>`SELECT r.source,
              COALESCE(SUM(json_extract(c.detail, '$.usage.inputTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "inputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.outputTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "outputTokens",
              COALESCE(SUM(json_extract(c.detail, '$.usage.cachedTokens') * COALESCE(json_extract(c.detail, '$.share'), 1)), 0) AS "cachedTokens"
            FROM response r JOIN call c ON c.id = r.call_id JOIN run ON run.id = r.run_id
            WHERE r.run_id = ${run} AND c.created_at >= run.started_at GROUP BY r.source`.pipe(orStoreError),
        outcomes: (run) =>
          sql<OutcomeCount>`SELECT r.source, r.condition, c.outcome, c.author, COUNT(*) AS n
            FROM response r JOIN call c ON c.id = r.call_id WHERE r.run_id = ${run}
            GROUP BY r.source, r.condition, c.outcome, c.author`.pipe(orStoreError),
        answers: (run) =>
          sql<AnswerRow>`SELECT r.ordinal, r.source, r.condition, r.epoch, rp.suite, rp.domain, rp.post,
              c.id AS "callId", c.outcome, c.author, c.text, c.words
            FROM response r
            JOIN call c ON c.id = r.call_id
            JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
            WHERE r.run_id = ${run} ORDER BY r.ordinal, r.source, r.condition, r.epoch`.stream.pipe(
            Stream.mapError(fromSqlError)
          )
      })
    })
  )
}
