import { assert, describe, it } from "@effect/vitest"
import { againstPeople } from "../../../harness/stats/agreement/AgainstPeople.ts"
import { fleiss, tabulate } from "../../../harness/stats/agreement/FleissKappa.ts"
import { kappa, type Weights } from "../../../harness/stats/agreement/Kappa.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { permutation } from "../Synthetic.ts"
import { get, json, matrix, near } from "../Truth.ts"

interface KappaTruth {
  readonly est: number
  readonly se: number
  readonly po: number
  readonly pe: number
}

interface FleissTruth {
  readonly kappa: number
  readonly se0: number
  readonly z: number
}

const truth = json<{
  kappa: Record<Weights, KappaTruth> & {
    vcd: Record<Weights, { value: number; ASE: number }>
    fleiss_wikipedia_14x10: FleissTruth
    fleiss_icc_complete: FleissTruth
  }
}>("reliability.json").kappa

const table = matrix("kappa2.csv")
const x = table.map((row) => row[0]!)
const y = table.map((row) => row[1]!)
const allWeights: ReadonlyArray<Weights> = ["unweighted", "linear", "quadratic"]

/** A widely published worked example: ten subjects, 14 raters, five categories. */
const fourteen = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7]
]

describe("Kappa", () => {
  for (const weights of allWeights) {
    it(`equals R, ${weights}: estimate, standard error, observed and expected agreement`, () => {
      const actual = get(kappa(x, y, { weights, categories: [1, 2, 3, 4, 5] }))
      const expected = truth[weights]
      near(actual.estimate, expected.est, 1e-9)
      near(get(actual.se), expected.se, 1e-9)
      near(get(actual.se), truth.vcd[weights].ASE, 1e-9)
      near(actual.observed, expected.po, 1e-9)
      near(actual.expected, expected.pe, 1e-9)
      const { lower, upper } = get(actual.interval)
      near(lower, expected.est - 1.959963984540054 * expected.se, 1e-9)
      near(upper, expected.est + 1.959963984540054 * expected.se, 1e-9)
    })
  }

  it("weighs by values: an unused point of the scale counts, unless ranks are asked for by name", () => {
    // Nobody used 4: the distance from 3 to 5 is two points, but one rank.
    const a = [1, 1, 2, 3, 3, 5, 5, 2, 1, 5, 3, 5]
    const b = [1, 2, 2, 3, 5, 5, 3, 1, 1, 3, 3, 2]
    const ranks = new Map([1, 2, 3, 5].map((value, i) => [value, i]))
    const byValue = get(kappa(a, b, { weights: "quadratic" })).estimate
    const byRank = get(kappa(a, b, { weights: "quadratic", distance: "ranks" })).estimate
    const recoded = get(
      kappa(
        a.map((v) => ranks.get(v)!),
        b.map((v) => ranks.get(v)!),
        { weights: "quadratic" }
      )
    ).estimate
    near(byRank, recoded, 1e-12)
    assert.isAbove(Math.abs(byValue - byRank), 0.02)
    // Naming the whole scale changes nothing for value weights: the range cancels.
    near(
      get(kappa(a, b, { weights: "quadratic", categories: [0, 1, 2, 3, 4, 5, 6] })).estimate,
      byValue,
      1e-12
    )
  })

  it("differs by what a distance is, as worked out by hand", () => {
    // Nobody used 3 and 4. Counts of (first, second): 11 4, 12 2, 22 3, 25 2, 52 1, 55 3; of 15 items the first gave
    // 1, 2, 5 to 6, 5, 4, the second to 4, 6, 5. kappa = 1 − 15 Σ n(a,b) d(a,b) / Σ n(a) n(b) d(a,b):
    //   squares of values  1 − 15 (2·1 + 2·9 + 1·9) / (6·86 + 5·49 + 4·118) = 1 − 435/1233
    //   squares of ranks   1 − 15 (2·1 + 2·1 + 1·1) / (6·26 + 5·9 + 4·22)   = 1 − 75/289
    //   values as they are 1 − 15 (2·1 + 2·3 + 1·3) / (6·26 + 5·19 + 4·34)  = 1 − 165/387
    //   ranks as they are  1 − 15 (2·1 + 2·1 + 1·1) / (6·16 + 5·9 + 4·14)   = 1 − 75/197
    const counts = [
      [1, 1, 4],
      [1, 2, 2],
      [2, 2, 3],
      [2, 5, 2],
      [5, 2, 1],
      [5, 5, 3]
    ] as const
    const [a, b] = [0, 1].map((who) => counts.flatMap((cell) => Array(cell[2]).fill(cell[who]) as number[]))
    const of = (weights: Weights, distance?: "ranks") =>
      get(kappa(a!, b!, { weights, ...(distance === undefined ? {} : { distance }) })).estimate
    near(of("quadratic"), 0.647202, 1e-6)
    near(of("quadratic", "ranks"), 0.740484, 1e-6)
    near(of("linear"), 0.573643, 1e-6)
    near(of("linear", "ranks"), 0.619289, 1e-6)
    near(of("quadratic"), 1 - 435 / 1233, 1e-12)
    // A judge's table takes the values, and has the ranks under their own name.
    const judged = againstPeople(
      a!.map((score, i) => ({ post: `p${i}`, source: "s", words: 100, score, people: [b![i]!] }))
    )
    const { overall } = get(judged)
    near(get(overall.kappa).estimate, 0.647202, 1e-6)
    near(get(overall.kappaRanks).estimate, 0.740484, 1e-6)
  })

  it("does not depend on order, on exchange of raters, on shift and scale, or on labels if unweighted", () => {
    const order = permutation(x.length, Random.make(6))
    for (const weights of allWeights) {
      const expected = get(kappa(x, y, { weights }))
      const moved = get(
        kappa(
          order.map((i) => 100 - 4 * y[i]!),
          order.map((i) => 100 - 4 * x[i]!),
          { weights }
        )
      )
      near(moved.estimate, expected.estimate, 1e-12)
      near(get(moved.se), get(expected.se), 1e-12)
    }
    const relabel = (v: number) => (v * 3) % 7
    near(
      get(kappa(x.map(relabel), y.map(relabel), { weights: "unweighted" })).estimate,
      truth.unweighted.est,
      1e-12
    )
  })

  it("has quadratic weights as the mean-square agreement they are", () => {
    // Fleiss & Cohen (1973): 1 − mean square difference over its expectation.
    const n = x.length
    const observed = x.reduce((s, v, i) => s + (v - y[i]!) ** 2, 0) / n
    let expected = 0
    for (const a of x) for (const b of y) expected += (a - b) ** 2 / (n * n)
    near(get(kappa(x, y, { weights: "quadratic" })).estimate, 1 - observed / expected, 1e-12)
  })

  it("leaves out holes, and gives reasons for constant raters and perfect agreement", () => {
    near(
      get(kappa([...x, null, 3], [...y, 2, Number.NaN], { weights: "linear" })).estimate,
      truth.linear.est,
      1e-9
    )
    assert.isFalse(kappa([], [], { weights: "linear" }).ok)
    assert.isFalse(kappa([3, 3], [3, 3], { weights: "linear" }).ok)
    const perfect = get(kappa([1, 2, 3], [1, 2, 3], { weights: "linear" }))
    near(perfect.estimate, 1, 1e-12)
    assert.isFalse(perfect.se.ok)
    const constant = get(kappa([3, 3, 3, 3], [1, 2, 3, 3], { weights: "quadratic" }))
    near(constant.estimate, 0, 1e-12)
    assert.isFalse(constant.test.ok)
  })
})

