/** Makes a suite of posts that someone else collected: a folder with `suite.yaml` and `posts.jsonl`. */
import { Effect, FileSystem, Path, Schema, SchemaIssue, Stream } from "effect"
import { stringify } from "yaml"
import type { Hashable } from "../study/Hash.ts"
import { Post } from "../study/Post.ts"
import { postWords } from "./checkSuite.ts"
import { FileError } from "./FileError.ts"
import { type ForeignItem, foreignItems, select } from "./foreignItems.ts"
import { wordsOf } from "./nearDuplicates.ts"
import type { SuiteMap } from "./SuiteMap.ts"
import { keyPath } from "./YamlFile.ts"

/** What an import did. */
export interface ImportedSuite {
  readonly folder: string
  readonly read: number
  readonly imported: number
  /** Posts whose length is unusual; they are kept. */
  readonly unusualLength: number
}

const describe = SchemaIssue.makeFormatterStandardSchemaV1()
const decodePost = Schema.decodeUnknownEffect(Post, { reportInput: true })
const encodePost = Schema.encodeSync(Schema.fromJsonString(Post))

const asText = (value: unknown): string | undefined =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : undefined

const asBoolean = (value: unknown): unknown => {
  const text = asText(value)?.trim().toLowerCase()
  if (text === "true" || text === "yes" || text === "1") return true
  if (text === "false" || text === "no" || text === "0") return false
  return value
}

/** A post's fields as the map finds them; empty cells are as if they were not there. */
const fieldsOf = (map: SuiteMap, item: unknown, matched: Set<string>): Record<string, unknown> => {
  const fields: Record<string, unknown> = {}
  for (const [name, place] of Object.entries(map.fields)) {
    if (place === undefined) continue
    const values = select(item, place).filter((value) => value !== null && value !== "")
    if (values.length === 0) continue
    matched.add(name)
    const first = values[0]
    if (name === "emotions") {
      fields[name] = values
        .flat()
        .flatMap((value) => (asText(value) ?? "").split(/[,;|]/))
        .map((value) => value.trim().toLowerCase())
        .filter((value) => value !== "")
    } else fields[name] = name === "crisis" ? asBoolean(first) : (asText(first)?.trim() ?? first)
  }
  return fields
}

const toPost = (map: SuiteMap, { place, item }: ForeignItem, matched: Set<string>) => {
  const fields = fieldsOf(map, item, matched)
  for (const required of ["id", "body"] as const) {
    if (fields[required] === undefined) {
      return Effect.fail(
        new FileError({
          place,
          reason: `no ${required} at ${map.fields[required]}`,
          mend: `correct fields.${required} in the map, or the item`
        })
      )
    }
  }
  return decodePost(fields).pipe(
    Effect.mapError((error) => {
      const issue = describe(error.issue).issues[0]!
      const path = keyPath((issue.path ?? []) as readonly PropertyKey[])
      return new FileError({
        place,
        reason: `${path}: ${issue.message}`,
        mend: "correct the item or leave the field out of the map"
      })
    })
  )
}

/** Imports `file` into `folder`. Nothing is written unless every item is a post with an id of its own. */
export const importSuite = Effect.fn("Catalog.importSuite")(function* (
  file: string,
  map: SuiteMap,
  folder: string
) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  if (yield* Effect.orElseSucceed(fs.exists(path.join(folder, "suite.yaml")), () => false)) {
    return yield* new FileError({
      place: folder,
      reason: "holds a suite already",
      mend: "name another folder with -o"
    })
  }
  const matched = new Set<string>()
  const places = new Map<string, string>()
  const lines: string[] = []
  let unusualLength = 0
  const items = typeof map.items === "string" ? [map.items] : map.items
  yield* Stream.runForEach(foreignItems(file, items), (entry) =>
    Effect.gen(function* () {
      const post = yield* toPost(map, entry, matched)
      const earlier = places.get(post.id)
      if (earlier !== undefined) {
        return yield* new FileError({
          place: entry.place,
          reason: `id ${post.id} stands at ${earlier} too`,
          mend: "map fields.id to something that differs for every post"
        })
      }
      places.set(post.id, entry.place)
      const words = wordsOf(post.body).length
      if (words < postWords.min || words > postWords.max) unusualLength++
      lines.push(encodePost(post))
    })
  )
  if (lines.length === 0) {
    return yield* new FileError({
      place: file,
      reason: "holds no items",
      mend: "check the file and items: in the map"
    })
  }
  const unmatched = Object.keys(map.fields).filter((name) => !matched.has(name))
  if (unmatched.length > 0) {
    return yield* new FileError({
      place: file,
      reason: `nothing matches ${unmatched.map((name) => `fields.${name}`).join(", ")} of the map`,
      mend: "correct the map or take the field out"
    })
  }
  const header: Hashable = {
    name: map.name,
    title: map.title,
    ...(map.domain === undefined ? {} : { domain: map.domain }),
    provenance: map.provenance,
    licence: map.licence,
    postsFile: "posts.jsonl"
  }
  const cannot = (error: { readonly reason: { readonly _tag: string } }) =>
    new FileError({
      place: folder,
      reason: `cannot be written (${error.reason._tag})`,
      mend: "name another folder with -o"
    })
  yield* Effect.gen(function* () {
    yield* fs.makeDirectory(folder, { recursive: true })
    yield* fs.writeFileString(path.join(folder, "posts.jsonl"), `${lines.join("\n")}\n`)
    // Last: a folder without it is no suite, so an interrupted import leaves none behind.
    yield* fs.writeFileString(path.join(folder, "suite.yaml"), stringify(header))
  }).pipe(Effect.mapError(cannot))
  return {
    folder,
    read: lines.length,
    imported: lines.length,
    unusualLength
  } satisfies ImportedSuite
})
