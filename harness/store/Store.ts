/** The store as one layer: where a run's posts, answers and ratings are kept. */
import { Effect, FileSystem, Layer, Path } from "effect"
import { Audits } from "./Audits.ts"
import { Batches } from "./Batches.ts"
import { CachedCalls } from "./CachedCalls.ts"
import { Exports } from "./Exports.ts"
import { Imports } from "./Imports.ts"
import { ImportWriter } from "./ImportWriter.ts"
import { Judgements } from "./Judgements.ts"
import * as Migrations from "./Migrations.ts"
import { PostRecords } from "./PostRecords.ts"
import { Quality } from "./Quality.ts"
import { Ratings } from "./Ratings.ts"
import { Responses } from "./Responses.ts"
import { Runs } from "./Runs.ts"
import * as Sqlite from "./Sqlite.ts"
import { StoreError } from "./StoreError.ts"
import { TextRatings } from "./TextRatings.ts"

const sqlite = (file: string) => {
  const client = Sqlite.layer(file)
  return Layer.mergeAll(
    Runs.layer,
    Responses.layer,
    Ratings.layer,
    Judgements.layer,
    Audits.layer,
    TextRatings.layer,
    Imports.layer,
    ImportWriter.layer,
    Quality.layer,
    PostRecords.layer,
    Batches.layer,
    CachedCalls.layer,
    Exports.layer
  ).pipe(Layer.provideMerge(Migrations.layer), Layer.provideMerge(client))
}

/** The store in `file`; its folder is made when it is missing. */
export const layer = (file: string) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const path = yield* Path.Path
      if (file !== ":memory:") {
        yield* fs.makeDirectory(path.dirname(path.resolve(file)), { recursive: true }).pipe(
          Effect.mapError(
            (error) =>
              new StoreError({
                reason: `the folder of the store ${file} cannot be made (${error.reason._tag})`,
                mend: "name another --store"
              })
          )
        )
      }
      return sqlite(file)
    })
  )