describe("FleissKappa", () => {
  it("equals the published table and R on the complete matrix", () => {
    for (const [counts, expected] of [
      [fourteen, truth.fleiss_wikipedia_14x10],
      [tabulate(matrix("icc_complete.csv")), truth.fleiss_icc_complete]
    ] as const) {
      const actual = get(fleiss(counts))
      near(actual.estimate, expected.kappa, 1e-9)
      near(get(actual.test).se0, expected.se0, 1e-9)
      near(get(actual.test).z, expected.z, 1e-9)
    }
  })

  it("has a standard error near the jackknife's", () => {
    const counts = tabulate(matrix("icc_complete.csv"))
    const full = get(fleiss(counts))
    const without = counts.map((_, i) => get(fleiss(counts.filter((_, j) => j !== i))).estimate)
    const center = without.reduce((a, b) => a + b, 0) / without.length
    const jackknife = Math.sqrt(
      ((without.length - 1) / without.length) * without.reduce((s, v) => s + (v - center) ** 2, 0)
    )
    near(get(full.se) / jackknife, 1, 0.05)
  })

  it("gives a reason for unequal numbers of ratings, single ratings and one category", () => {
    assert.isFalse(fleiss([]).ok)
    assert.isFalse(
      fleiss(
        tabulate([
          [1, 2],
          [1, 2, 2]
        ])
      ).ok
    )
    assert.isFalse(fleiss(tabulate([[1], [2]])).ok)
    assert.isFalse(
      fleiss(
        tabulate([
          [4, 4],
          [4, 4]
        ])
      ).ok
    )
  })
})
