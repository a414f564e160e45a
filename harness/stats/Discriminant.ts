/**
 * Linear discriminant analysis with equal priors (Fisher 1936; Hastie, Tibshirani & Friedman, The Elements of
 * Statistical Learning, 4.3): classes as normals with one covariance, pooled within classes.
 */
import * as Cholesky from "./Cholesky.ts"

/** A fitted rule. */
export interface Discriminant {
  readonly classes: number
  readonly columns: number
  /** Columns that count, with the mean of the classes' means, and their unit: the within-class standard deviation. */
  readonly kept: Int32Array
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** Weights of each class on the kept columns, and its constant. */
  readonly weights: readonly Float64Array[]
  readonly constants: Float64Array
}

/**
 * Fits on rows of `x` (row-major, rows × columns) of class `y[i]` in [0, classes). Columns that do not vary are left
 * out. `ridge` is added to the diagonal of the pooled correlation, so that columns which nearly repeat others do no harm,
 * and one that varies between classes alone counts for much and not for everything. `undefined` where a class has no
 * row, nothing varies, or (without a ridge) columns depend on each other.
 */
export const fit = (
  x: Float64Array,
  y: Int32Array,
  classes: number,
  ridge: number
): Discriminant | undefined => {
  const rows = y.length
  const columns = rows === 0 ? 0 : x.length / rows
  const count = new Float64Array(classes)
  const means = Array.from({ length: classes }, () => new Float64Array(columns))
  for (let i = 0; i < rows; i++) {
    count[y[i]!]!++
    for (let j = 0; j < columns; j++) means[y[i]!]![j]! += x[i * columns + j]!
  }
  if (rows <= classes || count.includes(0)) return undefined
  means.forEach((mean, c) => {
    for (let j = 0; j < columns; j++) mean[j]! /= count[c]!
  })
  const variance = new Float64Array(columns)
  const largest = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      variance[j]! += (x[i * columns + j]! - means[y[i]!]![j]!) ** 2 / (rows - classes)
      largest[j] = Math.max(largest[j]!, Math.abs(x[i * columns + j]!))
    }
  }
  const middle = means.reduce(
    (sum, mean) => sum.map((v, j) => v + mean[j]! / classes),
    new Float64Array(columns)
  )
  const between = means.reduce(
    (sum, mean) => sum.map((v, j) => v + (mean[j]! - middle[j]!) ** 2 / classes),
    new Float64Array(columns)
  )
  const varies = (v: Float64Array, j: number) => Math.sqrt(v[j]!) > 1e-10 * largest[j]!
  const kept = Int32Array.from(
    Array.from({ length: columns }, (_, j) => j).filter((j) => varies(variance, j) || varies(between, j))
  )
  const p = kept.length
  if (p === 0) return undefined
  const scale = Float64Array.from(kept, (j) => Math.sqrt(varies(variance, j) ? variance[j]! : between[j]!))
  const centre = Float64Array.from(kept, (j) => middle[j]!)
  const pooled = new Float64Array(p * p)
  const row = new Float64Array(p)
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < p; a++) row[a] = (x[i * columns + kept[a]!]! - means[y[i]!]![kept[a]!]!) / scale[a]!
    for (let a = 0; a < p; a++)
      for (let b = 0; b <= a; b++) pooled[a * p + b]! += (row[a]! * row[b]!) / (rows - classes)
  }
  for (let a = 0; a < p; a++) pooled[a * p + a]! += ridge
  if (!Cholesky.factor(pooled, p, 1e-12)) return undefined
  const constants = new Float64Array(classes)
  const weights = means.map((mean, c) => {
    const own = Float64Array.from(kept, (j, a) => (mean[j]! - centre[a]!) / scale[a]!)
    const weight = own.slice()
    Cholesky.solve(pooled, p, weight)
    constants[c] = -weight.reduce((sum, w, a) => sum + w * own[a]!, 0) / 2
    return weight
  })
  return { classes, columns, kept, centre, scale, weights, constants }
}

/** The class of one row, `at` its position in `x`; of equal scores the first. */
export const classify = (rule: Discriminant, x: Float64Array, at: number): number => {
  let best = 0
  let highest = Number.NEGATIVE_INFINITY
  rule.weights.forEach((weight, c) => {
    let score = rule.constants[c]!
    for (let a = 0; a < weight.length; a++) {
      score += (weight[a]! * (x[at * rule.columns + rule.kept[a]!]! - rule.centre[a]!)) / rule.scale[a]!
    }
    if (score > highest) {
      highest = score
      best = c
    }
  })
  return best
}
