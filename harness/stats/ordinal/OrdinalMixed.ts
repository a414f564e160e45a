/**
 * Fits the cumulative link model with random intercepts: minimises the Laplace criterion by BFGS and finishes
 * with Newton steps on differences of the exact gradient, whose Hessian also gives the standard errors.
 *
 * The criterion is even in each σ, so σ runs over the whole line and its sign is dropped at the end: no bound
 * to get stuck at, and a variance of zero is an ordinary minimum.
 */
import * as Cholesky from "../Cholesky.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { dot } from "../SquareMatrix.ts"
import type { FixedSolution, OrdinalProblem } from "./OrdinalFixed.ts"
import { type Criterion, criterion, type Grouping } from "./OrdinalLaplace.ts"

/** Thresholds and coefficients with their covariance, and the standard deviations of the intercepts. */
export interface MixedSolution extends FixedSolution {
  readonly sigma: ReadonlyArray<number>
}

/** Below this a standard deviation is zero: the criterion is flat there to rounding. */
export const ZERO = 1e-4

const moved = (x: Float64Array, step: Float64Array, scale: number): Float64Array =>
  x.map((value, i) => value + scale * step[i]!)

type Objective = (parameters: Float64Array) => Criterion

/** BFGS with backtracking; `metric` is the starting inverse Hessian, row-major. Stops near the minimum. */
const bfgs = (objective: Objective, from: Float64Array, metric: Float64Array) => {
  const size = from.length
  let x = from
  let here = objective(x)
  if (!Number.isFinite(here.value)) return undefined
  for (let iteration = 0; iteration < 200; iteration++) {
    const step = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) step[i]! -= metric[i * size + j]! * here.gradient[j]!
    }
    const slope = dot(step, here.gradient)
    // −slope is twice the decrease still expected: far below what matters for a log likelihood.
    if (-slope < 1e-7) break
    let scale = 1
    let there = objective(moved(x, step, scale))
    while (!(there.value <= here.value + 1e-4 * scale * slope) && scale > 1e-6) {
      scale /= 2.5
      there = objective(moved(x, step, scale))
    }
    if (scale <= 1e-6) break
    const change = step.map((s) => s * scale)
    const bend = there.gradient.map((g, i) => g - here.gradient[i]!)
    x = moved(x, step, scale)
    here = there
    const curvature = dot(change, bend)
    if (curvature <= 1e-12) continue
    const image = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) image[i]! += metric[i * size + j]! * bend[j]!
    }
    const factor = 1 + dot(bend, image) / curvature
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        metric[i * size + j]! +=
          (factor * change[i]! * change[j]! - change[i]! * image[j]! - image[i]! * change[j]!) / curvature
      }
    }
  }
  return { x, here }
}

/** The Hessian of the parameters `active`, by central differences of the gradient. */
const hessian = (objective: Objective, x: Float64Array, active: ReadonlyArray<number>) => {
  const size = active.length
  const out = new Float64Array(size * size)
  active.forEach((p, row) => {
    const h = 1e-4
    const shifted = (by: number) => objective(x.map((value, i) => (i === p ? value + by : value))).gradient
    const plus = shifted(h)
    const minus = shifted(-h)
    active.forEach((other, column) => {
      const value = (plus[other]! - minus[other]!) / (2 * h)
      out[row * size + column]! += value / 2
      out[column * size + row]! += value / 2
    })
  })
  return out
}

/**
 * The Laplace fit, started from the fit without random effects. Fails with a reason if the inner or outer
 * minimisation does not arrive.
 */
export const minimise = (
  problem: OrdinalProblem,
  groupings: ReadonlyArray<Grouping>,
  from: FixedSolution
): Estimable<MixedSolution> => {
  const failed = notEstimable("the likelihood with random intercepts could not be maximised")
  const fixed = from.parameters.length
  const size = fixed + groupings.length
  const objective = criterion(problem, groupings)
  const begin = new Float64Array(size).fill(0.5)
  begin.set(from.parameters)
  const metric = new Float64Array(size * size)
  for (let i = 0; i < fixed; i++) {
    for (let j = 0; j < fixed; j++) metric[i * size + j] = from.covariance[i * fixed + j]!
  }
  groupings.forEach((grouping, j) => {
    metric[(fixed + j) * (size + 1)] = 0.5 / grouping.size
  })
  let near = bfgs(objective, begin, Float64Array.from(metric))
  if (near === undefined) return failed
  // By its symmetry the criterion is level at σ = 0 even where that is a saddle: look a little to the side.
  for (let j = fixed; j < size; j++) {
    if (Math.abs(near.x[j]!) >= 10 * ZERO) continue
    const aside = near.x.map((value, i) => (i === j ? 0.05 : value))
    if (objective(aside).value < near.here.value - 1e-8) {
      near = bfgs(objective, aside, Float64Array.from(metric)) ?? near
    }
  }
  let { x, here } = near
  for (let iteration = 0; iteration < 20; iteration++) {
    // A σ of zero is at its minimum by symmetry, with a criterion too flat to be stepped on.
    const active = Array.from(x.keys()).filter((i) => i < fixed || Math.abs(x[i]!) >= ZERO)
    const information = hessian(objective, x, active)
    if (!information.every(Number.isFinite)) return failed
    if (!Cholesky.factor(information, active.length, 1e-13)) return failed
    const inner = Float64Array.from(active, (i) => -here.gradient[i]!)
    Cholesky.solve(information, active.length, inner)
    const step = new Float64Array(size)
    active.forEach((i, row) => {
      step[i] = inner[row]!
    })
    if (Math.max(...inner.map(Math.abs)) < 1e-7) {
      const inverse = Cholesky.inverse(information, active.length)
      const covariance = new Float64Array(fixed * fixed)
      for (let i = 0; i < fixed; i++) {
        for (let j = 0; j < fixed; j++) covariance[i * fixed + j] = inverse[i * active.length + j]!
      }
      const sigma = Array.from(x.subarray(fixed), (s) => (Math.abs(s) < ZERO ? 0 : Math.abs(s)))
      return estimable({ parameters: x.slice(0, fixed), logLik: -here.value, covariance, sigma })
    }
    let scale = 1
    let there = objective(moved(x, step, scale))
    while (!(there.value <= here.value + 1e-10 * Math.abs(here.value)) && scale > 1e-4) {
      scale /= 2
      there = objective(moved(x, step, scale))
    }
    if (!Number.isFinite(there.value)) return failed
    x = moved(x, step, scale)
    here = there
  }
  return failed
}
