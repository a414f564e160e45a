import { assert, describe, it } from "@effect/vitest"
import type { Estimable } from "../../../harness/stats/Estimable.ts"
import * as Random from "../../../harness/stats/Random.ts"
import * as Bootstrap from "../../../harness/stats/resampling/Bootstrap.ts"
import * as ClusterBootstrap from "../../../harness/stats/resampling/ClusterBootstrap.ts"

const value = <A>(result: Estimable<A>): A => {
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const variance = ({ values }: Bootstrap.Replicates) => {
  const mean = values.reduce((s, x) => s + x, 0) / values.length
  return values.reduce((s, x) => s + (x - mean) ** 2, 0) / values.length
}

/** `raters` × `posts` ratings, all crossed. */
const crossed = (
  raters: number,
  posts: number,
  seed: number,
  sd: { rater: number; post: number; error: number }
) => {
  const random = Random.make(seed)
  const u = Array.from({ length: raters }, () => sd.rater * random.normal())
  const v = Array.from({ length: posts }, () => sd.post * random.normal())
  const rows = u.flatMap((x, r) =>
    v.map((y, p) => ({ rater: `r${r}`, post: `p${p}`, rating: x + y + sd.error * random.normal() }))
  )
  return {
    rater: rows.map((row) => row.rater),
    post: rows.map((row) => row.post),
    rating: rows.map((row) => row.rating)
  }
}

describe("ClusterBootstrap", () => {
  it("keeps duplicate draws: the weights of a resample add up to the clusters drawn", () => {
    const totals: number[] = []
    let twice = false
    const data = crossed(6, 4, 1, { rater: 1, post: 1, error: 1 })
    ClusterBootstrap.oneWay(
      data.rater,
      (weights) => {
        totals.push(weights.reduce((s, x) => s + x, 0))
        twice ||= weights.some((w) => w > 1)
        return 1
      },
      { seed: 1, resamples: 50 }
    )
    // Six clusters of four rows, however often each: 24. Dropping duplicates would give fewer.
    assert.isTrue(totals.every((total) => total === 24))
    assert.isTrue(twice)
  })

  it("has the variance of the cluster means, one way", () => {
    const data = crossed(30, 5, 2, { rater: 1, post: 0, error: 0.5 })
    const means = Array.from(
      { length: 30 },
      (_, r) => data.rating.slice(5 * r, 5 * r + 5).reduce((s, x) => s + x) / 5
    )
    const grand = means.reduce((s, x) => s + x) / 30
    const expected = means.reduce((s, x) => s + (x - grand) ** 2, 0) / 30 / 30
    const drawn = ClusterBootstrap.oneWay(data.rater, ClusterBootstrap.weightedMean(data.rating), {
      seed: 3,
      resamples: 4000
    })
    assert.approximately(variance(value(drawn)) / expected, 1, 0.09)
  })

  it("adds raters' and posts' variance, two ways, where one way misses some of it", () => {
    const data = crossed(40, 40, 5, { rater: 1, post: 1, error: 0.2 })
    const mean = ClusterBootstrap.weightedMean(data.rating)
    const two = variance(
      value(ClusterBootstrap.twoWay(data.rater, data.post, mean, { seed: 1, resamples: 4000 }))
    )
    const byRater = variance(value(ClusterBootstrap.oneWay(data.rater, mean, { seed: 1, resamples: 4000 })))
    const byPost = variance(value(ClusterBootstrap.oneWay(data.post, mean, { seed: 1, resamples: 4000 })))
    assert.approximately(two / (byRater + byPost), 1, 0.09)
    assert.isAbove(two, 1.2 * Math.max(byRater, byPost))
  })

  it("covers the mean of crossed data, two ways", () => {
    const runs = 150
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const data = crossed(25, 25, 100 + run, { rater: 0.6, post: 0.4, error: 0.9 })
      const mean = ClusterBootstrap.weightedMean(data.rating)
      const drawn = ClusterBootstrap.twoWay(data.rater, data.post, mean, { seed: run, resamples: 300 })
      const { lower, upper } = value(Bootstrap.percentile(value(drawn)))
      if (lower <= 0 && upper >= 0) covered++
    }
    // 95 % less the small-sample bias of percentiles, within three binomial standard errors.
    assert.isAtLeast(covered / runs, 0.89)
  })

  it("says why there are no replicates", () => {
    const one = ClusterBootstrap.oneWay(["r", "r"], () => 1, { seed: 1 })
    assert.deepStrictEqual(one, { ok: false, reason: "fewer than two clusters to resample" })
    assert.isFalse(ClusterBootstrap.twoWay(["r", "s"], ["p", "p"], () => 1, { seed: 1 }).ok)
    assert.isFalse(ClusterBootstrap.oneWay([], () => 1, { seed: 1 }).ok)
    assert.throws(() => ClusterBootstrap.twoWay(["r"], [], () => 1, { seed: 1 }))
    // A diagonal design loses all rows in many draws, where no weighted mean exists.
    const diagonal = ClusterBootstrap.twoWay(["a", "b"], ["p", "q"], ClusterBootstrap.weightedMean([1, 2]), {
      seed: 1
    })
    assert.isFalse(diagonal.ok)
  })
})
