/**
 * Bradley–Terry strengths (Bradley & Terry 1952) from pairwise comparisons, by Newton's method.
 *
 * With η = strength(a) − strength(b) + β·(covariates a − b) + position, the outcomes have probabilities
 * proportional to e^{η/2} (a wins), e^{−η/2} (b wins) and, where ties are modelled, ν (Davidson 1970; `log_nu`
 * is log ν). Linear in its parameters on the log scale, so the observed information is the expected one, and
 * Firth's penalty ½ log|I| (1993) has an exact gradient: ½ Σ_i Σ_o p_o (z_o − μ)ᵀI⁻¹(z_o − μ) (z_o − μ).
 *
 * Where a source won or lost everything (separation) no finite maximum exists; then Firth's penalty is used,
 * and said. Rater-clustered covariance: I⁻¹ (Σ_g s_g s_gᵀ) I⁻¹ (Liang & Zeger 1986), without a
 * small-sample factor, as R's `sandwich::vcovCL(type = "HC0", cadjust = FALSE)`; s_g are the unpenalised scores.
 */

import * as Cholesky from "../Cholesky.ts"
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { quadratic } from "../SquareMatrix.ts"
import * as PairwiseDesign from "./PairwiseDesign.ts"

export interface BradleyTerryOptions extends PairwiseDesign.PairwiseOptions {
  /** When to penalise; `separation` unless given. `never` makes separation a reason. */
  readonly penalty?: "separation" | "always" | "never"
  /** Confidence level; .95 unless given. */
  readonly level?: number
}

export interface Coefficient {
  /** A source (strength minus the reference's, in log odds), `log_nu`, a covariate, or `position_a`. */
  readonly name: string
  readonly estimate: number
  /** From the information: right when comparisons are independent. */
  readonly se: number
  /** Clustered by rater, where there are two raters or more. */
  readonly seClustered: Estimable<number>
  /** From the clustered error with t (raters − 1) where there is one, else from the plain one with z. */
  readonly lower: number
  readonly upper: number
}

export interface BradleyTerryFit {
  readonly reference: string
  readonly coefficients: readonly Coefficient[]
  /** In the order of `coefficients`. */
  readonly vcov: readonly (readonly number[])[]
  readonly vcovClustered: Estimable<readonly (readonly number[])[]>
  /** Unpenalised log-likelihood at the estimate (a quasi-likelihood for `half`). */
  readonly logLik: number
  /** Comparisons that counted, ties among all, raters (0 where any is unnamed). */
  readonly n: number
  readonly ties: number
  readonly raters: number
  readonly penalised: boolean
  readonly iterations: number
  readonly notes: readonly string[]
}

interface State {
  readonly logLik: number
  readonly information: Float64Array
  /** rows × columns: each comparison's score. */
  readonly scores: Float64Array
  /** Largest |η| or |log ν|. */
  readonly reach: number
  /** Probabilities of a, b and tie, row by row. */
  readonly probability: Float64Array
}

const evaluate = (design: PairwiseDesign.PairwiseDesign, theta: Float64Array): State => {
  const { x, y, tieColumn } = design
  const p = theta.length
  const n = y.length
  const information = new Float64Array(p * p)
  const scores = new Float64Array(n * p)
  const probability = new Float64Array(n * 3)
  const logNu = tieColumn < 0 ? Number.NEGATIVE_INFINITY : theta[tieColumn]!
  let logLik = 0
  let reach = tieColumn < 0 ? 0 : Math.abs(logNu)
  for (let i = 0; i < n; i++) {
    let eta = 0
    for (let j = 0; j < p; j++) eta += x[i * p + j]! * theta[j]!
    reach = Math.max(reach, Math.abs(eta))
    const most = Math.max(Math.abs(eta) / 2, logNu)
    const log = most + Math.log(Math.exp(eta / 2 - most) + Math.exp(-eta / 2 - most) + Math.exp(logNu - most))
    const a = Math.exp(eta / 2 - log)
    const b = Math.exp(-eta / 2 - log)
    const tie = tieColumn < 0 ? 0 : Math.exp(logNu - log)
    probability.set([a, b, tie], i * 3)
    const observed = y[i]!
    const observedTie = tieColumn >= 0 && observed === 0.5 ? 1 : 0
    logLik += observedTie === 1 ? logNu - log : (observed - 0.5) * eta - log
    // z = ±x/2 for a win, the unit vector of log ν for a tie: its mean, variance and covariance.
    const along = observedTie === 1 ? (b - a) / 2 : observed - 0.5 - (a - b) / 2
    const spread = (a + b) / 4 - ((a - b) / 2) ** 2
    for (let j = 0; j < p; j++) {
      const xj = x[i * p + j]!
      scores[i * p + j] = xj * along
      if (xj === 0) continue
      for (let k = 0; k <= j; k++) information[j * p + k]! += xj * x[i * p + k]! * spread
    }
    if (tieColumn >= 0) {
      scores[i * p + tieColumn] = observedTie - tie
      information[tieColumn * p + tieColumn]! += tie * (1 - tie)
      const cross = -tie * ((a - b) / 2)
      for (let j = 0; j < p; j++) {
        if (j !== tieColumn)
          information[Math.max(j, tieColumn) * p + Math.min(j, tieColumn)]! += x[i * p + j]! * cross
      }
    }
  }
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) information[k * p + j] = information[j * p + k]!
  return { logLik, information, scores, reach, probability }
}

