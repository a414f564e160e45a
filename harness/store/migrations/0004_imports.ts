/**
 * What people's ratings and recorded responses need beside the first schema. They stand in the same tables as
 * generated answers and automatic ratings; where they came from, and how they were given, stands here.
 */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  `CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    map TEXT NOT NULL,
    map_hash TEXT NOT NULL,
    format TEXT NOT NULL,
    account TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    superseded_at TEXT,
    superseded_by INTEGER REFERENCES import (id)
  )`,
  "CREATE INDEX import_run ON import (run_id, kind)",
  // One sitting of one person: a survey's row, an assignment, or all rows of a person where the file does not say.
  `CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import (id),
    rater_id INTEGER NOT NULL REFERENCES rater (id),
    key TEXT NOT NULL,
    place TEXT NOT NULL,
    panel TEXT,
    seconds REAL,
    started_at TEXT,
    ended_at TEXT,
    progress REAL,
    finished INTEGER,
    preview INTEGER,
    status TEXT,
    kept TEXT NOT NULL,
    UNIQUE (import_id, rater_id, key)
  )`,
  `CREATE TABLE attention (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    expected TEXT NOT NULL,
    passed INTEGER NOT NULL,
    PRIMARY KEY (submission_id, name)
  )`,
  "ALTER TABLE rating ADD COLUMN submission_id INTEGER REFERENCES submission (id)",
  "ALTER TABLE rating ADD COLUMN blinding TEXT",
  "ALTER TABLE rating ADD COLUMN seconds REAL",
  // Most ratings of a store may be automatic: only people's are in the index.
  "CREATE INDEX rating_submission ON rating (submission_id) WHERE submission_id IS NOT NULL",
  `CREATE TABLE superseded_rating (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    call_id INTEGER NOT NULL REFERENCES call (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    epoch INTEGER NOT NULL,
    value REAL,
    unscored TEXT,
    blinding TEXT,
    seconds REAL,
    created_at TEXT NOT NULL
  )`,
  "CREATE INDEX superseded_rating_submission ON superseded_rating (submission_id)"
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
