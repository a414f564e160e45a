/**
 * Files that were brought in, and what became of each. What they brought stands in the store's other tables: the ratings
 * of people beside those of judges and proxies, with the sittings (submissions) they belong to.
 */
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** What an import was of. */
export type ImportKind = "responses" | "ratings"

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

export class Imports extends Context.Service<
  Imports,
  {
    /** All imports of a run, oldest first; with the replaced ones. */
    readonly list: (run: RunId) => Effect.Effect<readonly ImportRow[], StoreError>
    /** Live imports (not replaced) of files with these bytes, in any run. */
    readonly ofFile: (kind: ImportKind, fileHash: string) => Effect.Effect<readonly ImportRow[], StoreError>
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
            AND file_hash = ${fileHash} AND superseded_at IS NULL ORDER BY id`)
      })
    })
  )
}
