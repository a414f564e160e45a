/**
 * Linear mixed models with crossed or nested random intercepts, by REML or ML: y = Xβ + Σ Z_k b_k + e,
 * b_k ~ N(0, σ_k² I), e ~ N(0, σ² I). The estimates are lme4's (Bates, Mächler, Bolker & Walker 2015).
 */

import * as Estimable from "../Estimable.ts"
import { averageInformation } from "./AverageInformation.ts"
import type * as Factor from "./Factor.ts"
import * as MixedDeviance from "./MixedDeviance.ts"
import * as MixedSlope from "./MixedSlope.ts"
import * as MixedStructure from "./MixedStructure.ts"
import * as ProjectedBfgs from "./ProjectedBfgs.ts"

/** REML, or maximum likelihood. */
export type Method = "reml" | "ml"

/** Data of a model: no missing values, `x` of full column rank. */
export interface Input {
  readonly response: Float64Array
  /** Row-major, rows × columns. The first column is expected to be the intercept. */
  readonly x: Float64Array
  /** Grouping factors, no two of which partition the rows alike; each with fewer levels than rows. */
  readonly factors: ReadonlyArray<Factor.Factor>
  readonly method: Method
}

/** A fitted model. Vectors per factor follow `factors`, those per coefficient the columns of `x`. */
export interface Fit {
  readonly method: Method
  readonly rows: number
  readonly factors: ReadonlyArray<Factor.Factor>
  readonly beta: Float64Array
  /** Covariance of β̂, row-major. */
  readonly vcov: Float64Array
  /** θ_k = σ_k/σ. */
  readonly theta: Float64Array
  /** σ_k². */
  readonly variance: Float64Array
  /** Residual standard deviation. */
  readonly sigma: number
  /** −2 log likelihood, or the REML criterion. */
  readonly deviance: number
  readonly logLik: number
  readonly aic: number
  readonly bic: number
  /** Number of parameters: coefficients, variances and σ. */
  readonly parameters: number
  /** A variance is 0 (θ below 1e-5, lme4's threshold). A normal result, not an error. */
  readonly singular: boolean
  readonly converged: boolean
  /** Points at which the deviance was computed. */
  readonly evaluations: number
  /** The last evaluation, its derivatives, and its buffers, for what is computed from a fit. */
  readonly at: MixedDeviance.Evaluation
  readonly slope: MixedSlope.Slope
  readonly work: MixedDeviance.Workspace
}

/** γ below which a variance counts as zero: θ = 1e-5. */
const floor = 1e-10

/** Fits. Not estimable when the rows do not outnumber the coefficients or the model leaves no residual. */
export const fit = ({ response, x, factors, method }: Input): Estimable.Estimable<Fit> => {
  const rows = response.length
  const p = rows === 0 ? 0 : x.length / rows
  if (rows - p <= factors.length)
    return Estimable.notEstimable(
      `${rows} ratings do not determine ${p} coefficients and ${factors.length + 1} variances`
    )
  // Ratings are centred so that a shift of the scale cannot cost digits; the intercept takes it back.
  const centre = response.reduce((sum, value) => sum + value, 0) / rows
  const spread = Math.sqrt(response.reduce((sum, value) => sum + (value - centre) ** 2, 0) / rows)
  if (!(spread > 1e-10 * Math.abs(centre))) return Estimable.notEstimable("all ratings are the same")
  const c = p + 1
  const data = new Float64Array(rows * c)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < p; j++) data[i * c + j] = x[i * p + j]!
    data[i * c + p] = (response[i]! - centre) / spread
  }
  const structure = MixedStructure.make(factors, data, c)
  const work = MixedDeviance.workspace(structure, method === "reml")
  const failed = Estimable.notEstimable(
    "the model reproduces the ratings exactly and leaves no residual variance"
  )
  const found = optimise(work)
  // A likelihood that grows without bound shows as a residual of 0 or ratios that never stop growing.
  if (found === undefined || found.at.r2 / found.at.nu < 1e-12) return failed
  if (!found.converged && Math.max(...found.gamma) > 1e6) return failed
  const { at, slope, gamma } = found

  const scale = at.r2 / at.nu
  const beta = at.beta.map((value) => value * spread)
  beta[0]! += centre
  const deviance = at.deviance + 2 * at.nu * Math.log(spread)
  const parameters = p + factors.length + 1
  return Estimable.estimable({
    method,
    rows,
    factors,
    beta,
    vcov: at.unscaled.map((value) => value * scale * spread ** 2),
    theta: at.theta,
    variance: gamma.map((value) => value * scale * spread ** 2),
    sigma: Math.sqrt(scale) * spread,
    deviance,
    logLik: -deviance / 2,
    aic: deviance + 2 * parameters,
    bic: deviance + Math.log(rows) * parameters,
    parameters,
    singular: gamma.some((value) => value < floor),
    converged: found.converged,
    evaluations: found.evaluations,
    at,
    slope,
    work
  })
}

interface Optimum {
  readonly gamma: Float64Array
  readonly at: MixedDeviance.Evaluation
  readonly slope: MixedSlope.Slope
  readonly converged: boolean
  readonly evaluations: number
}

/** The best γ, those at the floor set to 0, with the evaluation there. */
const optimise = (work: MixedDeviance.Workspace): Optimum | undefined => {
  let at: MixedDeviance.Evaluation | undefined
  let slope: MixedSlope.Slope | undefined
  const k = work.structure.factors.length
  const found = ProjectedBfgs.minimise(
    {
      value: (gamma) => {
        at = MixedDeviance.evaluate(work, gamma)
        return at?.deviance
      },
      slope: () => {
        slope = MixedSlope.slope(work, at!)
        return { gradient: slope.gradient, curvature: averageInformation(work, at!, slope) }
      }
    },
    new Float64Array(k).fill(0.1),
    new Float64Array(k).fill(floor)
  )
  if (found === undefined) return undefined
  const { x, converged, evaluations } = found
  const gamma = x.map((value) => (value <= floor * 1.0001 ? 0 : value))
  if (!found.current || gamma.includes(0)) {
    at = MixedDeviance.evaluate(work, gamma)
    slope = at && MixedSlope.slope(work, at)
  }
  return at && slope && { gamma, at, slope, converged, evaluations }
}

/** Conditional mode and its standard deviation for every level of one random factor. */
export interface Modes {
  readonly factor: string
  readonly levels: ReadonlyArray<string>
  readonly mode: Float64Array
  readonly sd: Float64Array
}

/** The conditional modes ("BLUPs") and conditional standard deviations given β̂, as lme4's `ranef` has them. */
export const modes = (model: Fit): ReadonlyArray<Modes> =>
  model.factors.map((factor, k) => {
    const gamma = model.at.gamma[k]!
    const unit = model.sigma / Math.sqrt(model.at.r2 / model.at.nu)
    return {
      factor: factor.name,
      levels: factor.levels,
      mode: model.slope.score[k]!.map((value) => gamma * value * unit),
      sd: model.slope.precision[k]!.map(
        (value) => model.sigma * Math.sqrt(Math.max(0, gamma - gamma ** 2 * value))
      )
    }
  })
