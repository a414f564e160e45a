/**
 * Cronbach's alpha: internal consistency of several questions (or raters) summed into one score.
 *
 * Cronbach (1951), Psychometrika 16, 297–334; interval by Feldt (1965), Psychometrika 30, 357–370. It equals
 * ICC(C,k) of the same matrix.
 */
import { qf } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, isConstant, mean, present, sum, variance } from "../Moments.ts"

/** Alpha of the complete rows. */
export interface Cronbach {
  readonly estimate: number
  readonly interval: Estimable<Interval>
  /** Rows (persons or items) used, and columns. */
  readonly rows: number
  readonly columns: number
  /** Rows left out because a value is missing. */
  readonly rowsDropped: number
}

/** `rows[row][column]`; fails with a reason below two complete rows or two columns, or if the sums are equal. */
export const cronbach = (rows: ReadonlyArray<ReadonlyArray<Cell>>, level = 0.95): Estimable<Cronbach> => {
  const k = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const kept = rows.filter((row): row is ReadonlyArray<number> => row.length === k && row.every(present))
  if (k < 2) return notEstimable("alpha needs at least two columns")
  if (kept.length < 2) return notEstimable("fewer than two rows are complete")
  const n = kept.length
  const grand = mean(kept.flat())
  const centered = kept.map((row) => row.map((x) => x - grand))
  const totals = centered.map(sum)
  const columns = centered[0]!.map((_, j) => centered.map((row) => row[j]!))
  const single = columns.reduce((s, column) => s + (isConstant(column) ? 0 : variance(column)), 0)
  const total = variance(totals)
  if (!(total > 1e-13 * single)) return notEstimable("the row sums do not vary")
  const estimate = (k / (k - 1)) * (1 - single / total)
  const df1 = n - 1
  const df2 = (n - 1) * (k - 1)
  const tail = (1 - level) / 2
  return finite({
    estimate,
    interval:
      1 - estimate > 1e-13
        ? finite({
            lower: 1 - (1 - estimate) * qf(1 - tail, df1, df2),
            upper: 1 - (1 - estimate) / qf(1 - tail, df2, df1),
            level
          })
        : notEstimable("the columns agree perfectly, so no interval exists"),
    rows: n,
    columns: k,
    rowsDropped: rows.length - n
  })
}
