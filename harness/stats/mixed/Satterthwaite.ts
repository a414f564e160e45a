/**
 * Satterthwaite degrees of freedom for linear combinations of the coefficients of a mixed model, and the
 * F test that combines several (Kuznetsova, Brockhoff & Christensen 2017, lmerTest, J. Stat. Softw. 82(13);
 * Fai & Cornelius 1996).
 *
 * df = 2·(lᵀCl)² / (gᵀAg): C the covariance of β̂, g the gradient of lᵀCl in the variance parameters, A twice
 * the inverse Hessian of the deviance in them. The parameters here are (γ, log σ²), which at the optimum
 * gives lmerTest's numbers in (θ, σ). A variance at its bound of 0 contributes nothing: the deviance is even
 * in θ there, so that C does not move with it to first order.
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix"
import * as Cholesky from "../Cholesky.ts"
import { pfUpper } from "../Distributions.ts"
import { multiply, quadratic } from "../SquareMatrix.ts"
import * as MixedDeviance from "./MixedDeviance.ts"
import type { Fit } from "./MixedModel.ts"
import * as MixedSlope from "./MixedSlope.ts"

/** What the degrees of freedom of any combination are computed from. */
export interface Satterthwaite {
  readonly fit: Fit
  /** Covariance of the estimated variance parameters, and ∂C/∂parameter for each, p × p. */
  readonly covariance: Float64Array
  readonly derivatives: ReadonlyArray<Float64Array>
}

/** Above this many dense columns one-sided differences are taken: half the cost, 1e-5 relative error. */
const large = 200

/** Prepares a fit: one or two evaluations of the gradient per variance that is not 0. Undefined when
 * the deviance cannot be evaluated around the fit. */
export const make = (fit: Fit): Satterthwaite | undefined => {
  const free = [...fit.factors.keys()].filter((k) => fit.at.gamma[k]! > 0)
  const hessian = deviationHessian(fit, free)
  if (hessian === undefined) return undefined
  const size = free.length + 1
  const covariance = invert(hessian, size)
  const p = fit.beta.length
  const scale = fit.at.r2 / fit.at.nu
  const units = fit.sigma ** 2 / scale
  const derivatives = free.map((k) => {
    const information = fit.slope.information[k]!
    return multiply(multiply(fit.at.unscaled, information, p), fit.at.unscaled, p).map(
      (v) => v * scale * units
    )
  })
  return { fit, covariance: covariance.map((v) => 2 * v), derivatives: [...derivatives, fit.vcov] }
}

/** The Hessian of the deviance in (γ of `free`, log σ²) at the fit; symmetric, free + 1 square. */
export const deviationHessian = (fit: Fit, free: ReadonlyArray<number>): Float64Array | undefined => {
  const { work, at, slope } = fit
  const size = free.length + 1
  const hessian = new Float64Array(size * size)
  const precision = at.nu / at.r2
  const gradientAt = (gamma: Float64Array) => {
    const there = MixedDeviance.evaluate(work, gamma)
    if (there === undefined) return undefined
    const s = MixedSlope.slope(work, there)
    return free.map((k) => s.trace[k]! - precision * s.quadratic[k]!)
  }
  const here = free.map((k) => slope.trace[k]! - precision * slope.quadratic[k]!)
  const central = work.structure.dense <= large
  for (const [a, k] of free.entries()) {
    const h = (central ? 1e-4 : 1e-5) * at.gamma[k]!
    const up = gradientAt(at.gamma.map((value, j) => (j === k ? value + h : value)))
    const down = central ? gradientAt(at.gamma.map((value, j) => (j === k ? value - h : value))) : here
    if (up === undefined || down === undefined) return undefined
    for (let b = 0; b < free.length; b++) hessian[a * size + b] = (up[b]! - down[b]!) / (central ? 2 * h : h)
    hessian[a * size + free.length] = precision * slope.quadratic[k]!
    hessian[free.length * size + a] = precision * slope.quadratic[k]!
  }
  hessian[size * size - 1] = at.nu
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const mean = (hessian[a * size + b]! + hessian[b * size + a]!) / 2
      hessian[a * size + b] = mean
      hessian[b * size + a] = mean
    }
  }
  return hessian
}

