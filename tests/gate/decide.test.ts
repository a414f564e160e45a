import { assert, describe, it } from "@effect/vitest"
import type { Criterion, PostScores } from "../../harness/gate/Criterion.ts"
import { measure } from "../../harness/gate/Criterion.ts"
import { decide } from "../../harness/gate/decide.ts"
import { nonInferiority } from "../../harness/stats/paired/Equivalence.ts"
import { tTest } from "../../harness/stats/paired/Paired.ts"
import * as Random from "../../harness/stats/Random.ts"

const post = (candidate: number, baseline: number, domain = "d"): PostScores => ({
  domain,
  candidate: [candidate],
  baseline: [baseline]
})

const margin = (allowed: number, posts: readonly PostScores[], name = "m"): Criterion => ({
  name,
  kind: "margin",
  allowed,
  posts
})

/** Posts whose differences are these. */
const differing = (differences: readonly number[], domain = "d") =>
  differences.map((d) => post(3 + d, 3, domain))

const noisy = (n: number, mean: number, sd: number, seed: number, domain = "d") => {
  const random = Random.make(seed)
  return differing(
    Array.from({ length: n }, () => mean + sd * random.normal()),
    domain
  )
}

describe("a criterion", () => {
  it("is the one-sided paired t test where there is one domain", () => {
    const posts = noisy(25, -0.1, 0.4, 3)
    const differences = posts.map(({ candidate, baseline }) => candidate[0]! - baseline[0]!)
    for (const allowed of [0.05, 0.3]) {
      const seen = measure(margin(allowed, posts))!
      const test = tTest(differences)
      const noninferior = nonInferiority(differences, allowed)
      assert.isTrue(test.ok && noninferior.ok)
      if (!test.ok || !noninferior.ok) return
      assert.closeTo(seen.lower, test.value.lowerBound, 1e-12)
      assert.closeTo(seen.upper, test.value.upperBound, 1e-12)
      assert.strictEqual(seen.holds, noninferior.value.nonInferior)
      assert.closeTo(seen.p, test.value.mean < 0 ? test.value.p / 2 : 1 - test.value.p / 2, 1e-12)
    }
  })

  it("weighs every domain the same, however many posts it has", () => {
    const seen = measure(margin(0.2, [...noisy(90, 0, 0.01, 1, "many"), ...noisy(10, -1, 0.01, 2, "few")]))!
    assert.closeTo(seen.estimate, -0.5, 0.01)
  })

  it("counts a post once, whatever its epochs", () => {
    const once = measure(margin(0.2, differing([0.1, -0.2, 0.3])))!
    const thrice = measure(
      margin(
        0.2,
        [0.1, -0.2, 0.3].map((d) => ({ domain: "d", candidate: [3 + d, 3 + d, 3 + d], baseline: [3, 3, 3] }))
      )
    )!
    assert.closeTo(thrice.se, once.se, 1e-12)
    assert.strictEqual(thrice.df, once.df)
  })

  it("has no bounds with one post", () => {
    assert.isUndefined(measure(margin(0.2, differing([0]))))
  })
})

describe("the gate's answers", () => {
  it("are pass, fail and inconclusive", () => {
    assert.strictEqual(decide([margin(0.2, noisy(100, 0, 0.3, 1))]).answer, "pass")
    assert.strictEqual(decide([margin(0.2, noisy(100, -0.5, 0.3, 1))]).answer, "fail")
    assert.strictEqual(decide([margin(0.2, noisy(6, -0.05, 0.3, 1))]).answer, "inconclusive")
  })

  it("take variance of zero as a valid case", () => {
    const constant = (d: number, n = 40) => decide([margin(0.2, differing(new Array<number>(n).fill(d)))])
    assert.strictEqual(constant(0).answer, "pass")
    assert.strictEqual(constant(-0.1).answer, "pass")
    assert.strictEqual(constant(-0.3).answer, "fail")
    assert.strictEqual(constant(0.5).answer, "pass")
    // 3.1 − 3.3 is −0.19999999999999973 in doubles, and a drop of the whole margin all the same.
    const whole = Array.from({ length: 40 }, () => post(3.1, 3.3))
    assert.strictEqual(decide([margin(0.2, whole)]).answer, "fail")
  })

  it("pass only if every criterion holds, at no adjustment", () => {
    const good = margin(0.2, noisy(100, 0, 0.3, 1), "good")
    const open = margin(0.2, noisy(6, -0.05, 0.3, 1), "open")
    assert.strictEqual(decide([good, good]).answer, "pass")
    const both = decide([good, open])
    assert.strictEqual(both.answer, "inconclusive")
    assert.deepStrictEqual(
      both.findings.map((finding) => finding.answer),
      ["pass", "inconclusive"]
    )
    assert.isUndefined(both.findings[0]!.more)
    assert.isDefined(both.findings[1]!.more)
  })

  it("fail by Holm over the criteria, not by each alone", () => {
    // One-sided p between .025 and .05: below 0 alone, not as one of two.
    const spread = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 0.4 : -0.4))
    const slight = margin(0.2, differing(spread.map((d) => d - 0.14)), "slight")
    const { p } = measure(slight)!
    assert.isTrue(p > 0.025 && p < 0.05, `${p}`)
    const level = margin(0.2, noisy(30, 0, 0.8, 5), "level")
    assert.strictEqual(decide([slight]).answer, "fail")
    assert.strictEqual(decide([slight, level]).answer, "inconclusive")
  })

  it("fail where the gate is no pass and a drop is shown, though that drop lies within its margin", () => {
    const small = margin(0.5, noisy(200, -0.1, 0.2, 1), "small")
    const open = margin(0.2, noisy(6, -0.05, 0.3, 1), "open")
    assert.strictEqual(decide([small]).answer, "pass")
    const both = decide([small, open])
    assert.strictEqual(both.answer, "fail")
    assert.strictEqual(both.findings[0]!.answer, "fail")
  })

  it("hold a ceiling by the candidate alone", () => {
    const ceiling = (allowed: number, values: readonly number[]): Criterion => ({
      name: "risk",
      kind: "ceiling",
      allowed,
      posts: values.map((value) => ({ domain: "d", candidate: [value], baseline: [] }))
    })
    const some = [0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 0, 1]
    assert.strictEqual(decide([ceiling(2, some)]).answer, "pass")
    assert.strictEqual(decide([ceiling(0.1, some)]).answer, "fail")
    assert.strictEqual(decide([ceiling(0.6, some)]).answer, "inconclusive")
    assert.strictEqual(decide([ceiling(0, [0, 0, 0])]).answer, "pass")
    assert.strictEqual(decide([ceiling(0, [1, 1, 1])]).answer, "fail")
  })

  it("do not pass a candidate whose posts are missing, nor clear one that is worse", () => {
    const good = decide([margin(0.2, noisy(100, 0, 0.3, 1))], false)
    assert.strictEqual(good.answer, "inconclusive")
    assert.isTrue(good.incomplete)
    assert.strictEqual(decide([margin(0.2, noisy(100, -0.5, 0.3, 1))], false).answer, "fail")
  })
})
