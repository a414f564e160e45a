/**
 * Ranks as sets: with k sources, a source's rank lies in [1 + number significantly better, k − number
 * significantly worse], read off simultaneous intervals of all pairwise contrasts. With intervals that hold
 * together at 95 %, so do all the sets (Mohamad, Goeman & van Zwet 2019, Biometrics; Al Mohamad et al.'s
 * use of Tukey's method).
 */
import type { Contrast } from "./Simultaneous.ts"

/** The ranks a source may have; 1 is the best. */
export interface RankSet {
  readonly source: string
  readonly best: number
  readonly worst: number
}

/** All sets. Not `distinguishable` when every set is the same: then no order may be printed. */
export interface Ranking {
  readonly sets: ReadonlyArray<RankSet>
  readonly distinguishable: boolean
}

/**
 * Rank sets of `sources` from their contrasts as `Simultaneous.pairs` lists them (i − j for i before j). A
 * contrast without an interval separates nothing. `lowerIsBetter` for scales on which less is better.
 */
export const make = (
  sources: ReadonlyArray<string>,
  contrasts: ReadonlyArray<Pick<Contrast, "lower" | "upper">>,
  lowerIsBetter = false
): Ranking => {
  const k = sources.length
  const better = new Int32Array(k)
  const worse = new Int32Array(k)
  let at = 0
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const { lower, upper } = contrasts[at++] ?? { lower: null, upper: null }
      if (lower === null || upper === null || (lower <= 0 && upper >= 0)) continue
      const [winner, loser] = lower > 0 !== lowerIsBetter ? [i, j] : [j, i]
      better[loser]! += 1
      worse[winner]! += 1
    }
  }
  const sets = sources.map((source, i) => ({ source, best: 1 + better[i]!, worst: k - worse[i]! }))
  return { sets, distinguishable: sets.some(({ best, worst }) => best !== 1 || worst !== k) }
}
