/** Several files that appear in a folder together, or not at all. */
import { rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { Effect, type Scope } from "effect"
import { FileError } from "../../catalog/FileError.ts"

/** A file that was written, and how many rows or samples are in it. */
export interface ExportedFile {
  readonly file: string
  readonly rows: number
}

/** The file system's complaint as a `FileError` about the folder. */
export const attempt = <A>(folder: string, write: () => Promise<A>): Effect.Effect<A, FileError> =>
  Effect.tryPromise({
    try: write,
    catch: (cause) =>
      new FileError({
        place: folder,
        reason: `cannot be written (${cause instanceof Error ? cause.message : cause})`,
        mend: "name another folder with -o"
      })
  })

/**
 * Hands `write` paths to write to, beside those that the files will have. When it succeeds and its scope is closed,
 * they take their names; else they are removed.
 */
export const partly = <A, E, R>(
  folder: string,
  write: (file: (name: string) => string) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | FileError, Exclude<R, Scope.Scope>> =>
  Effect.suspend(() => {
    const names = new Set<string>()
    const part = (name: string) => join(folder, `${name}.part`)
    const written = Effect.scoped(
      write((name) => {
        names.add(name)
        return part(name)
      })
    )
    return written.pipe(
      Effect.tap(() =>
        attempt(folder, async () => {
          for (const name of names) await rename(part(name), join(folder, name))
        })
      ),
      Effect.onError(() =>
        Effect.promise(() => Promise.all([...names].map((name) => rm(part(name), { force: true }))))
      )
    )
  })
