/**
 * What of a mixed model's algebra depends on who rated what, not on the variances: which random factors
 * are eliminated block by block, which remain for the dense matrix, and all cross-products of indicators,
 * predictors and ratings.
 *
 * Eliminated are the factors nested in one key factor (post, with post × source inside it): given the
 * rest, their levels fall into one small block a key level. Of two remaining factors nested in each other
 * (rater × source in rater) only the finer has columns; the coarser enters as covariance within its groups,
 * so the dense matrix, whose cube is the cost, stays as small as it can be. The elimination is that of
 * Bates, Mächler, Bolker & Walker (2015), Fitting Linear Mixed-Effects Models Using lme4, section 3.
 */
import * as Factor from "./Factor.ts"

/** A remaining factor with columns of its own, and the coarser factor folded into it, if any. */
export interface DenseTerm {
  readonly factor: number
  /** First dense column. */
  readonly start: number
  readonly size: number
  readonly folded?: number
  /** Columns of folded level g: `groups[g]` up to `groups[g + 1]` (absolute). Empty without a folded factor. */
  readonly groups: Int32Array
}

/** The symbolic part of a fit; numbers are counts and sums over rows. `c` columns are those of [X y]. */
export interface MixedStructure {
  readonly rows: number
  /** Columns of [X y]. */
  readonly c: number
  readonly factors: ReadonlyArray<Factor.Factor>
  /** Per factor: is it eliminated. */
  readonly eliminated: ReadonlyArray<boolean>
  /** Per factor with columns: level → eliminated or dense column; a folded factor's is empty. */
  readonly column: ReadonlyArray<Int32Array>
  /** Eliminated columns of block i: `blocks[i]` up to `blocks[i + 1]`. */
  readonly blocks: Int32Array
  /** Factor of each eliminated column. */
  readonly owner: Int32Array
  /** Dense columns touched by block i: `touched[touches[i] .. touches[i + 1])`. */
  readonly touches: Int32Array
  readonly touched: Int32Array
  /** Per block, b × b indicator cross-products, b × m ones with the touched columns; with their offsets. */
  readonly within: Float64Array
  readonly withinAt: Int32Array
  readonly across: Float64Array
  readonly acrossAt: Int32Array
  readonly terms: ReadonlyArray<DenseTerm>
  /** Dense dimension, and the dense indicator cross-products (lower triangle, row-major). */
  readonly dense: number
  readonly denseProducts: Float64Array
  /** [X y] row-major, its sums by eliminated and by dense column, and its own cross-products. */
  readonly data: Float64Array
  readonly dataByBlock: Float64Array
  readonly dataByDense: Float64Array
  readonly dataProducts: Float64Array
}

interface Plan {
  readonly key: number
  readonly eliminated: ReadonlyArray<boolean>
  readonly folds: ReadonlyArray<readonly [leaf: number, coarse: number]>
  readonly dense: number
}

/** The key factor with the least work: cubes of the blocks plus the cube of what remains. */
const plan = (factors: ReadonlyArray<Factor.Factor>): Plan => {
  if (factors.length === 0) return { key: -1, eliminated: [], folds: [], dense: 0 }
  const nested = factors.map((f) => factors.map((g) => (f === g ? undefined : Factor.parents(f, g))))
  const plans = factors.map((keyFactor, key) => {
    const eliminated = factors.map((_, f) => f === key || nested[f]![key] !== undefined)
    const sizes = new Float64Array(keyFactor.levels.length)
    eliminated.forEach((is, f) => {
      if (!is) return
      if (f === key) for (let i = 0; i < sizes.length; i++) sizes[i]! += 1
      else for (const p of nested[f]![key]!) sizes[p]! += 1
    })
    const rest = factors.map((_, f) => f).filter((f) => !eliminated[f])
    const folds: Array<readonly [number, number]> = []
    const used = new Set<number>()
    for (const coarse of [...rest].sort((a, b) => factors[b]!.levels.length - factors[a]!.levels.length)) {
      const leaf = rest.find((f) => !used.has(f) && !used.has(coarse) && nested[f]![coarse] !== undefined)
      if (leaf === undefined) continue
      folds.push([leaf, coarse])
      used.add(leaf).add(coarse)
    }
    const folded = new Set(folds.map(([, coarse]) => coarse))
    const dense = rest.reduce((sum, f) => (folded.has(f) ? sum : sum + factors[f]!.levels.length), 0)
    const cost = sizes.reduce((sum, b) => sum + b ** 3, 0) + dense ** 3
    return { key, eliminated, folds, dense, cost }
  })
  return plans.reduce((best, candidate) => (candidate.cost < best.cost ? candidate : best))
}

