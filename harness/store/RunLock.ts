/**
 * One writer a run. The lock is SQLite's own on a small file beside the store: the operating system gives it
 * back when its holder ends, however it ends, so a killed run leaves nothing to clean up.
 */
import { DatabaseSync } from "node:sqlite"
import { Effect, type Scope } from "effect"
import type { RunId } from "../study/Ids.ts"
import { StoreError } from "./StoreError.ts"

/** Takes the lock of `run` in the store at `file` until the scope closes, or says which process holds it. */
export const acquire = (file: string, run: RunId): Effect.Effect<void, StoreError, Scope.Scope> =>
  file === ":memory:"
    ? Effect.void
    : Effect.acquireRelease(
        Effect.try({
          try: () => hold(`${file}.${run}.lock`),
          catch: (cause) =>
            cause instanceof StoreError
              ? cause
              : new StoreError({
                  reason: `the lock of run ${run} cannot be taken (${cause instanceof Error ? cause.message : cause})`,
                  mend: "check that the store's folder can be written"
                })
        }),
        (database) => Effect.sync(() => database.close())
      )

const busy = 5

const hold = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER)")
    database.exec("BEGIN IMMEDIATE")
    // Written in a transaction of its own first, so that others can read it while the next one holds the lock.
    database.exec(`DELETE FROM holder; INSERT INTO holder VALUES (${process.pid}); COMMIT; BEGIN IMMEDIATE`)
    return database
  } catch (cause) {
    const refused = cause as { errcode?: number }
    const pid =
      (refused.errcode ?? 0) === busy ? database.prepare("SELECT pid FROM holder").get()?.pid : undefined
    database.close()
    if ((refused.errcode ?? 0) !== busy) throw cause
    throw new StoreError({
      reason: `another process${pid === undefined ? "" : ` (pid ${pid})`} is working on this run`,
      mend: "wait for it, or stop it and start again"
    })
  }
}
