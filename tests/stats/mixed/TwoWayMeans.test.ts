import { assert, describe, it } from "@effect/vitest"
import * as ClusterRobust from "../../../harness/stats/mixed/ClusterRobust.ts"
import * as Factor from "../../../harness/stats/mixed/Factor.ts"
import * as NamedModels from "../../../harness/stats/mixed/NamedModels.ts"
import * as TwoWayMeans from "../../../harness/stats/mixed/TwoWayMeans.ts"
import { quadratic } from "../../../harness/stats/SquareMatrix.ts"
import { csv, get } from "../Truth.ts"

const design = (file: string, few = Number.POSITIVE_INFINITY) => {
  const rows = csv(file)
    .filter((row) => Number.isFinite(Number.parseFloat(row.rating!)))
    .filter((_, i) => i < few)
  const column = (name: string) => rows.map((row) => row[name]!)
  const made = NamedModels.make(
    {
      rating: Float64Array.from(column("rating"), Number),
      source: column("source"),
      rater: column("rater_id"),
      post: column("post_id")
    },
    "ranking"
  )
  return {
    made: get(made),
    rater: Factor.make("rater", column("rater_id")),
    post: Factor.make("post", column("post_id"))
  }
}

/** The variance of a difference of two sources by the covariances that are compared with R's. */
const parts = ({ made, rater, post }: ReturnType<typeof design>, s: number, t: number) => {
  const fit = get(ClusterRobust.leastSquares(made.response, made.matrix.x))
  const c = made.means[s]!.map((value, j) => value - made.means[t]![j]!)
  const of = (factor: Factor.Factor) => quadratic(get(ClusterRobust.cr1(fit, factor)).vcov, c)
  const two = quadratic(get(ClusterRobust.twoWay(fit, rater, post)).vcov, c)
  return {
    estimate: c.reduce((sum, value, j) => sum + value * fit.beta[j]!, 0),
    rater: of(rater),
    post: of(post),
    two
  }
}

const difference = (size: number, s: number, t: number) =>
  Float64Array.from({ length: size }, (_, i) => Number(i === s) - Number(i === t))

describe("TwoWayMeans", () => {
  it("has the two-way variance of every difference, and the estimate of least squares", () => {
    const of = design("A.csv")
    const { linear, levels } = get(TwoWayMeans.make(of.made, of.rater, of.post))
    assert.strictEqual(linear.df(new Float64Array(levels.length)), of.post.levels.length - 1)
    for (let s = 0; s < levels.length; s++) {
      for (let t = 0; t < s; t++) {
        const expected = parts(of, s, t)
        assert.approximately(linear.beta[s]! - linear.beta[t]!, expected.estimate, 1e-12)
        const most = Math.max(expected.two, expected.rater, expected.post)
        assert.approximately(linear.variance(difference(levels.length, s, t)), most, 1e-12)
      }
    }
  })

  it("is never surer than clusters of one kind alone, where the difference of variances is", () => {
    let below = 0
    for (let few = 14; few < 60; few++) {
      const of = design("A.csv", few)
      const made = TwoWayMeans.make(of.made, of.rater, of.post)
      if (!made.ok || made.value.levels.length < 2) continue
      const { linear, levels } = made.value
      const { rater, post, two } = parts(of, 0, 1)
      if (two < Math.max(rater, post)) below++
      assert.isAtLeast(linear.variance(difference(levels.length, 0, 1)), Math.max(rater, post) - 1e-12)
    }
    assert.isAbove(below, 0)
  })

  it("has no variance where everything was rated by one person", () => {
    const of = design("A.csv")
    const alone = Factor.make(
      "rater",
      of.made.response.reduce<string[]>((all) => [...all, "one"], [])
    )
    const made = TwoWayMeans.make(of.made, alone, of.post)
    assert.deepStrictEqual(made.ok ? "" : made.reason, "rater has one level: nothing to cluster by")
  })
})
