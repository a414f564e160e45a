/** From ratings as they are stored to one number per post and source: what the estimators start from. */
import { Effect, Stream } from "effect"
import { raterEffects } from "../stats/paired/RaterEffects.ts"
import { Ratings } from "../store/Ratings.ts"
import type { TextRating } from "../store/ratingStream.ts"
import type { RunId } from "../study/Ids.ts"
import type { Instrument } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import { type Panel, type Pool, panelsOf } from "../study/Study.ts"
import { LongBuilder, type LongRatings } from "./estimates/LongRatings.ts"
import { makeMeasurer } from "./measures.ts"

/** Text means of one instrument, measure, kind of rater and condition. */
export interface Scores {
  readonly instrument: Instrument
  /** `aggregate` or a dimension's name. */
  readonly measure: string
  readonly raterKind: RaterKind
  /** Whose ratings these are, of people; several where the study pools them. */
  readonly panels?: readonly Panel[]
  readonly raters: readonly string[]
  readonly condition: string
  /** posts × sources, row-major; NaN where no text has a full rating. Judges' own effects are taken out. */
  readonly values: Float64Array
  /** Each rater's own means in the same form; for judges only. */
  readonly byRater: ReadonlyMap<string, Float64Array>
  /** Each rating for itself; for people only. */
  readonly long?: LongRatings
  /** With what data quality excludes, in the same form; absent where nothing is excluded. */
  readonly all?: {
    readonly values: Float64Array
    readonly raters: readonly string[]
    readonly long?: LongRatings
    /** Ratings on this measure, and how many of them are excluded. */
    readonly total: number
    readonly excluded: number
  }
}

/** What there is to collect. */
export interface CollectOptions {
  readonly run: RunId
  readonly instruments: readonly Instrument[]
  readonly sources: readonly string[]
  readonly posts: number
  /** Automatic raters of the run by `raterKey`; people are always collected. */
  readonly raters: ReadonlySet<string>
  /** Whether a rating counts: not one of a judge's own family. */
  readonly counts: (of: TextRating) => boolean
  /** Panels of people that share a table; every other panel has its own. */
  readonly pool: Pool
}

interface Cell {
  readonly sums: Float64Array
  readonly counts: Uint32Array
  readonly raters: Set<string>
  readonly rows: LongRow[]
}

interface LongRow {
  readonly of: TextRating
  readonly value: number
}

const separator = "\u0000"

/** A rater as a run knows it: of another version it is another rater. */
export const raterKey = (rater: { readonly id: string; readonly version: string }): string =>
  `${rater.id}${separator}${rater.version}`

/** Sums by table: a table for each instrument, measure, kind of rater, condition and panel or pool of people. */
class Cells {
  readonly of = new Map<string, Cell>()
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  at(key: string): Cell {
    const known = this.of.get(key)
    if (known) return known
    const made = {
      sums: new Float64Array(this.#size),
      counts: new Uint32Array(this.#size),
      raters: new Set<string>(),
      rows: []
    }
    this.of.set(key, made)
    return made
  }

  add(key: string, rater: string, at: number, value: number): void {
    const cell = this.at(key)
    cell.sums[at]! += value
    cell.counts[at]! += 1
    cell.raters.add(rater)
  }
}

const longOf = (...lists: readonly (readonly LongRow[])[]): LongRatings => {
  const builder = new LongBuilder()
  for (const rows of lists) for (const { of, value } of rows) builder.add(of, value)
  return builder.end()
}

const meansOf = ({ sums, counts }: Pick<Cell, "sums" | "counts">): Float64Array =>
  sums.map((sum, index) => (counts[index] === 0 ? Number.NaN : sum / counts[index]!))

/** What is kept and what is excluded, together. */
const together = (kept: Cell, out: Cell): NonNullable<Scores["all"]> => ({
  values: meansOf({
    sums: kept.sums.map((sum, index) => sum + out.sums[index]!),
    counts: kept.counts.map((n, index) => n + out.counts[index]!)
  }),
  raters: [...new Set([...kept.raters, ...out.raters])].sort(),
  total: kept.counts.reduce((sum, n) => sum + n, 0) + out.counts.reduce((sum, n) => sum + n, 0),
  excluded: out.counts.reduce((sum, n) => sum + n, 0)
})

/** Reads all scored ratings of a run once, in the order of its posts. */
export const collect = Effect.fn("Leaderboard.collect")(function* (options: CollectOptions) {
  const ratings = yield* Ratings
  const column = new Map(options.sources.map((source, index) => [source, index]))
  const instruments = new Map<string, Instrument>(options.instruments.map((entry) => [entry.name, entry]))
  const width = options.sources.length
  const kept = new Cells(options.posts * width)
  const out = new Cells(options.posts * width)

  const keyOf = (of: TextRating, measure: string): string => {
    const panels = of.raterKind === "human" ? panelsOf(of.panel, options.pool).join(",") : ""
    return [of.instrument, measure, of.raterKind, of.condition, panels].join(separator)
  }

  const read = Effect.fnUntraced(function* (which: "scored" | "excluded", cells: Cells) {
    const measurer = makeMeasurer(options.instruments, ({ of, measure, value }) => {
      const { raterKind, source, ordinal, rater } = of
      const key = keyOf(of, measure)
      const at = ordinal * width + column.get(source)!
      cells.add(key, rater, at, value)
      if (raterKind === "human") cells.at(key).rows.push({ of, value })
      if (raterKind === "judge") cells.add([key, rater].join(separator), rater, at, value)
    })
    yield* Stream.runForEachArray(ratings[which](options.run), (rows) =>
      Effect.sync(() => {
        for (const row of rows) {
          if (!column.has(row.source) || !options.counts(row)) continue
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
  })
  yield* read("scored", kept)
  yield* read("excluded", out)

  const scores: Scores[] = []
  // A table all of whose ratings are excluded is still a table, with nothing in it.
  for (const key of new Set([...kept.of.keys(), ...out.of.keys()])) {
    const cell = kept.at(key)
    const parts = key.split(separator)
    // Those with a sixth part are one judge's own.
    if (parts.length > 5) continue
    const [instrument, measure, raterKind, condition, panels] = parts as [
      string,
      string,
      RaterKind,
      string,
      string
    ]
    const raters = [...cell.raters].sort()
    const byRater = new Map(
      raterKind === "judge"
        ? raters.map((rater) => [rater, meansOf(kept.at([key, rater].join(separator)))])
        : []
    )
    const excluded = out.of.get(key)
    scores.push({
      instrument: instruments.get(instrument)!,
      measure,
      raterKind,
      ...(raterKind === "human" ? { panels: panels.split(",") as unknown as readonly Panel[] } : {}),
      raters,
      condition,
      values: byRater.size > 1 ? raterEffects([...byRater.values()]).values : meansOf(cell),
      byRater,
      ...(raterKind === "human" ? { long: longOf(cell.rows) } : {}),
      ...(excluded === undefined
        ? {}
        : {
            all: {
              ...together(cell, excluded),
              ...(raterKind === "human" ? { long: longOf(cell.rows, excluded.rows) } : {})
            }
          })
    })
  }
  return scores
})
