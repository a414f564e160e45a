/**
 * Kruskal–Wallis rank test of several independent groups, with ties corrected (Kruskal & Wallis 1952, JASA
 * 47, 583–621). The p value is the chi-square approximation.
 */
import { pchisqUpper } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import { type Cell, present } from "../Moments.ts"
import { midRanks, tieSizes } from "../Ranks.ts"

/** The test; `n` is the number of values present. */
export interface KruskalWallis {
  readonly statistic: number
  readonly df: number
  readonly p: number
  readonly n: number
}

/** Empty groups are left out; fails with a reason below two groups or if all values are equal. */
export const kruskalWallis = (groups: ReadonlyArray<ReadonlyArray<Cell>>): Estimable<KruskalWallis> => {
  const kept = groups.map((group) => group.filter(present)).filter((group) => group.length > 0)
  if (kept.length < 2) return notEstimable("fewer than two groups have values")
  const all = kept.flat()
  const n = all.length
  const ties = tieSizes(all).reduce((s, t) => s + (t ** 3 - t), 0)
  if (ties === n ** 3 - n) return notEstimable("all values are equal")
  const ranks = midRanks(all)
  let from = 0
  let spread = 0
  for (const group of kept) {
    let total = 0
    for (let i = from; i < from + group.length; i++) total += ranks[i]! - (n + 1) / 2
    spread += (total * total) / group.length
    from += group.length
  }
  const statistic = (12 * spread) / (n * (n + 1)) / (1 - ties / (n ** 3 - n))
  const df = kept.length - 1
  return finite({ statistic, df, p: pchisqUpper(statistic, df), n })
}
