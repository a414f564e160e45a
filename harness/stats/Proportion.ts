/** Intervals of a share, such as of simulated studies that find something. */
import { qbeta } from "./Distributions.ts"
import type { Interval } from "./Interval.ts"

/**
 * The exact interval of Clopper & Pearson (1934), Biometrika 26, 404–413, for `x` successes in `n` trials: it never
 * covers less often than its level says.
 */
export const clopperPearson = (x: number, n: number, level = 0.95): Interval => {
  const tail = (1 - level) / 2
  return {
    lower: x === 0 ? 0 : qbeta(tail, x, n - x + 1),
    upper: x === n ? 1 : qbeta(1 - tail, x + 1, n - x),
    level
  }
}
