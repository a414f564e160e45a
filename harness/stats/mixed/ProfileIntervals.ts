/**
 * Profile-likelihood intervals of the standard deviations of a mixed model fitted by maximum likelihood:
 * those values of one standard deviation at which the deviance, minimised over everything else, exceeds its
 * minimum by no more than the χ²₁ quantile (Bates et al. 2015, section 5.1; lme4's `confint`, which
 * interpolates the same curve). A lower end that the curve does not reach is 0.
 */

import { qnorm } from "../Distributions.ts"
import * as Estimable from "../Estimable.ts"
import { products } from "./AverageInformation.ts"
import * as MixedDeviance from "./MixedDeviance.ts"
import type { Fit } from "./MixedModel.ts"
import * as MixedSlope from "./MixedSlope.ts"
import * as ProjectedBfgs from "./ProjectedBfgs.ts"

/** One standard deviation with its interval; `name` is a factor's, or "sigma". */
export interface Interval {
  readonly name: string
  readonly estimate: number
  readonly lower: number
  /** Null when the deviance does not rise enough: no upper end exists. */
  readonly upper: number | null
}

const floor = 1e-10

/** Intervals for every random factor and the residual. Only for fits by ML, whose deviance compares. */
export const profile = (fit: Fit, level = 0.95): Estimable.Estimable<ReadonlyArray<Interval>> => {
  if (fit.method !== "ml") return Estimable.notEstimable("profile intervals need a fit by maximum likelihood")
  const cut = qnorm((1 + level) / 2)
  const scale = Math.sqrt(fit.at.r2 / fit.at.nu)
  const unit = fit.sigma / scale
  const names = [...fit.factors.map((factor) => factor.name), "sigma"]
  return Estimable.estimable(
    names.map((name, i) => {
      const fixed = i < fit.factors.length ? i : undefined
      const estimate = fixed === undefined ? scale : scale * fit.theta[fixed]!
      const rise = riser(fit, fixed)
      const upper = cross(rise, estimate, estimate > 0.02 * scale ? 0.15 * estimate : 0.1 * scale, cut)
      const lower = estimate > 0 ? cross(rise, estimate, -0.15 * estimate, cut) : 0
      return {
        name,
        estimate: estimate * unit,
        lower: (lower ?? 0) * unit,
        upper: upper === undefined ? null : upper * unit
      }
    })
  )
}

/** √(profiled deviance at a standard deviation − minimum), for factor `fixed` or σ. */
const riser = (fit: Fit, fixed: number | undefined) => {
  const { work, at } = fit
  const n = at.nu
  const others = [...fit.factors.keys()].filter((k) => k !== fixed)
  // Variables: γ of the others, then log σ² unless σ itself is fixed.
  const size = others.length + (fixed === undefined ? 0 : 1)
  let start = new Float64Array(size)
  others.forEach((k, a) => {
    start[a] = Math.max(floor, at.gamma[k]!)
  })
  if (fixed !== undefined) start[size - 1] = Math.log(at.r2 / n)
  const lower = new Float64Array(size).fill(floor)
  if (fixed !== undefined) lower[size - 1] = Number.NEGATIVE_INFINITY
  const minimum = fit.at.deviance
  return (sd: number): number | undefined => {
    let last: MixedDeviance.Evaluation | undefined
    let log = 0
    const objective: ProjectedBfgs.Objective = {
      value: (z) => {
        log = fixed === undefined ? 2 * Math.log(sd) : z[size - 1]!
        const gamma = new Float64Array(fit.factors.length)
        others.forEach((k, a) => {
          gamma[k] = z[a]!
        })
        if (fixed !== undefined) gamma[fixed] = sd * sd * Math.exp(-log)
        last = MixedDeviance.evaluate(work, gamma)
        return last && unprofiled(last, log)
      },
      slope: () => {
        const slope = MixedSlope.slope(work, last!)
        const precision = Math.exp(-log)
        const gram = products(work, last!, slope)
        const k = fit.factors.length
        const raw = slope.trace.map((trace, j) => trace - precision * slope.quadratic[j]!)
        const gradient = new Float64Array(size)
        const curvature = new Float64Array(size * size)
        others.forEach((j, a) => {
          gradient[a] = raw[j]!
          others.forEach((l, b) => {
            curvature[a * size + b] = precision * gram[j * k + l]!
          })
        })
        if (fixed !== undefined) {
          // The fixed factor's γ = sd²/σ² moves with log σ² at the rate −γ.
          const g = last!.gamma[fixed]!
          const f = size - 1
          gradient[f] = n - precision * last!.r2 - g * raw[fixed]!
          others.forEach((j, a) => {
            const value = precision * (slope.quadratic[j]! - g * gram[j * k + fixed]!)
            curvature[a * size + f] = value
            curvature[f * size + a] = value
          })
          curvature[f * size + f] =
            precision * (last!.r2 - 2 * g * slope.quadratic[fixed]! + g * g * gram[fixed * k + fixed]!)
        }
        return { gradient, curvature }
      }
    }
    const found = ProjectedBfgs.minimise(objective, start, lower)
    if (found === undefined) return undefined
    start = Float64Array.from(found.x)
    return Math.sqrt(Math.max(0, found.value - minimum))
  }
}

/** The deviance at γ and a log σ² of its own, from the one with σ² profiled out. */
const unprofiled = ({ deviance, nu, r2 }: MixedDeviance.Evaluation, log: number): number =>
  deviance - nu * (1 + Math.log(r2 / nu)) + nu * log + r2 * Math.exp(-log)

/** Where `rise` reaches `cut`, going from `centre` in the direction of `step`; undefined if it does not. */
const cross = (
  rise: (sd: number) => number | undefined,
  centre: number,
  step: number,
  cut: number
): number | undefined => {
  let near = centre
  let atNear = 0
  let far = centre
  let atFar = 0
  // Outwards until the cut is passed; downwards at most to 0.
  for (let i = 0; atFar < cut; i++) {
    if (i === 40 || (step < 0 && far === 0)) return undefined
    near = far
    atNear = atFar
    const slope = i === 0 ? undefined : (atFar * (1 + 1e-9)) / (far - centre)
    const aim = slope === undefined ? centre + step : centre + (1.05 * cut) / slope
    const most = centre + (far - centre) * 3
    far = i === 0 ? aim : step > 0 ? Math.min(aim, most) : Math.max(0, most, aim)
    const value = rise(far)
    if (value === undefined) return undefined
    atFar = value
  }
  for (let i = 0; i < 60 && Math.abs(far - near) > 1e-9 * Math.abs(far); i++) {
    const secant = near + ((cut - atNear) * (far - near)) / (atFar - atNear)
    const inside = i % 8 === 7 ? (near + far) / 2 : secant
    const value = rise(inside)
    if (value === undefined) return undefined
    if (Math.abs(value - cut) < 1e-9) return inside
    if (value < cut) {
      near = inside
      atNear = value
    } else {
      far = inside
      atFar = value
    }
  }
  return (near + far) / 2
}
