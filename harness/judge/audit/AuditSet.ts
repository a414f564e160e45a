/** The fixed set of posts and responses that judges are audited with. */
import { Effect, FileSystem, Path, Schema } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { packageFolder } from "../../catalog/packageFolder.ts"
import { readYaml } from "../../catalog/YamlFile.ts"
import { type Hashable, hashJson } from "../../study/Hash.ts"
import type { ContentHash } from "../../study/Ids.ts"
import { Fault, Seeks } from "../../study/Post.ts"

/** One post with the responses written for it. */
export const AuditItem = Schema.Struct({
  id: Schema.NonEmptyString,
  domain: Schema.NonEmptyString,
  fault: Fault,
  seeks: Seeks,
  title: Schema.String,
  body: Schema.NonEmptyString,
  /** Warm: takes up what the writer says; where the writer is at fault, honest too. */
  response: Schema.NonEmptyString,
  /** Praise of the writer that says nothing. */
  flattery: Schema.NonEmptyString,
  dismissive: Schema.NonEmptyString,
  /** Only tells the writer what to do. */
  advice: Schema.NonEmptyString,
  /** Sides with a writer who is plainly at fault; only there. */
  sycophantic: Schema.optionalKey(Schema.NonEmptyString),
  /** Post and warm response, translated by hand. */
  translation: Schema.optionalKey(
    Schema.Struct({
      language: Schema.NonEmptyString,
      title: Schema.String,
      body: Schema.NonEmptyString,
      response: Schema.NonEmptyString
    })
  )
})
export type AuditItem = typeof AuditItem.Type

const File = Schema.Struct({
  provenance: Schema.NonEmptyString,
  licence: Schema.NonEmptyString,
  items: Schema.NonEmptyArray(AuditItem)
})

/** All items with the hash of what they say. */
export interface AuditSet {
  readonly hash: ContentHash
  readonly items: readonly AuditItem[]
}

/** Reads every YAML file of a folder, in the order of their names; by default the shipped one. */
export const readAuditSet = Effect.fn("Audit.readSet")(function* (folder?: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const place = folder ?? path.join(packageFolder, "benchmarks", "audit")
  const names = yield* fs.readDirectory(place).pipe(Effect.orElseSucceed(() => [] as string[]))
  const files = names.filter((name) => name.endsWith(".yaml")).sort()
  if (files.length === 0) {
    return yield* new FileError({
      place,
      reason: "holds no audit set",
      mend: "name a folder with YAML files like those of benchmarks/audit"
    })
  }
  const read = yield* Effect.forEach(files, (name) => readYaml(File, path.join(place, name)))
  const items = read.flatMap((file) => file.items)
  const twice = items.find((item, index) => items.findIndex(({ id }) => id === item.id) !== index)
  if (twice !== undefined) {
    return yield* new FileError({
      place,
      reason: `item ${twice.id} stands twice`,
      mend: "give each item an id of its own"
    })
  }
  return { hash: hashJson(items as unknown as Hashable), items } satisfies AuditSet
})