/** Degrees of freedom of lᵀβ; undefined when its variance does not vary with the variance parameters. */
export const df = (s: Satterthwaite, l: Float64Array): number | undefined => {
  const variance = quadratic(s.fit.vcov, l)
  const g = Float64Array.from(s.derivatives, (d) => quadratic(d, l))
  const spread = quadratic(s.covariance, g)
  const value = (2 * variance ** 2) / spread
  return variance > 0 && spread > 0 && Number.isFinite(value) ? value : undefined
}

/** An F test of several combinations at once. */
export interface FTest {
  readonly F: number
  readonly numDf: number
  readonly denDf: number
  readonly p: number
}

/** Tests that every row of `rows` times β is 0. Undefined when the rows hold no information. */
export const fTest = (s: Satterthwaite, rows: ReadonlyArray<Float64Array>): FTest | undefined => {
  const p = s.fit.beta.length
  if (rows.length === 0) return undefined
  const l = new Matrix(rows.map((row) => [...row]))
  const v = l.mmul(Matrix.from1DArray(p, p, [...s.fit.vcov])).mmul(l.transpose())
  const eigen = new EigenvalueDecomposition(v, { assumeSymmetric: true })
  const largest = Math.max(...eigen.realEigenvalues)
  const kept = [...eigen.realEigenvalues.keys()].filter((i) => eigen.realEigenvalues[i]! > 1.5e-8 * largest)
  const dfs: Array<number> = []
  let sum = 0
  for (const i of kept) {
    const direction = new Float64Array(p)
    rows.forEach((row, r) => {
      const weight = eigen.eigenvectorMatrix.get(r, i)
      for (let j = 0; j < p; j++) direction[j]! += weight * row[j]!
    })
    sum += s.fit.beta.reduce((t, b, j) => t + b * direction[j]!, 0) ** 2 / eigen.realEigenvalues[i]!
    dfs.push(df(s, direction) ?? Number.POSITIVE_INFINITY)
  }
  const q = kept.length
  if (q === 0) return undefined
  const F = sum / q
  const denDf = combine(dfs)
  return { F, numDf: q, denDf, p: pfUpper(F, q, denDf) }
}

/** Denominator degrees of freedom of a sum of squared t statistics with these degrees of freedom. */
const combine = (dfs: ReadonlyArray<number>): number => {
  const q = dfs.length
  const mean = dfs.reduce((a, b) => a + b, 0) / q
  if (q === 1 || dfs.every((value) => Math.abs(value - dfs[0]!) < 1e-8)) return mean
  if (dfs.some((value) => value <= 2)) return 2
  const expected = dfs.reduce((total, value) => total + (Number.isFinite(value) ? value / (value - 2) : 1), 0)
  return expected > q ? (2 * expected) / (expected - q) : Number.POSITIVE_INFINITY
}

/** Inverse of a symmetric matrix; directions that do not curve upwards are left out, as lmerTest does. */
const invert = (matrix: Float64Array, n: number): Float64Array => {
  const l = matrix.slice()
  if (Cholesky.factor(l, n)) return Cholesky.inverse(l, n)
  const out = new Float64Array(n * n)
  const eigen = new EigenvalueDecomposition(Matrix.from1DArray(n, n, [...matrix]), { assumeSymmetric: true })
  eigen.realEigenvalues.forEach((value, k) => {
    if (value <= 1e-8) return
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        out[i * n + j]! += (eigen.eigenvectorMatrix.get(i, k) * eigen.eigenvectorMatrix.get(j, k)) / value
      }
    }
  })
  return out
}
