/**
 * The cumulative link model without random effects (R's `ordinal::clm`), by Newton's method. The log
 * likelihood is concave for both links, so the only thing that can go wrong is that it has no maximum.
 */
import * as Cholesky from "../Cholesky.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as CumulativeLink from "./CumulativeLink.ts"

/** Ratings as 0 … K − 1 and the columns of the fixed effects, all of one length, nothing missing. */
export interface OrdinalProblem {
  readonly link: CumulativeLink.Link
  readonly y: Int32Array
  /** K: every category occurs. */
  readonly categories: number
  readonly columns: ReadonlyArray<Float64Array>
}

/** Thresholds, then coefficients. */
export interface FixedSolution {
  readonly parameters: Float64Array
  readonly logLik: number
  /** Row-major, of all parameters. */
  readonly covariance: Float64Array
}

const diverges =
  "a coefficient has no finite estimate: a source (or another column) has only the lowest or only the highest ratings"

/** η = columns · coefficients. */
export const predictor = (problem: OrdinalProblem, parameters: Float64Array, eta: Float64Array): void => {
  eta.fill(0)
  problem.columns.forEach((column, m) => {
    const beta = parameters[problem.categories - 1 + m]!
    for (let i = 0; i < eta.length; i++) eta[i]! += beta * column[i]!
  })
}

/** The gradient of the log likelihood and the negative Hessian, both at the derivatives in `d`. */
const scoreAndInformation = (problem: OrdinalProblem, d: CumulativeLink.Derivatives) => {
  const { y, categories, columns } = problem
  const cuts = categories - 1
  const size = cuts + columns.length
  const score = new Float64Array(size)
  const information = new Float64Array(size * size)
  for (let i = 0; i < y.length; i++) {
    const a = y[i]!
    const b = a - 1
    if (a < cuts) {
      score[a]! += d.a[i]!
      information[a * size + a]! -= d.crossA[i]! - d.ab[i]!
    }
    if (b >= 0) {
      score[b]! += d.b[i]!
      information[b * size + b]! -= d.crossB[i]! - d.ab[i]!
      if (a < cuts) information[a * size + b]! -= d.ab[i]!
    }
    for (let m = 0; m < columns.length; m++) {
      const x = columns[m]![i]!
      if (x === 0) continue
      const row = (cuts + m) * size
      score[cuts + m]! += x * d.eta[i]!
      if (a < cuts) information[row + a]! += x * d.crossA[i]!
      if (b >= 0) information[row + b]! += x * d.crossB[i]!
      for (let l = 0; l <= m; l++) information[row + cuts + l]! += x * columns[l]![i]! * d.weight[i]!
    }
  }
  return { score, information }
}

const start = (problem: OrdinalProblem): Float64Array => {
  const counts = new Float64Array(problem.categories)
  for (const category of problem.y) counts[category]! += 1
  const parameters = new Float64Array(problem.categories - 1 + problem.columns.length)
  let below = 0
  for (let k = 0; k < problem.categories - 1; k++) {
    below += counts[k]!
    parameters[k] = CumulativeLink.quantile(problem.link, below / problem.y.length)
  }
  return parameters
}

/** Maximises the likelihood. Fails with a reason on collinear columns and where an estimate would be infinite. */
export const maximise = (problem: OrdinalProblem): Estimable<FixedSolution> => {
  const size = problem.categories - 1 + problem.columns.length
  const eta = new Float64Array(problem.y.length)
  const derivatives = CumulativeLink.room(problem.y.length)
  const at = (parameters: Float64Array) => {
    predictor(problem, parameters, eta)
    return CumulativeLink.evaluate(
      problem.link,
      problem.y,
      eta,
      parameters.subarray(0, problem.categories - 1),
      derivatives
    )
  }
  let parameters = start(problem)
  let value = at(parameters)
  for (let iteration = 0; iteration < 60; iteration++) {
    const { score, information } = scoreAndInformation(problem, derivatives)
    if (!Cholesky.factor(information, size, 1e-13)) {
      return notEstimable(iteration === 0 ? "the columns of the fixed effects are collinear" : diverges)
    }
    const step = Float64Array.from(score)
    Cholesky.solve(information, size, step)
    const length = Math.max(...step.map((s, j) => Math.abs(s) / (1 + Math.abs(parameters[j]!))))
    if (length < 1e-10) {
      return estimable({ parameters, logLik: value, covariance: Cholesky.inverse(information, size) })
    }
    let scale = 1
    for (;;) {
      const next = parameters.map((p, j) => p + scale * step[j]!)
      const there = at(next)
      // Near the maximum the likelihood is flat to rounding, and the step is right nonetheless.
      if (there >= value - 1e-12 * Math.abs(value)) {
        parameters = next
        value = there
        break
      }
      scale /= 2
      if (scale < 1e-8) return notEstimable("the likelihood could not be maximised")
    }
  }
  return notEstimable(diverges)
}
