/** From verdicts between pairs to strengths: Bradley–Terry with position and length, and how often order decided. */
import type { Preference } from "../judge/pairwise/judgePairs.ts"
import type { Estimable } from "../stats/Estimable.ts"
import * as BradleyTerry from "../stats/pairwise/BradleyTerry.ts"
import type { Comparison } from "../stats/pairwise/PairwiseDesign.ts"

/** What one judge's comparisons come to. */
export interface PairwiseResult {
  readonly judge: string
  /** Verdicts that could be read, and those that could not. */
  readonly verdicts: number
  readonly unread: number
  /** Pairs with a verdict in both orders. */
  readonly pairs: number
  /** Shares of those: the other source won in the other order; the verdict was not the same one. */
  readonly reversed: number
  readonly changed: number
  /**
   * Strengths in log odds against the reference, errors clustered by post. `position_a` is the advantage of being shown
   * first, `log_length` what a response gains with the natural logarithm of its words.
   */
  readonly fit: Estimable<BradleyTerry.BradleyTerryFit>
}

/** Rows of a fit: clusters are the posts, since these judges are the ones that are meant. */
export const comparisonsOf = (preferences: readonly Preference[]): readonly Comparison[] =>
  preferences.flatMap(({ first, second, grade, post, words }) =>
    grade === null
      ? []
      : [
          {
            a: first,
            b: second,
            winner: grade > 0 ? "a" : grade < 0 ? "b" : "tie",
            rater: post,
            covariates: { log_length: Math.log(Math.max(1, words[0]) / Math.max(1, words[1])) }
          } satisfies Comparison
        ]
  )

/** Log odds by source so far, for an adaptive design: penalised, so that a few verdicts do not run away. */
export const strengthsOf = (preferences: readonly Preference[]): ReadonlyMap<string, number> => {
  const fitted = BradleyTerry.fit(comparisonsOf(preferences), { ties: "half", penalty: "always" })
  if (!fitted.ok) return new Map()
  return new Map([
    [fitted.value.reference, 0],
    ...fitted.value.coefficients.map(({ name, estimate }) => [name, estimate] as const)
  ])
}

/** Fits one judge's verdicts. */
export const pairwiseResult = (judge: string, preferences: readonly Preference[]): PairwiseResult => {
  const read = preferences.filter(({ grade }) => grade !== null)
  const both = [
    ...Map.groupBy(read, ({ post, first, second }) =>
      JSON.stringify([post, ...[first, second].sort()])
    ).values()
  ].filter((list) => list.length === 2)
  const share = (is: (one: number, other: number) => boolean) =>
    both.length === 0
      ? 0
      : both.filter(([one, other]) => is(Math.sign(one!.grade!), Math.sign(other!.grade!))).length /
        both.length
  return {
    judge,
    verdicts: read.length,
    unread: preferences.length - read.length,
    pairs: both.length,
    // The same sign twice means that whatever stood first (or second) won both times.
    reversed: share((one, other) => one !== 0 && one === other),
    changed: share((one, other) => one !== -other),
    fit: BradleyTerry.fit(comparisonsOf(read), {
      ties: "davidson",
      position: true,
      covariates: ["log_length"]
    })
  }
}
