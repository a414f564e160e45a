/** Seeded synthetic ratings, and a walk over results that finds what must never be in them. */
import type { Cell } from "../../harness/stats/Moments.ts"
import * as Random from "../../harness/stats/Random.ts"

/** A permutation of 0 … n − 1. */
export const permutation = (n: number, random: Random.Random): ReadonlyArray<number> => {
  const out = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swap = out[i]!
    out[i] = out[j]!
    out[j] = swap
  }
  return out
}

/** Items × raters of 1 … 5 with item and rater effects, a share of cells missing. */
export const ratings = (
  items: number,
  raters: number,
  options: { readonly seed: number; readonly missing?: number }
): ReadonlyArray<ReadonlyArray<Cell>> => {
  const random = Random.make(options.seed)
  const levels = Array.from({ length: raters }, () => 0.4 * random.normal())
  return Array.from({ length: items }, () => {
    const item = 0.8 * random.normal()
    return levels.map((level) => {
      const value = Math.min(5, Math.max(1, Math.round(3 + item + level + 0.7 * random.normal())))
      return random.next() < (options.missing ?? 0) ? null : value
    })
  })
}
