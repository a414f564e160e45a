/**
 * The Laplace approximation of the likelihood of a cumulative link model with crossed random intercepts, and
 * its exact gradient.
 *
 * With u standard normal and η = Xβ + Σⱼ σⱼ uⱼ, F = −Σ log P + u'u/2 + ½ log|H| at the û that minimises the
 * first two terms; H = I + ΛZ'WZΛ, the same criterion as R's `ordinal::clmm` (nAGQ = 1). The gradient of the
 * determinant goes through û by the implicit function theorem, with one more solve (as in Kristensen et al.
 * 2016, Journal of Statistical Software 70(5)). The largest factor is diagonal in H and is eliminated first;
 * the rest is a dense Schur complement.
 */
import * as Cholesky from "../Cholesky.ts"
import * as CumulativeLink from "./CumulativeLink.ts"
import { type OrdinalProblem, predictor } from "./OrdinalFixed.ts"

/** A random intercept: the group of each rating, 0 … size − 1. */
export interface Grouping {
  readonly index: Int32Array
  readonly size: number
}

/** The criterion (minus the log likelihood) and its gradient at one parameter vector. */
export interface Criterion {
  /** Infinity where thresholds are out of order or a probability vanishes. */
  readonly value: number
  readonly gradient: Float64Array
}

/** Where the other factors' groups meet each group of the eliminated factor. */
const pattern = (first: Grouping, others: ReadonlyArray<Grouping>) => {
  const n = first.index.length
  const offsets: Array<number> = []
  let width = 0
  for (const other of others) {
    offsets.push(width)
    width += other.size
  }
  const sets = Array.from({ length: first.size }, () => new Map<number, number>())
  for (let i = 0; i < n; i++) {
    const set = sets[first.index[i]!]!
    others.forEach((other, j) => {
      const column = offsets[j]! + other.index[i]!
      if (!set.has(column)) set.set(column, set.size)
    })
  }
  const start = new Int32Array(first.size + 1)
  sets.forEach((set, r) => {
    start[r + 1] = start[r]! + set.size
  })
  const column = new Int32Array(start[first.size]!)
  sets.forEach((set, r) => {
    for (const [c, place] of set) column[start[r]! + place] = c
  })
  /** Of rating i and other factor j: where its entry lies among the columns of its row. */
  const place = others.map((other, j) =>
    Int32Array.from(first.index, (r, i) => start[r]! + sets[r]!.get(offsets[j]! + other.index[i]!)!)
  )
  return { offsets, width, start, column, place }
}

/**
 * A function of (thresholds, coefficients, σ per grouping). It keeps û between calls as a warm start, which
 * changes speed only: the inner problem is convex and is solved to rounding each time.
 */
