/**
 * Questions that were handed to a provider in batches. A batch is written down before it is handed in, so that one that
 * was is found again after a crash; its answers stay here until they are used.
 */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  `CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    provider_id TEXT,
    state TEXT NOT NULL,
    requests INTEGER NOT NULL,
    share REAL NOT NULL,
    since INTEGER NOT NULL
  )`,
  "CREATE INDEX batch_run ON batch (run_id)",
  `CREATE TABLE batch_request (
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    key TEXT NOT NULL,
    reply TEXT,
    reason TEXT,
    used INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, key)
  ) WITHOUT ROWID`,
  "CREATE INDEX batch_request_key ON batch_request (key)"
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
