/** Whether a file is in the store already, by its bytes. */
import { Effect } from "effect"
import { FileError } from "../catalog/FileError.ts"
import { type ImportKind, Imports } from "../store/Imports.ts"
import type { Target } from "./target.ts"

const mends: Readonly<Record<ImportKind, string>> = {
  ratings: "add --replace to make these ratings count instead of those",
  responses: "give the data set another name: in the map, or import by the same map again"
}

/** The earlier import of the same bytes by the same map; fails where the map says something else. */
export const seenBefore = Effect.fn("Ratings.seenBefore")(function* (
  kind: ImportKind,
  target: Target,
  hash: string,
  mapHash: string
) {
  const earlier = (yield* (yield* Imports).ofFile(kind, hash)).find(
    ({ run, supersededAt }) => run === target.id && supersededAt === null
  )
  if (earlier !== undefined && earlier.mapHash !== mapHash) {
    return yield* new FileError({
      place: earlier.file,
      reason: `was imported on ${earlier.importedAt.slice(0, 10)} by another map`,
      mend: mends[kind]
    })
  }
  return earlier
})
