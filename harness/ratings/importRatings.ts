/** Brings a file of people's ratings into the store: all of it in one transaction, every row accounted for. */
import { Clock, Effect, Path, Schema } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { FileError } from "../catalog/FileError.ts"
import type { Instrument } from "../study/Instrument.ts"
import { Account } from "./Account.ts"
import { Identity } from "./Identity.ts"
import {
  encodedMap,
  type ImportOf,
  type ImportReport,
  nothingNew,
  outcomeOf,
  recordOf,
  reportOf
} from "./ImportReport.ts"
import { ownRatings } from "./mapping/ownColumns.ts"
import { ratingReader } from "./mapping/ratingReader.ts"
import { fileIsRater, mapWithoutPeople } from "./mapWithoutPeople.ts"
import { type Opened, openTable } from "./openFile.ts"
import { RatingsMap, type Word } from "./RatingsMap.ts"
import { rejectedFile } from "./rejectedFile.ts"
import { seenBefore } from "./seenBefore.ts"
import { slug } from "./slug.ts"
import { takeRatings } from "./takeRatings.ts"
import { targetOf } from "./target.ts"
import { withPreset } from "./withPreset.ts"

/** Names of instruments that a map's word may stand for; `undefined` where any may come. */
const namesIn = (word: Word | undefined): readonly string[] | undefined =>
  word === undefined
    ? []
    : typeof word === "string"
      ? [word]
      : word.names
        ? Object.values(word.names)
        : undefined

/** The instruments that a map may mean. */
export const instrumentsOf = Effect.fn("Ratings.instrumentsOf")(function* (map: RatingsMap, folder: string) {
  const catalog = yield* Catalog
  const words = [map.instrument, ...map.ratings.map(({ instrument }) => instrument)]
  const names = words.map(namesIn)
  const wanted = new Set(names.flatMap((some) => some ?? []))
  if (names.includes(undefined)) for (const name of yield* catalog.names("instruments")) wanted.add(name)
  const found = new Map<string, Instrument>()
  for (const name of wanted) found.set(name, yield* catalog.instrument(name, folder))
  return found
})

const decodeMap = Schema.decodeEffect(RatingsMap)

/** The map of a file that came without one. */
const mapOf = Effect.fn("Ratings.mapOf")(function* (file: string, { format, table }: Opened) {
  const own = format.map ?? ownRatings(file, table.header)
  return own instanceof FileError ? yield* own : yield* Effect.orDie(decodeMap(own))
})

/** Imports. Fails, with nothing kept, where the file, the map or the store is wrong as a whole. */
export const importRatings = Effect.fn("Ratings.importRatings")(function* (given: ImportOf<RatingsMap>) {
  const path = yield* Path.Path
  const opened = yield* openTable(given.file, given.format, given.map ?? {}, given.folder)
  const { file, table } = opened
  const own = given.map ?? (yield* mapOf(given.file, opened))
  const map = withPreset(own, opened.format.preset, table.header)
  const instruments = yield* instrumentsOf(map, given.folder)
  const reader = yield* Effect.try({
    try: () => ratingReader(given.file, table, map, instruments),
    catch: (thrown) => {
      if (thrown instanceof FileError) return thrown
      throw thrown
    }
  })
  const identity = yield* Identity
  const secret = fileIsRater(map)
  if (secret && map.name === undefined && given.run === undefined) {
    return yield* new FileError({
      place: given.file,
      reason: "each rater has a file, and the map does not say which data set they belong to",
      mend: "add name: to the map, the same for all of them"
    })
  }
  const kept = secret ? `${identity.hidden(file.name)}${path.extname(file.name)}` : file.name
  const name = slug(map.name ?? path.parse(file.name).name, "data-set")
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  const target = yield* targetOf(given.run, {
    name,
    title: map.title ?? name,
    provenance:
      map.provenance ?? (secret ? "imported from a file of each rater" : `imported from ${file.name}`),
    licence: map.licence
  })
  const encoded = encodedMap(RatingsMap, map, opened.joined, (text) =>
    mapWithoutPeople(text, identity.hidden)
  )
  const report = reportOf("ratings", opened, target, given)
  const before = given.replace ? undefined : yield* seenBefore("ratings", target, file.hash, encoded.hash)
  if (before !== undefined) return { ...report, ...nothingNew(before.account) } satisfies ImportReport
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const list = yield* rejectedFile(given.rejected)
      const taken = yield* takeRatings({
        table,
        map,
        reader,
        instruments: [...instruments.values()],
        target,
        account: new Account(list.add),
        now,
        dryRun: given.dryRun,
        replace: given.replace,
        record: { ...recordOf("ratings", opened, target, encoded, now), file: kept }
      })
      return {
        ...report,
        ...taken,
        replaced: [...new Set(taken.replaced.map((old) => (old === kept ? file.name : old)))],
        outcome: outcomeOf(taken.account),
        rejected: list.written() ? list.path : null
      } satisfies ImportReport
    })
  )
})
