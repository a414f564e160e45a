/**
 * Least squares with covariances that stay valid when errors are dependent within clusters.
 *
 * CR0 is the plain cluster sandwich (Liang & Zeger 1986); CR1 multiplies it by G/(G−1)·(n−1)/(n−p), as
 * Stata and R's sandwich do; CR2 corrects each cluster's residuals by (I − H_gg)^(−1/2) (Bell & McCaffrey
 * 2002) and comes with Satterthwaite df (Pustejovsky & Tipton 2018), as clubSandwich does. Two-way is
 * V_a + V_b − V_{a×b} (Cameron, Gelbach & Miller 2011): not a sum of squares, so that with few clusters
 * it may be indefinite. That is reported, and a standard error that would be the root of a negative
 * number is null.
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix"
import * as Cholesky from "../Cholesky.ts"
import { twoSided } from "../Distributions.ts"
import * as Estimable from "../Estimable.ts"
import { dot, multiply, transpose } from "../SquareMatrix.ts"
import * as Factor from "./Factor.ts"
import { crossProducts } from "./MixedStructure.ts"

/** A least-squares fit; `x` row-major, n × p. */
export interface LeastSquares {
  readonly x: Float64Array
  readonly n: number
  readonly p: number
  readonly beta: Float64Array
  readonly residuals: Float64Array
  /** (XᵀX)⁻¹, p × p. */
  readonly bread: Float64Array
}

/** A covariance of β̂. `se[i]` is null where the diagonal is negative; `reason` says so when indefinite. */
export interface Covariance {
  readonly vcov: Float64Array
  readonly se: ReadonlyArray<number | null>
  readonly indefinite: boolean
  readonly reason?: string
}

/** CR2 with a t test of each coefficient; nulls where its standard error is 0. */
export interface Cr2 extends Covariance {
  readonly df: ReadonlyArray<number | null>
  readonly p: ReadonlyArray<number | null>
}

/** Fits. Not estimable when columns depend linearly on each other or rows do not outnumber them. */
export const leastSquares = (response: Float64Array, x: Float64Array): Estimable.Estimable<LeastSquares> => {
  const n = response.length
  const p = n === 0 ? 0 : x.length / n
  if (n <= p) return Estimable.notEstimable(`${n} ratings do not determine ${p} coefficients`)
  const gram = crossProducts(x, p)
  const l = gram.slice()
  const singular = Estimable.notEstimable("the columns of the design depend linearly on each other")
  if (!Cholesky.factor(l, p)) return singular
  for (let j = 0; j < p; j++) if (l[j * p + j]! ** 2 < 1e-10 * gram[j * p + j]!) return singular
  const bread = Cholesky.inverse(l, p)
  const beta = new Float64Array(p)
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) beta[j]! += x[i * p + j]! * response[i]!
  Cholesky.solve(l, p, beta)
  const residuals = response.map((value, i) => {
    let fitted = 0
    for (let j = 0; j < p; j++) fitted += x[i * p + j]! * beta[j]!
    return value - fitted
  })
  return Estimable.estimable({ x, n, p, beta, residuals, bread })
}

/** s²(XᵀX)⁻¹: independent errors of equal variance. */
export const iid = (fit: LeastSquares): Covariance => {
  const s2 = fit.residuals.reduce((sum, e) => sum + e * e, 0) / (fit.n - fit.p)
  return covariance(
    fit.bread.map((value) => value * s2),
    fit.p
  )
}

/** White's covariance times n/(n−p): independent errors of unequal variance. */
export const hc1 = (fit: LeastSquares): Covariance => {
  const each = Int32Array.from({ length: fit.n }, (_, i) => i)
  return covariance(
    sandwich(fit, meat(fit, each, fit.n)).map((v) => (v * fit.n) / (fit.n - fit.p)),
    fit.p
  )
}

/** The cluster sandwich without a correction. */
export const cr0 = (fit: LeastSquares, cluster: Factor.Factor): Covariance =>
  covariance(sandwich(fit, meat(fit, cluster.codes, cluster.levels.length)), fit.p)

/** CR0 · G/(G−1) · (n−1)/(n−p). Not estimable with one cluster. */
export const cr1 = (fit: LeastSquares, cluster: Factor.Factor): Estimable.Estimable<Covariance> =>
  cluster.levels.length < 2
    ? Estimable.notEstimable(`${cluster.name} has one level: nothing to cluster by`)
    : Estimable.estimable(covariance(sandwich(fit, corrected(fit, cluster)), fit.p))

/** Two-way clustering, of CR1 parts, or of CR0 parts with `correction: "none"`. */
export const twoWay = (
  fit: LeastSquares,
  a: Factor.Factor,
  b: Factor.Factor,
  correction: "CR1" | "none" = "CR1"
): Estimable.Estimable<Covariance> => {
  const small = [a, b].find((factor) => factor.levels.length < 2)
  if (small !== undefined) return Estimable.notEstimable(`${small.name} has one level: nothing to cluster by`)
  const both = Factor.interaction(`${a.name}:${b.name}`, a, b)
  const [inA, inB, inBoth] = [a, b, both].map((factor) =>
    correction === "CR1" ? corrected(fit, factor) : meat(fit, factor.codes, factor.levels.length)
  )
  return Estimable.estimable(
    covariance(
      sandwich(
        fit,
        inA!.map((value, i) => value + inB![i]! - inBoth![i]!)
      ),
      fit.p
    )
  )
}

const corrected = (fit: LeastSquares, cluster: Factor.Factor): Float64Array => {
  const g = cluster.levels.length
  const factor = ((g / (g - 1)) * (fit.n - 1)) / (fit.n - fit.p)
  return meat(fit, cluster.codes, g).map((value) => value * factor)
}

