/** Differences within the slices that a study declared beforehand: each slicing is a family of its own, by Holm. */
import { adjust } from "../../stats/Adjust.ts"
import type { SliceName } from "../../study/Study.ts"
import type { Scores } from "../collect.ts"
import type { SliceFamily } from "../Leaderboard.ts"
import { choose, type Pair, type Unadjusted, unadjusted } from "./declared.ts"
import { fitHuman, MOST_DENSE_SLICE, MOST_RATINGS_SLICE } from "./humanModel.ts"
import { columnsOf, where } from "./LongRatings.ts"
import { pairedOn, partsOf, type SlicedPost } from "./slices.ts"

interface Part {
  readonly name: string
  readonly posts: ReadonlySet<number>
}

/** The parts of a slicing. With one domain the slice would be the table. */
const partsBy = (by: SliceFamily["by"], posts: readonly SlicedPost[]): readonly Part[] => {
  if (by !== "domain") return partsOf(posts).filter((part) => part.by === by)
  const domains = [...Map.groupBy(posts.keys(), (ordinal) => posts[ordinal]!.domain)]
  return domains.length < 2
    ? []
    : domains
        .map(([name, ordinals]) => ({ name, posts: new Set(ordinals) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What a study declared. */
export interface Declaration {
  readonly declared: readonly SliceName[]
  readonly pairs: readonly Pair[]
  /** Sources with a rated text. */
  readonly rated: readonly string[]
}

/** All differences on a part, by the table's own estimator. */
const differences = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly SlicedPost[],
  part: ReadonlySet<number>
): readonly Unadjusted[] => {
  const { long } = scores
  if (long === undefined) return pairedOn(scores, sources, posts, part).analysis.contrasts
  const columns = columnsOf(where(long, (row) => part.has(long.ordinal[row]!)))
  const fitted = fitHuman(columns, sources, {
    adjust: "none",
    most: MOST_DENSE_SLICE,
    mostRatings: MOST_RATINGS_SLICE
  })
  return fitted.ok ? unadjusted(fitted.value) : []
}

/**
 * The families of the slicings in `declared` that the posts allow; of `pairs`, or where there are none of all pairs of
 * sources that were `rated`. A steerability matrix (`condition`) is adjusted where it is made.
 */
export const sliceFamilies = (
  scores: Scores,
  sources: readonly string[],
  posts: readonly SlicedPost[],
  { declared, pairs, rated }: Declaration
): readonly SliceFamily[] =>
  declared.flatMap((by) => {
    if (by === "condition") return []
    const parts = partsBy(by, posts)
    if (parts.length === 0 || rated.length < 2) return []
    const wanted: readonly Pair[] =
      pairs.length > 0 ? pairs : rated.flatMap((a, i) => rated.slice(i + 1).map((b): Pair => [a, b]))
    const found = parts.flatMap(({ name, posts: part }) =>
      choose(wanted, differences(scores, sources, posts, part)).map((entry) => ({ slice: name, ...entry }))
    )
    const adjusted = adjust(
      found.map(({ p }) => p),
      "holm"
    )
    return [
      {
        by,
        contrasts: found.map(({ slice, a, b, estimate, lower, upper }, i) => ({
          slice,
          a,
          b,
          estimate,
          lower,
          upper,
          p: adjusted[i]!
        })),
        missing: parts.length * wanted.length - found.length
      }
    ]
  })
