/** People's ratings in a store as an import leaves them: a file, one sitting a person, a rating a text. */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { Ratings } from "../../harness/store/Ratings.ts"
import type { RunId } from "../../harness/study/Ids.ts"
import type { Instrument } from "../../harness/study/Instrument.ts"

/** A person; what they say of the text that a source wrote to a post. */
export interface RatingPerson {
  readonly name: string
  readonly panel: "expert" | "crowd" | null
  readonly seconds: number
  readonly says: (post: number, source: string) => number
}

/** Hangs their ratings on a run's texts, on the instrument's first dimension. */
export const importPeople = Effect.fn("Test.importPeople")(function* (
  run: RunId,
  instrument: Instrument,
  people: readonly RatingPerson[]
) {
  const sql = yield* SqlClient.SqlClient
  const ratings = yield* Ratings
  const at = "2036-01-01T00:00:00.000Z"
  const [file] = yield* sql<{ id: number }>`INSERT INTO import ${sql.insert({
    run_id: run,
    kind: "ratings",
    file: "people.csv",
    file_hash: "0",
    map: "{}",
    map_hash: "0",
    format: "long",
    account: "{}",
    imported_at: at
  })} RETURNING id`
  const texts = yield* sql<{
    id: number
    ordinal: number
    source: string
  }>`SELECT call_id AS id, ordinal, source
    FROM response WHERE run_id = ${run}`
  for (const [index, { name, panel, seconds, says }] of people.entries()) {
    const { raterId, dimensionIds } = yield* ratings.place({ name, kind: "human", version: "" }, instrument)
    const [sitting] = yield* sql<{ id: number }>`INSERT INTO submission ${sql.insert({
      import_id: file!.id,
      rater_id: raterId,
      key: `k${index}`,
      place: `line ${index + 2}`,
      panel,
      seconds,
      finished: 1,
      preview: 0,
      kept: "{}"
    })} RETURNING id`
    for (const { id, ordinal, source } of texts) {
      yield* sql`INSERT INTO rating ${sql.insert({
        call_id: id,
        rater_id: raterId,
        dimension_id: [...dimensionIds.values()][0]!,
        epoch: 1,
        value: says(ordinal, source),
        unscored: null,
        created_at: at,
        submission_id: sitting!.id
      })}`
    }
  }
})
