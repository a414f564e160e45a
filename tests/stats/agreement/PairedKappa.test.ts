import { assert, describe, it } from "@effect/vitest"
import { againstPeople, type RatedText } from "../../../harness/stats/agreement/AgainstPeople.ts"
import { amongPeople } from "../../../harness/stats/agreement/AmongPeople.ts"
import { kappa } from "../../../harness/stats/agreement/Kappa.ts"
import { MOST_PEOPLE } from "../../../harness/stats/agreement/PairedKappa.ts"
import { linearKappa, placesOf, rankCorrelation } from "../../../harness/stats/agreement/WeightedPairs.ts"
import type { Estimable } from "../../../harness/stats/Estimable.ts"

const get = <A>(result: Estimable<A>): A => {
  assert.isTrue(result.ok, result.ok ? "" : result.reason)
  return (result as { readonly value: A }).value
}

// Three experts and a judge on an uneven scale (0, 1, 3, 9), with holes; columns are raters.
const columns: readonly (readonly (number | null)[])[] = [
  [0, 1, 3, 9, 9, 1, 0, 3, 3, 1, 9, 0],
  [0, 3, 3, 9, 3, 1, 1, null, 3, 0, 9, 0],
  [1, 1, 9, 9, 9, 0, 0, 3, 1, 1, 3, null]
]
const judge = [1, 1, 3, 9, 9, 3, 0, 3, 9, 1, 9, 1]
const texts: readonly RatedText[] = judge.map((score, i) => {
  const given = columns.flatMap((column, k) => (column[i] === null ? [] : [[`e${k}`, column[i]!] as const]))
  return {
    post: `p${i}`,
    source: "m",
    words: 0,
    score,
    people: given.map(([, value]) => value),
    who: given.map(([who]) => who)
  }
})
const cohen = (
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  weights: "linear" | "quadratic" = "quadratic"
) => {
  const both = x.flatMap((value, i) => (value === null || y[i] == null ? [] : [[value, y[i]!] as const]))
  return get(
    kappa(
      both.map(([a]) => a),
      both.map(([, b]) => b),
      { weights }
    )
  ).estimate
}
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe("kappa of pairs", () => {
  it("of a judge is the mean of its kappas with each person", () => {
    const { kappaPairs, kappa: median } = get(againstPeople(texts)).overall
    const expected = average(columns.map((column) => cohen(judge, column)))
    assert.approximately(get(kappaPairs).estimate, expected, 1e-12)
    assert.isAbove(Math.abs(get(kappaPairs).estimate - get(median).estimate), 0.01)
    assert.isTrue(get(kappaPairs).lower < expected && expected < get(kappaPairs).upper)
  })

  it("of people is the mean over their pairs, each on the texts both rated", () => {
    const expected = average([
      cohen(columns[0]!, columns[1]!),
      cohen(columns[0]!, columns[2]!),
      cohen(columns[1]!, columns[2]!)
    ])
    assert.approximately(get(amongPeople(texts).kappaPairs).estimate, expected, 1e-12)
  })

  it("is not made of a crowd, nor of people who are not told apart", () => {
    const crowd = texts.map((text, i) => ({
      ...text,
      who: text.who!.map((_, k) => `w${(i + k) % (MOST_PEOPLE + 1)}`)
    }))
    assert.isFalse(get(againstPeople(crowd)).overall.kappaPairs.ok)
    const nameless = texts.map(({ who: _, ...text }) => text)
    assert.isFalse(amongPeople(nameless).kappaPairs.ok)
    assert.isTrue(amongPeople(nameless).kappa.ok)
  })
})

describe("kappa with linear weights in closed form", () => {
  it("is Cohen's", () => {
    for (const column of [columns[0]!, judge.map((value) => 9 - value)]) {
      const y = column.map((value) => value!)
      assert.approximately(
        linearKappa(judge, y)(new Float64Array(12).fill(1)),
        cohen(judge, y, "linear"),
        1e-12
      )
    }
    assert.isNaN(linearKappa([2, 2], [2, 2])(new Float64Array(2).fill(1)))
  })
})

describe("values that differ by rounding", () => {
  // The same three ratings in another order.
  const [a, b] = [(0.1 + 0.2 + 0.3) / 3, (0.3 + 0.2 + 0.1) / 3]

  it("are ties in ranks and in places", () => {
    assert.notStrictEqual(a, b)
    const even = new Float64Array(4).fill(1)
    const y = [1, 2, 3, 4]
    assert.strictEqual(rankCorrelation([a, b, 1, 2], y)(even), rankCorrelation([a, a, 1, 2], y)(even))
    assert.deepStrictEqual([...placesOf([a, b], [b, 1]).x], [0, 0])
    assert.deepStrictEqual([...placesOf([a, b], [b, 1]).y], [0, 1])
  })
})

describe("texts whose words nobody has brought", () => {
  it("are in no third of length", () => {
    assert.deepStrictEqual(get(againstPeople(texts)).byLength, [])
    const some = texts.map((text, i) => ({ ...text, words: i }))
    assert.strictEqual(
      get(againstPeople(some)).byLength.reduce((sum, part) => sum + part.texts, 0),
      texts.length - 1
    )
  })
})
