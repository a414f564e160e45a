import { assert, describe, it } from "@effect/vitest"
import * as ClusterRobust from "../../../harness/stats/mixed/ClusterRobust.ts"
import * as Factor from "../../../harness/stats/mixed/Factor.ts"
import * as ModelMatrix from "../../../harness/stats/mixed/ModelMatrix.ts"
import { columns, json, sources } from "../TruthRatings.ts"

interface Block {
  readonly vcov: ReadonlyArray<ReadonlyArray<number>>
  readonly se: ReadonlyArray<number | null>
}
interface Truth {
  readonly coef: Readonly<Record<string, number>>
  readonly iid: Block
  readonly HC1: Block
  readonly rater_CR0: Block
  readonly rater_CR1: Block
  readonly post_CR1: Block
  readonly twoway_HC0_nocadjust: Block
  readonly twoway_CR1: Block
  readonly CR2_rater: {
    readonly se: Array<number>
    readonly df_satt: Array<number>
    readonly p: Array<number>
  }
  readonly source_means: Readonly<Record<string, number>>
  readonly means_iid_se: ReadonlyArray<number>
  readonly means_twoway_HC0: Block
}

const truth = json<Readonly<Record<string, { readonly cluster: Truth }>>>("lmm.json")

const value = <A>(result: { ok: true; value: A } | { ok: false; reason: string }): A => {
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const load = (data: string) => {
  const all = columns(data)
  const rows = [...all.rating.keys()].filter((i) => !Number.isNaN(all.rating[i]))
  const pick = (name: string, of: ReadonlyArray<string>, order?: ReadonlyArray<string>) =>
    Factor.make(
      name,
      rows.map((i) => of[i]!),
      order
    )
  return {
    rating: Float64Array.from(rows, (i) => all.rating[i]!),
    source: pick("source", all.source, sources[data]!),
    rater: pick("rater", all.rater),
    post: pick("post", all.post)
  }
}

const same = (actual: ClusterRobust.Covariance, expected: Block) => {
  expected.vcov.flat().forEach((v, i) => {
    assert.isAtMost(Math.abs(actual.vcov[i]! - v), 1e-9 * Math.abs(v) + 1e-14, `covariance ${i}`)
  })
  expected.se.forEach((se, i) => {
    if (se === null) assert.isNull(actual.se[i])
    else assert.closeTo(actual.se[i]!, se, 1e-9)
  })
}

describe("ClusterRobust against sandwich and clubSandwich", () => {
  for (const data of ["A", "B", "C"]) {
    const expected = truth[data]!.cluster
    const { rating, source, rater, post } = load(data)
    const x = ModelMatrix.make(rating.length, [[source]]).x
    const fit = value(ClusterRobust.leastSquares(rating, x))

    it(`${data}: one-way`, () => {
      Object.values(expected.coef).forEach((b, i) => {
        assert.closeTo(fit.beta[i]!, b, 1e-10)
      })
      same(ClusterRobust.iid(fit), expected.iid)
      same(ClusterRobust.hc1(fit), expected.HC1)
      same(ClusterRobust.cr0(fit, rater), expected.rater_CR0)
      same(value(ClusterRobust.cr1(fit, rater)), expected.rater_CR1)
      same(value(ClusterRobust.cr1(fit, post)), expected.post_CR1)
    })

    it(`${data}: two-way, indefinite ones said to be so`, () => {
      const plain = value(ClusterRobust.twoWay(fit, rater, post, "none"))
      same(plain, expected.twoway_HC0_nocadjust)
      same(value(ClusterRobust.twoWay(fit, rater, post)), expected.twoway_CR1)
      const k = source.levels.length
      const cells = new Float64Array(rating.length * k)
      source.codes.forEach((code, i) => {
        cells[i * k + code] = 1
      })
      const means = value(ClusterRobust.leastSquares(rating, cells))
      Object.values(expected.source_means).forEach((mean, i) => {
        assert.closeTo(means.beta[i]!, mean, 1e-10)
      })
      expected.means_iid_se.forEach((se, i) => {
        assert.closeTo(ClusterRobust.iid(means).se[i]!, se, 1e-10)
      })
      const twoWay = value(ClusterRobust.twoWay(means, rater, post, "none"))
      same(twoWay, expected.means_twoway_HC0)
      assert.strictEqual(twoWay.indefinite, data === "C")
      assert.strictEqual(twoWay.reason !== undefined, data === "C")
    })

    it(`${data}: CR2 with its degrees of freedom`, () => {
      const { se, df, p } = value(ClusterRobust.cr2(fit, rater))
      expected.CR2_rater.se.forEach((_, i) => {
        assert.closeTo(se[i]!, expected.CR2_rater.se[i]!, 1e-9)
        assert.closeTo(df[i]! / expected.CR2_rater.df_satt[i]!, 1, 1e-9)
        assert.closeTo(p[i]!, expected.CR2_rater.p[i]!, 1e-9)
      })
    })
  }

  it("gives a reason for a singular design and for a single cluster", () => {
    const y = Float64Array.of(1, 2, 3, 5)
    const twice = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 1)
    assert.isFalse(ClusterRobust.leastSquares(y, twice).ok)
    const fit = value(ClusterRobust.leastSquares(y, Float64Array.of(1, 1, 1, 1)))
    const one = Factor.make("rater", ["a", "a", "a", "a"])
    assert.isFalse(ClusterRobust.cr1(fit, one).ok)
    assert.isFalse(ClusterRobust.cr2(fit, one).ok)
    assert.isFalse(ClusterRobust.twoWay(fit, one, one).ok)
  })
})
