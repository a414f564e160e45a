import { assert, describe, it } from "@effect/vitest"
import { cronbach } from "../../../harness/stats/agreement/Cronbach.ts"
import { forms, type IccName, icc } from "../../../harness/stats/agreement/Icc.ts"
import { iccOneWay } from "../../../harness/stats/agreement/IccOneWay.ts"
import type { Cell } from "../../../harness/stats/Moments.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { permutation, ratings } from "../Synthetic.ts"
import { get, json, matrix, near, nearRelative } from "../Truth.ts"

interface IccTruth {
  readonly est: number
  readonly F: number
  readonly df1: number
  readonly df2: number
  readonly p: number
  readonly lo: number
  readonly hi: number
}

const truth = json<{ icc: Record<string, Record<IccName, IccTruth>> }>("reliability.json").icc
const names = Object.keys(forms) as ReadonlyArray<IccName>
const shroutFleiss = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7]
]
const data: Record<string, ReadonlyArray<ReadonlyArray<Cell>>> = {
  shrout_fleiss_1979: shroutFleiss,
  icc_complete: matrix("icc_complete.csv")
}

const estimates = (rows: ReadonlyArray<ReadonlyArray<Cell>>) => {
  const { coefficients } = get(icc(rows))
  return names.map((name) => get(coefficients[name]).estimate)
}

describe("Icc", () => {
  for (const [name, rows] of Object.entries(data)) {
    it(`equals psych::ICC on ${name}: estimate, F test, interval`, () => {
      const { coefficients } = get(icc(rows))
      for (const form of names) {
        const expected = truth[name]![form]
        const actual = get(coefficients[form])
        const test = get(actual.test)
        const interval = get(actual.interval)
        near(actual.estimate, expected.est, 1e-9, form)
        near(interval.lower, expected.lo, 1e-9, `${form} lower`)
        near(interval.upper, expected.hi, 1e-9, `${form} upper`)
        near(test.F, expected.F, 1e-9, `${form} F`)
        assert.strictEqual(test.df1, expected.df1)
        assert.strictEqual(test.df2, expected.df2)
        nearRelative(test.p, expected.p, 1e-9, `${form} p`)
      }
    })
  }

  it("does not depend on the order of items and raters, nor on shift and scale", () => {
    const rows = data.icc_complete! as ReadonlyArray<ReadonlyArray<number>>
    const random = Random.make(3)
    const columns = permutation(6, random)
    const shuffled = permutation(rows.length, random).map((i) => columns.map((j) => rows[i]![j]!))
    const moved = shuffled.map((row) => row.map((x) => 1000 - 7 * x))
    const expected = estimates(rows)
    estimates(shuffled).forEach((value, i) => {
      near(value, expected[i]!, 1e-12)
    })
    estimates(moved).forEach((value, i) => {
      near(value, expected[i]!, 1e-9)
    })
  })

  it("tells agreement from consistency: a constant kindness lowers the one and not the other", () => {
    const kind = shroutFleiss.map(([a, b, c]) => [a!, b!, c! + 6])
    const before = get(icc(shroutFleiss.map((row) => row.slice(0, 3)))).coefficients
    const after = get(icc(kind)).coefficients
    near(get(after.ICC3).estimate, get(before.ICC3).estimate, 1e-12)
    assert.isBelow(get(after.ICC2).estimate, get(before.ICC2).estimate - 0.01)
  })

  it("leaves out items with a missing rating, and counts them", () => {
    const rows = [...shroutFleiss, [1, null, 4, 4], [Number.NaN, 2, 3, 4]]
    const result = get(icc(rows))
    assert.strictEqual(result.itemsDropped, 2)
    assert.strictEqual(result.items, 6)
    assert.deepStrictEqual(result.coefficients, get(icc(shroutFleiss)).coefficients)
  })

  it("gives a reason for one rater, one item, equal ratings, and for perfect agreement no interval", () => {
    assert.isFalse(icc([[1], [2]]).ok)
    assert.isFalse(icc([[1, 2, 3]]).ok)
    assert.isFalse(icc([]).ok)
    assert.isFalse(icc(Array.from({ length: 5 }, () => [0.1, 0.1, 0.1])).ok)
    const perfect = get(icc([1.1, 2.3, 3.7].map((x) => [x, x, x]))).coefficients
    for (const form of names) {
      near(get(perfect[form]).estimate, 1, 1e-12, form)
      assert.isFalse(get(perfect[form]).interval.ok)
      assert.isFalse(get(perfect[form]).test.ok)
    }
    // Crossed opposites: the estimated total variance of ICC2 is zero, and the mean has no reliability.
    const opposite = get(
      icc([
        [1, 2],
        [2, 1]
      ])
    ).coefficients
    near(get(opposite.ICC3).estimate, -1, 1e-12)
    assert.isFalse(opposite.ICC2.ok)
    assert.isFalse(opposite.ICC3k.ok)
  })

  it("equals ICC1 one-way where all items have the same number of ratings, and recovers a known ICC else", () => {
    const expected = get(get(icc(shroutFleiss)).coefficients.ICC1)
    const actual = get(iccOneWay(shroutFleiss))
    near(actual.estimate, expected.estimate, 1e-12)
    near(get(actual.interval).lower, get(expected.interval).lower, 1e-12)
    near(get(actual.interval).upper, get(expected.interval).upper, 1e-12)
    const random = Random.make(5)
    const units = Array.from({ length: 4000 }, () => {
      const item = random.normal()
      return Array.from({ length: 1 + random.below(6) }, () => item + 1.5 * random.normal())
    })
    near(get(iccOneWay(units)).estimate, 1 / (1 + 2.25), 0.02)
    assert.isFalse(iccOneWay([[1], [2], [3]]).ok)
  })

  it("has Cronbach's alpha as ICC3k, with the same interval", () => {
    for (const rows of [...Object.values(data), ratings(40, 5, { seed: 8, missing: 0.05 })]) {
      const expected = get(get(icc(rows)).coefficients.ICC3k)
      const actual = get(cronbach(rows))
      near(actual.estimate, expected.estimate, 1e-12)
      near(get(actual.interval).lower, get(expected.interval).lower, 1e-11)
      near(get(actual.interval).upper, get(expected.interval).upper, 1e-11)
      assert.strictEqual(actual.rowsDropped, get(icc(rows)).itemsDropped)
    }
    assert.isFalse(cronbach([[1, 2]]).ok)
    assert.isFalse(
      cronbach([
        [1, 2],
        [2, 1]
      ]).ok
    )
  })
})
