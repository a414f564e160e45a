/**
 * First-order quantities of a mixed model at an evaluated γ: the analytic gradient of the deviance, the
 * conditional modes and variances of the random effects, and how the coefficients' covariance moves.
 *
 * ∂D/∂γ_k = tr(PK_k) − ν·‖Z_kᵀPy‖²/r² with K_k = Z_kZ_kᵀ, and tr(V⁻¹K_k) in place of tr(PK_k) for ML; all
 * traces come from the inverse of the dense matrix, never from n × n ones. For the dense columns
 * Z_RᵀV⁻¹Z_R = R⁻¹(I − S⁻¹)R⁻¹; for the eliminated ones the block's own part less Q·R·S⁻¹·R·Qᵀ,
 * Q = Z_EᵀV_E⁻¹Z_R.
 */
import * as Cholesky from "../Cholesky.ts"
import * as DenseRoot from "./DenseRoot.ts"
import type { Evaluation, Workspace } from "./MixedDeviance.ts"

/** Per factor k, in the order of the factors; vectors follow the factor's levels. */
export interface Slope {
  /** tr(PK_k) for REML, tr(V⁻¹K_k) for ML. */
  readonly trace: Float64Array
  /** ‖Z_kᵀPy‖². */
  readonly quadratic: Float64Array
  /** ∂D/∂γ_k of the profiled deviance. */
  readonly gradient: Float64Array
  /** Z_kᵀPy: the conditional modes are γ_k times these. */
  readonly score: ReadonlyArray<Float64Array>
  /** Diagonal of Z_kᵀV⁻¹Z_k: the conditional variance is σ²(γ_k − γ_k² times these). */
  readonly precision: ReadonlyArray<Float64Array>
  /** XᵀV⁻¹K_kV⁻¹X, p × p: the derivative of XᵀV⁻¹X with respect to γ_k, negated. */
  readonly information: ReadonlyArray<Float64Array>
  /** XᵀV⁻¹Z_kZ_kᵀPy. */
  readonly cross: ReadonlyArray<Float64Array>
}

/**
 * Computes them from the last `evaluate` on `work` (overwrites its inverse and scratch). At γ_k = 0 exactly,
 * where they would need a limit that no caller asks for, the numbers of factor k are 0.
 */
export const slope = (work: Workspace, at: Evaluation): Slope => {
  const s = work.structure
  const { c } = s
  const p = c - 1
  const projected = s.factors.map((f) => new Float64Array(f.levels.length * c))
  const precision = s.factors.map((f) => new Float64Array(f.levels.length))
  const solved = at.data.dense.slice()
  Cholesky.solveUpper(work.dense, s.dense, solved, c)
  Cholesky.inverse(work.dense, s.dense, work.scratch, work.inverse)
  for (const term of s.terms) denseTerm(work, at.theta, term, solved, projected, precision)
  DenseRoot.scaleRows(s, at.theta, solved, c)
  DenseRoot.sandwich(s, at.theta, work.inverse)
  eliminatedBlocks(work, at, solved, projected, precision)

  const count = s.factors.length
  const trace = new Float64Array(count)
  const quadratic = new Float64Array(count)
  const gradient = new Float64Array(count)
  const score: Array<Float64Array> = []
  const information: Array<Float64Array> = []
  const cross: Array<Float64Array> = []
  for (let k = 0; k < count; k++) {
    const z = projected[k]!
    const levels = precision[k]!.length
    const residual = new Float64Array(levels)
    const info = new Float64Array(p * p)
    const shared = new Float64Array(p)
    for (let i = 0; i < levels; i++) {
      let value = z[i * c + p]!
      for (let j = 0; j < p; j++) {
        const x = z[i * c + j]!
        value -= x * at.beta[j]!
        if (x !== 0) for (let l = 0; l <= j; l++) info[j * p + l]! += x * z[i * c + l]!
      }
      residual[i] = value
      quadratic[k]! += value * value
      for (let j = 0; j < p; j++) shared[j]! += value * z[i * c + j]!
      trace[k]! += precision[k]![i]!
    }
    for (let j = 0; j < p; j++) for (let l = 0; l < j; l++) info[l * p + j] = info[j * p + l]!
    if (work.reml) for (let i = 0; i < p * p; i++) trace[k]! -= info[i]! * at.unscaled[i]!
    gradient[k] = trace[k]! - (at.nu * quadratic[k]!) / at.r2
    score.push(residual)
    information.push(info)
    cross.push(shared)
  }
  return { trace, quadratic, gradient, score, precision, information, cross }
}

