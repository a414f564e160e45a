/**
 * What a run has, row by row, for taking it elsewhere. Read a span of posts at a time: memory depends on the span and
 * not on the run, and no cursor is held open while files are written.
 */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import type { Slot } from "./Responses.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** An answer with the call that made it. */
export interface StoredAnswer extends Slot {
  /** The call's content address. */
  readonly key: string
  readonly outcome: Outcome
  readonly author: SourceKind
  readonly text: string
  readonly words: number
  readonly plugin: string
  readonly pluginVersion: string
  readonly model: string
  /** JSON: finish reason, usage, what was served. */
  readonly detail: string
  readonly attempts: number
  readonly millis: number
  readonly at: string
}

/** A rating of one of the run's texts, scored or not, kept or excluded. */
export interface StoredRating extends Slot {
  /** A judge's or proxy's name, or the keyed hash of a person's id. */
  readonly rater: string
  readonly raterKind: RaterKind
  readonly raterVersion: string
  readonly panel: string | null
  /** Counts the rater's repeated ratings of the text from 1. */
  readonly repeat: number
  readonly instrument: string
  readonly instrumentHash: string
  readonly dimension: string
  readonly value: number | null
  readonly unscored: string | null
  /** A judge's expected value by its log-probabilities, and its reasons; `null` of others. */
  readonly expected: number | null
  readonly rationale: string | null
  readonly submissionId: number | null
  readonly at: string
}

export class Exports extends Context.Service<
  Exports,
  {
    /** Answers to the posts `from … to`, by post, source, condition, epoch. */
    readonly answers: (
      run: RunId,
      from: number,
      to: number
    ) => Effect.Effect<readonly StoredAnswer[], StoreError>
    /** Ratings of those answers in the same order, then by instrument, dimension, rater and repeat. */
    readonly ratings: (
      run: RunId,
      from: number,
      to: number
    ) => Effect.Effect<readonly StoredRating[], StoreError>
  }
>()("warmline/Exports") {
  static readonly layer = Layer.effect(
    Exports,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return Exports.of({
        answers: (run, from, to) =>
          sql<StoredAnswer>`SELECT r.ordinal, r.source, r.condition, r.epoch, c.key, c.outcome, c.author, c.text,
              c.words, c.plugin, c.plugin_version AS "pluginVersion", c.model, c.detail, c.attempts, c.millis,
              c.created_at AS at
            FROM response r JOIN call c ON c.id = r.call_id
            WHERE r.run_id = ${run} AND r.ordinal BETWEEN ${from} AND ${to}
            ORDER BY r.ordinal, r.source, r.condition, r.epoch`.pipe(orStoreError),
        ratings: (run, from, to) =>
          sql<StoredRating>`SELECT r.ordinal, r.source, r.condition, r.epoch, a.name AS rater,
              a.kind AS "raterKind", a.version AS "raterVersion", s.panel, g.epoch AS repeat, d.instrument,
              d.instrument_hash AS "instrumentHash", d.name AS dimension, g.value, g.unscored, v.expected,
              v.rationale, g.submission_id AS "submissionId", g.created_at AS at
            FROM response r
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id
            JOIN dimension d ON d.id = g.dimension_id
            LEFT JOIN submission s ON s.id = g.submission_id
            LEFT JOIN verdict v ON v.call_id = g.call_id AND v.rater_id = g.rater_id
              AND v.dimension_id = g.dimension_id AND v.epoch = g.epoch
            WHERE r.run_id = ${run} AND r.ordinal BETWEEN ${from} AND ${to}
            ORDER BY r.ordinal, r.source, r.condition, r.epoch, d.instrument, d.instrument_hash, d.name, a.kind,
              a.name, a.version, g.epoch`.pipe(orStoreError)
      })
    })
  )
}
