/**
 * Means of sources by least squares, with errors that may depend within each of two crossed clusters, such as raters
 * and posts: for tables too large for a mixed model.
 *
 * The variance of a combination is V_a + V_b − V_ab with CR1 factors (Cameron, Gelbach & Miller 2011, Journal of Business
 * & Economic Statistics 29), but never less than V_a or V_b alone, since the difference can fall below 0 where clusters
 * are few ("max-se": MacKinnon, Nielsen & Webb 2024, arXiv:2406.08880). t has the smaller number of clusters − 1 degrees
 * of freedom.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { quadratic } from "../SquareMatrix.ts"
import * as ClusterRobust from "./ClusterRobust.ts"
import * as Factor from "./Factor.ts"
import { crossProducts } from "./MixedStructure.ts"
import type { Design } from "./NamedModels.ts"
import type * as Simultaneous from "./Simultaneous.ts"

/** The means as an estimator, and a level for each source; without weights where the data determine no mean. */
export interface TwoWayMeans {
  readonly linear: Simultaneous.Linear
  readonly levels: ReadonlyArray<Simultaneous.Level>
}

/** What each row's residual adds to each mean: row-major, rows × means. */
const influences = (
  { x, n, p, bread, residuals }: ClusterRobust.LeastSquares,
  weights: ReadonlyArray<Float64Array>
): Float64Array => {
  const k = weights.length
  const image = new Float64Array(p * k)
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let m = 0; m < k; m++) image[i * k + m]! += bread[i * p + j]! * weights[m]![j]!
  const rows = new Float64Array(n * k)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) {
      const value = x[i * p + j]! * residuals[i]!
      // A row of a design of factors is nearly all zeros.
      if (value !== 0) for (let m = 0; m < k; m++) rows[i * k + m]! += value * image[j * k + m]!
    }
  }
  return rows
}

/** CR1 covariance of the means, k × k. */
const clustered = (rows: Float64Array, n: number, p: number, { codes, levels }: Factor.Factor) => {
  const [k, groups] = [rows.length / n, levels.length]
  const sums = new Float64Array(groups * k)
  for (let i = 0; i < n; i++) for (let m = 0; m < k; m++) sums[codes[i]! * k + m]! += rows[i * k + m]!
  const factor = ((groups / (groups - 1)) * (n - 1)) / (n - p)
  return crossProducts(sums, k).map((value) => value * factor)
}

/** Estimates. Not estimable when rows do not outnumber coefficients or a factor has one level. */
export const make = (design: Design, a: Factor.Factor, b: Factor.Factor): Estimable<TwoWayMeans> => {
  const single = [a, b].find((factor) => factor.levels.length < 2)
  if (single !== undefined) return notEstimable(`${single.name} has one level: nothing to cluster by`)
  const fitted = ClusterRobust.leastSquares(design.response, design.matrix.x)
  if (!fitted.ok) return fitted
  const { beta, n, p } = fitted.value
  const determined = design.means.filter((weights) => weights !== undefined)
  const rows = influences(fitted.value, determined)
  const [inA, inB, inBoth] = [a, b, Factor.interaction(`${a.name}:${b.name}`, a, b)].map((factor) =>
    clustered(rows, n, p, factor)
  )
  const df = Math.min(a.levels.length, b.levels.length) - 1
  const unit = (at: number) => Float64Array.from(determined, (_, m) => (m === at ? 1 : 0))
  let at = 0
  return estimable({
    linear: {
      beta: Float64Array.from(determined, (weights) =>
        weights.reduce((sum, value, j) => sum + value * beta[j]!, 0)
      ),
      variance: (weights) => {
        const [ofA, ofB] = [quadratic(inA!, weights), quadratic(inB!, weights)]
        return Math.max(ofA, ofB, ofA + ofB - quadratic(inBoth!, weights))
      },
      df: () => df
    },
    levels: design.source.levels.map((name, s) => ({
      name,
      weights: design.means[s] === undefined ? undefined : unit(at++)
    }))
  })
}
