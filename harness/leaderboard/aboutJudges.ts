/**
 * What a reader of a judge's table has to know of the judge: whether it agrees with people, whether they rated a
 * random part and what that corrects (PPI++), and whether it has changed since it was audited.
 */
import { Effect, Stream } from "effect"
import { countsOf, type RunManifest } from "../run/Manifest.ts"
import * as Ppi from "../stats/ppi/PpiContrasts.ts"
import { Audits } from "../store/Audits.ts"
import type { TextRating } from "../store/ratingStream.ts"
import { TextRatings } from "../store/TextRatings.ts"
import { type Instrument, oriented } from "../study/Instrument.ts"
import { type Panel, type Pool, panelsOf } from "../study/Study.ts"
import { raterKey } from "./collect.ts"
import { intervalOf } from "./estimates/TableAnalysis.ts"
import { points } from "./formatNumber.ts"
import type { Correction, Table } from "./Leaderboard.ts"
import { standingNotes } from "./standings.ts"

/** One rater's ratings of one text. */
export interface Sheet {
  readonly of: TextRating
  readonly values: Map<string, number>
}

/** The score of a sheet on a table's measure; `undefined` where a dimension is missing. */
const scoreOf = (instrument: Instrument, measure: string, sheet: Sheet): number | undefined => {
  const wanted =
    measure === "aggregate"
      ? instrument.dimensions
      : instrument.dimensions.filter(({ name }) => name === measure)
  let sum = 0
  for (const dimension of wanted) {
    const value = sheet.values.get(dimension.name)
    if (value === undefined) return undefined
    sum += oriented(dimension, value)
  }
  return sum / wanted.length
}

/** Corrected means, or why there are none; for each panel or pool of people. */
export const correction = (
  table: Table,
  instrument: Instrument,
  sheets: readonly Sheet[],
  domains: ReadonlyMap<string, string>,
  seed: number,
  pool: Pool = []
): readonly Correction[] => {
  const scored = sheets
    .filter(({ of }) => of.instrument === table.instrument && of.condition === table.condition)
    .flatMap((sheet) => {
      const score = scoreOf(instrument, table.measure, sheet)
      const { ordinal, source, rater, raterKind, panel } = sheet.of
      const panels = raterKind === "human" ? panelsOf(panel, pool).join(",") : ""
      return score === undefined ? [] : [{ post: String(ordinal), source, rater, raterKind, panels, score }]
    })
  const groups = Map.groupBy(
    scored.filter(({ raterKind }) => raterKind === "human"),
    ({ panels }) => panels
  )
  return [...groups].sort().map(([panels, human]) => {
    const { sources, contrasts, uncalibrated } = Ppi.analyse({
      sources: table.rows.map(({ source }) => source),
      domains,
      judge: scored.filter(({ raterKind }) => raterKind === table.raterKind),
      human,
      seed
    })
    return {
      panels: panels.split(",") as unknown as readonly Panel[],
      ...(uncalibrated === undefined ? {} : { uncalibrated }),
      rows:
        uncalibrated === undefined
          ? sources.map(({ source, mean }) =>
              mean.ok ? { source, mean: intervalOf(mean.value) } : { source, mean: null, reason: mean.reason }
            )
          : [],
      contrasts: contrasts.flatMap(({ a, b, difference }) =>
        difference.ok ? [{ a, b, ...intervalOf(difference.value) }] : []
      )
    }
  })
}

/** The last word of each judge's drift checks, where it says that the judge has moved. */
const changes = Effect.fnUntraced(function* (manifest: RunManifest) {
  const audits = yield* Audits
  const found = new Map<string, string>()
  for (const judge of manifest.judges ?? []) {
    const rows = (yield* audits.of(judge.id)).filter(({ version }) => version === judge.version)
    const last = rows.findLast(({ kind }) => kind === "drift")
    if (last === undefined) continue
    const { measures } = JSON.parse(last.document) as {
      readonly measures: readonly {
        readonly measure: string
        readonly drift?: {
          readonly since: string
          readonly outcome: string
          readonly shift: { readonly value?: { readonly mean: number } }
        }
      }[]
    }
    for (const { drift } of measures) {
      if (drift?.outcome !== "fail") continue
      found.set(
        judge.id,
        `the judge ${judge.id} has changed: on ${last.at.slice(0, 10)} it rated the audit's texts ${points(drift.shift.value?.mean ?? 0)} points from what it said on ${drift.since.slice(0, 10)}`
      )
    }
  }
  return found
})

/** Judges of one name that rated with different versions. */
const versions = (manifest: RunManifest): ReadonlyMap<string, string> => {
  const byName = Map.groupBy(manifest.judges ?? [], ({ id }) => id)
  return new Map(
    [...byName].flatMap(([id, list]) => {
      const hashes = [...new Set(list.map(({ version }) => version.slice(0, 8)))]
      return hashes.length > 1
        ? [[id, `the judge ${id} rated with ${hashes.length} versions (${hashes.join(", ")})`] as const]
        : []
    })
  )
}

/** Adds those notes and corrections to the tables of judges, and corrections to those of proxies. */
export const aboutJudges = Effect.fn("Leaderboard.aboutJudges")(function* (
  manifest: RunManifest,
  tables: readonly Table[]
) {
  if (tables.every(({ raterKind }) => raterKind === "human")) return tables
  const mine = new Set([...manifest.raters, ...(manifest.judges ?? [])].map(raterKey))
  const counts = countsOf(manifest)
  const sheets = new Map<string, Sheet>()
  const domains = new Map<string, string>()
  if (tables.some(({ raterKind }) => raterKind === "human")) {
    const ratings = yield* TextRatings
    yield* Stream.runForEach(ratings.ofRun(manifest.run), (row) =>
      Effect.sync(() => {
        const rater = raterKey({ id: row.rater, version: row.raterVersion })
        domains.set(String(row.ordinal), row.domain)
        if (row.raterKind !== "human" && (!mine.has(rater) || !counts(row))) return
        const key = [row.ordinal, row.source, row.condition, row.epoch, rater, row.instrument].join("\u0000")
        const sheet = sheets.get(key) ?? { of: row, values: new Map<string, number>() }
        sheet.values.set(row.dimension, row.value)
        sheets.set(key, sheet)
      })
    )
  }
  const all = [...sheets.values()]
  const moved = yield* changes(manifest)
  const several = versions(manifest)
  const standings = yield* standingNotes(manifest, tables)
  const instruments = new Map(
    manifest.instruments.map(({ definition }) => [definition.name as string, definition])
  )
  return tables.map((table): Table => {
    if (table.raterKind === "human") return table
    const instrument = instruments.get(table.instrument)!
    const corrections = correction(table, instrument, all, domains, manifest.seed, manifest.pool)
    const notes = [
      ...standings(table),
      ...table.raters.flatMap((rater) =>
        [moved.get(rater), several.get(rater)].filter((note) => note !== undefined)
      )
    ]
    return {
      ...table,
      notes: [...table.notes, ...notes],
      ...(corrections.length === 0 ? {} : { corrections })
    }
  })
})
