/** Sources × conditions: how far an instruction moves each source, paired by post. */
import { adjust } from "../../stats/Adjust.ts"
import { qt } from "../../stats/Distributions.ts"
import * as PairedContrasts from "../../stats/paired/PairedContrasts.ts"
import type { Scores } from "../collect.ts"
import type { Interval, Steerability, Table } from "../Leaderboard.ts"
import { fitHuman, MOST_DENSE_SLICE } from "./humanModel.ts"
import { columnsOf, type LongRatings, where } from "./LongRatings.ts"

interface Change {
  readonly change: Interval
  readonly p: number
}

/** A person's ratings of one source under all conditions, the condition in the source's place. */
const byCondition = (each: readonly Scores[], source: string): LongRatings => {
  const parts = each.map(({ long, condition }) => {
    const own = where(long!, (row) => long!.source[row] === source)
    return { ...own, source: own.source.map(() => condition) }
  })
  return {
    rating: Float64Array.from(parts.flatMap(({ rating }) => [...rating])),
    source: parts.flatMap((part) => part.source),
    rater: parts.flatMap((part) => part.rater),
    ordinal: Int32Array.from(parts.flatMap(({ ordinal }) => [...ordinal])),
    domain: parts.flatMap((part) => part.domain),
    epoch: Int32Array.from(parts.flatMap(({ epoch }) => [...epoch])),
    repeated: 0
  }
}

const humanChanges = (each: readonly Scores[], source: string): ReadonlyMap<string, Change> => {
  const long = byCondition(each, source)
  const order = each.map(({ condition }) => condition).filter((name) => long.source.includes(name))
  const fitted =
    long.rating.length === 0 ? undefined : fitHuman(columnsOf(long), order, { most: MOST_DENSE_SLICE })
  const found = new Map<string, Change>()
  if (!fitted?.ok || order[0] !== each[0]!.condition) return found
  // The first rows are those of the first condition against each of the others.
  order.slice(1).forEach((condition, i) => {
    const { estimate, SE, df, p, reason } = fitted.value.contrasts[i]!
    if (reason !== undefined || estimate === null || SE === null || p === null) return
    const half = qt(0.975, df ?? Number.POSITIVE_INFINITY) * SE
    found.set(condition, {
      change: { estimate: -estimate, lower: -estimate - half, upper: -estimate + half },
      p
    })
  })
  return found
}

const pairedChanges = (
  each: readonly Scores[],
  at: number,
  width: number,
  posts: readonly { readonly domain: string }[]
): ReadonlyMap<string, Change> => {
  const values = Float64Array.from(
    { length: posts.length * each.length },
    (_, i) => each[i % each.length]!.values[Math.floor(i / each.length) * width + at]!
  )
  const { contrasts } = PairedContrasts.analysePaired({
    sources: each.map(({ condition }) => condition),
    posts,
    values,
    seed: 0,
    resamples: 99
  })
  return new Map(
    contrasts
      .filter(({ a }) => a === each[0]!.condition)
      .map(({ b, estimate, lower, upper, p }) => [
        b,
        { change: { estimate: -estimate, lower: -upper, upper: -lower }, p }
      ])
  )
}

const keyOf = (
  of: {
    readonly measure: string
    readonly raterKind: string
    readonly panels?: readonly string[] | undefined
  },
  instrument: string
) => JSON.stringify([instrument, of.measure, of.raterKind, of.panels ?? []])

/** One matrix for each instrument, measure and kind of rater with several conditions; `conditions` in the study's order. */
export const steerabilityOf = (
  scores: readonly Scores[],
  tables: readonly Table[],
  sources: readonly string[],
  conditions: readonly string[],
  posts: readonly { readonly domain: string }[]
): readonly Steerability[] => {
  const groups = Map.groupBy(scores, (entry) => keyOf(entry, entry.instrument.name))
  return [...groups].flatMap(([key, group]): readonly Steerability[] => {
    const each = conditions.flatMap((name) => group.filter(({ condition }) => condition === name))
    if (each.length < 2) return []
    const own = tables.filter((table) => keyOf(table, table.instrument) === key)
    const rows = sources.map((source, at) => {
      const changes =
        each[0]!.long === undefined
          ? pairedChanges(each, at, sources.length, posts)
          : humanChanges(each, source)
      return {
        source,
        cells: each.map(({ condition }) => ({
          condition,
          mean:
            own.find((table) => table.condition === condition)?.rows.find((row) => row.source === source)
              ?.mean ?? null,
          found: changes.get(condition)
        }))
      }
    })
    const adjusted = adjust(
      rows.flatMap(({ cells }) => cells.flatMap(({ found }) => (found === undefined ? [] : [found.p]))),
      "holm"
    )
    let next = 0
    const [{ instrument, measure, raterKind, panels }] = each as [Scores]
    return [
      {
        instrument: instrument.name,
        title: instrument.title,
        measure,
        raterKind,
        ...(panels === undefined ? {} : { panels }),
        conditions: each.map(({ condition }) => condition),
        rows: rows
          .map(({ source, cells }) => ({
            source,
            cells: cells.map(({ condition, mean, found }) => ({
              condition,
              mean,
              ...(found === undefined ? {} : { change: found.change, p: adjusted[next++]! })
            }))
          }))
          .filter(({ cells }) => cells.some(({ mean }) => mean !== null))
      }
    ]
  })
}
