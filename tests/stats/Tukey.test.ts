import { assert, describe, it } from "@effect/vitest"
import * as Tukey from "../../harness/stats/Tukey.ts"
import { json } from "./TruthRatings.ts"

interface Truth {
  readonly ptukey: ReadonlyArray<{ q: number; k: number; df: number | "Inf" | null; upper: number }>
  readonly qtukey: ReadonlyArray<{ p: number; k: number; df: number | "Inf" | null; q: number }>
}

const truth = json<Truth>("tukey.json")
const degrees = (df: number | "Inf" | null) => (typeof df === "number" ? df : Number.POSITIVE_INFINITY)

describe("Tukey", () => {
  it("has R's upper tail", () => {
    assert.isAbove(truth.ptukey.length, 100)
    for (const { q, k, df, upper } of truth.ptukey) {
      assert.isAtMost(Math.abs(Tukey.upper(q, k, degrees(df)) - upper), 1e-6, `q=${q} k=${k} df=${df}`)
    }
  })

  it("has R's quantile", () => {
    for (const { p, k, df, q } of truth.qtukey) {
      assert.isAtMost(Math.abs(Tukey.quantile(p, k, degrees(df)) - q), 1e-5, `p=${p} k=${k} df=${df}`)
    }
  })

  it("is Student's t for two means, at small df too", () => {
    assert.closeTo(Tukey.upper(8, 2, 2), 0.029857499854668, 1e-13)
  })

  it("inverts itself down to one degree of freedom", () => {
    for (const k of [2, 3, 7, 20]) {
      for (const df of [1, 2, 5, 40, 1e5, Number.POSITIVE_INFINITY]) {
        for (const p of [0.01, 0.5, 0.95, 0.999]) {
          assert.closeTo(Tukey.cdf(Tukey.quantile(p, k, df), k, df), p, 1e-9, `k=${k} df=${df} p=${p}`)
        }
      }
    }
  })

  it("agrees with a direct integration over the range and the scale where R is wrong", () => {
    // Simpson's rule on the double integral, 4,000 × 800 steps, k = 3: an independent computation.
    assert.closeTo(Tukey.upper(8, 3, 1), simpson(8, 3, 1), 1e-6)
    assert.closeTo(Tukey.upper(8, 3, 2), simpson(8, 3, 2), 1e-6)
  })
})

const normal = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** P(Q > q): range cdf of three normals by its closed single integral, then over s by Simpson's rule. */
const simpson = (q: number, k: number, df: number): number => {
  const steps = 800
  const cumulative = new Float64Array(16_001)
  for (let i = 1; i < cumulative.length; i++) {
    const z = -8 + (i - 0.5) * 1e-3
    cumulative[i] = cumulative[i - 1]! + normal(z) * 1e-3
  }
  const cdf = (z: number) => {
    const at = (z + 8) * 1e3
    if (at <= 0) return 0
    if (at >= 16_000) return 1
    const i = Math.floor(at)
    return cumulative[i]! + (at - i) * (cumulative[i + 1]! - cumulative[i]!)
  }
  const range = (w: number) => {
    let sum = 0
    for (let i = 0; i < steps; i++) {
      const z = -8 + (i + 0.5) * (16 / steps)
      sum += normal(z) * (cdf(z) - cdf(z - w)) ** (k - 1) * (16 / steps)
    }
    return k * sum
  }
  const density = (s: number) => s ** (df - 1) * Math.exp((-df * s * s) / 2)
  let total = 0
  let inside = 0
  const count = 4000
  for (let i = 0; i <= count; i++) {
    const s = (i * 9) / count
    const weight = (i === 0 || i === count ? 1 : i % 2 === 1 ? 4 : 2) * density(s)
    total += weight
    inside += weight * range(q * s)
  }
  return 1 - inside / total
}
