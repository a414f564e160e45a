/**
 * What judges add: who a judge is, which calls a run's judging used, and what stands behind each of a judge's
 * ratings. The rating itself is a row like any other rater's.
 */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const tables = [
  // A judge is a rater whose version is the hash of this identity (canonical JSON).
  `CREATE TABLE judge (
    rater_id INTEGER PRIMARY KEY REFERENCES rater (id),
    identity TEXT NOT NULL
  )`,
  // Calls that judging in a run used, its own and those it found: what a run has cost.
  `CREATE TABLE judge_call (
    run_id TEXT NOT NULL REFERENCES run (id),
    rater_id INTEGER NOT NULL REFERENCES rater (id),
    call_id INTEGER NOT NULL REFERENCES call (id),
    PRIMARY KEY (run_id, call_id)
  )`,
  // Keyed as the rating it explains. judge_call_id is the judge's own call, asked 2 when it was asked again.
  `CREATE TABLE verdict (
    call_id INTEGER NOT NULL REFERENCES call (id),
    rater_id INTEGER NOT NULL REFERENCES rater (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    epoch INTEGER NOT NULL,
    judge_call_id INTEGER NOT NULL REFERENCES call (id),
    asked INTEGER NOT NULL,
    rationale TEXT NOT NULL,
    expected REAL,
    PRIMARY KEY (call_id, rater_id, dimension_id, epoch)
  )`
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const table of tables) yield* sql.unsafe(table)
})
