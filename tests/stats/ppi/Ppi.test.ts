import { assert, describe, it } from "@effect/vitest"
import * as Ppi from "../../../harness/stats/ppi/Ppi.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { csv, json } from "../Truth.ts"

interface Expected {
  readonly n: number
  readonly N: number
  readonly lambda_raw: number
  readonly lambda: number
  readonly est: number
  readonly se: number
  readonly ci95: [number, number]
}
const truth = json<{ by_source: Record<string, { ppi: Expected; ppi_pp: Expected }> }>("ppi.json").by_source
const rows = csv("judge.csv")

const inputOf = (source: string): Ppi.PpiInput => {
  const own = rows.filter((row) => row.source === source)
  const labelled = own.filter((row) => row.human !== "")
  return {
    human: labelled.map((row) => Number(row.human)),
    judge: labelled.map((row) => Number(row.judge)),
    unlabelled: own.filter((row) => row.human === "").map((row) => Number(row.judge))
  }
}

describe("Ppi", () => {
  for (const source of Object.keys(truth)) {
    it(`is ppi_py's mean and error: ${source}`, () => {
      for (const [kind, options] of [
        ["ppi", { lambda: 1 }],
        ["ppi_pp", {}]
      ] as const) {
        const expected = truth[source]![kind]
        const result = Ppi.ppiMean(inputOf(source), options)
        if (!result.ok) throw new Error(result.reason)
        const { value } = result
        assert.deepStrictEqual([value.labelled, value.unlabelled], [expected.n, expected.N])
        for (const [actual, wanted] of [
          [value.lambdaRaw, expected.lambda_raw],
          [value.lambda, expected.lambda],
          [value.estimate, expected.est],
          [value.se, expected.se],
          [value.lower, expected.ci95[0]],
          [value.upper, expected.ci95[1]]
        ] as const) {
          assert.approximately(actual, wanted, 1e-9)
        }
      }
    })
  }

  it("does not depend on order, and follows shift and scale", () => {
    const input = inputOf("gpt4")
    const before = Ppi.ppiMean(input)
    const turned = (scores: ArrayLike<number>, f = (x: number) => x) => Array.from(scores, f).toReversed()
    const after = Ppi.ppiMean({
      human: turned(input.human, (x) => 2 * x + 1),
      judge: turned(input.judge, (x) => 2 * x - 3),
      unlabelled: turned(input.unlabelled, (x) => 2 * x - 3)
    })
    if (!before.ok || !after.ok) throw new Error("not estimable")
    assert.approximately(after.value.estimate, 2 * before.value.estimate + 1, 1e-12)
    assert.approximately(after.value.se, 2 * before.value.se, 1e-12)
    assert.approximately(after.value.lambda, before.value.lambda, 1e-12)
  })

  it("trusts a judge without variance not at all", () => {
    const result = Ppi.ppiMean({ human: [1, 2, 3], judge: [4, 4, 4], unlabelled: [4, 4] })
    assert.isTrue(result.ok && result.value.lambda === 0 && result.value.estimate === 2)
  })

  it("has a reason or finite numbers whatever comes in", () => {
    assert.isFalse(Ppi.ppiMean({ human: [1], judge: [1], unlabelled: [1] }).ok)
    assert.isFalse(Ppi.ppiMean({ human: [1, 2], judge: [1, 2], unlabelled: [] }).ok)
    assert.isFalse(Ppi.ppiMean({ human: [1, Number.NaN], judge: [1, 2], unlabelled: [1] }).ok)
    for (let seed = 0; seed < 200; seed++) {
      const random = Random.make(seed)
      const odd = [0, 1, 5, 1e99, -1e99, 1e-300, random.below(10) === 0 ? Number.NaN : 2]
      const draw = (n: number) => Array.from({ length: n }, () => odd[random.below(odd.length)]!)
      const n = random.below(5)
      assert.deepStrictEqual(
        notFinite(Ppi.ppiMean({ human: draw(n), judge: draw(n), unlabelled: draw(random.below(4)) })),
        []
      )
    }
  })
})
