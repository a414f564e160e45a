/** Writes a file that a command was asked for, with the folders it lies in. */
import { appendFile, mkdir, rename, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { Effect } from "effect"
import { FileError } from "../../catalog/FileError.ts"

const orFileError = (file: string, write: () => Promise<void>) =>
  Effect.tryPromise({
    try: write,
    catch: (cause) =>
      new FileError({
        place: file,
        reason: `cannot be written (${cause instanceof Error ? cause.message : cause})`,
        mend: "name another file"
      })
  })

/** Written beside and renamed: a reader never sees half a file. */
export const writeText = (file: string, text: string): Effect.Effect<void, FileError> =>
  orFileError(file, async () => {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(`${file}.part`, text)
    await rename(`${file}.part`, file)
  })

/** Adds to the end of a file that others write to as well. */
export const appendText = (file: string, text: string): Effect.Effect<void, FileError> =>
  orFileError(file, async () => {
    await mkdir(dirname(file), { recursive: true })
    await appendFile(file, text)
  })
