/** Brings a file of responses into the store: written by people, or made elsewhere. */
import { Clock, Effect, Path, Schema, Stream } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { FileError } from "../catalog/FileError.ts"
import { StoreError } from "../store/StoreError.ts"
import type { Condition } from "../study/Condition.ts"
import { Account } from "./Account.ts"
import {
  encodedMap,
  type ImportOf,
  type ImportReport,
  nothingNew,
  outcomeOf,
  recordOf,
  reportOf
} from "./ImportReport.ts"
import { columnsOf } from "./mapping/columns.ts"
import { ownResponses } from "./mapping/ownColumns.ts"
import { type Opened, openTable } from "./openFile.ts"
import type { Library, LibraryPost } from "./Posts.ts"
import { ResponsesMap } from "./RatingsMap.ts"
import { rejectedFile } from "./rejectedFile.ts"
import { seenBefore } from "./seenBefore.ts"
import { slug } from "./slug.ts"
import { takeResponses } from "./takeResponses.ts"
import { targetOf } from "./target.ts"

/** The posts of the catalog, and of the one suite that the map names. */
const libraryOf = Effect.fn("Ratings.libraryOf")(function* (map: ResponsesMap, folder: string) {
  const catalog = yield* Catalog
  const named = typeof map.suite === "object" && "value" in map.suite ? map.suite.value : undefined
  const names = named === undefined ? yield* catalog.names("suites") : [named]
  const posts = new Map<string, LibraryPost[]>()
  const put = (key: string, post: LibraryPost) => posts.set(key, [...(posts.get(key) ?? []), post])
  const found: string[] = []
  for (const name of names) {
    const { header, domain, posts: stream } = yield* catalog.suite(name, folder)
    found.push(header.name)
    yield* Stream.runForEach(stream, (post) =>
      Effect.sync(() => {
        const one = { suite: header.name, domain, post }
        put(`\u0000${post.id}`, one)
        put(`${header.name}\u0000${post.id}`, one)
        if (name !== header.name) put(`${name}\u0000${post.id}`, one)
      })
    )
  }
  return {
    names: found,
    find: (suite, id) => posts.get(`${suite}\u0000${id}`) ?? []
  } satisfies Library
})

/** Conditions of the catalog by name, with what they ask for; those a file names and nobody knows stay unknown. */
const conditionsOf = Effect.fn("Ratings.conditionsOf")(function* (folder: string) {
  const catalog = yield* Catalog
  const known = new Map<string, Condition>()
  for (const name of yield* catalog.names("conditions"))
    known.set(name, yield* catalog.condition(name, folder))
  return known
})

const decodeMap = Schema.decodeEffect(ResponsesMap)

/** The map of a file that came without one. */
const mapOf = Effect.fn("Ratings.mapOfResponses")(function* (file: string, { table }: Opened) {
  const own = ownResponses(file, table.header)
  return own instanceof FileError ? yield* own : yield* Effect.orDie(decodeMap(own))
})

/** Imports. Fails, with nothing kept, where the file, the map or the store is wrong as a whole. */
export const importResponses = Effect.fn("Ratings.importResponses")(function* (
  given: ImportOf<ResponsesMap>
) {
  const path = yield* Path.Path
  const opened = yield* openTable(given.file, given.format, given.map ?? {}, given.folder)
  const { file, table } = opened
  const map = given.map ?? (yield* mapOf(given.file, opened))
  if (map.source === undefined) {
    return yield* new FileError({
      place: given.file,
      reason: "the map does not say who wrote the responses",
      mend: "add source: with a column, or source: {value: NAME}"
    })
  }
  if (map.kind === undefined) {
    return yield* new FileError({
      place: given.file,
      reason: "the map does not say what kind of writer this was",
      mend: "add kind: human, model or program, or a column that says it"
    })
  }
  if (given.replace) {
    return yield* new FileError({
      place: given.file,
      reason: "responses cannot be replaced, since ratings belong to their words",
      mend: "give the data set another name: in the map"
    })
  }
  const name = slug(map.name ?? path.parse(file.name).name, "data-set")
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  const target = yield* targetOf(given.run, {
    name,
    title: map.title ?? name,
    provenance: map.provenance ?? `imported from ${file.name}`,
    licence: map.licence
  })
  if (!target.own) {
    return yield* new StoreError({
      reason: `${target.id} is a run that Warmline generated, and its responses are its own`,
      mend: "make the file a source of the study with the replay plugin, or leave --run out"
    })
  }
  const encoded = encodedMap(ResponsesMap, map, opened.joined)
  const report = reportOf("responses", opened, target, given)
  const before = yield* seenBefore("responses", target, file.hash, encoded.hash)
  if (before !== undefined) return { ...report, ...nothingNew(before.account) } satisfies ImportReport
  const library = map.body === undefined ? yield* libraryOf(map, given.folder) : undefined
  const conditions = yield* conditionsOf(given.folder)
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const list = yield* rejectedFile(given.rejected)
      const taken = yield* takeResponses({
        table,
        map,
        columns: columnsOf(given.file, table),
        target,
        library,
        conditions,
        account: new Account(list.add),
        now,
        dryRun: given.dryRun,
        record: recordOf("responses", opened, target, encoded, now)
      })
      return {
        ...report,
        ...taken,
        outcome: outcomeOf(taken.account),
        rejected: list.written() ? list.path : null
      } satisfies ImportReport
    })
  )
})
