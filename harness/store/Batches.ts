/** Batches at providers: what was handed in, what came back, and what of it waits to be used. */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** A batch that is not done with. */
export interface OpenBatch {
  readonly id: number
  readonly source: string
  readonly name: string
  /** `null`: it may have been handed in, but nobody heard of it. */
  readonly providerId: string | null
  readonly requests: number
  readonly share: number
  /** Epoch ms. */
  readonly since: number
}

/** An answer that a batch brought and nobody has used. */
export interface BatchedReply {
  readonly batch: number
  /** JSON. */
  readonly reply: string
  readonly share: number
}

/** A line of a batch's results. Exactly one of `reply` (JSON) and `reason` is not null. */
export interface BatchedLine {
  readonly key: string
  readonly reply: string | null
  readonly reason: string | null
}

export class Batches extends Context.Service<
  Batches,
  {
    /** Of a run, in the order they were handed in. */
    readonly open: (run: RunId) => Effect.Effect<readonly OpenBatch[], StoreError>
    /** Whether the store has any, of whatever run. */
    readonly any: Effect.Effect<boolean, StoreError>
    /** Ids at providers of all batches that are known. */
    readonly providerIds: Effect.Effect<ReadonlySet<string>, StoreError>
    /** Which of the keys are with a provider or have an answer that nobody used. */
    readonly waiting: (keys: readonly string[]) => Effect.Effect<ReadonlySet<string>, StoreError>
    /** Writes a batch down before it is handed in; its id here. */
    readonly begin: (
      run: RunId,
      batch: Omit<OpenBatch, "id" | "providerId" | "requests">,
      keys: readonly string[]
    ) => Effect.Effect<number, StoreError>
    readonly accepted: (id: number, providerId: string) => Effect.Effect<void, StoreError>
    /** Forgets a batch that never reached the provider. */
    readonly forget: (id: number) => Effect.Effect<void, StoreError>
    /** Keeps lines of results; a line that is no request of the batch's, or comes again, changes nothing. */
    readonly keep: (id: number, lines: readonly BatchedLine[]) => Effect.Effect<void, StoreError>
    /** The results are all here; how many requests have an answer. */
    readonly finish: (id: number) => Effect.Effect<number, StoreError>
    /** The unused answer to a question. */
    readonly reply: (key: string) => Effect.Effect<BatchedReply | undefined, StoreError>
    readonly used: (batch: number, key: string) => Effect.Effect<void, StoreError>
  }
>()("warmline/Batches") {
  static readonly layer = Layer.effect(
    Batches,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return Batches.of({
        open: (run) =>
          sql<OpenBatch>`SELECT id, source, name, provider_id AS "providerId", requests, share, since
            FROM batch WHERE run_id = ${run} AND state = 'open' ORDER BY id`.pipe(orStoreError),
        any: sql`SELECT 1 FROM batch LIMIT 1`.pipe(
          Effect.map((rows) => rows.length > 0),
          orStoreError
        ),
        providerIds: sql<{
          id: string
        }>`SELECT provider_id AS id FROM batch WHERE provider_id IS NOT NULL`.pipe(
          Effect.map((rows) => new Set(rows.map(({ id }) => id))),
          orStoreError
        ),
        waiting: (keys) =>
          sql<{ key: string }>`SELECT q.key FROM json_each(${JSON.stringify(keys)}) asked
            JOIN batch_request q ON q.key = asked.value JOIN batch b ON b.id = q.batch_id
            WHERE (b.state = 'open' AND q.reason IS NULL) OR (q.reply IS NOT NULL AND q.used = 0)`.pipe(
            Effect.map((rows) => new Set(rows.map(({ key }) => key))),
            orStoreError
          ),
        begin: (run, { source, name, share, since }, keys) =>
          Effect.gen(function* () {
            const rows = yield* sql<{ id: number }>`INSERT INTO batch ${sql.insert({
              run_id: run,
              source,
              name,
              state: "open",
              requests: keys.length,
              share,
              since
            })} RETURNING id`
            const { id } = rows[0]!
            yield* sql`INSERT INTO batch_request (batch_id, key)
              SELECT ${id}, value FROM json_each(${JSON.stringify(keys)})`
            return id
          }).pipe(sql.withTransaction, orStoreError),
        accepted: (id, providerId) =>
          sql`UPDATE batch SET provider_id = ${providerId} WHERE id = ${id}`.pipe(
            Effect.asVoid,
            orStoreError
          ),
        forget: (id) =>
          Effect.gen(function* () {
            yield* sql`DELETE FROM batch_request WHERE batch_id = ${id}`
            yield* sql`DELETE FROM batch WHERE id = ${id}`
          }).pipe(sql.withTransaction, orStoreError),
        keep: (id, lines) =>
          sql`UPDATE batch_request SET reply = line.value->>1, reason = line.value->>2
            FROM json_each(${JSON.stringify(lines.map(({ key, reply, reason }) => [key, reply, reason]))}) line
            WHERE batch_id = ${id} AND batch_request.key = line.value->>0 AND reply IS NULL`.pipe(
            Effect.asVoid,
            orStoreError
          ),
        finish: (id) =>
          Effect.gen(function* () {
            yield* sql`UPDATE batch SET state = 'done' WHERE id = ${id}`
            const rows = yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM batch_request
              WHERE batch_id = ${id} AND reply IS NOT NULL`
            return rows[0]!.n
          }).pipe(sql.withTransaction, orStoreError),
        reply: (key) =>
          sql<BatchedReply>`SELECT q.batch_id AS batch, q.reply, b.share
            FROM batch_request q JOIN batch b ON b.id = q.batch_id
            WHERE q.key = ${key} AND q.reply IS NOT NULL AND q.used = 0 LIMIT 1`.pipe(
            Effect.map((rows) => rows[0]),
            orStoreError
          ),
        used: (batch, key) =>
          sql`UPDATE batch_request SET used = 1, reply = '' WHERE batch_id = ${batch} AND key = ${key}`.pipe(
            Effect.asVoid,
            orStoreError
          )
      })
    })
  )
}
