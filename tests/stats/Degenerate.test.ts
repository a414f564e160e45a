import { assert, describe, it } from "@effect/vitest"
import { cronbach } from "../../harness/stats/agreement/Cronbach.ts"
import { kruskalWallis } from "../../harness/stats/groups/KruskalWallis.ts"
import { welch } from "../../harness/stats/groups/Welch.ts"
import * as Ordinal from "../../harness/stats/ordinal/Ordinal.ts"
import { nonInferiority, tost } from "../../harness/stats/paired/Equivalence.ts"
import { tTest } from "../../harness/stats/paired/Paired.ts"
import * as Random from "../../harness/stats/Random.ts"
import { notFinite } from "./finite.ts"

const pools: ReadonlyArray<ReadonlyArray<number | null>> = [
  [3],
  [null, 2],
  [0, 1],
  [1, 2, 3, 4, 5],
  [0.1, 0.1 + 1e-17, 0.3],
  [1e-200, 3e-200],
  [1e200, -1e200],
  [1e9 + 0.1, 1e9 + 0.2, null],
  [Number.NaN, Number.NEGATIVE_INFINITY, 4, 5]
]

describe("degenerate data", () => {
  it("leaves no NaN or Infinity in t tests, rank tests and tests against a margin", () => {
    const random = Random.make(7)
    const draw = () => {
      const pool = pools[random.below(pools.length)]!
      return Array.from({ length: random.below(7) }, () => pool[random.below(pool.length)]!)
    }
    let found = 0
    for (let run = 0; run < 4000; run++) {
      const x = draw()
      const y = draw()
      const results = [
        tTest(x),
        nonInferiority(x, 0.5),
        tost(x, 0.5),
        welch(x, y),
        kruskalWallis([x, y, draw()]),
        cronbach([x, y])
      ]
      found += results.filter((result) => result.ok).length
      assert.deepStrictEqual(notFinite(results), [], JSON.stringify([x, y]))
    }
    assert.isAbove(found, 2000)
  })

  it("leaves none in ordinal models of tiny, tied, separated and incomplete data", () => {
    const random = Random.make(8)
    let found = 0
    for (let run = 0; run < 400; run++) {
      const n = random.below(25)
      const top = 1 + random.below(5)
      const split = random.next() < 0.2
      const x = Array.from({ length: n }, () => random.below(3))
      const data: Ordinal.OrdinalData = {
        ratings: x.map((value) =>
          random.next() < 0.1 ? null : split ? value : 1 + random.below(top) * (random.below(2) + 1)
        ),
        columns: Ordinal.treatment("x", x.map(String), ["0", "1", "2"].slice(0, 1 + random.below(3))),
        random: ["a", "b"].slice(random.below(3)).map((name) => ({
          name,
          groups: x.map(() => String(random.below(1 + random.below(6))))
        }))
      }
      const result = Ordinal.fit(data, { link: run % 2 === 0 ? "logit" : "probit" })
      if (result.ok) found++
      assert.deepStrictEqual(notFinite(result), [], JSON.stringify(data))
    }
    assert.isAbove(found, 100)
  })
})
