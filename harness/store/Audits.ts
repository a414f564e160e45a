/** Audits and calibrations of automatic raters, as they were when they were made: nothing is overwritten. */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** One audit, or one comparison of a frozen set with what was said of it before. `document` is JSON. */
export interface AuditRow {
  readonly kind: "audit" | "drift"
  readonly rater: string
  readonly version: string
  readonly setHash: string
  readonly instrumentHash: string
  readonly document: string
  readonly at: string
}

/** A calibration; `document` is JSON, `hash` its content address. */
export interface CalibrationRow {
  readonly hash: string
  readonly rater: string
  readonly version: string
  readonly document: string
  readonly at: string
}

export class Audits extends Context.Service<
  Audits,
  {
    readonly keep: (row: AuditRow) => Effect.Effect<void, StoreError>
    /** All of a rater, whatever its version, oldest first. */
    readonly of: (rater: string) => Effect.Effect<readonly AuditRow[], StoreError>
    /** The same calibration of the same data is kept once. */
    readonly keepCalibration: (row: CalibrationRow) => Effect.Effect<void, StoreError>
    /** Oldest first. */
    readonly calibrations: (rater: string) => Effect.Effect<readonly CalibrationRow[], StoreError>
  }
>()("warmline/Audits") {
  static readonly layer = Layer.effect(
    Audits,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return Audits.of({
        keep: ({ kind, rater, version, setHash, instrumentHash, document, at }) =>
          sql`INSERT INTO audit ${sql.insert({
            kind,
            rater,
            version,
            set_hash: setHash,
            instrument_hash: instrumentHash,
            document,
            created_at: at
          })}`.pipe(Effect.asVoid, orStoreError),
        of: (rater) =>
          sql<AuditRow>`SELECT kind, rater, version, set_hash AS "setHash", instrument_hash AS "instrumentHash",
            document, created_at AS at FROM audit WHERE rater = ${rater} ORDER BY id`.pipe(orStoreError),
        keepCalibration: ({ at, ...row }) =>
          sql`INSERT INTO calibration ${sql.insert({ ...row, created_at: at })} ON CONFLICT (hash) DO NOTHING`.pipe(
            Effect.asVoid,
            orStoreError
          ),
        calibrations: (rater) =>
          sql<CalibrationRow>`SELECT hash, rater, version, document, created_at AS at FROM calibration
            WHERE rater = ${rater} ORDER BY created_at`.pipe(orStoreError)
      })
    })
  )
}
