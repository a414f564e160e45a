/** Reads a JSON file that this program wrote, through a schema; what is wrong is said with its key. */
import { Effect, FileSystem, Schema, SchemaIssue } from "effect"
import { FileError } from "./FileError.ts"
import { keyPath } from "./YamlFile.ts"

const describe = SchemaIssue.makeFormatterStandardSchemaV1()

/** Reads and decodes a file; keys the schema does not know are an error. `mend` says how to get a right one. */
export const readJson = <S extends Schema.Codec<unknown, unknown>>(
  schema: S,
  file: string,
  mend: string
): Effect.Effect<S["Type"], FileError, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const wrong = (place: string, reason: string) => new FileError({ place, reason, mend })
    const text = yield* fs
      .readFileString(file)
      .pipe(Effect.mapError((error) => wrong(file, `cannot be read (${error.reason._tag})`)))
    const value = yield* Effect.try({
      try: () => JSON.parse(text.replace(/^\uFEFF/, "")) as unknown,
      catch: () => wrong(file, "it is not JSON")
    })
    return yield* Schema.decodeUnknownEffect(schema, { onExcessProperty: "error" })(value).pipe(
      Effect.mapError((error) => {
        const issue = describe(error.issue).issues[0]!
        const path = (issue.path ?? []).map((part) =>
          typeof part === "object" && part !== null && "key" in part ? part.key : part
        )
        return wrong(path.length === 0 ? file : `${file}, ${keyPath(path)}`, issue.message.split("\n")[0]!)
      })
    )
  })
