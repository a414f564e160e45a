/** Every rating of a run's texts that data quality does not exclude, with who gave it: what agreement, calibration and correction start from. */
import { Context, Effect, Layer, type Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { excludedSubmissions } from "./Quality.ts"
import { ratingStream, type TextRating } from "./ratingStream.ts"
import { fromSqlError, type StoreError } from "./StoreError.ts"

/** Ratings of one rater on one instrument, scored or unscored for one reason. */
export interface RaterTally {
  readonly rater: string
  readonly raterVersion: string
  readonly instrument: string
  readonly reason: string | null
  readonly n: number
}

export class TextRatings extends Context.Service<
  TextRatings,
  {
    /** In the order of the run's posts, without those that data quality excludes. */
    readonly ofRun: (run: RunId) => Stream.Stream<TextRating, StoreError>
    /** How many ratings each rater gave on each instrument: with a value (`reason` is `null`), or without, by reason. */
    readonly tally: (run: RunId) => Effect.Effect<readonly RaterTally[], StoreError>
  }
>()("warmline/TextRatings") {
  static readonly layer = Layer.effect(
    TextRatings,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return TextRatings.of({
        tally: (run) =>
          sql<RaterTally>`SELECT a.name AS rater, a.version AS "raterVersion", d.instrument, g.unscored AS reason,
              COUNT(*) AS n
            FROM response r
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id
            JOIN dimension d ON d.id = g.dimension_id
            WHERE r.run_id = ${run} AND a.kind <> 'human'
            GROUP BY a.name, a.version, d.instrument, g.unscored
            ORDER BY a.name, d.instrument, g.unscored`.pipe(Effect.mapError(fromSqlError)),
        ofRun: (run) =>
          ratingStream(
            sql,
            run,
            sql`g.submission_id IS NULL OR g.submission_id NOT IN (${excludedSubmissions(sql, run)})`,
            "post and row"
          )
      })
    })
  )
}
