import { assert, describe, it } from "@effect/vitest"
import * as BradleyTerry from "../../../harness/stats/pairwise/BradleyTerry.ts"
import type { Comparison } from "../../../harness/stats/pairwise/PairwiseDesign.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { csv, json } from "../Truth.ts"

type Named = Record<string, number>
interface Glm {
  readonly coef: Named
  readonly se: Named
  readonly vcov: number[][]
  readonly logLik: number
  readonly se_cluster_rater_HC0_nocadjust: number[]
}
interface Direct {
  readonly par: number[]
  readonly se: number[]
  readonly logLik: number
}
const truth = json<{
  readonly reference: string
  readonly no_ties: Glm
  readonly no_ties_length: Glm
  readonly no_ties_length_position: Glm
  readonly ties_half: { readonly coef: number[]; readonly naive_se: number[] }
  readonly davidson: Direct
  readonly davidson_length_position: Direct
}>("bradley_terry.json")

const pairs: Comparison[] = csv("pairs.csv").map((row) => ({
  a: row.a!,
  b: row.b!,
  winner: row.outcome === "A" ? "a" : row.outcome === "B" ? "b" : "tie",
  rater: row.rater_id!,
  covariates: { log_words_diff: Math.log(Number(row.words_a)) - Math.log(Number(row.words_b)) }
}))

