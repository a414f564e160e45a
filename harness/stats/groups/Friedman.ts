/**
 * Friedman's rank test of several conditions on the same blocks, with ties corrected, and Kendall's W.
 *
 * Friedman (1937); the correction for ties as in Hollander, Wolfe & Chicken (2014), section 7.1, and R's
 * `friedman.test`. The p value is the chi-square approximation.
 */
import { pchisqUpper } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import { type Cell, present } from "../Moments.ts"
import { midRanks, tieSizes } from "../Ranks.ts"

/** The test over the complete blocks. */
export interface Friedman {
  readonly statistic: number
  readonly df: number
  readonly p: number
  /** Kendall's coefficient of concordance, 0 to 1, corrected for ties. */
  readonly W: number
  readonly blocks: number
  readonly blocksDropped: number
}

/** `blocks[block][condition]`; fails with a reason without complete blocks, or if each is tied throughout. */
export const friedman = (blocks: ReadonlyArray<ReadonlyArray<Cell>>): Estimable<Friedman> => {
  const k = blocks.reduce((widest, block) => Math.max(widest, block.length), 0)
  const kept = blocks.filter(
    (block): block is ReadonlyArray<number> => block.length === k && block.every(present)
  )
  const n = kept.length
  if (k < 2) return notEstimable("the test needs at least two conditions")
  if (n < 2) return notEstimable("fewer than two blocks are complete")
  const sums = new Float64Array(k)
  let ties = 0
  for (const block of kept) {
    midRanks(block).forEach((rank, j) => {
      sums[j]! += rank
    })
    for (const t of tieSizes(block)) ties += t ** 3 - t
  }
  const scale = n * k * (k + 1) - ties / (k - 1)
  if (!(scale > 1e-12 * n * k * (k + 1))) return notEstimable("every block is tied throughout")
  const spread = sums.reduce((s, total) => s + (total - (n * (k + 1)) / 2) ** 2, 0)
  const statistic = (12 * spread) / scale
  return finite({
    statistic,
    df: k - 1,
    p: pchisqUpper(statistic, k - 1),
    W: statistic / (n * (k - 1)),
    blocks: n,
    blocksDropped: blocks.length - n
  })
}
