/** The ids that imported files give to their responses, so that files of ratings can name them. */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(`CREATE TABLE response_name (
    run_id TEXT NOT NULL REFERENCES run (id),
    name TEXT NOT NULL,
    call_id INTEGER NOT NULL REFERENCES call (id),
    PRIMARY KEY (run_id, name)
  )`)
})
