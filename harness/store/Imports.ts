/**
 * Files that were brought in: what became of each, and the sittings (submissions) that people's ratings belong
 * to. The ratings themselves stand in `rating` beside those of judges and proxies.
 */
import { Context, Effect, Layer, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { RaterKind } from "../study/Rater.ts"
import { fromSqlError, orStoreError, type StoreError } from "./StoreError.ts"

/** What an import was of. */
export type ImportKind = "responses" | "ratings"

/** Whose ratings these are; `null` where the map does not say. Expert and crowd stay separable. */
export type Panel = "expert" | "crowd"

/** One import as its row says it; `map` and `account` are JSON. */
export interface ImportRow {
  readonly id: number
  readonly run: RunId
  readonly kind: ImportKind
  /** The file's name without its folder. */
  readonly file: string
  readonly fileHash: string
  readonly map: string
  readonly mapHash: string
  readonly format: string
  readonly account: string
  readonly importedAt: string
  /** When and by which import it was replaced; its ratings are history then. */
  readonly supersededAt: string | null
  readonly supersededBy: number | null
}

/** One sitting of one person. Times are as the file has them. */
export interface SubmissionRow {
  readonly id: number
  readonly importId: number
  readonly raterId: number
  readonly rater: string
  readonly raterKind: RaterKind
  /** Keyed hash of the platform's own id of the sitting; empty where the file has none. */
  readonly key: string
  /** Where its first row stands, such as `line 12`. */
  readonly place: string
  readonly panel: Panel | null
  /** How long the whole sitting took. */
  readonly seconds: number | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Percent. */
  readonly progress: number | null
  readonly finished: boolean | null
  readonly preview: boolean | null
  /** The platform's word, such as `APPROVED` or `TIMED-OUT`. */
  readonly status: string | null
  /** Columns that the map asked to keep, as texts by name. */
  readonly kept: Readonly<Record<string, string>>
}

/** One attention item of one sitting: what was answered, what was expected. */
export interface AttentionRow {
  readonly submissionId: number
  readonly name: string
  readonly value: string
  readonly expected: string
  readonly passed: boolean
}

/** A person's rating with everything that data quality looks at. */
export interface SubmittedRating {
  readonly submissionId: number
  readonly panel: Panel | null
  readonly raterId: number
  readonly rater: string
  readonly callId: number
  readonly ordinal: number
  readonly domain: string
  readonly post: string
  readonly source: string
  readonly condition: string
  /** The answer's epoch. */
  readonly epoch: number
  readonly instrument: string
  readonly dimensionId: number
  readonly dimension: string
  /** Counts from 1: above 1, the same person rated the same text again in another sitting. */
  readonly repeat: number
  /** Exactly one of `value` and `unscored` is not null. */
  readonly value: number | null
  readonly unscored: string | null
  /** What the rater was told of who wrote the text, such as `blind` or `labelled`; null: not stated. */
  readonly blinding: string | null
  /** For this text alone, where the file says so. */
  readonly seconds: number | null
}

type Flagged<A> = Omit<A, "finished" | "preview" | "kept"> & {
  readonly finished: number | null
  readonly preview: number | null
  readonly kept: string
}

const flag = (value: number | null) => (value === null ? null : value === 1)

export class Imports extends Context.Service<
  Imports,
  {
    /** All imports of a run, oldest first; with the replaced ones. */
    readonly list: (run: RunId) => Effect.Effect<readonly ImportRow[], StoreError>
    /** Live imports (not replaced) of files with these bytes, in any run. */
    readonly ofFile: (kind: ImportKind, fileHash: string) => Effect.Effect<readonly ImportRow[], StoreError>
    /** Sittings of a run's live imports. */
    readonly submissions: (run: RunId) => Effect.Effect<readonly SubmissionRow[], StoreError>
    /** Attention items of a run's live imports. */
    readonly attention: (run: RunId) => Effect.Effect<readonly AttentionRow[], StoreError>
    /** People's ratings of a run's texts, in the order of its posts, streamed. */
    readonly ratings: (run: RunId) => Stream.Stream<SubmittedRating, StoreError>
    /** How many ratings of a run are kept as history only. */
    readonly superseded: (run: RunId) => Effect.Effect<number, StoreError>
  }
>()("warmline/Imports") {
  static readonly layer = Layer.effect(
    Imports,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const columns = sql.literal(`id, run_id AS run, kind, file, file_hash AS "fileHash", map,
        map_hash AS "mapHash", format, account, imported_at AS "importedAt",
        superseded_at AS "supersededAt", superseded_by AS "supersededBy"`)
      return Imports.of({
        list: (run) =>
          orStoreError(sql<ImportRow>`SELECT ${columns} FROM import WHERE run_id = ${run} ORDER BY id`),
        ofFile: (kind, fileHash) =>
          orStoreError(sql<ImportRow>`SELECT ${columns} FROM import WHERE kind = ${kind}
            AND file_hash = ${fileHash} AND superseded_at IS NULL ORDER BY id`),
        submissions: (run) =>
          sql<Flagged<SubmissionRow>>`SELECT s.id, s.import_id AS "importId", s.rater_id AS "raterId",
              a.name AS rater, a.kind AS "raterKind", s.key, s.place, s.panel, s.seconds,
              s.started_at AS "startedAt", s.ended_at AS "endedAt", s.progress, s.finished, s.preview,
              s.status, s.kept
            FROM submission s JOIN import i ON i.id = s.import_id JOIN rater a ON a.id = s.rater_id
            WHERE i.run_id = ${run} AND i.superseded_at IS NULL ORDER BY s.id`.pipe(
            Effect.map((rows) =>
              rows.map(
                (row): SubmissionRow => ({
                  ...row,
                  finished: flag(row.finished),
                  preview: flag(row.preview),
                  kept: JSON.parse(row.kept) as Record<string, string>
                })
              )
            ),
            orStoreError
          ),
        attention: (run) =>
          sql<Omit<AttentionRow, "passed"> & { readonly passed: number }>`SELECT
              t.submission_id AS "submissionId", t.name, t.value, t.expected, t.passed
            FROM attention t JOIN submission s ON s.id = t.submission_id JOIN import i ON i.id = s.import_id
            WHERE i.run_id = ${run} AND i.superseded_at IS NULL ORDER BY t.submission_id, t.name`.pipe(
            Effect.map((rows) => rows.map((row) => ({ ...row, passed: row.passed === 1 }))),
            orStoreError
          ),
        ratings: (run) =>
          sql<SubmittedRating>`SELECT g.submission_id AS "submissionId", s.panel, g.rater_id AS "raterId",
              a.name AS rater, g.call_id AS "callId", r.ordinal, rp.domain, rp.post, r.source, r.condition,
              r.epoch, d.instrument, g.dimension_id AS "dimensionId", d.name AS dimension,
              g.epoch AS repeat, g.value, g.unscored, g.blinding, g.seconds
            FROM response r
            JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
            JOIN rating g ON g.call_id = r.call_id
            JOIN submission s ON s.id = g.submission_id
            JOIN rater a ON a.id = g.rater_id
            JOIN dimension d ON d.id = g.dimension_id
            WHERE r.run_id = ${run} ORDER BY r.ordinal`.stream.pipe(Stream.mapError(fromSqlError)),
        superseded: (run) =>
          sql<{ n: number }>`SELECT COUNT(*) AS n FROM superseded_rating g
            JOIN submission s ON s.id = g.submission_id JOIN import i ON i.id = s.import_id
            WHERE i.run_id = ${run}`.pipe(
            Effect.map((rows) => Number(Option.fromNullishOr(rows[0]).pipe(Option.getOrThrow).n)),
            orStoreError
          )
      })
    })
  )
}