const fitted = (comparisons: readonly Comparison[], options: BradleyTerry.BradleyTerryOptions) => {
  const result = BradleyTerry.fit(comparisons, options)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const close = (actual: readonly number[], expected: readonly number[], tolerance = 1e-6) => {
  assert.strictEqual(actual.length, expected.length)
  for (const [i, x] of actual.entries()) assert.approximately(x, expected[i]!, tolerance)
}

const random = (seed: number, n: number, sources: readonly string[], tie = 0.2): Comparison[] => {
  const r = Random.make(seed)
  return Array.from({ length: n }, () => {
    const s = r.below(sources.length)
    const t = (s + 1 + r.below(sources.length - 1)) % sources.length
    const u = r.next()
    return {
      a: sources[s]!,
      b: sources[t]!,
      winner: u < tie ? "tie" : u < tie + (1 - tie) * (s < t ? 0.6 : 0.4) ? "a" : "b",
      rater: `r${r.below(7)}`
    }
  })
}

describe("BradleyTerry", () => {
  for (const [name, options] of [
    ["no_ties", {}],
    ["no_ties_length", { covariates: ["log_words_diff"] }],
    ["no_ties_length_position", { covariates: ["log_words_diff"], position: true }]
  ] as const) {
    it(`is R's binomial fit: ${name}`, () => {
      const expected = truth[name]
      const fit = fitted(pairs, { ties: "drop", ...options })
      const order = fit.coefficients.map((c) => (c.name === "position_a" ? "position_A" : c.name))
      assert.strictEqual(fit.reference, truth.reference)
      assert.sameMembers(order, Object.keys(expected.coef))
      close(
        fit.coefficients.map((c) => c.estimate),
        order.map((n) => expected.coef[n]!)
      )
      close(
        fit.coefficients.map((c) => c.se),
        order.map((n) => expected.se[n]!)
      )
      const at = Object.keys(expected.coef)
      close(
        fit.coefficients.map((c) => (c.seClustered.ok ? c.seClustered.value : Number.NaN)),
        order.map((n) => expected.se_cluster_rater_HC0_nocadjust[at.indexOf(n)]!)
      )
      fit.vcov.forEach((row, i) => {
        close(
          row,
          order.map((n) => expected.vcov[at.indexOf(order[i]!)]![at.indexOf(n)]!)
        )
      })
      assert.approximately(fit.logLik, expected.logLik, 1e-6)
      assert.isFalse(fit.penalised)
    })
  }

  it("counts ties half as R does", () => {
    const fit = fitted(pairs, { ties: "half" })
    close(
      fit.coefficients.map((c) => c.estimate),
      truth.ties_half.coef
    )
    close(
      fit.coefficients.map((c) => c.se),
      truth.ties_half.naive_se
    )
  })

  it("is Davidson's model at its maximum, without and with covariates", () => {
    const plain = fitted(pairs, { ties: "davidson" })
    close(
      plain.coefficients.map((c) => c.estimate),
      truth.davidson.par
    )
    close(
      plain.coefficients.map((c) => c.se),
      truth.davidson.se
    )
    assert.approximately(plain.logLik, truth.davidson.logLik, 1e-6)
    const both = fitted(pairs, { ties: "davidson", covariates: ["log_words_diff"], position: true })
    close(
      both.coefficients.map((c) => c.estimate),
      truth.davidson_length_position.par
    )
    close(
      both.coefficients.map((c) => c.se),
      truth.davidson_length_position.se
    )
    assert.approximately(both.logLik, truth.davidson_length_position.logLik, 1e-6)
  })

  it("does not depend on the order of rows, the order within a pair, or the names", () => {
    const before = fitted(pairs, { ties: "davidson" })
    const shuffled = pairs.map((_, i) => pairs[(i * 611 + 5) % pairs.length]!)
    const turned = shuffled.map((c): Comparison => {
      const winner = c.winner === "tie" ? "tie" : c.winner === "a" ? "b" : "a"
      return { ...c, a: c.b, b: c.a, winner }
    })
    const after = fitted(turned, { ties: "davidson" })
    const numbers = (fit: BradleyTerry.BradleyTerryFit) =>
      fit.coefficients.flatMap((c) => [c.estimate, c.se, c.seClustered.ok ? c.seClustered.value : 0])
    close(numbers(after), numbers(before), 1e-9)
    const renamed = pairs.map((c) => ({ ...c, a: `x${c.a}`, b: `x${c.b}` }))
    close(numbers(fitted(renamed, { ties: "davidson" })), numbers(before), 1e-12)
  })

  it("gives the same contrast whatever the reference", () => {
    const one = BradleyTerry.contrast(fitted(pairs, { ties: "davidson" }), "m3", "m2")
    const sources = ["m2", "m1", "m3", "m4", "m5"]
    const two = BradleyTerry.contrast(fitted(pairs, { ties: "davidson", sources }), "m3", "m2")
    assert.isTrue(one.ok && two.ok)
    if (!one.ok || !two.ok) return
    close(
      [one.value.estimate, one.value.se, one.value.lower],
      [two.value.estimate, two.value.se, two.value.lower],
      1e-9
    )
    assert.approximately(one.value.estimate, truth.davidson.par[1]! - truth.davidson.par[0]!, 1e-6)
    assert.isFalse(BradleyTerry.contrast(fitted(pairs, { ties: "drop" }), "m1", "nobody").ok)
  })

  it("penalises under separation, and only then", () => {
    // Firth's estimate of a two-source fit with w wins of n is log((w + ½)/(n − w + ½)), in closed form.
    const wins = (w: number, n: number): Comparison[] =>
      Array.from({ length: n }, (_, i) => ({ a: "x", b: "y", winner: i < w ? "a" : "b" }))
    const separated = fitted(wins(10, 10), { ties: "drop", sources: ["y", "x"] })
    assert.isTrue(separated.penalised)
    assert.approximately(separated.coefficients[0]!.estimate, Math.log(10.5 / 0.5), 1e-8)
    assert.deepStrictEqual(notFinite(separated), [])
    const always = fitted(wins(7, 10), { ties: "drop", sources: ["y", "x"], penalty: "always" })
    assert.approximately(always.coefficients[0]!.estimate, Math.log(7.5 / 3.5), 1e-8)
    assert.isFalse(fitted(wins(7, 10), { ties: "drop" }).penalised)
    assert.isFalse(BradleyTerry.fit(wins(10, 10), { ties: "drop", penalty: "never" }).ok)
  })

  it("maximises the penalised likelihood of Davidson's model", () => {
    // The penalty's gradient against a numerical one: no small step may do better.
    const small = random(3, 25, ["a", "b", "c"])
    const fit = fitted(small, { ties: "davidson", penalty: "always" })
    const at = fit.coefficients.map((c) => c.estimate)
    const best = penalisedLogLik(small, ["a", "b", "c"], at)
    for (let j = 0; j < at.length; j++) {
      for (const step of [-1e-3, 1e-3]) {
        const moved = at.map((x, i) => (i === j ? x + step : x))
        assert.isBelow(penalisedLogLik(small, ["a", "b", "c"], moved), best)
      }
    }
  })

  it("says why there is no fit", () => {
    const base: Comparison = { a: "x", b: "y", winner: "a" }
    const reason = (
      comparisons: readonly Comparison[],
      options: Partial<BradleyTerry.BradleyTerryOptions> = {}
    ) => {
      const result = BradleyTerry.fit(comparisons, { ties: "davidson", ...options })
      return result.ok ? "fitted" : result.reason
    }
    assert.strictEqual(reason([]), "a comparison needs two sources")
    assert.strictEqual(reason([], { sources: ["x", "y"] }), "there are no comparisons")
    assert.strictEqual(reason([{ ...base, b: "x" }, base]), "x is compared with itself")
    assert.strictEqual(reason([base, { ...base, a: "u", b: "v" }]), "no chain of comparisons links x with u")
    assert.strictEqual(reason([{ ...base, winner: "tie" }]), "every comparison ended in a tie")
    assert.include(reason([base], { covariates: ["length"] }), "length is missing")
    const constant = random(4, 60, ["x", "y", "z"]).map((c) => ({ ...c, covariates: { same: 0.1 } }))
    assert.include(reason(constant, { covariates: ["same"], position: true }), "position_a cannot be told")
    // A property of the source is a combination of the strengths, though rounding hides it.
    const of: Record<string, number> = { x: 0.1, y: 0.37, z: 0.73 }
    const property = constant.map((c) => ({ ...c, covariates: { same: of[c.a]! - of[c.b]! } }))
    assert.include(reason(property, { covariates: ["same"] }), "same cannot be told")
    assert.strictEqual(reason([base], { sources: ["x", "z"] }), "y is compared but not among the sources")
  })

  it("has no NaN or Infinity whatever comes in", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const r = Random.make(seed)
      const sources = ["a", "b", "c", "d"].slice(0, 2 + r.below(3))
      const comparisons = random(seed, r.below(25), sources, r.next()).map((c) => ({
        ...c,
        covariates: { length: r.next() < 0.02 ? Number.NaN : r.normal() * 10 ** (r.below(7) - 3) }
      }))
      const result = BradleyTerry.fit(comparisons, {
        ties: (["drop", "half", "davidson"] as const)[r.below(3)]!,
        position: r.next() < 0.3,
        covariates: r.next() < 0.4 ? ["length"] : []
      })
      assert.deepStrictEqual(notFinite(result), [], `seed ${seed}`)
    }
  })
})

