import { createReadStream } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

/** Forty people who each rate every text on every question, straight into the store's tables. */
const rateByMany = (folder: string): number => {
  const database = new DatabaseSync(join(folder, ".warmline/store.db"))
  database.exec(`
    WITH RECURSIVE person (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM person WHERE n < 40)
    INSERT INTO rater (name, kind, version) SELECT 'person-' || n, 'human', '' FROM person;
    INSERT INTO rating (call_id, rater_id, dimension_id, epoch, value, created_at)
      SELECT r.call_id, a.id, d.id, 1, 1 + (r.id + a.id + d.id) % 5, '2036-01-01T00:00:00.000Z'
      FROM response r, rater a, dimension d WHERE a.kind = 'human'`)
  const n = Number(Object.values(database.prepare("SELECT COUNT(*) FROM rating").get()!)[0])
  database.close()
  return n
}

const lines = async (file: string): Promise<number> => {
  let n = 0
  for await (const _ of createInterface({ input: createReadStream(file) })) n++
  return n
}

describe("warmline export", () => {
  it.live("writes 100,000 ratings in the memory of a few", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      yield* start(folder, ["run", "--display", "none"])
      const n = rateByMany(folder)
      assert.isAbove(n, 100_000)
      // Held all at once they do not fit in this heap.
      const made = yield* start(folder, ["export", "--format", "jsonl", "-o", "out"], undefined, {
        NODE_OPTIONS: "--max-old-space-size=112"
      })
      assert.strictEqual(made.code, 0, made.stderr)
      assert.strictEqual(yield* Effect.promise(() => lines(join(folder, "out/ratings.jsonl"))), n)
    }).pipe(Effect.scoped)
  )
})
