/** The finished calls that a store keeps so that none is asked twice, and those that nothing stands on any more. */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** One plugin and model. */
export interface CachedModel {
  readonly plugin: string
  readonly model: string
  readonly calls: number
  /** Of `calls`, those that no run uses. */
  readonly unused: number
  /** Runs that use one of them, for an answer or for judging. */
  readonly runs: number
  /** Characters of their texts. */
  readonly characters: number
  /** ISO time of the newest. */
  readonly newest: string
}

/** Which unused calls are meant; all of them unless it says less. */
export interface UnusedFilter {
  readonly plugin: string | undefined
  readonly model: string | undefined
  /** Made before this ISO time. */
  readonly before: string | undefined
}

export class CachedCalls extends Context.Service<
  CachedCalls,
  {
    readonly list: Effect.Effect<readonly CachedModel[], StoreError>
    /** How many calls `prune` would take. */
    readonly prunable: (filter: UnusedFilter) => Effect.Effect<number, StoreError>
    /** Takes away unused calls, with what automatic raters made of them, and gives the space back. */
    readonly prune: (filter: UnusedFilter) => Effect.Effect<number, StoreError>
  }
>()("warmline/CachedCalls") {
  static readonly layer = Layer.effect(
    CachedCalls,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient

      // A run stands on the calls it asked, on those its judges asked and on those a verdict was read from; what a
      // person rated is kept whatever uses it.
      const unused = sql`NOT EXISTS (SELECT 1 FROM response r WHERE r.call_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM judge_call j WHERE j.call_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.judge_call_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM rating g JOIN rater a ON a.id = g.rater_id
          WHERE g.call_id = c.id AND a.kind = 'human')`

      const meant = ({ plugin, model, before }: UnusedFilter) =>
        sql.and([
          unused,
          ...(plugin === undefined ? [] : [sql`c.plugin = ${plugin}`]),
          ...(model === undefined ? [] : [sql`c.model = ${model}`]),
          ...(before === undefined ? [] : [sql`c.created_at < ${before}`])
        ])

      const count = (filter: UnusedFilter) =>
        sql<{ n: number }>`SELECT COUNT(*) AS n FROM call c WHERE ${meant(filter)}`.pipe(
          Effect.map((rows) => rows[0]!.n)
        )

      const takeAway = Effect.fnUntraced(function* (filter: UnusedFilter) {
        let taken = 0
        // A verdict on a text that goes may have been the last to use its judge's call.
        for (let n = yield* count(filter); n > 0; n = yield* count(filter)) {
          const going = sql`SELECT c.id FROM call c WHERE ${meant(filter)}`
          yield* sql`DELETE FROM rating WHERE call_id IN (${going})`
          yield* sql`DELETE FROM verdict WHERE call_id IN (${going})`
          yield* sql`DELETE FROM call WHERE id IN (${going})`
          taken += n
        }
        return taken
      })

      return CachedCalls.of({
        list: sql<CachedModel>`SELECT c.plugin, c.model, COUNT(*) AS calls, SUM(${unused}) AS unused,
            (SELECT COUNT(*) FROM (
              SELECT r.run_id FROM response r JOIN call x ON x.id = r.call_id
                WHERE x.plugin = c.plugin AND x.model = c.model
              UNION
              SELECT j.run_id FROM judge_call j JOIN call x ON x.id = j.call_id
                WHERE x.plugin = c.plugin AND x.model = c.model)) AS runs,
            SUM(LENGTH(c.text)) AS characters, MAX(c.created_at) AS newest
          FROM call c GROUP BY c.plugin, c.model ORDER BY c.plugin, c.model`.pipe(orStoreError),
        prunable: (filter) => orStoreError(count(filter)),
        prune: (filter) =>
          orStoreError(sql.withTransaction(takeAway(filter))).pipe(
            Effect.tap((taken) => (taken > 0 ? orStoreError(sql`VACUUM`) : Effect.void))
          )
      })
    })
  )
}
