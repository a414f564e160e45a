/** Parts of a table's posts: those of a crisis and the others, the shorter and the longer half. */
import * as PairedContrasts from "../../stats/paired/PairedContrasts.ts"
import type { Scores } from "../collect.ts"
import { count } from "../formatNumber.ts"
import type { Slice, SliceRow } from "../Leaderboard.ts"
import { sliceRows } from "./analyseHuman.ts"
import { where } from "./LongRatings.ts"

/** What slicing needs to know of a post. */
export interface SlicedPost {
  readonly domain: string
  readonly crisis: boolean | "not stated"
  /** Words of its body. */
  readonly words: number
}

/** A half with fewer posts than this says nothing. */
const FEWEST_A_HALF = 10

/** From fewer posts a t interval says more of the t distribution than of the source, or nothing where they agree. */
export const FEWEST_FOR_INTERVAL = 5

/** A part of the posts, by their places. */
export interface Part {
  readonly by: Slice["by"]
  readonly name: string
  readonly posts: ReadonlySet<number>
}

/** The parts by crisis and by length that are large enough to say something. */
export const partsOf = (posts: readonly SlicedPost[]): readonly Part[] => {
  const at = (is: (post: SlicedPost) => boolean) =>
    new Set(posts.flatMap((post, ordinal) => (is(post) ? [ordinal] : [])))
  const crisis = at((post) => post.crisis === true)
  const sorted = posts.map(({ words }) => words).sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  const [shorter, longer] = [at(({ words }) => words <= middle), at(({ words }) => words > middle)]
  return [
    ...(crisis.size === 0
      ? []
      : [
          { by: "crisis" as const, name: "crisis posts", posts: crisis },
          { by: "crisis" as const, name: "other posts", posts: at((post) => post.crisis !== true) }
        ]),
    ...(Math.min(shorter.size, longer.size) < FEWEST_A_HALF
      ? []
      : [
          { by: "length" as const, name: `posts of up to ${count(middle)} words`, posts: shorter },
          { by: "length" as const, name: `posts of more than ${count(middle)} words`, posts: longer }
        ])
  ]
}

/** The table's analysis on a part of the posts; 99 draws are the fewest there are, and none of their intervals is used. */
export const pairedOn = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly SlicedPost[],
  part: ReadonlySet<number>
) => {
  const width = sources.length
  const kept = [...part]
  const values = Float64Array.from(
    { length: kept.length * width },
    (_, i) => scores.values[kept[Math.floor(i / width)]! * width + (i % width)]!
  )
  const analysis = PairedContrasts.analysePaired({
    sources,
    posts: kept.map((ordinal) => posts[ordinal]!),
    values,
    seed: 0,
    resamples: 99
  })
  return { analysis, values }
}

/** Means of text means. */
const pairedRows = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly SlicedPost[],
  part: ReadonlySet<number>
): readonly SliceRow[] => {
  const width = sources.length
  const { analysis, values } = pairedOn(scores, sources, posts, part)
  return analysis.sources.flatMap(({ source, mean, n }): readonly SliceRow[] => {
    if (n === 0) return []
    if (mean.ok) {
      const { estimate, lower, upper } = mean.value
      return [{ source, mean: estimate, lower, upper, posts: n }]
    }
    const column = values.filter((value, i) => i % width === sources.indexOf(source) && !Number.isNaN(value))
    const plain = column.reduce((sum, value) => sum + value, 0) / column.length
    return [{ source, mean: plain, lower: null, upper: null, posts: n }]
  })
}

/** The slices that have rated texts. Means with unadjusted intervals, by the table's own estimator on that part alone. */
export const slicesOf = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly SlicedPost[]
): readonly Slice[] =>
  partsOf(posts).flatMap(({ by, name, posts: part }): readonly Slice[] => {
    const { long } = scores
    const rows =
      long === undefined
        ? pairedRows(scores, sources, posts, part)
        : sliceRows(
            where(long, (row) => part.has(long.ordinal[row]!)),
            sources
          )
    const shown = rows.map((row) =>
      row.posts < FEWEST_FOR_INTERVAL ? { ...row, lower: null, upper: null } : row
    )
    return rows.length === 0
      ? []
      : [{ by, name, posts: Math.max(...rows.map((row) => row.posts)), rows: shown }]
  })
