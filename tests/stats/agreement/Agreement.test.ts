import { assert, describe, it } from "@effect/vitest"
import { agreement } from "../../../harness/stats/agreement/Agreement.ts"
import { document } from "../../../harness/stats/agreement/AgreementJson.ts"
import {
  type AgreementTable,
  fromLong,
  fromWide,
  type LongRating,
  type Raw,
  type Scale
} from "../../../harness/stats/agreement/AgreementTable.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { permutation, ratings } from "../Synthetic.ts"
import { csv, get, json, near } from "../Truth.ts"

const truth = json<{
  icc: { icc_complete: Record<string, { est: number }> }
  krippendorff: Record<string, Record<string, number>>
  kappa: {
    unweighted: { est: number }
    linear: { est: number }
    quadratic: { est: number }
    fleiss_icc_complete: { kappa: number }
  }
}>("reliability.json")

const judges = ["j1", "j2", "j3", "j4", "j5", "j6"]
const scales: ReadonlyArray<Scale> = ["nominal", "ordinal", "interval"]

const plain = (table: AgreementTable) => document(get(agreement(table, { replicates: 50 })))

const reasonFor = (result: { ok: true } | { ok: false; reason: string }): string =>
  result.ok ? assert.fail("expected a reason") : result.reason

describe("Agreement", () => {
  it("gives R's coefficients of a wide file under plain names", () => {
    const table = get(fromWide(csv("icc_complete.csv"), { raters: judges, item: "item", scale: "interval" }))
    const result = plain(table)
    for (const [name, { est }] of Object.entries(truth.icc.icc_complete)) {
      near(result.icc[name] as number, est, 1e-9, name)
    }
    for (const [name, est] of Object.entries(truth.krippendorff.icc_complete!)) {
      near(result.alpha[name] as number, est, 1e-9, name)
    }
    near(result.kappa.fleiss as number, truth.kappa.fleiss_icc_complete.kappa, 1e-9)
    near(result.cronbach!, truth.icc.icc_complete.ICC3k!.est, 1e-9)
    assert.isNull(result.kappa.quadratic)
    assert.include(result.reasons["kappa.quadratic"], "two raters")
    assert.strictEqual(result.pairs.length, 15)
  })

  it("gives R's alpha of an incomplete file, with reasons for what needs complete or equal numbers", () => {
    const table = get(fromWide(csv("alpha_missing.csv"), { raters: judges, item: "item", scale: "interval" }))
    const result = plain(table)
    for (const [name, est] of Object.entries(truth.krippendorff.alpha_missing!)) {
      near(result.alpha[name] as number, est, 1e-9, name)
    }
    assert.isNull(result.kappa.fleiss)
    assert.include(result.reasons["kappa.fleiss"], "different numbers")
    assert.strictEqual(result.design.items, 30)
    assert.strictEqual(result.design.ratingsPerItem.min, 1)
    assert.isNumber(result.icc.oneWay)
  })

  it("gives R's kappas of two raters, on an ordinal scale too, and no ICC there", () => {
    const rows = csv("kappa2.csv")
    for (const scale of ["ordinal", "interval"] as const) {
      const result = plain(get(fromWide(rows, { raters: ["x", "y"], scale })))
      near(result.kappa.unweighted as number, truth.kappa.unweighted.est, 1e-9)
      near(result.kappa.linear as number, truth.kappa.linear.est, 1e-9)
      near(result.kappa.quadratic as number, truth.kappa.quadratic.est, 1e-9)
      if (scale === "ordinal") {
        assert.isNull(result.icc.ICC1)
        assert.isNull(result.alpha.interval)
        assert.include(result.reasons["icc.ICC1"], "interval scale")
        assert.isNumber(result.correlation.kendall)
        assert.isNull(result.correlation.pearson)
      } else assert.isNumber(result.correlation.pearson)
    }
    const nominal = plain(get(fromWide(rows, { raters: ["x", "y"], scale: "nominal" })))
    near(nominal.kappa.unweighted as number, truth.kappa.unweighted.est, 1e-9)
    assert.isNull(nominal.kappa.linear)
    assert.isNull(nominal.correlation.spearman)
  })

  it("reads the long form as it reads the wide one, in any order of the rows", () => {
    const rows = csv("alpha_missing.csv")
    const long: ReadonlyArray<LongRating> = rows.flatMap((row) =>
      judges.map((rater) => ({ rater, item: row.item!, value: row[rater] }))
    )
    const wide = plain(get(fromWide(rows, { raters: judges, item: "item", scale: "interval" })))
    const order = permutation(long.length, Random.make(17))
    const shuffled = plain(
      get(
        fromLong(
          order.map((i) => long[i]!),
          "interval"
        )
      )
    )
    for (const part of ["icc", "alpha"] as const) {
      for (const [name, value] of Object.entries(wide[part])) {
        near(shuffled[part][name] as number, value as number, 1e-12, name)
      }
    }
    near(shuffled.kendallW!, wide.kendallW!, 1e-12)
  })

  it("gives the same of a table too large to lay out, but for what needs to know who rated", () => {
    const rows = csv("alpha_missing.csv")
    const long: ReadonlyArray<LongRating> = rows.flatMap((row) =>
      judges.map((rater) => ({ rater, item: row.item!, value: row[rater] }))
    )
    const whole = plain(get(fromLong(long, "interval")))
    const large = get(fromLong(long, "interval", "refuse", 100))
    assert.isTrue(large.anonymous)
    const result = plain(large)
    assert.deepStrictEqual(result.design, { ...whole.design })
    for (const [name, value] of Object.entries(whole.alpha))
      near(result.alpha[name] as number, value as number, 1e-12)
    near(result.icc.oneWay as number, whole.icc.oneWay as number, 1e-12)
    for (const path of ["icc.ICC1", "icc.ICC2", "cronbach", "kendallW", "pairs", "kappa.unweighted"]) {
      assert.include(result.reasons[path], "30 items × 6 raters is too large", path)
    }
    // Every row of one length is no complete table.
    const alike = long.filter(({ value }, i) => value !== "" && i % 6 < 3)
    const three = [...Map.groupBy(alike, ({ item }) => item).values()]
      .filter((group) => group.length === 3)
      .flat()
    assert.isNull(plain(get(fromLong(three, "interval", "refuse", 10))).icc.ICC2)
    assert.isFalse(fromLong([...long, long[0]!], "interval", "refuse", 100).ok)
  })

  it("takes repeats as of separate raters when told to", () => {
    const twice = [1, 2, 2].map((value, i) => ({ rater: "r1", item: "i1", value: i === 1 ? null : value }))
    const table = get(fromLong([...twice, { rater: "r2", item: "i1", value: 4 }], "interval", "separate"))
    assert.deepStrictEqual(table.raters, ["r1", "r1 (2)", "r2"])
    assert.deepStrictEqual(table.cells, [[1, 2, 4]])
  })

  it("takes words on a nominal scale only, and agrees whatever they are called", () => {
    const words = ["warm", "cold", "neutral"]
    const random = Random.make(40)
    const long = Array.from({ length: 60 }, (_, i) => {
      const word = random.below(3)
      return ["a", "b"].map((rater) => ({
        rater,
        item: `i${i}`,
        value: random.next() < 0.7 ? words[word] : words[random.below(3)]
      }))
    }).flat()
    const expected = plain(get(fromLong(long, "nominal")))
    const relabelled = plain(
      get(
        fromLong(
          long.map((row) => ({ ...row, value: `x ${String(row.value).split("").reverse().join("")}` })),
          "nominal"
        )
      )
    )
    near(relabelled.kappa.unweighted as number, expected.kappa.unweighted as number, 1e-12)
    near(relabelled.alpha.nominal as number, expected.alpha.nominal as number, 1e-12)
    assert.include(reasonFor(fromLong(long, "ordinal")), "not a number")
  })

  it("refuses a rater that is no column, a rater named twice, and two ratings of an item by one rater", () => {
    const rows = csv("kappa2.csv")
    assert.include(reasonFor(fromWide(rows, { raters: ["x", "z"], scale: "interval" })), '"z"')
    assert.include(reasonFor(fromWide(rows, { raters: ["x", "x"], scale: "interval" })), "twice")
    assert.include(reasonFor(fromWide([], { raters: ["x", "y"], scale: "interval" })), "no rows")
    const twice = [1, 2].map((value) => ({ rater: "r1", item: "i1", value }))
    assert.include(reasonFor(fromLong(twice, "interval")), "more than once")
    assert.isTrue(fromLong([twice[0]!, { ...twice[1]!, value: null }], "interval").ok)
  })

  it("says of one rater a text that agreement cannot be estimated, in every place", () => {
    const long = Array.from({ length: 30 }, (_, i) => ({ rater: `r${i}`, item: `i${i}`, value: 1 + (i % 5) }))
    const result = plain(get(fromLong(long, "interval")))
    for (const path of ["icc.ICC1", "icc.oneWay", "alpha.ordinal", "kappa.fleiss", "pairs", "cronbach"]) {
      assert.include(result.reasons[path], "one rater only", path)
    }
    const lone = plain(get(fromLong([{ rater: "r", item: "i", value: 3 }], "interval")))
    assert.include(lone.reasons["alpha.nominal"], "two raters")
    assert.isFalse(agreement(get(fromLong([{ rater: "r", item: "i", value: "" }], "interval"))).ok)
  })

  it("copes with 200,000 ratings", () => {
    const rows = ratings(20_000, 10, { seed: 1 })
    const table: AgreementTable = {
      scale: "interval",
      items: rows.map((_, i) => `${i}`),
      raters: rows[0]!.map((_, j) => `r${j}`),
      cells: rows,
      labels: []
    }
    const begin = performance.now()
    const result = document(get(agreement(table, { replicates: 20, maxPairRaters: 3 })))
    assert.isBelow(performance.now() - begin, 15_000)
    assert.isNumber(result.icc.ICC2)
  })

  it("never has NaN or Infinity in it, whatever the ratings: 1,000 degenerate tables", () => {
    const random = Random.make(2024)
    const pools: ReadonlyArray<ReadonlyArray<number>> = [
      [3],
      [0],
      [0, 1],
      [1, 2, 3, 4, 5],
      [0.1, 0.2, 0.3],
      [-2, 0, 2],
      [1e-200, 2e-200, 5e-200],
      [1e200, -1e200, 3e180],
      [1e9 + 0.1, 1e9 + 0.2],
      [Number.NaN, Number.POSITIVE_INFINITY, 2, 3]
    ]
    for (let run = 0; run < 1000; run++) {
      const pool = pools[random.below(pools.length)]!
      const raters = 1 + random.below(4)
      const missing = [0, 0.2, 0.8][random.below(3)]!
      const constant = random.below(raters + 2)
      const copy = random.next() < 0.2
      const cells = Array.from({ length: 1 + random.below(7) }, () => {
        const row = Array.from(
          { length: raters },
          (_, j): Raw =>
            random.next() < missing ? null : j === constant ? pool[0]! : pool[random.below(pool.length)]!
        )
        return copy ? row.map(() => row[0]!) : row
      })
      const table: AgreementTable = {
        scale: scales[random.below(3)]!,
        items: cells.map((_, i) => `i${i}`),
        raters: Array.from({ length: raters }, (_, j) => `r${j}`),
        cells: cells as AgreementTable["cells"],
        labels: []
      }
      const result = agreement(table, { replicates: 20, seed: run })
      assert.deepStrictEqual(notFinite(result), [], JSON.stringify(table))
      if (result.ok) {
        const doc = document(result.value)
        assert.deepStrictEqual(JSON.parse(JSON.stringify(doc)), doc)
        for (const reason of Object.values(doc.reasons)) assert.isAbove(reason.length, 10)
      }
    }
  })
})
