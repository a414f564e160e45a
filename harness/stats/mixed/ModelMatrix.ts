/**
 * Fixed effects as columns: treatment contrasts (the first level of each factor is the reference), numeric
 * predictors, interactions, named and ordered as R's `model.matrix` does; linearly dependent columns are
 * left out as R leaves them out, later ones first.
 */
import * as Cholesky from "../Cholesky.ts"
import type { Factor } from "./Factor.ts"
import { crossProducts } from "./MixedStructure.ts"

/** A numeric predictor, without missing values. */
export interface Numeric {
  readonly name: string
  readonly values: Float64Array
}

/** A predictor: a factor or a number. */
export type Variable = Factor | Numeric

/** One or more variables multiplied; an interaction needs its parts among the terms too. */
export type Term = ReadonlyArray<Variable>

/** The columns of the fixed effects. */
export interface ModelMatrix {
  /** Column names: "(Intercept)", "sourcegpt4", "sourcegpt4:domainwork". */
  readonly names: ReadonlyArray<string>
  /** Row-major, rows × names. */
  readonly x: Float64Array
  readonly terms: ReadonlyArray<Term>
  /** Positions of the kept columns among all that the terms define. */
  readonly kept: ReadonlyArray<number>
  /** Names of columns that depend linearly on the kept ones and were left out. */
  readonly dropped: ReadonlyArray<string>
  /** One vector per left-out column, over all columns, with X·v = 0: what cannot be estimated leans on one. */
  readonly nullspace: ReadonlyArray<Float64Array>
}

/** Where a marginal mean is taken: a level (by index) or a number for a variable. */
export type Setting = (variable: Variable) => number

const isFactor = (variable: Variable): variable is Factor => "codes" in variable

/** The columns of one term: for each its name and the non-reference level index asked of each variable. */
const columnsOf = (
  term: Term
): ReadonlyArray<{ readonly name: string; readonly at: ReadonlyArray<number> }> =>
  term.reduce<ReadonlyArray<{ readonly name: string; readonly at: ReadonlyArray<number> }>>(
    (soFar, variable) => {
      const own = isFactor(variable)
        ? variable.levels.slice(1).map((level, i) => ({ name: `${variable.name}${level}`, index: i + 1 }))
        : [{ name: variable.name, index: 0 }]
      return own.flatMap(({ name, index }) =>
        soFar.map((column) => ({
          name: column.name === "" ? name : `${column.name}:${name}`,
          at: [...column.at, index]
        }))
      )
    },
    [{ name: "", at: [] }]
  )

/** Writes a term's columns, from column `first` on; in a row at most one of them is not 0. */
const fill = (full: Float64Array, p: number, first: number, term: Term) => {
  for (let i = 0, row = first; row < full.length; i++, row += p) {
    let value = 1
    let column = 0
    let width = 1
    for (const variable of term) {
      if (!isFactor(variable)) {
        value *= variable.values[i]!
        continue
      }
      const code = variable.codes[i]!
      if (code === 0) value = 0
      column += (code - 1) * width
      width *= variable.levels.length - 1
    }
    if (value !== 0) full[row + column] = value
  }
}

/** Builds the matrix of an intercept and `terms` for `rows` rows. */
export const make = (rows: number, terms: ReadonlyArray<Term>): ModelMatrix => {
  const names = ["(Intercept)", ...terms.flatMap((term) => columnsOf(term).map((column) => column.name))]
  const p = names.length
  const full = new Float64Array(rows * p)
  for (let i = 0; i < rows; i++) full[i * p] = 1
  let first = 1
  for (const term of terms) {
    fill(full, p, first, term)
    first += columnsOf(term).length
  }
  const { kept, nullspace } = independent(full, p)
  const x = kept.length === p ? full : new Float64Array(rows * kept.length)
  if (x !== full) {
    for (let i = 0; i < rows; i++) {
      for (const [k, j] of kept.entries()) x[i * kept.length + k] = full[i * p + j]!
    }
  }
  const keeps = new Set(kept)
  return {
    names: kept.map((j) => names[j]!),
    x,
    terms,
    kept,
    dropped: names.filter((_, j) => !keeps.has(j)),
    nullspace
  }
}

/**
 * The weights on the kept coefficients of the prediction at a setting; undefined when the data do not
 * determine it (it has a part along a column that was left out).
 */
export const predictor = (matrix: ModelMatrix, setting: Setting): Float64Array =>
  Float64Array.from([
    1,
    ...matrix.terms.flatMap((term) =>
      columnsOf(term).map(({ at }) =>
        term.reduce(
          (value, variable, v) =>
            value * (isFactor(variable) ? (setting(variable) === at[v] ? 1 : 0) : setting(variable)),
          1
        )
      )
    )
  ])

/** Restricts weights over all columns to the kept ones, or undefined when the data do not determine them. */
export const estimable = (matrix: ModelMatrix, weights: Float64Array): Float64Array | undefined => {
  for (const v of matrix.nullspace) {
    let sum = 0
    let size = 0
    v.forEach((value, j) => {
      sum += value * weights[j]!
      size += Math.abs(value * weights[j]!)
    })
    if (Math.abs(sum) > 1e-8 * Math.max(1, size)) return undefined
  }
  return Float64Array.from(matrix.kept, (j) => weights[j]!)
}

/** Kept columns by a Cholesky factorisation in order, and the dependence of each of the others on them. */
const independent = (x: Float64Array, p: number) => {
  const gram = crossProducts(x, p)
  const kept: Array<number> = []
  const nullspace: Array<Float64Array> = []
  const root = new Float64Array(p * p)
  for (let j = 0; j < p; j++) {
    const row = Float64Array.from(kept, (k) => gram[j * p + k]!)
    const n = kept.length
    const l = new Float64Array(n * n)
    for (let a = 0; a < n; a++) for (let b = 0; b <= a; b++) l[a * n + b] = root[a * p + b]!
    Cholesky.solveLower(l, n, row, 1)
    const own = gram[j * p + j]!
    const rest = own - row.reduce((sum, value) => sum + value * value, 0)
    if (own > 0 && rest > 1e-10 * own) {
      row.forEach((value, k) => {
        root[n * p + k] = value
      })
      root[n * p + n] = Math.sqrt(rest)
      kept.push(j)
    } else {
      Cholesky.solveUpper(l, n, row, 1)
      const v = new Float64Array(p)
      kept.forEach((k, a) => {
        v[k] = row[a]!
      })
      v[j] = -1
      nullspace.push(v)
    }
  }
  return { kept, nullspace }
}
