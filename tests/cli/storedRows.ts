/** What a store has, counted by SQL of its own. */
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** Rows of the store in a command's folder; `distinct` counts planned answers that are there. */
export const storedRows = (folder: string) => {
  const database = new DatabaseSync(join(folder, ".warmline/store.db"), { readOnly: true })
  const one = (sql: string) => Number(Object.values(database.prepare(sql).get()!)[0])
  const counts = {
    responses: one("SELECT COUNT(*) FROM response"),
    distinct: one(
      "SELECT COUNT(*) FROM (SELECT DISTINCT run_id, ordinal, source, condition, epoch FROM response)"
    ),
    calls: one("SELECT COUNT(*) FROM call"),
    ratings: one("SELECT COUNT(*) FROM rating")
  }
  database.close()
  return counts
}
