/**
 * The studentized range: the distribution of (max − min of k standard normals) / (independent χ_df/√df).
 *
 * For k = 2 it is Student's t exactly. Otherwise a double integral, P = ∫ f(s)·W(qs) ds, where W is the
 * distribution of the range, W(w) = k∫φ(z)[Φ(z) − Φ(z−w)]^(k−1) dz. Both integrands are analytic and die
 * out at both ends (s after the substitution x = log s), so that the plain trapezoidal rule converges
 * geometrically (Trefethen & Weideman 2014, SIAM Review 56): 1e-10 up to k = 20, 1e-7 at k = 100, at small
 * df too, where R's `ptukey` (Copenhaver & Holland 1988) loses digits.
 */
import { pnorm, pt, qnorm, qt } from "./Distributions.ts"

/** Nodes in z: φ is below 1e-17 outside ±8.4. */
const step = 0.3
const nodes = Array.from({ length: 57 }, (_, i) => (i - 28) * step)
const nodeCdf = nodes.map(pnorm)
const nodeWeight = nodes.map((z) => (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI))

/** Φ at multiples of 1/64 from −9 to 9, for the Taylor steps of `fastCdf`. */
const perUnit = 64
const table = Float64Array.from({ length: 18 * perUnit + 1 }, (_, i) => pnorm(i / perUnit - 9))
const density = Float64Array.from(
  table,
  (_, i) => Math.exp(-((i / perUnit - 9) ** 2) / 2) / Math.sqrt(2 * Math.PI)
)

/** Φ(z) by a Taylor step of fifth order from the nearest tabulated point: 1e-15, ten times as fast. */
const fastCdf = (z: number): number => {
  if (z <= -9) return 0
  if (z >= 9) return 1
  const i = Math.round((z + 9) * perUnit)
  const a = i / perUnit - 9
  const h = z - a
  const a2 = a * a
  const series =
    1 - h * (a / 2 - h * ((a2 - 1) / 6 - h * (((a2 - 3) * a) / 24 - (h * (a2 * a2 - 6 * a2 + 3)) / 120)))
  return table[i]! + density[i]! * h * series
}

const power = (base: number, exponent: number): number => {
  let result = 1
  for (let e = exponent, b = base; e > 0; e >>= 1, b *= b) if ((e & 1) === 1) result *= b
  return result
}

/** P(range of k standard normals ≤ w). */
const rangeCdf = (w: number, k: number): number => {
  if (w <= 0) return 0
  let sum = 0
  for (let i = 0; i < nodes.length; i++) {
    const inside = nodeCdf[i]! - fastCdf(nodes[i]! - w)
    if (inside > 0) sum += nodeWeight[i]! * power(inside, k - 1)
  }
  return Math.min(1, k * sum)
}

/** Nodes and weights in s of the density of χ_df/√df. */
const scaleRule = (df: number): { readonly s: Float64Array; readonly weight: Float64Array } => {
  // log density of x = log s relative to its peak at 0: df·(x − (e^{2x} − 1)/2)
  const log = (x: number) => df * (x - Math.expm1(2 * x) / 2)
  const edge = (sign: number) => {
    let from = 0
    let to = sign / Math.sqrt(df)
    while (log(to) > -38) to *= 1.5
    for (let i = 0; i < 30; i++) {
      const middle = (from + to) / 2
      if (log(middle) > -38) from = middle
      else to = middle
    }
    return to
  }
  const low = edge(-1)
  const high = edge(1)
  const count = Math.ceil((high - low) / (0.12 / Math.sqrt(Math.max(1, df))))
  const h = (high - low) / count
  const s = new Float64Array(count + 1)
  const weight = new Float64Array(count + 1)
  let total = 0
  for (let i = 0; i <= count; i++) {
    const x = low + i * h
    s[i] = Math.exp(x)
    weight[i] = Math.exp(log(x))
    total += weight[i]!
  }
  return { s, weight: weight.map((value) => value / total) }
}

const cdfWith = (q: number, k: number, rule: ReturnType<typeof scaleRule>): number => {
  let sum = 0
  for (let i = 0; i < rule.s.length; i++) sum += rule.weight[i]! * rangeCdf(q * rule.s[i]!, k)
  return Math.min(1, sum)
}

/** The normal limit is exact to 1e-7 beyond. */
const asNormal = 1e7

/** P(Q > q) for `k` ≥ 2 means and `df` ≥ 1 degrees of freedom (Infinity: known variance). */
export const upper = (q: number, k: number, df: number): number => {
  if (q <= 0) return 1
  if (k === 2) return 2 * pt(-q / Math.SQRT2, df)
  const cdf = df >= asNormal ? rangeCdf(q, k) : cdfWith(q, k, scaleRule(df))
  return Math.max(0, 1 - cdf)
}

/** P(Q ≤ q). */
export const cdf = (q: number, k: number, df: number): number => 1 - upper(q, k, df)

/** The q with P(Q ≤ q) = p, for p in (0, 1): secant steps kept inside a bracket, to 1e-10. */
export const quantile = (p: number, k: number, df: number): number => {
  if (p <= 0) return 0
  if (k === 2) return Math.SQRT2 * (df >= asNormal ? qnorm((1 + p) / 2) : qt((1 + p) / 2, df))
  const rule = df >= asNormal ? undefined : scaleRule(df)
  const miss = (q: number) => (rule === undefined ? rangeCdf(q, k) : cdfWith(q, k, rule)) - p
  // Lower bound: the pair's quantile; upper: Bonferroni's over all pairs.
  let low = Math.SQRT2 * qt((1 + p) / 2, df)
  let high = Math.SQRT2 * qt(1 - (1 - p) / (k * (k - 1)), df)
  // Bonferroni's bound is close: the secant starts there, a step to the inside.
  let last = high
  let atLast = miss(last)
  let q = Math.max(low, 0.97 * high)
  let at = miss(q)
  for (let i = 0; i < 100 && Math.abs(at) > 1e-13; i++) {
    const secant = q - (at * (q - last)) / (at - atLast)
    last = q
    atLast = at
    q = secant > low && secant < high ? secant : (low + high) / 2
    // A secant step of 1e-7 leaves an error of the order of it times the step before.
    if (Math.abs(q - last) < 1e-7 * q) return q
    at = miss(q)
    if (at > 0) high = Math.min(high, q)
    else low = Math.max(low, q)
  }
  return q
}