/** Z_kᵀV⁻¹[X y] and the diagonal of Z_kᵀV⁻¹Z_k for a dense factor and the one folded into it. */
const denseTerm = (
  work: Workspace,
  theta: Float64Array,
  term: Workspace["structure"]["terms"][number],
  solved: Float64Array,
  projected: ReadonlyArray<Float64Array>,
  precision: ReadonlyArray<Float64Array>
): void => {
  const s = work.structure
  const { c, dense: n } = s
  const own = theta[term.factor]!
  const inverseOwn = own > 0 ? 1 / own : 0
  const level = new Int32Array(term.size)
  s.column[term.factor]!.forEach((column, l) => {
    level[column - term.start] = l
  })
  const z = projected[term.factor]!
  const variance = precision[term.factor]!
  if (term.folded === undefined) {
    for (let i = term.start; i < term.start + term.size; i++) {
      const l = level[i - term.start]!
      for (let j = 0; j < c; j++) z[l * c + j] = solved[i * c + j]! * inverseOwn
      variance[l] = (1 - work.inverse[i * n + i]!) * inverseOwn * inverseOwn
    }
    return
  }
  const coarse = theta[term.folded]!
  const sums = new Float64Array(c)
  for (let g = 0; g + 1 < term.groups.length; g++) {
    const from = term.groups[g]!
    const to = term.groups[g + 1]!
    const m = to - from
    const root = Math.sqrt(own * own + m * coarse * coarse)
    const inverseRoot = root > 0 ? 1 / root : 0
    const share = DenseRoot.kappa(own, coarse, m) * inverseRoot
    sums.fill(0)
    for (let i = from; i < to; i++) for (let j = 0; j < c; j++) sums[j]! += solved[i * c + j]!
    let all = m
    for (let i = from; i < to; i++) for (let h = from; h < to; h++) all -= work.inverse[i * n + h]!
    precision[term.folded]![g] = all * inverseRoot * inverseRoot
    for (let j = 0; j < c; j++) projected[term.folded]![g * c + j] = sums[j]! * inverseRoot
    for (let i = from; i < to; i++) {
      const l = level[i - term.start]!
      for (let j = 0; j < c; j++) z[l * c + j] = (solved[i * c + j]! - share * sums[j]!) * inverseOwn
      let row = 1
      for (let h = from; h < to; h++) row -= work.inverse[i * n + h]!
      const own2 = 1 - work.inverse[i * n + i]! - 2 * share * row + share * share * all
      variance[l] = own2 * inverseOwn * inverseOwn
    }
  }
}

/** The same for the eliminated factors; `solved` holds R·S⁻¹·R·Z_RᵀV_E⁻¹[X y], `work.inverse` R·S⁻¹·R. */
const eliminatedBlocks = (
  work: Workspace,
  at: Evaluation,
  solved: Float64Array,
  projected: ReadonlyArray<Float64Array>,
  precision: ReadonlyArray<Float64Array>
): void => {
  const s = work.structure
  const { c, dense: n } = s
  const level = new Int32Array(s.owner.length)
  s.column.forEach((columns, f) => {
    if (s.eliminated[f])
      columns.forEach((column, l) => {
        level[column] = l
      })
  })
  // One set of buffers for all blocks: thousands of small arrays cost more than the arithmetic in them.
  let touched = 0
  let columns = 0
  let cells = 0
  for (let i = 0; i + 1 < s.blocks.length; i++) {
    touched = Math.max(touched, s.touches[i + 1]! - s.touches[i]!)
    columns = Math.max(columns, s.blocks[i + 1]! - s.blocks[i]!)
    cells = Math.max(cells, s.acrossAt[i + 1]! - s.acrossAt[i]!)
  }
  const sub = new Float64Array(touched * touched)
  const q = new Float64Array(cells)
  const z = new Float64Array(columns * c)
  const inverse = new Float64Array(columns * columns)
  for (let i = 0; i + 1 < s.blocks.length; i++) {
    const first = s.blocks[i]!
    const b = s.blocks[i + 1]! - first
    const from = s.touches[i]!
    const m = s.touches[i + 1]! - from
    const l = work.factors.subarray(s.withinAt[i]!, s.withinAt[i + 1]!)
    q.set(work.reduced.subarray(s.acrossAt[i]!, s.acrossAt[i + 1]!))
    z.set(at.data.blocks.subarray(first * c, (first + b) * c))
    inverse.fill(0, 0, b * b)
    for (let e = 0; e < b; e++) inverse[e * b + e] = 1
    Cholesky.solveLower(l, b, inverse, b)
    Cholesky.solveUpper(l, b, q, m)
    Cholesky.solveUpper(l, b, z, c)
    for (let t = 0; t < m; t++) {
      const row = s.touched[from + t]! * n
      for (let v = 0; v <= t; v++) sub[t * m + v] = work.inverse[row + s.touched[from + v]!]!
    }
    for (let e = 0; e < b; e++) {
      const f = s.owner[first + e]!
      const theta = at.theta[f]!
      const scale = theta > 0 ? 1 / theta : 0
      let own = 1
      for (let k = e; k < b; k++) own -= inverse[k * b + e]! ** 2
      for (let t = 0; t < m; t++) {
        const qt = q[e * m + t]!
        if (qt === 0) continue
        let sum = 0
        for (let v = 0; v < t; v++) sum += sub[t * m + v]! * q[e * m + v]!
        own -= qt * (2 * sum + sub[t * m + t]! * qt)
        const dense = s.touched[from + t]! * c
        for (let j = 0; j < c; j++) z[e * c + j]! -= qt * solved[dense + j]!
      }
      const target = level[first + e]!
      precision[f]![target] = own * scale * scale
      for (let j = 0; j < c; j++) projected[f]![target * c + j] = z[e * c + j]! * scale
    }
  }
}
