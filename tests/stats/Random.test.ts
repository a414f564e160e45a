import { assert, describe, it } from "@effect/vitest"
import * as Random from "../../harness/stats/Random.ts"

describe("Random", () => {
  it("gives the same stream for the same seed and another for another", () => {
    const draw = (seed: number) => {
      const random = Random.make(seed)
      return [random.next(), random.next(), random.normal(), random.below(1000)]
    }
    assert.deepStrictEqual(draw(7), draw(7))
    assert.notDeepEqual(draw(7), draw(8))
  })

  it("draws uniform and normal deviates with the moments they must have", () => {
    const random = Random.make(42)
    const n = 100_000
    let uniform = 0
    let normal = 0
    let square = 0
    for (let i = 0; i < n; i++) {
      uniform += random.next()
      const z = random.normal()
      normal += z
      square += z * z
    }
    // Four standard errors of each mean.
    assert.approximately(uniform / n, 0.5, 4 * Math.sqrt(1 / 12 / n))
    assert.approximately(normal / n, 0, 4 / Math.sqrt(n))
    assert.approximately(square / n, 1, 4 * Math.sqrt(2 / n))
  })
})