/** Sum over clusters of the outer products of X_gᵀe_g. */
const meat = (fit: LeastSquares, codes: Int32Array, groups: number): Float64Array => {
  const { x, n, p } = fit
  const scores = new Float64Array(groups * p)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) scores[codes[i]! * p + j]! += x[i * p + j]! * fit.residuals[i]!
  }
  return crossProducts(scores, p)
}

const sandwich = (fit: LeastSquares, filling: Float64Array): Float64Array =>
  multiply(multiply(fit.bread, filling, fit.p), fit.bread, fit.p)

const eigen = (matrix: Float64Array, p: number) =>
  new EigenvalueDecomposition(Matrix.from1DArray(p, p, [...matrix]), { assumeSymmetric: true })

const covariance = (vcov: Float64Array, p: number): Covariance => {
  const values = eigen(vcov, p).realEigenvalues
  const indefinite = Math.min(...values) < -1e-10 * Math.max(...values.map(Math.abs))
  const se = Array.from({ length: p }, (_, i) => {
    const value = vcov[i * p + i]!
    return value >= 0 ? Math.sqrt(value) : null
  })
  return indefinite
    ? { vcov, se, indefinite, reason: "the two-way covariance is indefinite: too few clusters for it" }
    : { vcov, se, indefinite }
}

/** CR2 with Satterthwaite df under an identity working model. Not estimable with one cluster. */
export const cr2 = (fit: LeastSquares, cluster: Factor.Factor): Estimable.Estimable<Cr2> => {
  const { x, n, p, bread } = fit
  const groups = cluster.levels.length
  if (groups < 2) return Estimable.notEstimable(`${cluster.name} has one level: nothing to cluster by`)
  const grams = Array.from({ length: groups }, () => new Float64Array(p * p))
  const scores = Array.from({ length: groups }, () => new Float64Array(p))
  for (let i = 0; i < n; i++) {
    const g = cluster.codes[i]!
    for (let j = 0; j < p; j++) {
      const value = x[i * p + j]!
      if (value === 0) continue
      scores[g]![j]! += value * fit.residuals[i]!
      for (let k = 0; k < p; k++) grams[g]![j * p + k]! += value * x[i * p + k]!
    }
  }
  // B with BBᵀ = (XᵀX)⁻¹ turns I − H_gg into I − YYᵀ, Y = X_gB, whose powers need only the p × p matrix YᵀY.
  const b = bread.slice()
  Cholesky.factor(b, p)
  for (let i = 0; i < p; i++) for (let j = i + 1; j < p; j++) b[i * p + j] = 0
  const total = new Float64Array(p * p)
  const adjust = grams.map((gram, g) => {
    const right = multiply(gram, b, p)
    const { realEigenvalues, eigenvectorMatrix } = eigen(multiply(transpose(b, p), right, p), p)
    // (I − YYᵀ)^(−1/2) = I + YQ·diag(f)·QᵀYᵀ; a direction the cluster determines alone (d = 1) is dropped.
    const core = new Float64Array(p * p)
    realEigenvalues.forEach((d, k) => {
      const rest = 1 - d
      const f = d < 1e-12 ? 0.5 : ((rest > 1e-12 ? 1 / Math.sqrt(rest) : 0) - 1) / d
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++)
          core[i * p + j]! += f * eigenvectorMatrix.get(i, k) * eigenvectorMatrix.get(j, k)
      }
    })
    const inner = multiply(multiply(b, core, p), transpose(b, p), p)
    // X_gᵀA_g = X_gᵀ + (X_gᵀX_g)·inner·X_gᵀ
    const left = multiply(gram, inner, p)
    for (let i = 0; i < p; i++) left[i * p + i]! += 1
    const score = apply(left, scores[g]!, p)
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) total[i * p + j]! += score[i]! * score[j]!
    return left
  })
  const base = covariance(sandwich(fit, total), p)
  const tests = base.se.map((se, c) => {
    if (se === null || !(se > 1e-12 * Math.abs(fit.beta[c]!))) return { df: null, p: null }
    const df = bellMcCaffrey(fit, grams, adjust, c)
    return { df, p: df === null ? null : twoSided(fit.beta[c]! / se, df) }
  })
  return Estimable.estimable({ ...base, df: tests.map((t) => t.df), p: tests.map((t) => t.p) })
}

/** (ΣΓ_gg)²/ΣΓ_gh² with Γ = Gram of the vectors whose products with the errors make up the coefficient. */
const bellMcCaffrey = (
  { bread, p }: LeastSquares,
  grams: ReadonlyArray<Float64Array>,
  adjust: ReadonlyArray<Float64Array>,
  c: number
): number | null => {
  const column = bread.subarray(c * p, (c + 1) * p)
  // a_g = A_gX_g·column = X_g·w_g, with w_g = (I + inner·X_gᵀX_g)·column = adjustᵀ·column
  const weights = adjust.map((left) => apply(transpose(left, p), column, p))
  const images = grams.map((gram, g) => apply(gram, weights[g]!, p))
  let trace = 0
  let squares = 0
  grams.forEach((_, g) => {
    const projected = apply(bread, images[g]!, p)
    for (let h = 0; h <= g; h++) {
      let value = -dot(projected, images[h]!)
      if (h === g) {
        value += dot(weights[g]!, images[g]!)
        trace += value
        squares += value * value
      } else squares += 2 * value * value
    }
  })
  return squares > 0 ? (trace * trace) / squares : null
}

const apply = (matrix: Float64Array, v: Float64Array, p: number): Float64Array =>
  Float64Array.from({ length: p }, (_, i) => dot(matrix.subarray(i * p, (i + 1) * p), v))
