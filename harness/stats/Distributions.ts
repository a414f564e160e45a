/**
 * Probability distributions, thinly over the single `@stdlib/stats-base-dists-*` packages: one import to
 * find them, upper tails that keep their digits, and no NaN for arguments that mean something.
 *
 * Checked against R's `pt`, `qt`, `pf`, `pnorm`, `qnorm`, `pchisq`, `qbeta` in `tests/stats`.
 */
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile"
import chisquareCdf from "@stdlib/stats-base-dists-chisquare-cdf"
import chisquareQuantile from "@stdlib/stats-base-dists-chisquare-quantile"
import fCdf from "@stdlib/stats-base-dists-f-cdf"
import fQuantile from "@stdlib/stats-base-dists-f-quantile"
import normalCdf from "@stdlib/stats-base-dists-normal-cdf"
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile"
import tCdf from "@stdlib/stats-base-dists-t-cdf"
import tQuantile from "@stdlib/stats-base-dists-t-quantile"

/** P(Z ≤ z) of the standard normal. */
export const pnorm = (z: number): number => normalCdf(z, 0, 1)

/** The standard normal quantile at probability `p` in (0, 1). */
export const qnorm = (p: number): number => normalQuantile(p, 0, 1)

/** P(T ≤ t) of Student's t; `df = Infinity` is the normal. */
export const pt = (t: number, df: number): number => (Number.isFinite(df) ? tCdf(t, df) : pnorm(t))

/** Two-sided p value of a t (or, with infinite `df`, z) statistic. */
export const twoSided = (t: number, df: number): number => Math.min(1, 2 * pt(-Math.abs(t), df))

/** Student's t quantile; `df = Infinity` is the normal. */
export const qt = (p: number, df: number): number => (Number.isFinite(df) ? tQuantile(p, df) : qnorm(p))

/** P(F ≥ f): the upper tail, as a test needs it. */
export const pfUpper = (f: number, df1: number, df2: number): number => {
  if (f <= 0) return 1
  if (!Number.isFinite(df2)) return pchisqUpper(f * df1, df1)
  // The upper tail of F(d1, d2) at f is the lower tail of F(d2, d1) at 1/f: no cancellation for small p.
  return fCdf(1 / f, df2, df1)
}

/** The F quantile at lower probability `p`. */
export const qf = (p: number, df1: number, df2: number): number => fQuantile(p, df1, df2)

/** P(X ≥ x) of chi-square with `df` degrees of freedom. */
export const pchisqUpper = (x: number, df: number): number => (x <= 0 ? 1 : 1 - chisquareCdf(x, df))

/** The chi-square quantile at lower probability `p`. */
export const qchisq = (p: number, df: number): number => chisquareQuantile(p, df)

/** The beta quantile at lower probability `p` (Clopper–Pearson intervals). */
export const qbeta = (p: number, a: number, b: number): number => betaQuantile(p, a, b)
