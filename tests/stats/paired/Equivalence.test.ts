import { assert, describe, it } from "@effect/vitest"
import { nonInferiority, tost } from "../../../harness/stats/paired/Equivalence.ts"
import { pairByPost, tTest } from "../../../harness/stats/paired/Paired.ts"
import { cell, csv, get, json, near } from "../Truth.ts"

const truth = json<{
  paired: {
    mean: number
    t: number
    p: number
    ci: readonly [number, number]
    noninf: Record<string, { lower95_one_sided: number; p_noninferior: number; p_tost: number }>
  }
}>("reliability.json").paired

const rows = csv("regress.csv")
const side = (name: string) => rows.map((row) => ({ post: row.post_id!, value: cell(row[name]) }))
const { differences } = pairByPost(side("baseline"), side("candidate"))

describe("Paired", () => {
  it("equals R's t.test of the differences by post, in whatever order the candidate comes", () => {
    assert.deepStrictEqual(pairByPost(side("baseline"), side("candidate").reverse()).differences, differences)
    const actual = get(tTest(differences))
    near(actual.mean, truth.mean, 1e-12)
    near(actual.t, truth.t, 1e-10)
    near(actual.p, truth.p, 1e-10)
    near(actual.interval.lower, truth.ci[0], 1e-10)
    near(actual.interval.upper, truth.ci[1], 1e-10)
  })

  it("averages the ratings of a post first and names the posts without a partner", () => {
    const before = [
      { post: "p1", value: 3 },
      { post: "p1", value: 4 },
      { post: "p2", value: 2 },
      { post: "p3", value: null }
    ]
    const after = [
      { post: "p2", value: 5 },
      { post: "p1", value: 4 },
      { post: "p4", value: 1 }
    ]
    assert.deepStrictEqual(pairByPost(before, after), {
      posts: ["p1", "p2"],
      differences: [0.5, 3],
      unpaired: ["p4"]
    })
  })

  it("takes differences that only rounding makes for none, and says when none vary", () => {
    const means = [
      { post: "p1", value: 3.1 },
      { post: "p1", value: 3.2 },
      { post: "p1", value: 3.6 }
    ]
    assert.deepStrictEqual(pairByPost(means, [...means].reverse()).differences, [0])
    assert.isFalse(tTest([0, 0, 0]).ok)
    assert.isFalse(tTest([3.1 - 3, 4.1 - 4, 5.1 - 5]).ok)
    assert.isFalse(tTest([1, null]).ok)
  })
})

describe("Equivalence", () => {
  for (const [name, expected] of Object.entries(truth.noninf)) {
    it(`equals R's one-sided t tests at ${name}`, () => {
      const margin = Number(name.replace("margin_", ""))
      const below = get(nonInferiority(differences, margin))
      near(below.lowerBound, expected.lower95_one_sided, 1e-10)
      near(below.p, expected.p_noninferior, 1e-10)
      assert.strictEqual(below.nonInferior, expected.p_noninferior < 0.05)
      const both = get(tost(differences, margin))
      near(both.p, expected.p_tost, 1e-10)
      assert.strictEqual(both.equivalent, expected.p_tost < 0.05)
    })
  }

  it("mirrors with the sign of the differences: better by as much is not equivalent either", () => {
    const negated = differences.map((d) => -d)
    for (const margin of [0.1, 0.25, 0.5]) {
      const one = get(tost(differences, margin))
      const other = get(tost(negated, margin))
      near(one.p, other.p, 1e-12)
      near(one.pLower, other.pUpper, 1e-12)
    }
    assert.isBelow(get(nonInferiority(negated, 0.1)).p, 0.05)
  })

  it("refuses a margin that is none", () => {
    for (const margin of [0, -0.1, Number.NaN]) {
      assert.isFalse(nonInferiority(differences, margin).ok)
      assert.isFalse(tost(differences, margin).ok)
    }
  })
})
