/** The rows of a table become ratings of a run, in one transaction. */
import { Effect, Stream } from "effect"
import { makeCollector } from "../run/garbage.ts"
import { encodeManifest } from "../run/Manifest.ts"
import { Imports } from "../store/Imports.ts"
import { type ImportRecord, ImportWriter } from "../store/ImportWriter.ts"
import { Ratings } from "../store/Ratings.ts"
import { Runs } from "../store/Runs.ts"
import { StoreError } from "../store/StoreError.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { Account } from "./Account.ts"
import { Identity } from "./Identity.ts"
import type { Taken } from "./ImportReport.ts"
import { withContents, withInstruments, withJudges } from "./importManifest.ts"
import { keepTexts } from "./keepTexts.ts"
import type { RatingReader } from "./mapping/ratingReader.ts"
import { sittingReader } from "./mapping/sittingReader.ts"
import { wordsReader } from "./mapping/wordsReader.ts"
import type { RatingsMap } from "./RatingsMap.ts"
import { rowSkips } from "./rowSkips.ts"
import { most, Sittings } from "./Sittings.ts"
import type { Table } from "./table/Table.ts"
import { takeRow } from "./takeRow.ts"
import { openDataSet, type Target, tooMany } from "./target.ts"
import { Undo } from "./Undo.ts"

/** Everything a table needs to become ratings. */
export interface Taking {
  readonly table: Table
  readonly map: RatingsMap
  readonly reader: RatingReader
  readonly instruments: readonly Instrument[]
  readonly target: Target
  readonly account: Account
  readonly now: string
  readonly dryRun: boolean
  readonly replace: boolean
  readonly record: Omit<ImportRecord, "id">
}

/** Rows are written this many ratings at a time. */
const AT_A_TIME = 2000
/** And garbage is collected after as many of these writes. */
const COLLECT = 6

/** Earlier imports that `--replace` makes history: those of a file of this name, or else the only one there is. */
const replacedBy = Effect.fn("Ratings.replacedBy")(function* ({ target, record, replace }: Taking) {
  if (!replace) return []
  const live = (yield* (yield* Imports).list(target.id)).filter(
    ({ kind, supersededAt }) => kind === "ratings" && supersededAt === null
  )
  const same = live.filter(({ file }) => file === record.file)
  if (same.length > 0) return same
  if (live.length === 1) return live
  return yield* new StoreError({
    reason:
      live.length === 0
        ? `${target.id} has no imported ratings to replace`
        : `which of ${target.id}'s imports to replace is not clear (${live.map(({ file }) => file).join(", ")})`,
    mend: live.length === 0 ? "leave --replace out" : "give the new file the name of the one it replaces"
  })
})

/** Takes every row. With `dryRun`, or where nothing of it is new, the store stays as it was. */
export const takeRatings = Effect.fn("Ratings.takeRatings")(function* (taking: Taking) {
  const { table, map, reader, target, account, now, dryRun } = taking
  const writer = yield* ImportWriter
  const identity = yield* Identity
  const runs = yield* Runs
  const { columns } = reader
  const sitting = sittingReader(map, columns, table.counts)
  const words = wordsReader(map, columns)
  const skips = rowSkips(map.skip, columns, table)
  const wrong = columns.missing()
  if (wrong !== undefined) return yield* wrong

  let taken: Taken | undefined
  const body = Effect.gen(function* () {
    const replaced = yield* replacedBy(taking)
    const { data, ids, manifest } = yield* openDataSet(target, now)
    const importId = ids.import + 1
    yield* writer.begin({ ...taking.record, id: importId })
    yield* writer.supersede(
      replaced.map(({ id }) => id),
      importId,
      now
    )
    const { dimensions: idsOf } = yield* Ratings
    const dimensions = new Map<Instrument, ReadonlyMap<string, number>>()
    for (const instrument of taking.instruments) dimensions.set(instrument, yield* idsOf(instrument))
    const people = yield* writer.people
    const sittings = new Sittings({
      people,
      judges: yield* writer.judges,
      importId,
      lastRater: ids.rater,
      lastSubmission: ids.submission,
      now
    })
    yield* writer.eachRating(target.id, ({ callId, raterId, key, dimensionId, value }) => {
      const text = data.ofCall(callId)
      if (text !== undefined) sittings.known(raterId, key, text, dimensionId, value)
    })
    const used = new Set<Instrument>()
    const take = takeRow({
      run: target.id,
      cells: reader.cells,
      sitting,
      words,
      skips,
      data,
      sittings,
      dimensions,
      used,
      account,
      identity
    })
    const collect = makeCollector(COLLECT)
    const flush = Effect.suspend(() => {
      const given = sittings.take()
      return Effect.gen(function* () {
        yield* keepTexts(target.id, data)
        for (const table of ["rater", "submission", "attention", "rating"] as const)
          yield* writer.write(table, given[table])
        collect()
      })
    })
    yield* Stream.runForEachArray(table.rows, (rows) => {
      for (const row of rows) take(row)
      if (data.texts >= most.texts) return Effect.fail(tooMany("texts", most.texts))
      if (sittings.full) return Effect.fail(tooMany("sittings or dimensions", most.sittings))
      return sittings.waiting >= AT_A_TIME ? flush : Effect.void
    })
    const unseen = columns.unseen()
    // Where no row came through, why not is the better answer: the names may never have been looked up.
    if (unseen !== undefined && (account.imported > 0 || account.rejected === 0)) return yield* unseen
    yield* flush
    const closed = account.close()
    taken = {
      account: closed,
      created: { posts: data.posts.created, responses: data.created },
      people: sittings.people - people.size,
      judges: [...sittings.judges].sort(),
      replaced: replaced.map(({ file }) => file),
      offLength: []
    }
    if (dryRun || closed.rows.imported === 0) return yield* new Undo()
    const full = withInstruments(
      target.own ? withContents(manifest, data, target.about) : manifest,
      // In the map's order; of those that a column could have named only the ones it did.
      taking.instruments.filter((instrument) => used.has(instrument))
    )
    yield* runs.setManifest(target.id, encodeManifest(withJudges(full, sittings.judges)))
    if (target.own) yield* runs.finish(target.id, now)
    yield* writer.end(importId, JSON.stringify(closed))
  })
  yield* writer.transaction(body).pipe(Effect.catchTag("Undo", () => Effect.void))
  return taken!
})
