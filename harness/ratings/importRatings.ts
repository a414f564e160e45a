/** Brings a file of people's ratings into the store: all of it in one transaction, every row accounted for. */
import { Clock, Effect, Path, Schema } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { FileError } from "../catalog/FileError.ts"
import { Imports } from "../store/Imports.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import type { Instrument } from "../study/Instrument.ts"
import { Account, type ClosedAccount } from "./Account.ts"
import { ratingReader } from "./mapping/ratingReader.ts"
import { recognise } from "./openFile.ts"
import { RatingsMap, type Word } from "./RatingsMap.ts"
import { rejectedFile } from "./rejectedFile.ts"
import { slug } from "./slug.ts"
import { takeRatings } from "./takeRatings.ts"
import { type Target, targetOf } from "./target.ts"
import { withPreset } from "./withPreset.ts"

/** What is to be imported, and how. */
export interface RatingsImport {
  readonly file: string
  readonly map: RatingsMap
  /** Where the map's relative names start from. */
  readonly folder: string
  /** `auto` or a format's name. */
  readonly format: string
  /** The run whose texts were rated; by default the data set that the map names. */
  readonly run: string | undefined
  /** Does everything and keeps nothing. */
  readonly dryRun: boolean
  /** The ratings of an earlier import become history. */
  readonly replace: boolean
  /** Where rejected rows are listed. */
  readonly rejected: string
}

/** What an import did. */
export interface ImportReport {
  readonly format: "warmline-import/1"
  readonly kind: "ratings" | "responses"
  readonly file: string
  readonly hash: string
  readonly read: { readonly format: string; readonly why: string; readonly encoding: string }
  readonly run: string
  readonly dryRun: boolean
  /** `nothing-new`: all of it was in the store already. */
  readonly outcome: "imported" | "nothing-new" | "nothing-imported"
  readonly account: ClosedAccount
  readonly created: { readonly posts: number; readonly responses: number }
  readonly people: number
  /** The list of rejected rows, where there are any. */
  readonly rejected: string | null
  /** Names of the files whose ratings were replaced. */
  readonly replaced: readonly string[]
}

const encodeMap = Schema.encodeSync(RatingsMap)

/** Names of instruments that a map's word may stand for; `undefined` where any may come. */
const namesIn = (word: Word | undefined): readonly string[] | undefined =>
  word === undefined
    ? []
    : typeof word === "string"
      ? [word]
      : word.names
        ? Object.values(word.names)
        : undefined

const instrumentsOf = Effect.fn("Ratings.instrumentsOf")(function* (map: RatingsMap, folder: string) {
  const catalog = yield* Catalog
  const words = [map.instrument, ...map.ratings.map(({ instrument }) => instrument)]
  const names = words.map(namesIn)
  const wanted = new Set(names.flatMap((some) => some ?? []))
  if (names.includes(undefined)) for (const name of yield* catalog.names("instruments")) wanted.add(name)
  const found = new Map<string, Instrument>()
  for (const name of wanted) found.set(name, yield* catalog.instrument(name, folder))
  return found
})

/** The list lies beside the file's own name unless it is said. */
export const rejectedPath = (file: string): string => `${file.replace(/^.*[\\/]/, "")}.rejected.csv`

/** An import of the same bytes: nothing to do, or a map that says something else. */
const seenBefore = Effect.fn("Ratings.seenBefore")(function* (target: Target, hash: string, mapHash: string) {
  const earlier = (yield* (yield* Imports).ofFile("ratings", hash)).find(({ run }) => run === target.id)
  if (earlier !== undefined && earlier.mapHash !== mapHash) {
    return yield* new FileError({
      place: earlier.file,
      reason: `was imported on ${earlier.importedAt.slice(0, 10)} by another map`,
      mend: "add --replace to make these ratings count instead of those"
    })
  }
  return earlier
})

/** Imports. Fails, with nothing kept, where the file, the map or the store is wrong as a whole. */
export const importRatings = Effect.fn("Ratings.importRatings")(function* (given: RatingsImport) {
  const path = yield* Path.Path
  const { file, format, why } = yield* recognise(given.file, given.format, given.map)
  const table = yield* format.open(file, given.map)
  const map = withPreset(given.map, format.preset, table.header)
  const instruments = yield* instrumentsOf(map, given.folder)
  const reader = yield* Effect.try({
    try: () => ratingReader(given.file, table.header, map, instruments),
    catch: (cause) =>
      cause instanceof FileError
        ? cause
        : new FileError({ place: given.file, reason: String(cause), mend: "correct the map" })
  })
  const name = slug(map.name ?? path.parse(file.name).name, "data-set")
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  const target = yield* targetOf(given.run, {
    name,
    title: map.title ?? name,
    provenance: map.provenance ?? `imported from ${file.name}`,
    licence: map.licence
  })
  const mapText = JSON.stringify(encodeMap(map))
  const mapHash = hashJson(JSON.parse(mapText) as Hashable)
  const before = given.replace ? undefined : yield* seenBefore(target, file.hash, mapHash)
  const report = {
    format: "warmline-import/1",
    kind: "ratings",
    file: file.name,
    hash: file.hash,
    read: { format: format.name, why, encoding: file.encoding },
    run: target.id,
    dryRun: given.dryRun
  } as const
  if (before !== undefined) {
    return {
      ...report,
      outcome: "nothing-new",
      account: JSON.parse(before.account) as ClosedAccount,
      created: { posts: 0, responses: 0 },
      people: 0,
      rejected: null,
      replaced: []
    } satisfies ImportReport
  }
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const list = yield* rejectedFile(given.rejected)
      const account = new Account(list.add)
      const taken = yield* takeRatings({
        table,
        map,
        reader,
        instruments: [...instruments.values()],
        target,
        account,
        now,
        dryRun: given.dryRun,
        replace: given.replace,
        record: {
          run: target.id,
          kind: "ratings",
          file: file.name,
          fileHash: file.hash,
          map: mapText,
          mapHash,
          format: format.name,
          account: "{}",
          at: now
        }
      })
      return {
        ...report,
        outcome:
          taken.account.rows.imported > 0
            ? "imported"
            : taken.account.rows.rejected > 0
              ? "nothing-imported"
              : "nothing-new",
        account: taken.account,
        created: taken.created,
        people: taken.people,
        rejected: list.written() ? list.path : null,
        replaced: taken.replaced
      } satisfies ImportReport
    })
  )
})
