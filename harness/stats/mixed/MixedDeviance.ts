/**
 * The profiled deviance of a linear mixed model with random intercepts at given variance ratios
 * γ_k = θ_k² = σ_k²/σ², with coefficients and their covariance.
 *
 * With V = I + Σ γ_k Z_k Z_kᵀ, the REML criterion is log|V| + log|XᵀV⁻¹X| + ν(1 + log(2πr²/ν)), ν = n − p;
 * ML leaves the second term out and has ν = n (Bates, Mächler, Bolker & Walker 2015, eq. 33–41).
 */
import * as Cholesky from "../Cholesky.ts"
import * as DenseRoot from "./DenseRoot.ts"
import type { MixedStructure } from "./MixedStructure.ts"

/** Buffers that one fit uses again at every evaluation. Not to be shared between fits. */
export interface Workspace {
  readonly structure: MixedStructure
  readonly reml: boolean
  /** Per block: the Cholesky factor L of ΛZᵀZΛ + I, and L⁻¹Λ times the cross-products with the dense columns. */
  readonly factors: Float64Array
  readonly reduced: Float64Array
  /** The dense n × n matrix: first Z_Rᵀ V_E⁻¹ Z_R, then the Cholesky factor of R(·)R + I. */
  readonly dense: Float64Array
  /** Room for its inverse and for computing it. */
  readonly inverse: Float64Array
  readonly scratch: Float64Array
}

/** Columns with the eliminated factors taken out; `c` columns row-major in each part. */
export interface Condensed {
  /** L⁻¹ΛZ_Eᵀ(columns), one row an eliminated column. */
  readonly blocks: Float64Array
  /** (Dense factor)⁻¹ R Z_Rᵀ V_E⁻¹ (columns), one row a dense column. */
  readonly dense: Float64Array
  /** columnsᵀ V⁻¹ columns, c × c. */
  readonly inner: Float64Array
}

/** The numbers at one γ. */
export interface Evaluation {
  readonly gamma: Float64Array
  readonly theta: Float64Array
  readonly deviance: number
  readonly beta: Float64Array
  /** (XᵀV⁻¹X)⁻¹, p × p: the covariance of β̂ over σ². */
  readonly unscaled: Float64Array
  /** yᵀPy: the residual sum of squares in the metric of V. */
  readonly r2: number
  /** n − p for REML, n for ML. */
  readonly nu: number
  readonly data: Condensed
}

/** Allocates the buffers. */
export const workspace = (structure: MixedStructure, reml: boolean): Workspace => ({
  structure,
  reml,
  factors: new Float64Array(structure.within.length),
  reduced: new Float64Array(structure.across.length),
  dense: new Float64Array(structure.dense ** 2),
  inverse: new Float64Array(structure.dense ** 2),
  scratch: new Float64Array(structure.dense ** 2)
})

/** Factorises at γ ≥ 0. Undefined when a matrix is not positive definite or the fit leaves no residual. */
export const evaluate = (work: Workspace, gamma: Float64Array): Evaluation | undefined => {
  const s = work.structure
  const theta = gamma.map(Math.sqrt)
  const blocks = factorBlocks(work, theta)
  if (blocks === undefined) return undefined
  const n = s.dense
  DenseRoot.sandwich(s, theta, work.dense)
  for (let i = 0; i < n; i++) work.dense[i * n + i]! += 1
  if (!Cholesky.factor(work.dense, n)) return undefined
  const data = condense(work, theta, s.dataByBlock, s.dataByDense, s.dataProducts, s.c)
  const l = data.inner.slice()
  if (!Cholesky.factor(l, s.c)) return undefined
  const p = s.c - 1
  const nu = work.reml ? s.rows - p : s.rows
  const r2 = l[p * s.c + p]! ** 2
  const root = new Float64Array(p * p)
  const beta = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    beta[i] = l[p * s.c + i]!
    for (let j = 0; j <= i; j++) root[i * p + j] = l[i * s.c + j]!
  }
  Cholesky.solveUpper(root, p, beta, 1)
  const unscaled = Cholesky.inverse(root, p)
  const deviance =
    blocks +
    Cholesky.logDeterminant(work.dense, n) +
    (work.reml ? Cholesky.logDeterminant(root, p) : 0) +
    nu * (1 + Math.log((2 * Math.PI * r2) / nu))
  return { gamma, theta, deviance, beta, unscaled, r2, nu, data }
}

