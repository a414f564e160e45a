/**
 * The first schema. Texts are stored once: a post by its hash, an answer by its call's key. A run names which
 * of them it uses. Ratings hang on the call, so a text rated in one study is not rated again in another.
 */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  `CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    language TEXT NOT NULL
  )`,
  `CREATE TABLE run (
    id TEXT PRIMARY KEY,
    study TEXT NOT NULL,
    manifest TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT
  )`,
  `CREATE TABLE run_post (
    run_id TEXT NOT NULL REFERENCES run (id),
    ordinal INTEGER NOT NULL,
    suite TEXT NOT NULL,
    domain TEXT NOT NULL,
    post TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES post (id),
    labels TEXT NOT NULL,
    PRIMARY KEY (run_id, ordinal),
    UNIQUE (run_id, suite, post)
  )`,
  `CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    plugin TEXT NOT NULL,
    plugin_version TEXT NOT NULL,
    model TEXT NOT NULL,
    seed INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    author TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    millis INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (key, revision)
  )`,
  `CREATE TABLE response (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    ordinal INTEGER NOT NULL,
    source TEXT NOT NULL,
    condition TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    call_id INTEGER NOT NULL REFERENCES call (id),
    UNIQUE (run_id, ordinal, source, condition, epoch)
  )`,
  "CREATE INDEX response_call ON response (call_id)",
  `CREATE TABLE failure (
    run_id TEXT NOT NULL REFERENCES run (id),
    stage TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    source TEXT NOT NULL,
    condition TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    failed_at TEXT NOT NULL,
    PRIMARY KEY (run_id, stage, ordinal, source, condition, epoch, part)
  )`,
  `CREATE TABLE rater (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (name, kind, version)
  )`,
  `CREATE TABLE dimension (
    id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    instrument_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (instrument_hash, name)
  )`,
  `CREATE TABLE rating (
    call_id INTEGER NOT NULL REFERENCES call (id),
    rater_id INTEGER NOT NULL REFERENCES rater (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    epoch INTEGER NOT NULL,
    value REAL,
    unscored TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (call_id, rater_id, dimension_id, epoch),
    CHECK ((value IS NULL) <> (unscored IS NULL))
  )`
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
