/**
 * Calibration of one scorer to another (a judge to human raters): least squares, and isotonic regression by
 * pool-adjacent-violators (Ayer, Brunk, Ewing, Reid & Silverman 1955), with the error each has on items it was
 * not fitted to.
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"

/** target ≈ intercept + slope · score. */
export interface Linear {
  readonly intercept: number
  readonly slope: number
  /** Covariance of (intercept, slope), as R's `vcov(lm)`. */
  readonly vcov: readonly [readonly [number, number], readonly [number, number]]
  /** Residual SD on n − 2 degrees of freedom. */
  readonly sigma: number
  readonly slopeLower: number
  readonly slopeUpper: number
  readonly n: number
}

/** A non-decreasing step fit: its knots are the distinct scores. */
export interface Isotonic {
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly n: number
}

/** Error on held-out items, in units of the target. */
export interface HeldOut {
  readonly rmse: number
  readonly mae: number
  /** Mean of prediction − target. */
  readonly bias: number
  /** RMSE of predicting the training mean: what a calibration has to beat. */
  readonly baselineRmse: number
  readonly folds: number
  readonly n: number
}

const TOO_FAR_APART = "the scores differ by too many orders of magnitude"

const unfit = (score: ArrayLike<number>, target: ArrayLike<number>): string | undefined => {
  if (score.length !== target.length) throw new RangeError("scores and targets differ in length")
  for (const values of [score, target]) {
    for (let i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]!) <= 1e100)) return "a score is missing or not a rating"
    }
  }
  return undefined
}

/** Least squares of `target` on `score`. Not estimable with fewer than three items or a score that never varies. */
export const linear = (
  score: ArrayLike<number>,
  target: ArrayLike<number>,
  level = 0.95
): Estimable<Linear> => {
  const reason = unfit(score, target)
  if (reason !== undefined) return notEstimable(reason)
  const n = score.length
  if (n < 3) return notEstimable("a line with an error needs three items")
  let [meanX, meanY, largest] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    meanX += score[i]! / n
    meanY += target[i]! / n
    largest = Math.max(largest, Math.abs(score[i]!))
  }
  let [xx, xy] = [0, 0]
  for (let i = 0; i < n; i++) {
    xx += (score[i]! - meanX) ** 2
    xy += (score[i]! - meanX) * (target[i]! - meanY)
  }
  if (Math.sqrt(xx / n) <= 1e-12 * largest) return notEstimable("the score never varies")
  const slope = xy / xx
  const intercept = meanY - slope * meanX
  let residual = 0
  for (let i = 0; i < n; i++) residual += (target[i]! - intercept - slope * score[i]!) ** 2
  const variance = residual / (n - 2)
  const cross = -meanX * (variance / xx)
  const half = Distributions.qt((1 + level) / 2, n - 2) * Math.sqrt(variance / xx)
  if (!Number.isFinite(meanX * cross) || !Number.isFinite(half)) return notEstimable(TOO_FAR_APART)
  return estimable({
    intercept,
    slope,
    vcov: [
      [variance / n - meanX * cross, cross],
      [cross, variance / xx]
    ],
    sigma: Math.sqrt(variance),
    slopeLower: slope - half,
    slopeUpper: slope + half,
    n
  })
}

/**
 * The non-decreasing fit of least squares, items with equal scores averaged first. Not estimable without
 * items. Throws a RangeError, as everything here, when the lengths differ.
 */
export const isotonic = (score: ArrayLike<number>, target: ArrayLike<number>): Estimable<Isotonic> => {
  const reason = unfit(score, target)
  if (reason !== undefined) return notEstimable(reason)
  if (score.length === 0) return notEstimable("there are no items")
  const order = Array.from(score, (_, i) => i).sort(
    (i, j) => score[i]! - score[j]! || target[i]! - target[j]!
  )
  const x: number[] = []
  const blocks: { mean: number; weight: number; knots: number }[] = []
  for (const i of order) {
    if (x.at(-1) === score[i]) {
      const last = blocks.at(-1)!
      last.mean += (target[i]! - last.mean) / ++last.weight
    } else {
      x.push(score[i]!)
      blocks.push({ mean: target[i]!, weight: 1, knots: 1 })
    }
  }
  const pooled: typeof blocks = []
  for (const block of blocks) {
    let current = block
    for (let last = pooled.at(-1); last !== undefined && last.mean > current.mean; last = pooled.at(-1)) {
      pooled.pop()
      const weight = last.weight + current.weight
      const mean = (last.mean * last.weight + current.mean * current.weight) / weight
      current = { mean, weight, knots: last.knots + current.knots }
    }
    pooled.push(current)
  }
  const y = pooled.flatMap(({ mean, knots }) => new Array<number>(knots).fill(mean))
  return estimable({ x, y, n: score.length })
}

