import { assert, describe, it } from "@effect/vitest"
import * as Cholesky from "../../harness/stats/Cholesky.ts"

describe("Cholesky", () => {
  for (const n of [1, 3, 24, 25, 97]) {
    it(`factors, solves and inverts ${n} × ${n}`, () => {
      const s = new Float64Array(n * n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) s[i * n + j] = i === j ? 3 + i / 10 : Math.sin(1 + i * j) / n
      }
      const l = s.slice()
      assert.isTrue(Cholesky.factor(l, n))
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = 0
          for (let k = 0; k <= j; k++) sum += l[i * n + k]! * l[j * n + k]!
          assert.closeTo(sum, s[i * n + j]!, 1e-12)
        }
      }
      const inverse = new Float64Array(n * n)
      Cholesky.inverse(l, n, new Float64Array(n * n), inverse)
      const column = Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? 1 : 0))
      Cholesky.solveLower(l, n, column, 1)
      Cholesky.solveUpper(l, n, column, 1)
      for (let i = 0; i < n; i++) {
        assert.closeTo(column[i]!, inverse[i * n + n - 1]!, 1e-12)
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let k = 0; k < n; k++) sum += s[i * n + k]! * inverse[k * n + j]!
          assert.closeTo(sum, i === j ? 1 : 0, 1e-12)
        }
      }
    })
  }

  it("says that an indefinite matrix has no factor", () => {
    assert.isFalse(Cholesky.factor(Float64Array.of(1, 2, 2, 1), 2))
  })
})