/** Firth's addition to the score. */
const firth = (design: PairwiseDesign.PairwiseDesign, state: State, inverse: Float64Array): Float64Array => {
  const { x, y, tieColumn } = design
  const p = Math.sqrt(inverse.length)
  const gradient = new Float64Array(p)
  const z = new Float64Array(p)
  for (let i = 0; i < y.length; i++) {
    const [a, b, tie] = state.probability.subarray(i * 3, i * 3 + 3) as unknown as [number, number, number]
    for (const [outcome, share] of [a, b, tie].entries()) {
      if (share === 0) continue
      const along = (outcome === 0 ? 0.5 : outcome === 1 ? -0.5 : 0) - (a - b) / 2
      for (let j = 0; j < p; j++) z[j] = x[i * p + j]! * along
      if (tieColumn >= 0) z[tieColumn] = (outcome === 2 ? 1 : 0) - tie
      const weight = 0.5 * share * quadratic(inverse, z)
      for (let j = 0; j < p; j++) gradient[j]! += weight * z[j]!
    }
  }
  return gradient
}

interface Solution {
  readonly theta: Float64Array
  readonly state: State
  readonly inverse: Float64Array
  readonly iterations: number
}

const REACH = 30
/** A pivot this small beside its diagonal is rounding: the column depends on those before it. */
const TOLERANCE = 1e-11

const newton = (design: PairwiseDesign.PairwiseDesign, penalised: boolean): Solution | undefined => {
  const p = design.names.length
  let theta = new Float64Array(p)
  const value = (state: State) => {
    const lower = state.information.slice()
    if (!Cholesky.factor(lower, p, TOLERANCE)) return undefined
    return {
      lower,
      objective: state.logLik + (penalised ? Cholesky.logDeterminant(lower, p) / 2 : 0)
    }
  }
  let state = evaluate(design, theta)
  let current = value(state)
  for (let iterations = 1; iterations <= 200; iterations++) {
    if (current === undefined || state.reach > REACH) return undefined
    const inverse = Cholesky.inverse(current.lower, p)
    const gradient = penalised ? firth(design, state, inverse) : new Float64Array(p)
    for (let i = 0; i < design.y.length; i++)
      for (let j = 0; j < p; j++) gradient[j]! += state.scores[i * p + j]!
    const step = gradient
    Cholesky.solve(current.lower, p, step)
    if (step.every((s, j) => Math.abs(s) <= 1e-11 * (1 + Math.abs(theta[j]!))))
      return { theta, state, inverse, iterations }
    let scale = 1
    for (;;) {
      const candidate = theta.map((t, j) => t + scale * step[j]!)
      const next = evaluate(design, candidate)
      const reached = value(next)
      // Close to the maximum the objective no longer resolves the step, and the step alone decides.
      if (
        reached !== undefined &&
        reached.objective >= current.objective - 1e-9 * (1 + Math.abs(current.objective))
      ) {
        theta = candidate
        state = next
        current = reached
        break
      }
      scale /= 2
      if (scale < 1e-8) return undefined
    }
  }
  return undefined
}

const square = (matrix: Float64Array, p: number): readonly (readonly number[])[] =>
  Array.from({ length: p }, (_, j) => Array.from(matrix.subarray(j * p, j * p + p)))

