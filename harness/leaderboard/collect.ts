/** From ratings as they are stored to one number per post and source: what the estimators start from. */
import { Effect, Stream } from "effect"
import { raterEffects } from "../stats/paired/RaterEffects.ts"
import { Ratings } from "../store/Ratings.ts"
import type { RunId } from "../study/Ids.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import { makeMeasurer } from "./measures.ts"

/** Text means of one instrument, measure, kind of rater and condition. */
export interface Scores {
  readonly instrument: Instrument
  /** `aggregate` or a dimension's name. */
  readonly measure: string
  readonly raterKind: RaterKind
  readonly raters: readonly string[]
  readonly condition: string
  /** posts × sources, row-major; NaN where no text has a full rating. Judges' own effects are taken out. */
  readonly values: Float64Array
  /** Each rater's own means in the same form; for judges only. */
  readonly byRater: ReadonlyMap<string, Float64Array>
}

/** What there is to collect. */
export interface CollectOptions {
  readonly run: RunId
  readonly instruments: readonly Instrument[]
  readonly sources: readonly string[]
  readonly posts: number
  /** Automatic raters of the run by `raterKey`; people are always collected. */
  readonly raters: ReadonlySet<string>
}

interface Cell {
  readonly sums: Float64Array
  readonly counts: Uint32Array
  readonly raters: Set<string>
}

const separator = "\u0000"

/** A rater as a run knows it: of another version it is another rater. */
export const raterKey = (rater: { readonly id: string; readonly version: string }): string =>
  `${rater.id}${separator}${rater.version}`

/** Reads all scored ratings of a run once, in the order of its posts. */
export const collect = Effect.fn("Leaderboard.collect")(function* (options: CollectOptions) {
  const ratings = yield* Ratings
  const column = new Map(options.sources.map((source, index) => [source, index]))
  const instruments = new Map<string, Instrument>(options.instruments.map((entry) => [entry.name, entry]))
  const width = options.sources.length
  const cells = new Map<string, Cell>()

  const into = (key: string, rater: string, at: number, value: number) => {
    let cell = cells.get(key)
    if (!cell) {
      const size = options.posts * width
      cell = { sums: new Float64Array(size), counts: new Uint32Array(size), raters: new Set() }
      cells.set(key, cell)
    }
    cell.sums[at]! += value
    cell.counts[at]! += 1
    cell.raters.add(rater)
  }

  const measurer = makeMeasurer(options.instruments, ({ of, measure, value }) => {
    const { instrument, raterKind, condition, source, ordinal, rater } = of
    const key = [instrument, measure, raterKind, condition].join(separator)
    const at = ordinal * width + column.get(source)!
    into(key, rater, at, value)
    if (raterKind === "judge") into([key, rater].join(separator), rater, at, value)
  })

  yield* Stream.runForEachArray(ratings.scored(options.run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        if (!column.has(row.source)) continue
        if (
          row.raterKind !== "human" &&
          !options.raters.has(raterKey({ id: row.rater, version: row.raterVersion }))
        )
          continue
        measurer.add(row)
      }
    })
  )
  measurer.end()

  const meansOf = (cell: Cell) =>
    cell.sums.map((sum, index) => (cell.counts[index] === 0 ? Number.NaN : sum / cell.counts[index]!))
  const scores: Scores[] = []
  for (const [key, cell] of cells) {
    const parts = key.split(separator)
    // Those with a fifth part are one judge's own.
    if (parts.length > 4) continue
    const [instrument, measure, raterKind, condition] = parts as [string, string, RaterKind, string]
    const raters = [...cell.raters].sort()
    const byRater = new Map(
      raterKind === "judge"
        ? raters.map((rater) => [rater, meansOf(cells.get([key, rater].join(separator))!)])
        : []
    )
    scores.push({
      instrument: instruments.get(instrument)!,
      measure,
      raterKind,
      raters,
      condition,
      values: byRater.size > 1 ? raterEffects([...byRater.values()]).values : meansOf(cell),
      byRater
    })
  }
  return scores
})
