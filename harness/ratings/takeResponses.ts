/** The rows of a table become responses of a data set, in one transaction. */
import { Effect, Stream } from "effect"
import { encodeManifest } from "../run/Manifest.ts"
import { type ImportRecord, ImportWriter } from "../store/ImportWriter.ts"
import { Runs } from "../store/Runs.ts"
import type { Condition } from "../study/Condition.ts"
import { wordCount } from "../study/Response.ts"
import type { Account, Fate, Rejection } from "./Account.ts"
import { asRecorded, type DataSet } from "./DataSet.ts"
import type { OffLength, Taken } from "./ImportReport.ts"
import { withContents } from "./importManifest.ts"
import { keepTexts } from "./keepTexts.ts"
import type { Columns } from "./mapping/columns.ts"
import { textFactsOf } from "./mapping/textFacts.ts"
import { wordsReader } from "./mapping/wordsReader.ts"
import type { Library } from "./Posts.ts"
import type { ResponsesMap } from "./RatingsMap.ts"
import { rowSkips } from "./rowSkips.ts"
import { most } from "./Sittings.ts"
import { slug } from "./slug.ts"
import type { Row, Table } from "./table/Table.ts"
import { openDataSet, type Target, tooMany } from "./target.ts"
import { Undo } from "./Undo.ts"

/** Everything a table needs to become responses. */
export interface TakingResponses {
  readonly table: Table
  readonly map: ResponsesMap
  readonly columns: Columns
  readonly target: Target
  readonly library: Library | undefined
  /** Of the catalog, by their names. */
  readonly conditions: ReadonlyMap<string, Condition>
  readonly account: Account
  readonly now: string
  readonly dryRun: boolean
  readonly record: Omit<ImportRecord, "id">
}

/** Counts responses whose length is not what their condition asks for. */
const lengths = (conditions: ReadonlyMap<string, Condition>) => {
  const counts = new Map<string, { responses: number; shorter: number; longer: number }>()
  return {
    add: (condition: string, text: string) => {
      const range = conditions.get(condition)?.length
      if (range === undefined) return
      const count = counts.get(condition) ?? { responses: 0, shorter: 0, longer: 0 }
      const words = wordCount(text)
      count.responses++
      if (words < range.min) count.shorter++
      if (words > range.max) count.longer++
      counts.set(condition, count)
    },
    closed: (): readonly OffLength[] =>
      [...counts]
        .filter(([, { shorter, longer }]) => shorter + longer > 0)
        .map(([condition, count]) => ({ condition, ...conditions.get(condition)!.length!, ...count }))
  }
}

const only = (fate: Fate): Record<Fate, number> => ({
  imported: 0,
  unscored: 0,
  duplicates: 0,
  empty: 0,
  rejected: 0,
  [fate]: 1
})

const takeRow = (
  { account, columns, map, table }: TakingResponses,
  data: DataSet,
  off: ReturnType<typeof lengths>
) => {
  const facts = textFactsOf(columns, map)
  const words = wordsReader(map, columns)
  const skips = rowSkips(map.skip, columns, table)
  /** Takes the response of a row; what is wrong with it, where something is. */
  const take = (row: Row): Omit<Rejection, "line"> | undefined => {
    if (row.wrong !== undefined) return { column: "", ...row.wrong }
    const wrongKind = words.kindWrong(row)
    if (wrongKind !== undefined)
      return { column: "kind", value: wrongKind, reason: "a writer is human, model or program" }
    const said = words.of(row)
    if (said.kind === undefined) return { column: "kind", value: "", reason: "no kind of writer is named" }
    const before = data.created + data.filled
    const given = facts(row)
    const text = data.find(given, said)
    if (typeof text === "string") return { column: "", value: given.response || given.post, reason: text }
    const isNew = data.created + data.filled > before
    if (isNew) off.add(slug(given.condition, asRecorded), said.text ?? "")
    account.row(only(isNew ? "imported" : "duplicates"))
    return undefined
  }
  return (row: Row): void => {
    const rule = skips(row)
    const wrong = rule === undefined ? take(row) : account.skip(rule)
    if (wrong !== undefined) account.rejectRow({ line: row.line, ...wrong })
  }
}

/** Responses are written this many at a time. */
const AT_A_TIME = 1000

/** Takes every row. With `dryRun`, or where nothing of it is new, the store stays as it was. */
export const takeResponses = Effect.fn("Ratings.takeResponses")(function* (taking: TakingResponses) {
  const { account, columns, conditions, library, map, now, table, target } = taking
  const writer = yield* ImportWriter
  const runs = yield* Runs
  const off = lengths(conditions)
  let taken: Taken | undefined
  const body = Effect.gen(function* () {
    const { data, ids, manifest } = yield* openDataSet(target, now, library)
    const importId = ids.import + 1
    yield* writer.begin({ ...taking.record, id: importId })
    const take = takeRow(taking, data, off)
    const wrong = columns.missing()
    if (wrong !== undefined) return yield* wrong
    let waiting = 0
    yield* Stream.runForEachArray(table.rows, (rows) => {
      for (const row of rows) take(row)
      waiting += rows.length
      if (data.texts >= most.texts) return Effect.fail(tooMany("texts", most.texts))
      if (waiting < AT_A_TIME) return Effect.void
      waiting = 0
      return keepTexts(target.id, data)
    })
    const unseen = columns.unseen()
    if (unseen !== undefined) return yield* unseen
    yield* keepTexts(target.id, data)
    const closed = { ...account.close(), ratings: null }
    taken = {
      account: closed,
      created: { posts: data.posts.created, responses: data.created },
      people: 0,
      judges: [],
      replaced: [],
      offLength: off.closed()
    }
    if (taking.dryRun || closed.rows.imported === 0) return yield* new Undo()
    const about = { ...target.about, title: map.title ?? manifest.study.title }
    yield* runs.setManifest(target.id, encodeManifest(withContents(manifest, data, about, conditions)))
    yield* runs.finish(target.id, now)
    yield* writer.end(importId, JSON.stringify(closed))
  })
  yield* writer.transaction(body).pipe(Effect.catchTag("Undo", () => Effect.void))
  return taken!
})
