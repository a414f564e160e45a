/** Finished calls as rows: what was asked of whom and what came back, kept once for every key and revision. */
import { Array as Arr, Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { Hashable } from "../study/Hash.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"

/** A finished call. */
export interface CallRow {
  readonly key: string
  readonly plugin: string
  readonly pluginVersion: string
  readonly model: string
  readonly seed: number
  readonly epoch: number
  readonly outcome: Outcome
  readonly text: string
  readonly words: number
  readonly author: SourceKind
  /** Finish reason, usage, what was served, what was asked but not honoured. */
  readonly detail: Hashable
  /** Requests made, at least 1. */
  readonly attempts: number
  /** From the first request to the answer. */
  readonly millis: number
  readonly at: string
}

/** The newest finished call of each key that has one: its id by its key. */
export const newestCalls = (sql: SqlClient.SqlClient, keys: readonly string[]) =>
  sql<{
    id: number
    key: string
  }>`SELECT id, key FROM call WHERE ${sql.in("key", keys)} ORDER BY revision`.pipe(
    // In order of revision, so that the newest of a key is the one that stays.
    Effect.map((rows): ReadonlyMap<string, number> => new Map(rows.map((row) => [row.key, row.id])))
  )

/** Inserts calls and gives the id of each by its key. `again` keeps an older answer to the same call beside it. */
export const insertCalls = Effect.fn("Store.insertCalls")(function* (
  sql: SqlClient.SqlClient,
  records: Arr.NonEmptyReadonlyArray<{ readonly call: CallRow; readonly again: boolean }>
) {
  const again = records.filter((record) => record.again).map((record) => record.call.key)
  const newest = new Map<string, number>()
  if (again.length > 0) {
    const rows = yield* sql<{ key: string; revision: number }>`SELECT key, MAX(revision) AS revision FROM call
      WHERE ${sql.in("key", again)} GROUP BY key`
    for (const row of rows) newest.set(row.key, row.revision)
  }
  const calls = Arr.map(records, ({ call, again }) => ({
    key: call.key,
    revision: again ? (newest.get(call.key) ?? 0) + 1 : 1,
    plugin: call.plugin,
    plugin_version: call.pluginVersion,
    model: call.model,
    seed: call.seed,
    epoch: call.epoch,
    outcome: call.outcome,
    text: call.text,
    words: call.words,
    author: call.author,
    detail: JSON.stringify(call.detail),
    attempts: call.attempts,
    millis: Math.round(call.millis),
    created_at: call.at
  }))
  // A call delivered twice is kept once: the first to arrive stands, and its id is looked up.
  const inserted = yield* sql<{ id: number; key: string }>`INSERT INTO call ${sql.insert(calls)}
    ON CONFLICT (key, revision) DO NOTHING RETURNING id, key`
  return inserted.length === calls.length
    ? new Map(inserted.map((row) => [row.key, row.id]))
    : yield* newestCalls(
        sql,
        calls.map((call) => call.key)
      )
})
