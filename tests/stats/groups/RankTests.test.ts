import { assert, describe, it } from "@effect/vitest"
import { friedman } from "../../../harness/stats/groups/Friedman.ts"
import { kruskalWallis } from "../../../harness/stats/groups/KruskalWallis.ts"
import { welch } from "../../../harness/stats/groups/Welch.ts"
import { cell, csv, get, matrix, near, nearRelative } from "../Truth.ts"

// The expected figures of this file are scipy.stats 1.17 on the same synthetic data.
const blocks = matrix("icc_complete.csv")
const human = ["human", "gpt4", "llama2", "mistral"].map((source) =>
  csv("judge.csv")
    .filter((row) => row.source === source)
    .map((row) => cell(row.human))
)

describe("Friedman", () => {
  it("equals scipy's friedmanchisquare with ties, in both directions of the table", () => {
    const actual = get(friedman(blocks))
    near(actual.statistic, 17.38095238095249, 1e-12)
    nearRelative(actual.p, 0.0038312055155991023, 1e-9)
    assert.strictEqual(actual.df, 5)
    const items = get(friedman(blocks[0]!.map((_, j) => blocks.map((row) => row[j]))))
    near(items.statistic, 106.43760175838493, 1e-12)
    nearRelative(items.p, 8.899616027752199e-11, 1e-4)
    near(items.W, 106.43760175838493 / (6 * 29), 1e-12)
  })

  it("has W = 1 if all blocks order alike, drops incomplete blocks, and gives a reason if all is tied", () => {
    const same = get(
      friedman([
        [1, 2, 3],
        [2, 5, 9],
        [0, 1, 7],
        [1, null, 2]
      ])
    )
    near(same.W, 1, 1e-12)
    assert.strictEqual(same.blocksDropped, 1)
    assert.isFalse(
      friedman([
        [2, 2],
        [3, 3]
      ]).ok
    )
    assert.isFalse(friedman([[1, 2]]).ok)
    assert.isFalse(friedman([]).ok)
  })
})

describe("KruskalWallis", () => {
  it("equals scipy's kruskal with ties and unequal groups", () => {
    const actual = get(kruskalWallis(human))
    near(actual.statistic, 23.97279563300854, 1e-12)
    nearRelative(actual.p, 2.530879464969071e-5, 1e-9)
    assert.strictEqual(actual.n, 150)
    near(
      get(kruskalWallis(blocks[0]!.map((_, j) => blocks.map((row) => row[j])))).statistic,
      8.465527746881282,
      1e-12
    )
  })

  it("gives a reason below two groups or for equal values", () => {
    assert.isFalse(kruskalWallis([[1, 2], [null]]).ok)
    assert.isFalse(kruskalWallis([[1, 1], [1]]).ok)
  })
})

describe("Welch", () => {
  it("equals scipy's ttest_ind with unequal variances", () => {
    const actual = get(welch(human[0]!, human[1]!))
    near(actual.t, -4.822249623383599, 1e-11)
    near(actual.df, 73.58333652835404, 1e-11)
    nearRelative(actual.p, 7.4526516723755344e-6, 1e-9)
    near(actual.interval.lower, -0.9151614175005638, 1e-10)
    near(actual.interval.upper, -0.37996678762763963, 1e-10)
  })

  it("works with one constant group and gives a reason for two, or for a single value", () => {
    assert.isTrue(welch([3, 3, 3], [1, 2, 4]).ok)
    assert.isFalse(welch([3, 3, 3], [1, 1]).ok)
    assert.isFalse(welch([3], [1, 2]).ok)
  })
})
