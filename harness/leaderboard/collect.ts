/** From ratings as they are stored to one number per post and source: what the estimators start from. */
import { Effect, Stream } from "effect"
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
  /** posts × sources, row-major; NaN where no text has a full rating. */
  readonly values: Float64Array
}

/** What there is to collect. */
export interface CollectOptions {
  readonly run: RunId
  readonly instruments: readonly Instrument[]
  readonly sources: readonly string[]
  readonly posts: number
  /** Automatic raters of the plan; people are always collected. */
  readonly raters: readonly AutomaticRater[]
}

/** A rater of a manifest. */
export interface AutomaticRater {
  readonly id: string
  readonly version: string
}

interface Cell {
  readonly sums: Float64Array
  readonly counts: Uint32Array
  readonly raters: Set<string>
}

const separator = "\u0000"

/** Reads all scored ratings of a run once, in the order of its posts. */
export const collect = Effect.fn("Leaderboard.collect")(function* (options: CollectOptions) {
  const ratings = yield* Ratings
  const column = new Map(options.sources.map((source, index) => [source, index]))
  const instruments = new Map<string, Instrument>(options.instruments.map((entry) => [entry.name, entry]))
  const raters = new Set(options.raters.map(({ id, version }) => id + separator + version))
  const width = options.sources.length
  const cells = new Map<string, Cell>()

  const measurer = makeMeasurer(options.instruments, ({ of, measure, value }) => {
    const { instrument, raterKind, condition, source, ordinal, rater } = of
    const key = [instrument, measure, raterKind, condition].join(separator)
    let cell = cells.get(key)
    if (!cell) {
      const size = options.posts * width
      cell = { sums: new Float64Array(size), counts: new Uint32Array(size), raters: new Set() }
      cells.set(key, cell)
    }
    const at = ordinal * width + column.get(source)!
    cell.sums[at]! += value
    cell.counts[at]! += 1
    cell.raters.add(rater)
  })

  yield* Stream.runForEachArray(ratings.scored(options.run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        if (!column.has(row.source)) continue
        if (row.raterKind !== "human" && !raters.has(row.rater + separator + row.raterVersion)) continue
        measurer.add(row)
      }
    })
  )
  measurer.end()

  const scores: Scores[] = []
  for (const [key, cell] of cells) {
    const [instrument, measure, raterKind, condition] = key.split(separator) as [
      string,
      string,
      RaterKind,
      string
    ]
    scores.push({
      instrument: instruments.get(instrument)!,
      measure,
      raterKind,
      raters: [...cell.raters].sort(),
      condition,
      values: cell.sums.map((sum, index) =>
        cell.counts[index] === 0 ? Number.NaN : sum / cell.counts[index]!
      )
    })
  }
  return scores
})
