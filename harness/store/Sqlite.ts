/**
 * `SqlClient` over Node's own SQLite: no native add-on, one connection, WAL, prepared statements kept. What
 * is written is safe against `kill -9` (WAL with `synchronous = NORMAL`); a power cut can take the last
 * transactions but never half of one.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"
import { Effect, Layer, Semaphore, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "effect/sql"
import { StoreError } from "./StoreError.ts"

/** A folder's or a file's trouble when the database is opened. */
const openDatabase = (file: string) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => {
        const database = new DatabaseSync(file, { timeout: 10_000 })
        database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")
        return database
      },
      catch: (cause) =>
        new StoreError({
          reason: `cannot open the store ${file} (${cause instanceof Error ? cause.message : cause})`,
          mend: "name another --store, or check that this one is a warmline store that can be written"
        })
    }),
    (database) => Effect.sync(() => database.close())
  )

// node:sqlite puts SQLite's number in `errcode`; Effect's classifier looks for `errno`.
const classify = (cause: unknown, message: string) => {
  const errno =
    typeof cause === "object" && cause !== null ? (cause as { errcode?: unknown }).errcode : undefined
  const text = cause instanceof Error ? cause.message : String(cause)
  return SqlError.classifySqliteError(
    { errno, message: text },
    { message: `${message}: ${text}`, operation: "execute" }
  )
}

const makeConnection = (database: DatabaseSync): SqlConnection.Connection => {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const made = database.prepare(sql)
    // Batches of every size make statements of their own: forget the oldest rather than keep them all.
    if (prepared.size >= 200) prepared.delete(prepared.keys().next().value!)
    prepared.set(sql, made)
    return made
  }
  const attempt = <A>(body: () => A) =>
    Effect.try({
      try: body,
      catch: (cause) => new SqlError.SqlError({ reason: classify(cause, "the store refused a statement") })
    })
  const rows = (sql: string, params: readonly unknown[]) =>
    attempt(() => statement(sql).all(...(params as SQLInputValue[])))
  const values = (sql: string, params: readonly unknown[]) =>
    attempt(() =>
      statement(sql)
        .all(...(params as SQLInputValue[]))
        .map((row) => Object.values(row))
    )
  return {
    execute: (sql, params, transform) =>
      transform ? Effect.map(rows(sql, params), transform) : rows(sql, params),
    executeUnprepared: (sql, params, transform) =>
      transform ? Effect.map(rows(sql, params), transform) : rows(sql, params),
    executeRaw: (sql, params) => attempt(() => statement(sql).run(...(params as SQLInputValue[]))),
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: (sql, params, transform) =>
      Stream.suspend(() =>
        // A statement of its own: an open cursor must not be reset by the same text run elsewhere.
        Stream.fromIterable(database.prepare(sql).iterate(...(params as SQLInputValue[])))
      ).pipe((stream) => (transform ? Stream.mapArray(stream, (chunk) => transform(chunk) as never) : stream))
  }
}

/** A `SqlClient` on the database file (made when missing; `:memory:` for tests). Closed with the layer. */
export const layer = (file: string): Layer.Layer<SqlClient.SqlClient, StoreError> =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function* () {
      const database = yield* openDatabase(file)
      const connection = makeConnection(database)
      const semaphore = yield* Semaphore.make(1)
      const acquirers = SqlClient.makeSqliteAcquirers({
        connection: Effect.succeed(connection),
        semaphore,
        isTransaction: () => database.isTransaction
      })
      return yield* SqlClient.make({
        ...acquirers,
        compiler: Statement.makeCompilerSqlite(),
        driver: "node:sqlite",
        spanAttributes: [["db.system.name", "sqlite"]],
        // Taken at once: two processes that both mean to write must not deadlock on the upgrade.
        beginTransaction: "BEGIN IMMEDIATE"
      })
    })
  ).pipe(Layer.provide(Reactivity.layer))