const clustered = (
  design: PairwiseDesign.PairwiseDesign,
  { state, inverse }: Solution
): Estimable<Float64Array> => {
  const p = design.names.length
  const sums = new Map<string, Float64Array>()
  for (const [i, rater] of design.raters.entries()) {
    if (rater === undefined) return notEstimable("some comparisons do not say who judged")
    const sum = sums.get(rater) ?? new Float64Array(p)
    for (let j = 0; j < p; j++) sum[j]! += state.scores[i * p + j]!
    sums.set(rater, sum)
  }
  if (sums.size < 2) return notEstimable("a single rater judged all comparisons")
  const result = new Float64Array(p * p)
  for (const sum of sums.values()) {
    const part = new Float64Array(p)
    for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) part[j]! += inverse[j * p + k]! * sum[k]!
    for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) result[j * p + k]! += part[j]! * part[k]!
  }
  return estimable(result)
}

/**
 * Fits the strengths of all sources. Besides `PairwiseDesign.make`'s reasons, not estimable when a covariate
 * or the position is a combination of the other columns, and under separation with `penalty: "never"`.
 */
export const fit = (
  comparisons: readonly PairwiseDesign.Comparison[],
  options: BradleyTerryOptions
): Estimable<BradleyTerryFit> => {
  const made = PairwiseDesign.make(comparisons, options)
  if (!made.ok) return made
  const design = made.value
  const p = design.names.length
  const confounded = Cholesky.dependent(evaluate(design, new Float64Array(p)).information, p, TOLERANCE)
  if (confounded !== -1)
    return notEstimable(`${design.names[confounded]} cannot be told from the other effects`)
  const penalty = options.penalty ?? "separation"
  const plain = penalty === "always" ? undefined : newton(design, false)
  if (plain === undefined && penalty === "never") {
    return notEstimable("separation: some source or effect decides its comparisons completely")
  }
  const solution = plain ?? newton(design, true)
  if (solution === undefined) return notEstimable("the penalised likelihood did not converge")
  const robust = clustered(design, solution)
  const raters = robust.ok ? new Set(design.raters).size : 0
  const level = options.level ?? 0.95
  const quantile = Distributions.qt((1 + level) / 2, robust.ok ? raters - 1 : Number.POSITIVE_INFINITY)
  return estimable({
    reference: design.sources[0]!,
    coefficients: design.names.map((name, j) => {
      const estimate = solution.theta[j]!
      const se = Math.sqrt(solution.inverse[j * p + j]!)
      const seClustered = robust.ok ? estimable(Math.sqrt(robust.value[j * p + j]!)) : robust
      const half = quantile * (seClustered.ok ? seClustered.value : se)
      return { name, estimate, se, seClustered, lower: estimate - half, upper: estimate + half }
    }),
    vcov: square(solution.inverse, p),
    vcovClustered: robust.ok ? estimable(square(robust.value, p)) : robust,
    logLik: solution.state.logLik,
    n: design.y.length,
    ties: design.ties,
    raters,
    penalised: plain === undefined,
    iterations: solution.iterations,
    notes: [
      ...design.notes,
      ...(plain === undefined && penalty === "separation"
        ? ["separation: some source or effect decides its comparisons completely; Firth's penalty was used"]
        : []),
      ...(options.ties === "half" && design.ties > 0 ? ["ties count half: the plain errors are naive"] : [])
    ]
  })
}

/**
 * Strength of `a` minus that of `b` in log odds, with the clustered error where there is one. Not estimable
 * for a name that was not fitted.
 */
export const contrast = (
  fitted: BradleyTerryFit,
  a: string,
  b: string,
  level = 0.95
): Estimable<Coefficient> => {
  const c = fitted.coefficients.map(() => 0)
  for (const [name, sign] of [
    [a, 1],
    [b, -1]
  ] as const) {
    const j = fitted.coefficients.findIndex((coefficient) => coefficient.name === name)
    if (j >= 0) c[j]! += sign
    else if (name !== fitted.reference) return notEstimable(`${name} was not compared`)
  }
  const estimate = c.reduce((sum, x, j) => sum + x * fitted.coefficients[j]!.estimate, 0)
  const error = (matrix: readonly (readonly number[])[]) =>
    Math.sqrt(Math.max(0, quadratic(matrix.flat(), c)))
  const se = error(fitted.vcov)
  const robust = fitted.vcovClustered
  const seClustered = robust.ok ? estimable(error(robust.value)) : robust
  const df = robust.ok ? fitted.raters - 1 : Number.POSITIVE_INFINITY
  const half = Distributions.qt((1 + level) / 2, df) * (seClustered.ok ? seClustered.value : se)
  return estimable({
    name: `${a} - ${b}`,
    estimate,
    se,
    seClustered,
    lower: estimate - half,
    upper: estimate + half
  })
}
