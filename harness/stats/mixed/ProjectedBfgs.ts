/**
 * Minimises a smooth function of a few variables with lower bounds: projected quasi-Newton (Bertsekas 1982,
 * SIAM J. Control Optim. 20, 221–246) whose Hessian is the one the caller supplies at each point, corrected
 * by the last BFGS pairs. With a good supplied Hessian a mixed model takes five to ten points.
 */
import * as Cholesky from "../Cholesky.ts"
import { dot } from "../SquareMatrix.ts"

/** What is minimised. `slope` is asked only at points that were accepted, right after their `value`. */
export interface Objective {
  /** The value, or undefined outside the domain. */
  readonly value: (x: Float64Array) => number | undefined
  /** Gradient, and a symmetric approximation of the Hessian (row-major), at the last point of `value`. */
  readonly slope: () => { readonly gradient: Float64Array; readonly curvature: Float64Array }
}

/** Where it stopped. `converged` means that a quadratic model promises less than the tolerance. */
export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  readonly gradient: Float64Array
  readonly converged: boolean
  /** Points at which the value was computed. */
  readonly evaluations: number
  /** Whether the last point of `value` was `x`. */
  readonly current: boolean
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
}

/**
 * Minimises from `start` (within `lower`). Stops when the promised decrease falls below `tolerance`, after
 * 200 points, or when no step along a descent direction lowers the value. Undefined when `start` is outside
 * the domain.
 */
export const minimise = (
  objective: Objective,
  start: Float64Array,
  lower: Float64Array,
  tolerance = 1e-12
): Minimum | undefined => {
  let x = start.slice()
  const first = objective.value(x)
  if (first === undefined) return undefined
  let value = first
  let evaluations = 1
  let { gradient, curvature } = objective.slope()
  const pairs: Array<Pair> = []
  while (true) {
    const direction = newton(x, lower, gradient, curvature, pairs)
    const promised = -dot(gradient, direction) / 2
    const stop = (converged: boolean, current: boolean): Minimum => ({
      x,
      value,
      gradient,
      converged,
      evaluations,
      current
    })
    if (promised < tolerance) return stop(true, true)
    if (evaluations >= 200) return stop(false, true)
    let rate = 1
    const noise = 1e-12 * Math.abs(value)
    while (true) {
      const next = x.map((xi, i) => Math.max(lower[i]!, xi + rate * direction[i]!))
      const step = next.map((xi, i) => xi - x[i]!)
      const trial = objective.value(next)
      evaluations++
      if (trial !== undefined && trial <= value + 1e-4 * Math.min(0, dot(gradient, step)) + noise) {
        const slope = objective.slope()
        const change = slope.gradient.map((g, i) => g - gradient[i]!)
        // A long step's secant misleads more than it teaches: the supplied Hessian alone is better there.
        if (dot(step, change) < 0.1) pairs.push({ step, change })
        if (pairs.length > x.length + 1) pairs.shift()
        x = next
        value = trial
        gradient = slope.gradient
        curvature = slope.curvature
        break
      }
      rate *= 0.3
      if (rate < 1e-10) return stop(promised < 1e-6, false)
    }
  }
}

/** The Newton direction on the variables that are not held at their bound; 0 on the others. */
const newton = (
  x: Float64Array,
  lower: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
  pairs: ReadonlyArray<Pair>
): Float64Array => {
  const k = x.length
  const hessian = curvature.slice()
  for (const { step, change } of pairs) update(hessian, step, change)
  const free = [...x.keys()].filter((i) => x[i]! > lower[i]! || gradient[i]! < 0)
  const n = free.length
  const direction = new Float64Array(k)
  for (let ridge = 1e-12; ; ridge *= 100) {
    const matrix = new Float64Array(n * n)
    const solution = Float64Array.from(free, (i) => -gradient[i]!)
    for (let a = 0; a < n; a++) {
      for (let b = 0; b <= a; b++) matrix[a * n + b] = hessian[free[a]! * k + free[b]!]!
      matrix[a * n + a]! += ridge * (Math.abs(hessian[free[a]! * k + free[a]!]!) + 1)
    }
    if (!Cholesky.factor(matrix, n) && ridge < 1e12) continue
    Cholesky.solve(matrix, n, solution)
    for (let a = 0; a < n; a++) direction[free[a]!] = solution[a]!
    return direction
  }
}

/** The BFGS update of a Hessian by one pair; skipped where the function does not curve upwards along it. */
const update = (hessian: Float64Array, step: Float64Array, change: Float64Array): void => {
  const k = step.length
  const product = new Float64Array(k)
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) product[i]! += hessian[i * k + j]! * step[j]!
  const along = dot(product, step)
  const curve = dot(change, step)
  if (!(curve > 1e-8 * along) || !(along > 0)) return
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      hessian[i * k + j]! += (change[i]! * change[j]!) / curve - (product[i]! * product[j]!) / along
    }
  }
}
