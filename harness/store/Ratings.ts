/** Ratings: one row a rater, text and dimension, with a value or the reason why there is none. */
import { Array as Arr, Context, Effect, Layer, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { type Instrument, instrumentHash } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import { excludedSubmissions } from "./Quality.ts"
import { ratingStream, type TextRating } from "./ratingStream.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** A rater's and an instrument's place in the store: looked up once, used for every rating. */
export interface RatingPlace {
  readonly raterId: number
  /** By the dimension's name. */
  readonly dimensionIds: ReadonlyMap<string, number>
}

/** A text that waits for a rater. */
export interface Unrated {
  readonly responseId: number
  readonly callId: number
  readonly ordinal: number
  readonly source: string
  readonly condition: string
  readonly epoch: number
  readonly title: string
  readonly body: string
  readonly language: string
  readonly text: string
}

/** One rating to keep. Exactly one of `value` and `unscored` is not null. */
export interface RatingRow {
  readonly callId: number
  readonly dimensionId: number
  readonly value: number | null
  readonly unscored: string | null
}

const page = 200

/** Which rows are there, in words that stand before a list of excluded submissions. */
const submission = {
  kept: "g.submission_id IS NULL OR g.submission_id NOT IN",
  excluded: "g.submission_id IN"
} as const

export class Ratings extends Context.Service<
  Ratings,
  {
    /** Ids of an instrument's dimensions by their names; new ones are put in. */
    readonly dimensions: (instrument: Instrument) => Effect.Effect<ReadonlyMap<string, number>, StoreError>
    readonly place: (
      rater: { readonly name: string; readonly kind: RaterKind; readonly version: string },
      instrument: Instrument
    ) => Effect.Effect<RatingPlace, StoreError>
    /** How many rateable texts a run has, and how many of them this rater has already rated in full. */
    readonly progress: (
      run: RunId,
      place: RatingPlace
    ) => Effect.Effect<{ readonly texts: number; readonly rated: number }, StoreError>
    /** Texts of a run that lack a rating of any of the place's dimensions, a page at a time. */
    readonly unrated: (run: RunId, place: RatingPlace) => Stream.Stream<readonly Unrated[], StoreError>
    /** Keeps a page of ratings in one transaction. */
    readonly keep: (
      place: RatingPlace,
      rows: readonly RatingRow[],
      at: string
    ) => Effect.Effect<void, StoreError>
    /** Every scored rating of the run's texts but those that data quality excludes, in the order of the posts. */
    readonly scored: (run: RunId) => Stream.Stream<TextRating, StoreError>
    /** Those that data quality excludes, in the same form and order. */
    readonly excluded: (run: RunId) => Stream.Stream<TextRating, StoreError>
    /**
     * ISO times of the first and last rating by raters of a kind, of all texts or of one source's under one
     * condition; `undefined` without any.
     */
    readonly span: (
      run: RunId,
      kind: RaterKind,
      of?: { readonly source: string; readonly condition: string }
    ) => Effect.Effect<{ readonly oldest: string; readonly newest: string } | undefined, StoreError>
    /** Unscored ratings by rater, instrument, dimension and reason. */
    readonly unscored: (run: RunId) => Effect.Effect<
      readonly {
        readonly rater: string
        readonly instrument: string
        readonly reason: string
        readonly n: number
      }[],
      StoreError
    >
  }
>()("warmline/Ratings") {
  static readonly layer = Layer.effect(
    Ratings,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rateable = sql.literal("c.outcome IN ('ok', 'truncated')")

      const dimensions = Effect.fn("Ratings.dimensions")(function* (instrument: Instrument) {
        const hash = instrumentHash(instrument)
        yield* sql`INSERT INTO dimension ${sql.insert(
          Arr.map(instrument.dimensions, (dimension) => ({
            instrument: instrument.name,
            instrument_hash: hash,
            name: dimension.name
          }))
        )} ON CONFLICT (instrument_hash, name) DO NOTHING`
        const rows = yield* sql<{ id: number; name: string }>`SELECT id, name FROM dimension
          WHERE instrument_hash = ${hash}`
        return new Map(rows.map(({ id, name }) => [name, id]))
      }, orStoreError)

      const missing = (place: RatingPlace) => sql`(SELECT COUNT(*) FROM rating g WHERE g.call_id = c.id
        AND g.rater_id = ${place.raterId} AND ${sql.in("g.dimension_id", [...place.dimensionIds.values()])})
        < ${place.dimensionIds.size}`

      const scored = (run: RunId, which: "kept" | "excluded") =>
        ratingStream(
          sql,
          run,
          sql`${sql.literal(submission[which])} (${excludedSubmissions(sql, run)})`,
          "post"
        )

      return Ratings.of({
        dimensions,
        place: Effect.fn("Ratings.place")(function* (rater, instrument) {
          yield* sql`INSERT INTO rater ${sql.insert({ ...rater })} ON CONFLICT (name, kind, version) DO NOTHING`
          const raters = yield* sql<{ id: number }>`SELECT id FROM rater
            WHERE name = ${rater.name} AND kind = ${rater.kind} AND version = ${rater.version}`
          return { raterId: raters[0]!.id, dimensionIds: yield* dimensions(instrument) }
        }, orStoreError),
        progress: Effect.fn("Ratings.progress")(function* (run, place) {
          const rows = yield* sql<{ texts: number; waiting: number | null }>`
            SELECT COUNT(*) AS texts, SUM(${missing(place)}) AS waiting
            FROM response r JOIN call c ON c.id = r.call_id WHERE r.run_id = ${run} AND ${rateable}`
          const texts = Number(rows[0]!.texts)
          return { texts, rated: texts - Number(rows[0]!.waiting ?? 0) }
        }, orStoreError),
        unrated: (run, place) =>
          Stream.paginate(0, (after) =>
            sql<Unrated>`SELECT r.id AS "responseId", c.id AS "callId", r.ordinal, r.source, r.condition, r.epoch,
                p.title, p.body, p.language, c.text
              FROM response r
              JOIN call c ON c.id = r.call_id
              JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
              JOIN post p ON p.id = rp.post_id
              WHERE r.run_id = ${run} AND r.id > ${after} AND ${rateable} AND ${missing(place)}
              ORDER BY r.id LIMIT ${page}`.pipe(
              Effect.map(
                (rows) =>
                  [
                    rows.length === 0 ? [] : [rows],
                    rows.length < page
                      ? Option.none<number>()
                      : Option.some(rows[rows.length - 1]!.responseId)
                  ] as const
              ),
              orStoreError
            )
          ),
        keep: (place, rows, at) =>
          Arr.isReadonlyArrayNonEmpty(rows)
            ? sql`INSERT INTO rating ${sql.insert(
                Arr.map(rows, (row) => ({
                  call_id: row.callId,
                  rater_id: place.raterId,
                  dimension_id: row.dimensionId,
                  epoch: 1,
                  value: row.value,
                  unscored: row.unscored,
                  created_at: at
                }))
              )} ON CONFLICT (call_id, rater_id, dimension_id, epoch) DO NOTHING`.pipe(
                Effect.asVoid,
                orStoreError
              )
            : Effect.void,
        scored: (run) => scored(run, "kept"),
        excluded: (run) => scored(run, "excluded"),
        span: (run, kind, of) =>
          sql<{ oldest: string | null; newest: string }>`SELECT MIN(g.created_at) AS oldest,
              MAX(g.created_at) AS newest FROM response r
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id
            WHERE r.run_id = ${run} AND a.kind = ${kind}
              ${of === undefined ? sql`` : sql`AND r.source = ${of.source} AND r.condition = ${of.condition}`}`.pipe(
            Effect.map(([row]) =>
              row === undefined || row.oldest === null
                ? undefined
                : { oldest: row.oldest, newest: row.newest }
            ),
            orStoreError
          ),
        unscored: (run) =>
          sql<{ rater: string; instrument: string; reason: string; n: number }>`SELECT a.name AS rater,
              d.instrument, g.unscored AS reason, COUNT(*) AS n
            FROM response r
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id
            JOIN dimension d ON d.id = g.dimension_id
            WHERE r.run_id = ${run} AND g.unscored IS NOT NULL
            GROUP BY a.name, d.instrument, g.unscored ORDER BY n DESC`.pipe(orStoreError)
      })
    })
  )
}