/** The line's value at `score`. */
export const applyLinear = (fitted: Linear, score: number): number => fitted.intercept + fitted.slope * score

/** The isotonic fit at `score`: interpolated between knots, constant beyond them. */
export const applyIsotonic = ({ x, y }: Isotonic, score: number): number => {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < score) low = middle + 1
    else high = middle
  }
  if (low === x.length) return y[low - 1]!
  if (low === 0 || x[low] === score) return y[low]!
  const share = (score - x[low - 1]!) / (x[low]! - x[low - 1]!)
  return y[low - 1]! + share * (y[low]! - y[low - 1]!)
}

/**
 * Cross-validated error. Whole groups (posts: `groups[i]` names item i's) are held out together, since texts
 * on one post share what makes them easy or hard; without `groups` every item is its own. Not estimable with
 * fewer than two groups, or when a fold leaves too little to fit.
 */
export const crossValidate = (
  kind: "linear" | "isotonic",
  score: ArrayLike<number>,
  target: ArrayLike<number>,
  options: { readonly seed: number; readonly folds?: number; readonly groups?: readonly string[] }
): Estimable<HeldOut> => {
  const reason = unfit(score, target)
  if (reason !== undefined) return notEstimable(reason)
  const n = score.length
  const names = options.groups ?? Array.from({ length: n }, (_, i) => String(i))
  if (names.length !== n) throw new RangeError("groups and scores differ in length")
  const groups = [...new Set(names)].sort()
  if (groups.length < 2) return notEstimable("fewer than two posts to hold out")
  const folds = Math.max(2, Math.min(options.folds ?? 10, groups.length))
  const random = Random.make(options.seed)
  for (let i = groups.length - 1; i > 0; i--) {
    const k = random.below(i + 1)
    ;[groups[i], groups[k]] = [groups[k]!, groups[i]!]
  }
  const fold = new Map(groups.map((group, rank) => [group, rank % folds]))
  let [squares, absolute, bias, baseline] = [0, 0, 0, 0]
  for (let f = 0; f < folds; f++) {
    const train = names.flatMap((name, i) => (fold.get(name) === f ? [] : [i]))
    const x = train.map((i) => score[i]!)
    const y = train.map((i) => target[i]!)
    const fitted = predictor(kind, x, y)
    if (!fitted.ok) return notEstimable(`with a fold held out, ${fitted.reason}`)
    const centre = y.reduce((sum, value) => sum + value / y.length, 0)
    for (let i = 0; i < n; i++) {
      if (fold.get(names[i]!) !== f) continue
      const error = fitted.value(score[i]!) - target[i]!
      squares += (error * error) / n
      absolute += Math.abs(error) / n
      bias += error / n
      baseline += (centre - target[i]!) ** 2 / n
    }
  }
  if (!Number.isFinite(squares + baseline)) return notEstimable(TOO_FAR_APART)
  return estimable({
    rmse: Math.sqrt(squares),
    mae: absolute,
    bias,
    baselineRmse: Math.sqrt(baseline),
    folds,
    n
  })
}

const predictor = (
  kind: "linear" | "isotonic",
  x: readonly number[],
  y: readonly number[]
): Estimable<(score: number) => number> => {
  if (kind === "linear") {
    const fitted = linear(x, y)
    return fitted.ok ? estimable((score) => applyLinear(fitted.value, score)) : fitted
  }
  const fitted = isotonic(x, y)
  return fitted.ok ? estimable((score) => applyIsotonic(fitted.value, score)) : fitted
}
