/**
 * Checks of data quality. A check belongs to a run and to the rules as they were declared; what it excludes is marked
 * and stays where it is, so that another check, or another run of the same ratings, may decide otherwise.
 */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  `CREATE TABLE quality_check (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    rules TEXT NOT NULL,
    rules_hash TEXT NOT NULL,
    origin TEXT NOT NULL,
    seen TEXT NOT NULL,
    results TEXT NOT NULL,
    checked_at TEXT NOT NULL
  )`,
  "CREATE INDEX quality_check_run ON quality_check (run_id)",
  `CREATE TABLE quality_mark (
    check_id INTEGER NOT NULL REFERENCES quality_check (id),
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (check_id, rule, submission_id)
  )`
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
