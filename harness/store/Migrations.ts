/** Brings a store's schema up to date when it is opened. A store of a newer Warmline is refused, not changed. */
import { Effect, Layer } from "effect"
import { Migrator, SqlClient, SqlError } from "effect/sql"
import initial from "./migrations/0001_initial.ts"
import judge from "./migrations/0002_judge.ts"
import audit from "./migrations/0003_audit.ts"
import imports from "./migrations/0004_imports.ts"
import quality from "./migrations/0005_quality.ts"
import responseNames from "./migrations/0006_response_names.ts"
import batches from "./migrations/0007_batches.ts"
import { StoreError } from "./StoreError.ts"

const migrations = {
  "0001_initial": initial,
  "0002_judge": judge,
  "0003_audit": audit,
  "0004_imports": imports,
  "0005_quality": quality,
  "0006_response_names": responseNames,
  "0007_batches": batches
}

const refuseNewer = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ id: number }>`SELECT MAX(migration_id) AS id FROM warmline_migrations`
  const newest = Math.max(...Object.keys(migrations).map((name) => Number.parseInt(name, 10)))
  if ((rows[0]?.id ?? 0) > newest) {
    return yield* new StoreError({
      reason: `the store is of a newer version of warmline (schema ${rows[0]!.id}, this one knows ${newest})`,
      mend: "update warmline or name another --store"
    })
  }
})

/** Runs pending migrations in one transaction. */
export const layer: Layer.Layer<never, StoreError, SqlClient.SqlClient> = Layer.effectDiscard(
  Migrator.make({})({ loader: Migrator.fromRecord(migrations), table: "warmline_migrations" }).pipe(
    Effect.andThen(refuseNewer),
    Effect.mapError((error) =>
      error instanceof StoreError
        ? error
        : new StoreError({
            reason:
              error instanceof SqlError.SqlError
                ? error.message
                : `the schema could not be made (${error.message})`,
            mend: "check that the file is a warmline store and that its folder can be written"
          })
    )
  )
)