/** log L + ½ log |I|, the information by differences of the log-likelihood: slow and independent. */
const penalisedLogLik = (comparisons: readonly Comparison[], sources: readonly string[], theta: number[]) => {
  const logLik = (at: readonly number[]) => {
    const strength = [0, ...at]
    const nu = at.at(-1)!
    return comparisons.reduce((sum, { a, b, winner }) => {
      const eta = strength[sources.indexOf(a)]! - strength[sources.indexOf(b)]!
      const log = Math.log(Math.exp(eta / 2) + Math.exp(-eta / 2) + Math.exp(nu))
      return sum + (winner === "a" ? eta / 2 : winner === "b" ? -eta / 2 : nu) - log
    }, 0)
  }
  const h = 1e-3
  const p = theta.length
  const move = (i: number, di: number, j: number, dj: number) =>
    logLik(theta.map((x, k) => x + (k === i ? di : 0) + (k === j ? dj : 0)))
  const information = Array.from({ length: p }, (_, i) =>
    Array.from(
      { length: p },
      (_, j) => -(move(i, h, j, h) - move(i, h, j, -h) - move(i, -h, j, h) + move(i, -h, j, -h)) / (4 * h * h)
    )
  )
  const determinant = (m: number[][]): number =>
    m.length === 1
      ? m[0]![0]!
      : m[0]!.reduce(
          (sum, x, j) =>
            sum +
            (j % 2 === 0 ? 1 : -1) * x * determinant(m.slice(1).map((row) => row.filter((_, k) => k !== j))),
          0
        )
  return logLik(theta) + Math.log(determinant(information)) / 2
}
