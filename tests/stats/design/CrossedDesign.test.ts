import { assert, describe, it } from "@effect/vitest"
import * as CrossedDesign from "../../../harness/stats/design/CrossedDesign.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { json } from "../Truth.ts"

interface Case {
  readonly [name: string]: number
  readonly se_contrast_1_2: number
  readonly se_mean_1: number
}
const cases = json<{ cases: Case[] }>("design.json").cases.map((c) => ({
  expected: c,
  components: {
    rater: c.vr!,
    post: c.vp!,
    postSource: c.vps!,
    raterSource: c.vrs!,
    text: 0,
    residual: c.ve!
  },
  design: { posts: c.P!, raters: c.R!, sources: c.S!, ratingsPerRater: c.k! }
}))

const A = { rater: 0.248, post: 0, postSource: 0.0913, raterSource: 0.0338, text: 0, residual: 0.728 }

describe("CrossedDesign", () => {
  for (const [i, { expected, components, design }] of cases.entries()) {
    it(`has the exact generalised least squares errors: case ${i + 1}`, () => {
      const result = CrossedDesign.exact(components, design)
      if (!result.ok) throw new Error(result.reason)
      assert.approximately(result.value.seContrast / expected.se_contrast_1_2, 1, 1e-9)
      assert.approximately(result.value.seMean / expected.se_mean_1, 1, 1e-9)
      // These designs are balanced, where the closed form is exact.
      const closed = CrossedDesign.closedForm(components, design)
      assert.approximately(closed.ok ? closed.value.se : 0, expected.se_contrast_1_2, 1e-9)
    })
  }

  it("counts neither variance nor degrees of freedom of posts that no rating reaches", () => {
    // 10 ratings a source: at most 10 of its posts are rated, however many there are.
    const at = (posts: number) => {
      const result = CrossedDesign.closedForm(A, { posts, raters: 10, sources: 4, ratingsPerRater: 4 })
      if (!result.ok) throw new Error(result.reason)
      return result.value
    }
    assert.deepStrictEqual(at(500), at(10))
    assert.isAbove(at(5).se, at(10).se)
  })

  it("weighs ratings so that the weights' own variance is the squared error, and a shift of a source is seen", () => {
    // Unbalanced: 7 texts a rater do not divide 5 × 3.
    const components = {
      rater: 0.3,
      post: 0.1,
      postSource: 0.08,
      raterSource: 0.05,
      text: 0.04,
      residual: 0.8
    }
    const design = { posts: 5, raters: 11, sources: 3, ratingsPerRater: 7, epochs: 2 }
    const result = CrossedDesign.exact(components, design)
    if (!result.ok) throw new Error(result.reason)
    const text = CrossedDesign.assignment(design)
    const source = text.map((t) => Math.floor(t / 2) % 3)
    const post = text.map((t) => Math.floor(t / 6))
    const rater = text.map((_, i) => Math.floor(i / 7))
    const { weights } = result.value
    const sums = [0, 0, 0]
    let variance = 0
    for (let i = 0; i < weights.length; i++) {
      sums[source[i]!]! += weights[i]!
      for (let j = 0; j < weights.length; j++) {
        const sameSource = source[i] === source[j]
        let v = i === j ? components.residual : 0
        if (rater[i] === rater[j]) v += components.rater + (sameSource ? components.raterSource : 0)
        if (post[i] === post[j]) v += components.post + (sameSource ? components.postSource : 0)
        if (text[i] === text[j]) v += components.text
        variance += weights[i]! * weights[j]! * v
      }
    }
    assert.approximately(sums[0]!, 1, 1e-10)
    assert.approximately(sums[1]!, -1, 1e-10)
    assert.approximately(sums[2]!, 0, 1e-10)
    assert.approximately(Math.sqrt(variance), result.value.seContrast, 1e-10)
    // No unbiased linear estimate does better; the closed form assumes more balance than there is.
    const closed = CrossedDesign.closedForm(components, design)
    assert.approximately(closed.ok ? closed.value.se / result.value.seContrast : 0, 1, 0.1)
  })

  it("splits the text part when posts have several texts a source", () => {
    const split = { ...A, postSource: 0.05, text: 0.0413 }
    const one = CrossedDesign.closedForm(split, { posts: 15, raters: 190, sources: 4, ratingsPerRater: 12 })
    const four = CrossedDesign.closedForm(split, {
      posts: 15,
      raters: 190,
      sources: 4,
      ratingsPerRater: 12,
      epochs: 4
    })
    if (!one.ok || !four.ok) throw new Error("not estimable")
    assert.approximately(one.value.parts.text / four.value.parts.text, 4, 1e-12)
    assert.strictEqual(one.value.parts.postSource, four.value.parts.postSource)
    const together = CrossedDesign.closedForm(A, { posts: 15, raters: 190, sources: 4, ratingsPerRater: 12 })
    assert.approximately(together.ok ? together.value.se : 0, one.value.se, 1e-12)
    // With one text a post and source the two parts cannot be told apart.
    const small = { posts: 7, raters: 20, sources: 3, ratingsPerRater: 10 }
    const exact = [split, A].map((components) => CrossedDesign.exact(components, small))
    if (!exact[0]!.ok || !exact[1]!.ok) throw new Error("not estimable")
    assert.approximately(exact[0]!.value.seContrast, exact[1]!.value.seContrast, 1e-12)
  })

  it("has a reason or finite numbers whatever comes in", () => {
    assert.deepStrictEqual(CrossedDesign.exact(A, { posts: 5, raters: 9, sources: 3, ratingsPerRater: 16 }), {
      ok: false,
      reason: "a rater cannot rate 16 of 15 texts"
    })
    assert.isFalse(CrossedDesign.exact(A, { posts: 1000, raters: 50, sources: 3, ratingsPerRater: 10 }).ok)
    for (let seed = 0; seed < 300; seed++) {
      const random = Random.make(seed)
      const odd = [
        0,
        0,
        0.1,
        1,
        1e-12,
        1e11,
        random.below(8) === 0 ? Number.NaN : 0.5,
        random.below(8) === 0 ? -1 : 0.5
      ]
      const pick = () => odd[random.below(odd.length)]!
      const components = {
        rater: pick(),
        post: pick(),
        postSource: pick(),
        raterSource: pick(),
        text: pick(),
        residual: pick()
      }
      const design = {
        posts: random.below(6),
        raters: random.below(8) + (random.below(20) === 0 ? 0.5 : 0),
        sources: 1 + random.below(4),
        ratingsPerRater: random.below(9),
        epochs: 1 + random.below(2)
      }
      assert.deepStrictEqual(notFinite(CrossedDesign.closedForm(components, design)), [], `seed ${seed}`)
      assert.deepStrictEqual(notFinite(CrossedDesign.exact(components, design)), [], `seed ${seed}`)
    }
  })
})
