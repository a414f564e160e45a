/** Means and variances of a sample, by two passes so that a large shift of the ratings costs no digits. */

/** A number, or a hole where a rating should be. */
export type Cell = number | null | undefined

/** True for a number that can be computed with: holes, NaN and infinities are missing. */
export const present = (value: Cell): value is number => typeof value === "number" && Number.isFinite(value)

/** The sum. */
export const sum = (values: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}

/** The arithmetic mean; `values` not empty. */
export const mean = (values: ArrayLike<number>): number => {
  const first = sum(values) / values.length
  // A second pass takes the rounding of the first out.
  let rest = 0
  for (let i = 0; i < values.length; i++) rest += values[i]! - first
  return first + rest / values.length
}

/** Sum of the products of deviations from the means of `x` and `y`, of equal length. */
export const crossDeviation = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const mx = mean(x)
  const my = mean(y)
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i]! - mx) * (y[i]! - my)
  return total
}

/** The variance with denominator n − 1; at least two values. */
export const variance = (values: ArrayLike<number>): number =>
  crossDeviation(values, values) / (values.length - 1)

/** True if all values are equal. Compared, not computed: a mean of equal decimals need not equal them. */
export const isConstant = (values: ArrayLike<number>): boolean => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

/** The positions where both `x` and `y` are present, as two samples of equal length. */
export const completePairs = (
  x: ArrayLike<Cell>,
  y: ArrayLike<Cell>
): { readonly x: Float64Array; readonly y: Float64Array } => {
  const left: Array<number> = []
  const right: Array<number> = []
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const a = x[i]
    const b = y[i]
    if (present(a) && present(b)) {
      left.push(a)
      right.push(b)
    }
  }
  return { x: Float64Array.from(left), y: Float64Array.from(right) }
}