export const criterion = (
  problem: OrdinalProblem,
  groupings: ReadonlyArray<Grouping>
): ((parameters: Float64Array) => Criterion) => {
  const n = problem.y.length
  const cuts = problem.categories - 1
  const fixed = cuts + problem.columns.length
  const order = groupings.map((_, j) => j).sort((a, b) => groupings[b]!.size - groupings[a]!.size)
  const sorted = order.map((j) => groupings[j]!)
  const first = sorted[0]!
  const others = sorted.slice(1)
  const q0 = first.size
  const { offsets, width, start, column, place } = pattern(first, others)
  const q = q0 + width
  /** Position of rating i's group of sorted factor j in u. */
  const position = sorted.map((grouping, j) =>
    Int32Array.from(grouping.index, (g) => (j === 0 ? g : q0 + offsets[j - 1]! + g))
  )
  const u = new Float64Array(q)
  const eta = new Float64Array(n)
  const base = new Float64Array(n)
  const d = CumulativeLink.room(n)
  const diagonal = new Float64Array(q0)
  const entries = new Float64Array(column.length)
  const schur = new Float64Array(width * width)

  /** Builds H at the current weights and factors it; returns log|H|. */
  const factorise = (sigma: ArrayLike<number>): number => {
    diagonal.fill(1)
    entries.fill(0)
    schur.fill(0)
    for (let c = 0; c < width; c++) schur[c * width + c] = 1
    for (let i = 0; i < n; i++) {
      const w = d.weight[i]!
      diagonal[first.index[i]!]! += w * sigma[0]! * sigma[0]!
      for (let j = 0; j < others.length; j++) {
        const row = position[j + 1]![i]! - q0
        const ws = w * sigma[j + 1]!
        entries[place[j]![i]!]! += ws * sigma[0]!
        for (let l = 0; l < others.length; l++) {
          schur[row * width + position[l + 1]![i]! - q0]! += ws * sigma[l + 1]!
        }
      }
    }
    let logDeterminant = 0
    for (let r = 0; r < q0; r++) {
      logDeterminant += Math.log(diagonal[r]!)
      for (let s = start[r]!; s < start[r + 1]!; s++) {
        const factor = entries[s]! / diagonal[r]!
        const row = column[s]! * width
        for (let t = start[r]!; t < start[r + 1]!; t++) schur[row + column[t]!]! -= factor * entries[t]!
      }
    }
    return Cholesky.factor(schur, width, 1e-13)
      ? logDeterminant + Cholesky.logDeterminant(schur, width)
      : Number.NaN
  }

  /** H⁻¹ x in place. */
  const rest = new Float64Array(width)
  const solve = (x: Float64Array): void => {
    for (let c = 0; c < width; c++) rest[c] = x[q0 + c]!
    for (let r = 0; r < q0; r++) {
      const scaled = x[r]! / diagonal[r]!
      for (let s = start[r]!; s < start[r + 1]!; s++) rest[column[s]!]! -= entries[s]! * scaled
    }
    Cholesky.solve(schur, width, rest)
    for (let r = 0; r < q0; r++) {
      let t = x[r]!
      for (let s = start[r]!; s < start[r + 1]!; s++) t -= entries[s]! * rest[column[s]!]!
      x[r] = t / diagonal[r]!
    }
    for (let c = 0; c < width; c++) x[q0 + c] = rest[c]!
  }

  /** −log P + u'u/2 at u, with the derivatives left in `d`. */
  const inner = (thresholds: Float64Array, sigma: ArrayLike<number>): number => {
    eta.set(base)
    for (let j = 0; j < sorted.length; j++) {
      for (let i = 0; i < n; i++) eta[i]! += sigma[j]! * u[position[j]![i]!]!
    }
    let penalty = 0
    for (let g = 0; g < q; g++) penalty += u[g]! * u[g]!
    return penalty / 2 - CumulativeLink.evaluate(problem.link, problem.y, eta, thresholds, d)
  }

  /** Newton's method for û; returns the joint criterion there, and log|H|. */
  const minimise = (thresholds: Float64Array, sigma: ArrayLike<number>) => {
    let value = inner(thresholds, sigma)
    if (!Number.isFinite(value)) {
      u.fill(0)
      value = inner(thresholds, sigma)
      if (!Number.isFinite(value)) return undefined
    }
    const step = new Float64Array(q)
    for (let iteration = 0; iteration < 100; iteration++) {
      factorise(sigma)
      for (let g = 0; g < q; g++) step[g] = -u[g]!
      for (let j = 0; j < sorted.length; j++) {
        for (let i = 0; i < n; i++) step[position[j]![i]!]! += sigma[j]! * d.eta[i]!
      }
      solve(step)
      let length = 0
      for (let g = 0; g < q; g++) length = Math.max(length, Math.abs(step[g]!))
      if (!Number.isFinite(length)) return undefined
      if (length < 1e-7) {
        // One more full step squares the error, which the determinant takes in to first order.
        for (let g = 0; g < q; g++) u[g]! += step[g]!
        return { value: inner(thresholds, sigma), logDeterminant: factorise(sigma) }
      }
      let scale = 1
      for (;;) {
        for (let g = 0; g < q; g++) u[g]! += scale * step[g]!
        const there = inner(thresholds, sigma)
        if (there <= value + 1e-13 * Math.abs(value)) {
          value = there
          break
        }
        for (let g = 0; g < q; g++) u[g]! -= scale * step[g]!
        scale /= 2
        if (scale < 1e-10) return undefined
      }
    }
    return undefined
  }

  /** Per rating i: h = zΛH⁻¹Λz', and per sorted factor j the entry g_j = (H⁻¹Λz') at i's group of j. */
  const leverages = (sigma: ArrayLike<number>) => {
    const inverse = Cholesky.inverse(schur, width)
    const cross = new Float64Array(column.length)
    const own = new Float64Array(q0)
    for (let r = 0; r < q0; r++) {
      let gained = 0
      for (let s = start[r]!; s < start[r + 1]!; s++) {
        let total = 0
        for (let t = start[r]!; t < start[r + 1]!; t++) {
          total += entries[t]! * inverse[column[t]! * width + column[s]!]!
        }
        cross[s] = -total / diagonal[r]!
        gained += entries[s]! * cross[s]!
      }
      own[r] = (1 - gained) / diagonal[r]!
    }
    const h = new Float64Array(n)
    const g = sorted.map(() => new Float64Array(n))
    for (let i = 0; i < n; i++) {
      g[0]![i] = sigma[0]! * own[first.index[i]!]!
      for (let j = 0; j < others.length; j++) {
        const meeting = cross[place[j]![i]!]!
        g[0]![i]! += sigma[j + 1]! * meeting
        let total = sigma[0]! * meeting
        const row = (position[j + 1]![i]! - q0) * width
        for (let l = 0; l < others.length; l++) {
          total += sigma[l + 1]! * inverse[row + position[l + 1]![i]! - q0]!
        }
        g[j + 1]![i] = total
      }
      for (let j = 0; j < sorted.length; j++) h[i]! += sigma[j]! * g[j]![i]!
    }
    return { h, g }
  }

  const nowhere: Criterion = { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(0) }
  return (parameters) => {
    const thresholds = parameters.subarray(0, cuts)
    const sigma = order.map((j) => parameters[fixed + j]!)
    predictor(problem, parameters, base)
    const found = minimise(thresholds, sigma)
    if (found === undefined || !Number.isFinite(found.logDeterminant)) return nowhere
    const { h, g } = leverages(sigma)
    // r = H⁻¹ Σ h ∂w/∂η Λz, and t = zΛr: how the determinant moves when û does.
    const r = new Float64Array(q)
    for (let j = 0; j < sorted.length; j++) {
      for (let i = 0; i < n; i++) {
        r[position[j]![i]!]! -= h[i]! * (d.weightA[i]! + d.weightB[i]!) * sigma[j]!
      }
    }
    solve(r)
    const gradient = new Float64Array(parameters.length)
    for (let i = 0; i < n; i++) {
      let t = 0
      for (let j = 0; j < sorted.length; j++) t += sigma[j]! * r[position[j]![i]!]!
      const a = problem.y[i]!
      if (a < cuts) gradient[a]! += (h[i]! * d.weightA[i]! - d.crossA[i]! * t) / 2 - d.a[i]!
      if (a > 0) gradient[a - 1]! += (h[i]! * d.weightB[i]! - d.crossB[i]! * t) / 2 - d.b[i]!
      const along = -d.eta[i]! - (h[i]! * (d.weightA[i]! + d.weightB[i]!) + d.weight[i]! * t) / 2
      for (let m = 0; m < problem.columns.length; m++) gradient[cuts + m]! += problem.columns[m]![i]! * along
      for (let j = 0; j < sorted.length; j++) {
        const at = position[j]![i]!
        gradient[fixed + order[j]!]! += u[at]! * along + d.weight[i]! * g[j]![i]! + (d.eta[i]! * r[at]!) / 2
      }
    }
    return { value: found.value + found.logDeterminant / 2, gradient }
  }
}
