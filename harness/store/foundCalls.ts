/** Finished calls of the store by their keys: what was paid for once is found again. */
import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { Outcome } from "../study/Response.ts"

/** A finished call of the store, as far as a verdict is read from it. */
export interface FoundCall {
  readonly id: number
  readonly key: string
  readonly text: string
  readonly outcome: Outcome
  /** As `Reply.logprobs`; `null` where there are none. */
  readonly logprobs: unknown
}

/** The newest finished call of each key that has one. */
export const foundCalls = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, keys: readonly string[]) {
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
