/**
 * The sign-flip permutation test of paired differences: under no difference each has either sign with equal
 * chance (Fisher 1935). Exact up to 2^20 sign patterns, by seeded Monte Carlo beyond.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"

export interface SignFlip {
  /** Mean difference, the zeros included. */
  readonly mean: number
  readonly n: number
  readonly pTwoSided: number
  /** Against a mean below zero. */
  readonly pLess: number
  /** Against a mean above zero. */
  readonly pGreater: number
  readonly method: "exact" | "monte carlo"
  /** Sign patterns looked at; Monte Carlo p values count the observed one in: (1 + extreme) / (1 + flips). */
  readonly flips: number
}

/** Most non-zero differences that are enumerated. */
export const MOST_EXACT = 20

/** The sums of all sign patterns of `values`. */
const patterns = (values: readonly number[]): Float64Array => {
  const sums = new Float64Array(2 ** values.length)
  for (const [i, x] of values.entries()) {
    const half = 2 ** i
    for (let j = half - 1; j >= 0; j--) {
      sums[j + half] = sums[j]! + x
      sums[j]! -= x
    }
  }
  return sums
}

/**
 * Tests `differences` (NaN: missing, left out). A zero keeps its value under either sign, so it is not
 * enumerated. Not estimable without a difference, or with one too large to be a rating's.
 */
export const test = (
  differences: ArrayLike<number>,
  options: { readonly seed: number; readonly flips?: number }
): Estimable<SignFlip> => {
  // Sorted by size, so that sums, and ties between them, do not depend on the rows' order.
  const present = Array.from(differences).filter((x) => !Number.isNaN(x))
  if (present.length === 0) return notEstimable("there are no differences")
  if (present.some((x) => Math.abs(x) > 1e100))
    return notEstimable("a difference is too large to be a rating's")
  const values = present.filter((x) => x !== 0).sort((x, y) => Math.abs(x) - Math.abs(y) || x - y)
  const total = values.reduce((sum, x) => sum + x, 0)
  const sizes = values.map((x) => Math.abs(x))
  // Patterns equal in exact arithmetic must count as equal.
  const tolerance = 1e-12 * sizes.reduce((sum, x) => sum + x, 0)
  let two = 0
  let less = 0
  let greater = 0
  const count = (sum: number) => {
    if (Math.abs(sum) >= Math.abs(total) - tolerance) two++
    if (sum <= total + tolerance) less++
    if (sum >= total - tolerance) greater++
  }
  const exact = values.length <= MOST_EXACT
  const flips = exact ? 2 ** values.length : Math.max(1, Math.floor(options.flips ?? 100_000))
  if (exact) {
    const cut = values.length >> 1
    const low = patterns(sizes.slice(0, cut))
    const high = patterns(sizes.slice(cut))
    for (const a of high) for (const b of low) count(a + b)
  } else {
    const random = Random.make(options.seed)
    for (let r = 0; r < flips; r++) {
      let sum = 0
      let bits = 0
      for (let i = 0; i < sizes.length; i++) {
        if (i % 30 === 0) bits = random.below(2 ** 30)
        sum += (bits & 1) === 0 ? sizes[i]! : -sizes[i]!
        bits >>= 1
      }
      count(sum)
    }
  }
  const share = (extreme: number) => (exact ? extreme / flips : (extreme + 1) / (flips + 1))
  return estimable({
    mean: total / present.length,
    n: present.length,
    pTwoSided: share(two),
    pLess: share(less),
    pGreater: share(greater),
    method: exact ? "exact" : "monte carlo",
    flips
  })
}