/** Builds the structure for `factors` (no two of them the same partition of the rows) and [X y] row-major. */
export const make = (
  factors: ReadonlyArray<Factor.Factor>,
  data: Float64Array,
  c: number
): MixedStructure => {
  const rows = data.length / c
  const { key, eliminated, folds, dense } = plan(factors)
  const column = factors.map((f) => new Int32Array(f.levels.length))
  const { blocks, owner } = placeBlocks(factors, eliminated, key, column)
  const terms = placeDense(factors, eliminated, folds, column)
  const inner = factors.map((_, f) => f).filter((f) => eliminated[f])
  const outer = terms.map((term) => term.factor)

  const count = factors[key]?.levels.length ?? 0
  const { order, starts } = sortBy(factors[key]?.codes ?? new Int32Array(0), count)
  const touches = new Int32Array(count + 1)
  const touchedList: Array<number> = []
  const withinAt = new Int32Array(count + 1)
  const acrossAt = new Int32Array(count + 1)
  const local = new Int32Array(dense).fill(-1)
  for (let i = 0; i < count; i++) {
    const from = touchedList.length
    for (let o = starts[i]!; o < starts[i + 1]!; o++) {
      for (const f of outer) {
        const d = column[f]![factors[f]!.codes[order[o]!]!]!
        if (local[d]! < from) {
          local[d] = touchedList.length
          touchedList.push(d)
        }
      }
    }
    const b = blocks[i + 1]! - blocks[i]!
    touches[i + 1] = touchedList.length
    withinAt[i + 1] = withinAt[i]! + b * b
    acrossAt[i + 1] = acrossAt[i]! + b * (touchedList.length - from)
  }
  const touched = Int32Array.from(touchedList)
  const within = new Float64Array(withinAt[count]!)
  const across = new Float64Array(acrossAt[count]!)
  const denseProducts = new Float64Array(dense * dense)
  const dataByBlock = new Float64Array(owner.length * c)
  const dataByDense = new Float64Array(dense * c)
  local.fill(-1)
  for (let i = 0; i < count; i++) {
    const from = touches[i]!
    const m = touches[i + 1]! - from
    const first = blocks[i]!
    const b = blocks[i + 1]! - first
    for (let t = 0; t < m; t++) local[touched[from + t]!] = t
    for (let o = starts[i]!; o < starts[i + 1]!; o++) {
      const row = order[o]!
      const at = row * c
      for (const f of inner) {
        const e = column[f]![factors[f]!.codes[row]!]!
        for (const g of inner)
          within[withinAt[i]! + (e - first) * b + column[g]![factors[g]!.codes[row]!]! - first]! += 1
        for (const g of outer)
          across[acrossAt[i]! + (e - first) * m + local[column[g]![factors[g]!.codes[row]!]!]!]! += 1
        for (let j = 0; j < c; j++) dataByBlock[e * c + j]! += data[at + j]!
      }
      for (const f of outer) {
        const d = column[f]![factors[f]!.codes[row]!]!
        for (const g of outer) denseProducts[d * dense + column[g]![factors[g]!.codes[row]!]!]! += 1
        for (let j = 0; j < c; j++) dataByDense[d * c + j]! += data[at + j]!
      }
    }
  }
  return {
    rows,
    c,
    factors,
    eliminated,
    column,
    blocks,
    owner,
    touches,
    touched,
    within,
    withinAt,
    across,
    acrossAt,
    terms,
    dense,
    denseProducts,
    data,
    dataByBlock,
    dataByDense,
    dataProducts: crossProducts(data, c)
  }
}

/** DataᵀData, c × c, of a row-major matrix. */
export const crossProducts = (data: Float64Array, c: number): Float64Array => {
  const products = new Float64Array(c * c)
  for (let at = 0; at < data.length; at += c) {
    for (let j = 0; j < c; j++) {
      const value = data[at + j]!
      if (value !== 0) for (let k = 0; k <= j; k++) products[j * c + k]! += value * data[at + k]!
    }
  }
  for (let j = 0; j < c; j++) for (let k = 0; k < j; k++) products[k * c + j] = products[j * c + k]!
  return products
}

/** Gives every level of the eliminated factors a column, those of one key level side by side. */
const placeBlocks = (
  factors: ReadonlyArray<Factor.Factor>,
  eliminated: ReadonlyArray<boolean>,
  key: number,
  column: ReadonlyArray<Int32Array>
) => {
  const count = factors[key]?.levels.length ?? 0
  const inner = factors.map((_, f) => f).filter((f) => eliminated[f])
  const parent = inner.map((f) =>
    f === key ? Int32Array.from({ length: count }, (_, i) => i) : Factor.parents(factors[f]!, factors[key]!)!
  )
  const blocks = new Int32Array(count + 1)
  for (const p of parent) for (const i of p) blocks[i + 1]! += 1
  for (let i = 0; i < count; i++) blocks[i + 1]! += blocks[i]!
  const next = blocks.slice(0, count)
  const owner = new Int32Array(blocks[count]!)
  inner.forEach((f, which) => {
    parent[which]!.forEach((p, level) => {
      owner[next[p]!] = f
      column[f]![level] = next[p]!++
    })
  })
  return { blocks, owner }
}

/** Gives every level of the remaining factors a dense column, those of one folded level side by side. */
const placeDense = (
  factors: ReadonlyArray<Factor.Factor>,
  eliminated: ReadonlyArray<boolean>,
  folds: Plan["folds"],
  column: ReadonlyArray<Int32Array>
): ReadonlyArray<DenseTerm> => {
  const coarse = new Map(folds)
  const folded = new Set(folds.map(([, f]) => f))
  const terms: Array<DenseTerm> = []
  let start = 0
  factors.forEach((factor, f) => {
    if (eliminated[f] || folded.has(f)) return
    const size = factor.levels.length
    const into = coarse.get(f)
    if (into === undefined) {
      for (let level = 0; level < size; level++) column[f]![level] = start + level
      terms.push({ factor: f, start, size, groups: new Int32Array(0) })
    } else {
      const { order, starts } = sortBy(Factor.parents(factor, factors[into]!)!, factors[into]!.levels.length)
      for (let i = 0; i < size; i++) column[f]![order[i]!] = start + i
      terms.push({ factor: f, start, size, folded: into, groups: starts.map((at) => at + start) })
    }
    start += size
  })
  return terms
}

/** Row numbers in order of their code (stable), and where each code's rows start. */
const sortBy = (codes: Int32Array, count: number) => {
  const starts = new Int32Array(count + 1)
  for (const code of codes) starts[code + 1]! += 1
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice(0, count)
  const order = new Int32Array(codes.length)
  for (let i = 0; i < codes.length; i++) order[next[codes[i]!]!++] = i
  return { order, starts }
}