/** Factorises the eliminated blocks, leaves Z_RᵀV_E⁻¹Z_R (lower) in `dense`, returns their log determinant. */
const factorBlocks = (work: Workspace, theta: Float64Array): number | undefined => {
  const s = work.structure
  const n = s.dense
  work.dense.set(s.denseProducts)
  let log = 0
  for (let i = 0; i + 1 < s.blocks.length; i++) {
    const first = s.blocks[i]!
    const b = s.blocks[i + 1]! - first
    const from = s.touches[i]!
    const m = s.touches[i + 1]! - from
    const at = s.withinAt[i]!
    const w = s.acrossAt[i]!
    for (let e = 0; e < b; e++) {
      const te = theta[s.owner[first + e]!]!
      for (let f = 0; f <= e; f++) {
        let sum = te * theta[s.owner[first + f]!]! * s.within[at + e * b + f]! + (e === f ? 1 : 0)
        for (let k = 0; k < f; k++) sum -= work.factors[at + e * b + k]! * work.factors[at + f * b + k]!
        if (e > f) work.factors[at + e * b + f] = sum / work.factors[at + f * b + f]!
        else if (sum > 0) work.factors[at + e * b + e] = Math.sqrt(sum)
        else return undefined
      }
      const d = work.factors[at + e * b + e]!
      log += 2 * Math.log(d)
      for (let t = 0; t < m; t++) {
        let sum = te * s.across[w + e * m + t]!
        for (let k = 0; k < e; k++) sum -= work.factors[at + e * b + k]! * work.reduced[w + k * m + t]!
        work.reduced[w + e * m + t] = sum / d
      }
      for (let t = 0; t < m; t++) {
        const value = work.reduced[w + e * m + t]!
        if (value === 0) continue
        const row = s.touched[from + t]!
        for (let v = 0; v <= t; v++) {
          const column = s.touched[from + v]!
          const cell = row > column ? row * n + column : column * n + row
          work.dense[cell]! -= value * work.reduced[w + e * m + v]!
        }
      }
    }
  }
  return log
}

/**
 * Takes V⁻¹ inner products of columns known by their sums over eliminated columns, over dense columns, and
 * their own cross-products. After `evaluate` on the same workspace.
 */
export const condense = (
  work: Workspace,
  theta: Float64Array,
  byBlock: Float64Array,
  byDense: Float64Array,
  products: Float64Array,
  c: number
): Condensed => {
  const s = work.structure
  const blocks = new Float64Array(byBlock.length)
  const dense = byDense.slice()
  const inner = products.slice()
  for (let i = 0; i + 1 < s.blocks.length; i++) {
    const first = s.blocks[i]!
    const b = s.blocks[i + 1]! - first
    const from = s.touches[i]!
    const m = s.touches[i + 1]! - from
    const at = s.withinAt[i]!
    const w = s.acrossAt[i]!
    for (let e = 0; e < b; e++) {
      const te = theta[s.owner[first + e]!]!
      const d = work.factors[at + e * b + e]!
      const row = (first + e) * c
      for (let j = 0; j < c; j++) {
        let sum = te * byBlock[row + j]!
        for (let k = 0; k < e; k++) sum -= work.factors[at + e * b + k]! * blocks[(first + k) * c + j]!
        blocks[row + j] = sum / d
      }
      for (let t = 0; t < m; t++) {
        const value = work.reduced[w + e * m + t]!
        if (value === 0) continue
        const to = s.touched[from + t]! * c
        for (let j = 0; j < c; j++) dense[to + j]! -= value * blocks[row + j]!
      }
    }
  }
  DenseRoot.scaleRows(s, theta, dense, c)
  Cholesky.solveLower(work.dense, s.dense, dense, c)
  subtractGram(inner, blocks, c)
  subtractGram(inner, dense, c)
  return { blocks, dense, inner }
}

/** inner −= XᵀX for row-major X of c columns. */
const subtractGram = (inner: Float64Array, x: Float64Array, c: number): void => {
  for (let at = 0; at < x.length; at += c) {
    for (let j = 0; j < c; j++) {
      const value = x[at + j]!
      if (value !== 0) for (let k = 0; k < c; k++) inner[j * c + k]! -= value * x[at + k]!
    }
  }
}
