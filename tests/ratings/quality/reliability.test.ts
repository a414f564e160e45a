import { assert, describe, it } from "@effect/vitest"
import { type Reliability, reliability } from "../../../harness/ratings/quality/Reliability.ts"
import { makeSheet, type Sheet } from "../../../harness/ratings/quality/Sheet.ts"
import { varianceIcc } from "../../../harness/ratings/quality/VarianceIcc.ts"
import { csv, json, near } from "../../stats/Truth.ts"

type Estimates = Readonly<Record<string, number>>

const truth = json<{
  icc: { icc_complete: Readonly<Record<string, { est: number }>> }
  krippendorff: Readonly<Record<string, Estimates>>
}>("reliability.json")

const question = {
  instrument: "empathy",
  dimension: "empathic",
  minimum: 1,
  maximum: 5,
  step: 1,
  reversed: false
}

interface Row {
  readonly rater: string
  readonly group?: string
  readonly post: string
  readonly source?: string
  readonly value: number
}

/** A sheet of one question, one sitting a rater. */
const sheetOf = (rows: readonly Row[]): Sheet => {
  const raters = [...new Map(rows.map(({ rater, group }) => [rater, group ?? "crowd"]))]
  const name = (row: Row) => `${row.post} ${row.source ?? "s"}`
  const texts = [...new Map(rows.map((row) => [name(row), row]))]
  return makeSheet(
    {
      raters: raters.map(([rater, group]) => ({ name: rater, group })),
      submissions: raters.map((_, rater) => ({
        rater,
        id: rater,
        place: "",
        batch: "",
        seconds: null,
        finished: null,
        preview: null,
        answers: new Map()
      })),
      texts: texts.map(([, { post, source }]) => ({ post, source: source ?? "s", condition: "c", epoch: 1 })),
      questions: [question]
    },
    rows.map((row) => ({
      submission: raters.findIndex(([rater]) => rater === row.rater),
      text: texts.findIndex(([text]) => text === name(row)),
      question: 0,
      value: row.value
    }))
  )
}

const wide = (file: string): readonly Row[] =>
  csv(file).flatMap((row, i) =>
    ["j1", "j2", "j3", "j4", "j5", "j6"].flatMap((rater) =>
      row[rater] === "" || row[rater] === "NA" ? [] : [{ rater, post: `p${i}`, value: Number(row[rater]) }]
    )
  )

const options = { seed: 1, replicates: 50 }
const all = (sheet: Sheet) => new Uint8Array(sheet.submissions.length).fill(1)

const only = (rows: readonly Row[]): Reliability => {
  const sheet = sheetOf(rows)
  const found = reliability(sheet, all(sheet), options)
  assert.lengthOf(found, 1)
  return found[0]!
}

const value = (found: Reliability["icc2"] | Reliability["alphaInterval"]): number => {
  assert.isTrue(found.ok, found.ok ? "" : found.reason)
  return found.ok ? found.value.estimate : Number.NaN
}

const reason = (found: { readonly ok: boolean; readonly reason?: string }) => {
  assert.isFalse(found.ok)
  return found.reason
}

describe("reliability on arrival", () => {
  it("is R's on a complete table, by mean squares", () => {
    const found = only(wide("icc_complete.csv"))
    near(value(found.icc2), truth.icc.icc_complete.ICC2!.est, 1e-9)
    near(value(found.icc2k), truth.icc.icc_complete.ICC2k!.est, 1e-9)
    near(value(found.alphaInterval), truth.krippendorff.icc_complete!.interval!, 1e-9)
    near(value(found.alphaOrdinal), truth.krippendorff.icc_complete!.ordinal!, 1e-9)
    assert.isTrue(found.icc2.ok && found.icc2.value.by === "mean squares")
    assert.strictEqual(found.raters, 6)
    assert.deepStrictEqual(found.ratingsPerText, { min: 6, median: 6, max: 6 })
  })

  it("comes from variance components where ratings are missing, and says so", () => {
    const rows = wide("alpha_missing.csv")
    const found = only(rows)
    near(value(found.alphaInterval), truth.krippendorff.alpha_missing!.interval!, 1e-9)
    assert.isTrue(found.icc2.ok && found.icc2.value.by === "variance components")
    assert.isTrue(found.icc2k.ok && found.icc2.ok)
    if (!found.icc2.ok || !found.icc2k.ok) return
    assert.isBelow(found.icc2.value.estimate, found.icc2k.value.estimate)
    // The Spearman–Brown prophecy does not hold for agreement with a rater variance unless both go over k.
    const { k, estimate } = found.icc2k.value
    const r = found.icc2.value.estimate
    near(estimate, (k * r) / (1 + (k - 1) * r), 1e-9)
  })

  it("agrees with the mean squares where both ways are open", () => {
    const rows = wide("icc_complete.csv")
    const found = varianceIcc(
      Float64Array.from(rows, (row) => row.value),
      rows.map(({ post }) => post),
      rows.map(({ rater }) => rater)
    )
    assert.isTrue(found.ok)
    if (!found.ok) return
    near(found.value.single, truth.icc.icc_complete.ICC2!.est, 1e-5)
    near(found.value.average, truth.icc.icc_complete.ICC2k!.est, 1e-5)
    near(found.value.k, 6, 1e-9)
  })

  it("is not estimable with one rater a text, and the rest is still told", () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({
      rater: `r${Math.floor(i / 3)}`,
      post: `p${Math.floor(i / 3)}`,
      source: `s${i % 3}`,
      value: [5, 5, 1, 3][i % 4]!
    }))
    const found = only(rows)
    for (const each of [found.alphaInterval, found.alphaOrdinal, found.icc2, found.icc2k]) {
      assert.strictEqual(reason(each), "one rater a text")
    }
    assert.deepStrictEqual([found.ratings, found.texts, found.raters, found.components], [12, 12, 4, 1])
    assert.deepStrictEqual([found.ceiling, found.floor], [0.5, 0.25])
    assert.deepStrictEqual(found.textsPerRater, { min: 3, median: 3, max: 3 })
  })

  it("keeps experts and crowd apart, and leaves out who is excluded", () => {
    const rows = wide("icc_complete.csv").map((row) => ({
      ...row,
      group: ["j1", "j2"].includes(row.rater) ? "expert" : "crowd"
    }))
    const sheet = sheetOf(rows)
    const kept = all(sheet)
    assert.deepStrictEqual(
      reliability(sheet, kept, options).map(({ group, raters }) => [group, raters]),
      [
        ["expert", 2],
        ["crowd", 4]
      ]
    )
    kept[0] = 0
    assert.deepStrictEqual(
      reliability(sheet, kept, options).map(({ group, raters }) => [group, raters]),
      [
        ["expert", 1],
        ["crowd", 4]
      ]
    )
    assert.strictEqual(reason(reliability(sheet, kept, options)[0]!.icc2), "one rater a text")
  })

  it("counts the parts of a design that no rater joins", () => {
    const rows = ["a", "b", "c", "d"].flatMap((rater, i) =>
      ["p1", "p2"].map((post, j) => ({
        rater,
        post,
        source: i < 2 ? "left" : "right",
        value: 1 + ((i + 2 * j) % 5)
      }))
    )
    assert.strictEqual(only(rows).components, 2)
    assert.strictEqual(only([...rows, { rater: "a", post: "p1", source: "right", value: 3 }]).components, 1)
  })

  it("takes no second rating of a text by one rater for agreement", () => {
    const rows = wide("icc_complete.csv")
    assert.match(reason(only([...rows, rows[0]!]).alphaInterval)!, /duplicate-person/)
  })
})
