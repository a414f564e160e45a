/** The store cannot do what was asked: why, and what to do, in one line. */
import { Effect, Schema } from "effect"
import type { SqlError } from "effect/sql"

export class StoreError extends Schema.TaggedError<StoreError>()("StoreError", {
  reason: Schema.String,
  mend: Schema.String
}) {
  override get message() {
    return `${this.reason}; ${this.mend}`
  }
}

/** Says a database's complaint as a store's. */
export const orStoreError = <A, E, R>(
  effect: Effect.Effect<A, E | SqlError.SqlError, R>
): Effect.Effect<A, Exclude<E, SqlError.SqlError> | StoreError, R> =>
  Effect.catchTag(effect as Effect.Effect<A, SqlError.SqlError, R>, "SqlError", (error) =>
    Effect.fail(fromSqlError(error))
  ) as Effect.Effect<A, Exclude<E, SqlError.SqlError> | StoreError, R>

/** The same for one error at hand. */
export const fromSqlError = (error: SqlError.SqlError): StoreError =>
  new StoreError({
    reason: error.message,
    mend:
      error.reason._tag === "LockTimeoutError"
        ? "another process is using the store; try again when it is done"
        : "check that the disk has room and the store's folder can be written"
  })
