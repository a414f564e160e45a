import { assert, describe, it } from "@effect/vitest"
import { alpha, interval, type Metric, weighted } from "../../../harness/stats/agreement/Krippendorff.ts"
import type { Cell } from "../../../harness/stats/Moments.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { permutation, ratings } from "../Synthetic.ts"
import { cell, csv, get, json, matrix, near } from "../Truth.ts"

const metrics: ReadonlyArray<Metric> = ["nominal", "ordinal", "interval", "ratio"]
const truth = json<{ krippendorff: Record<string, Record<Metric, number>> }>("reliability.json").krippendorff

/** Krippendorff's example of 2011: four observers, twelve units. */
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null]
]

const byText = (file: string): ReadonlyArray<ReadonlyArray<Cell>> => {
  const units = new Map<string, Array<Cell>>()
  for (const row of csv(file)) {
    const key = `${row.post_id} ${row.source}`
    units.set(key, [...(units.get(key) ?? []), cell(row.rating)])
  }
  return [...units.values()]
}

const data: Record<string, ReadonlyArray<ReadonlyArray<Cell>>> = {
  krippendorff_2011_example: observers[0]!.map((_, i) => observers.map((row) => row[i]!)),
  alpha_missing: matrix("alpha_missing.csv"),
  icc_complete: matrix("icc_complete.csv"),
  A_units_response: byText("A.csv"),
  B_units_response: byText("B.csv"),
  C_units_response: byText("C.csv")
}

describe("Krippendorff", () => {
  for (const [name, units] of Object.entries(data)) {
    it(`equals the coincidence matrix's alpha on ${name}, all four metrics`, () => {
      for (const metric of metrics) {
        near(get(alpha(units, metric)).estimate, truth[name]![metric], 1e-9, metric)
      }
    })
  }

  it("does not depend on the order of units or raters, nor on what the metric ignores", () => {
    const units = ratings(30, 5, { seed: 2, missing: 0.3 })
    const random = Random.make(9)
    const shuffled = permutation(30, random).map((i) => permutation(5, random).map((j) => units[i]![j]))
    const map = (f: (x: number) => number) =>
      shuffled.map((unit) => unit.map((x) => (typeof x === "number" ? f(x) : null)))
    const same = (metric: Metric, other: ReadonlyArray<ReadonlyArray<Cell>>) => {
      near(get(alpha(other, metric)).estimate, get(alpha(units, metric)).estimate, 1e-11, metric)
    }
    same(
      "nominal",
      map((x) => (x * 7) % 11)
    )
    same(
      "ordinal",
      map((x) => Math.exp(x))
    )
    same(
      "interval",
      map((x) => 1e4 - 3 * x)
    )
    same(
      "ratio",
      map((x) => 12 * x)
    )
  })

  it("takes 0 against 0 on a ratio scale as no difference and refuses negative values", () => {
    const zeros = [
      [0, 0],
      [0, 1],
      [2, 2]
    ]
    assert.isTrue(alpha(zeros, "ratio").ok)
    assert.isFalse(alpha([...zeros, [-1, 1]], "ratio").ok)
    assert.isTrue(alpha([...zeros, [-1, 1]], "interval").ok)
  })

  it("gives a reason where nothing can be paired or nothing varies", () => {
    for (const metric of metrics) {
      assert.isFalse(alpha([], metric).ok)
      assert.isFalse(alpha([[1], [2, null], [3, Number.NaN]], metric).ok)
      assert.isFalse(alpha([[2, 2], [2, 2], [5]], metric).ok)
    }
  })

  it("counts an item as often as its weight says, on every metric", () => {
    for (const units of Object.values(data)) {
      const random = Random.make(31)
      for (const metric of metrics) {
        const times = Float64Array.from(units, () => random.below(3))
        const repeated = units.flatMap((unit, u) => Array.from({ length: times[u]! }, () => unit))
        near(weighted(units, metric)(times), get(alpha(repeated, metric)).estimate, 1e-12, metric)
      }
    }
    assert.isNaN(weighted([[1], [2, 2]], "interval")(Float64Array.of(1, 1)))
    assert.isNaN(weighted([[1, 2], [1]], "interval")(Float64Array.of(0, 1)))
  })

  it("has a bootstrap interval that repeats with its seed and covers", () => {
    const units = data.alpha_missing!
    const once = get(interval(units, "ordinal", { seed: 4 }))
    assert.deepStrictEqual(once, get(interval(units, "ordinal", { seed: 4 })))
    assert.notDeepEqual(once, get(interval(units, "ordinal", { seed: 5 })))
    assert.isFalse(interval(units.slice(0, 3), "ordinal", { seed: 4 }).ok)

    // Interval alpha of item variance 1 and error variance 1, in the limit: one half.
    const random = Random.make(21)
    let covered = 0
    const runs = 200
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: 60 }, () => {
        const item = random.normal()
        return [0, 1, 2].map(() => item + random.normal())
      })
      const { lower, upper } = get(interval(sample, "interval", { seed: run, replicates: 200 }))
      if (lower <= 0.5 && 0.5 <= upper) covered++
    }
    // Four binomial standard errors around 95 % are 6 points; the percentile bootstrap is a little narrow.
    assert.isAbove(covered / runs, 0.88)
    assert.isBelow(covered / runs, 0.995)
  })
})
