/** What is known about automatic raters: audits with their frozen verdicts, and calibrations to people. */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  // `kind` is audit or drift; set_hash and instrument_hash say what was judged, version who judged it.
  `CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    rater TEXT NOT NULL,
    version TEXT NOT NULL,
    set_hash TEXT NOT NULL,
    instrument_hash TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at TEXT NOT NULL
  )`,
  "CREATE INDEX audit_rater ON audit (rater, version)",
  // Addressed by what it is made of: the rater's version, the instrument and the data.
  `CREATE TABLE calibration (
    hash TEXT PRIMARY KEY,
    rater TEXT NOT NULL,
    version TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at TEXT NOT NULL
  )`
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
