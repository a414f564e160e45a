/** Ratings of a run as a stream. What many of them share (text, rater, dimension) is looked up once, not for each. */
import { Effect, Stream } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { RaterKind } from "../study/Rater.ts"
import { fromSqlError, type StoreError } from "./StoreError.ts"

/** The rating of one text on one dimension by one rater, as estimates start from. */
export interface TextRating {
  readonly ordinal: number
  readonly domain: string
  readonly source: string
  readonly condition: string
  /** Of the answer. */
  readonly epoch: number
  /** Of the answer. */
  readonly words: number
  readonly rater: string
  /** Of the plugin, as the manifest has it: a rater that changed is another rater. */
  readonly raterVersion: string
  readonly raterKind: RaterKind
  /** `expert`, `crowd`, or `null` where an import did not say; `null` for judges and proxies. */
  readonly panel: string | null
  /** Counts the rater's repeated ratings of the text from 1. */
  readonly repeat: number
  readonly instrument: string
  readonly instrumentHash: string
  readonly dimension: string
  readonly value: number
}

type Text = Pick<TextRating, "ordinal" | "domain" | "source" | "condition" | "epoch" | "words">
type Rater = Pick<TextRating, "rater" | "raterVersion" | "raterKind">
type Dimension = Pick<TextRating, "instrument" | "instrumentHash" | "dimension">

interface Row {
  readonly text: number
  readonly rater: number
  readonly dimension: number
  readonly panel: string | null
  readonly repeat: number
  readonly value: number
}

/** One string for each text: the driver makes a new one for each row. */
const makeIntern = () => {
  const known = new Map<string, string>()
  return (text: string): string => {
    const same = known.get(text)
    if (same !== undefined) return same
    known.set(text, text)
    return text
  }
}

const lookUp = Effect.fn("Store.ratingLookUp")(function* (sql: SqlClient.SqlClient, run: RunId) {
  const intern = makeIntern()
  const byId = <A>(rows: readonly (A & { readonly id: number })[]) =>
    new Map<number, A>(rows.map((row) => [row.id, row]))
  const texts = yield* sql<Text & { readonly id: number }>`SELECT r.id, r.ordinal, rp.domain, r.source,
      r.condition, r.epoch, c.words
    FROM response r
    JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
    JOIN call c ON c.id = r.call_id
    WHERE r.run_id = ${run}`
  const raters = yield* sql<Rater & { readonly id: number }>`SELECT id, name AS rater,
      version AS "raterVersion", kind AS "raterKind" FROM rater
    WHERE id IN (SELECT g.rater_id FROM response r JOIN rating g ON g.call_id = r.call_id WHERE r.run_id = ${run})`
  const dimensions = yield* sql<Dimension & { readonly id: number }>`SELECT id, instrument,
      instrument_hash AS "instrumentHash", name AS dimension FROM dimension`
  return {
    texts: byId(
      texts.map((text) => ({
        ...text,
        domain: intern(text.domain),
        source: intern(text.source),
        condition: intern(text.condition)
      }))
    ),
    raters: byId(raters),
    dimensions: byId(dimensions)
  }
})

/** Scored ratings of the run's texts, in the order of its posts; `which` of them, by `g` (rating) and `s` (submission). */
export const ratingStream = (
  sql: SqlClient.SqlClient,
  run: RunId,
  which: Statement.Fragment,
  order: "post" | "post and row"
): Stream.Stream<TextRating, StoreError> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const any = yield* sql`SELECT 1 FROM response r JOIN rating g ON g.call_id = r.call_id
        WHERE r.run_id = ${run} LIMIT 1`
      if (any.length === 0) return Stream.empty
      const { texts, raters, dimensions } = yield* lookUp(sql, run)
      return sql<Row>`SELECT r.id AS text, g.rater_id AS rater, g.dimension_id AS dimension, s.panel,
          g.epoch AS repeat, g.value
        FROM response r
        JOIN rating g ON g.call_id = r.call_id
        LEFT JOIN submission s ON s.id = g.submission_id
        WHERE r.run_id = ${run} AND g.value IS NOT NULL AND (${which})
        ORDER BY ${sql.literal(order === "post" ? "r.ordinal" : "r.ordinal, g.rowid")}`.stream.pipe(
        Stream.map((row): TextRating => {
          const text = texts.get(row.text)!
          const rater = raters.get(row.rater)!
          const dimension = dimensions.get(row.dimension)!
          return {
            ordinal: text.ordinal,
            domain: text.domain,
            source: text.source,
            condition: text.condition,
            epoch: text.epoch,
            words: text.words,
            rater: rater.rater,
            raterVersion: rater.raterVersion,
            raterKind: rater.raterKind,
            panel: row.panel,
            repeat: row.repeat,
            instrument: dimension.instrument,
            instrumentHash: dimension.instrumentHash,
            dimension: dimension.dimension,
            value: row.value
          }
        })
      )
    })
  ).pipe(Stream.mapError(fromSqlError))
