import { assert, describe, it } from "@effect/vitest"
import { adjust } from "../../harness/stats/Adjust.ts"
import { tTest } from "../../harness/stats/paired/Paired.ts"
import * as Random from "../../harness/stats/Random.ts"
import { featureNames } from "../../harness/style/features.ts"
import { identify } from "../../harness/style/identify.ts"
import { predict } from "../../harness/style/predict.ts"
import { profiles } from "../../harness/style/profiles.ts"
import type { StyledText, StyleRating } from "../../harness/style/StyledText.ts"
import { drawTexts } from "./styled.ts"

const sources = ["a", "b", "c"]

describe("profiles", () => {
  it("find what was planted, in standard deviations, and little else", () => {
    const texts = drawTexts({ posts: 60, sources }, 1, ({ source }, feature) =>
      source === "a" && feature === "emojis" ? 1.5 : 0
    )
    const found = profiles(texts, sources)
    assert.strictEqual(found.length, 3 * featureNames.length)
    const planted = found.find(({ source, feature }) => source === "a" && feature === "emojis")!
    assert.isBelow(planted.pAdjusted, 0.001)
    assert.isTrue(planted.standardised!.lower < 1.5 && planted.standardised!.upper > 1.5)
    const others = found.filter(({ feature }) => feature !== "emojis")
    assert.isTrue(others.every(({ pAdjusted }) => pAdjusted > 0.05))
    const p = found.map((entry) => entry.p)
    assert.deepStrictEqual(
      found.map(({ pAdjusted }) => pAdjusted),
      adjust(p, "holm")
    )
    assert.isTrue(p.filter((one) => one < 0.05).length > 1)
  })

  it("are the paired t test of two sources in one domain", () => {
    const texts = drawTexts({ posts: 20, sources: ["a", "b"] }, 2).map((text) => ({ ...text, domain: "d" }))
    const of = (source: string) =>
      texts.filter((text) => text.source === source).map(({ style }) => style.hedges)
    const [a, b] = [of("a"), of("b")]
    const test = tTest(a.map((value, i) => value - b[i]!))
    const entry = profiles(texts, ["a", "b"]).find(
      ({ source, feature }) => source === "a" && feature === "hedges"
    )!
    assert.isTrue(test.ok)
    if (!test.ok) return
    assert.closeTo(entry.difference, test.value.mean, 1e-12)
    assert.closeTo(entry.p, test.value.p, 1e-12)
  })

  it("leave out what never varies, and have no standard deviation for what varies between sources alone", () => {
    const texts = drawTexts({ posts: 20, sources }, 3).map(
      (text): StyledText => ({
        ...text,
        style: { ...text.style, headings: 0, listItems: text.source === "a" ? 3 : 0 }
      })
    )
    const found = profiles(texts, sources)
    assert.isFalse(found.some(({ feature }) => feature === "headings"))
    const lists = found.find(({ source, feature }) => source === "a" && feature === "listItems")!
    assert.deepStrictEqual([lists.difference, lists.standardised, lists.p], [3, null, 0])
  })
})

describe("telling sources by style", () => {
  it("finds sources that write differently", () => {
    const texts = drawTexts({ posts: 40, sources }, 4, ({ source }, feature) =>
      feature === "words" ? 2 * sources.indexOf(source) : 0
    )
    const found = identify(texts, sources, 1)
    assert.isTrue(found.ok)
    if (!found.ok) return
    const { accuracy, lower, upper, chance, p, confusion } = found.value
    assert.isAbove(lower, 1 / 3)
    assert.isTrue(lower < accuracy && accuracy < upper)
    assert.closeTo(chance, 1 / 3, 1e-12)
    assert.strictEqual(p, 1 / 200)
    const right = sources.reduce((sum, _, i) => sum + confusion[i]![i]!, 0)
    assert.closeTo(right / 120, accuracy, 1e-12)
  })

  it("does not find sources that write alike", () => {
    let low = 0
    for (let seed = 0; seed < 8; seed++) {
      const found = identify(drawTexts({ posts: 30, sources }, 100 + seed), sources, seed)
      assert.isTrue(found.ok)
      if (found.ok && found.value.p < 0.05) low++
    }
    assert.isAtMost(low, 2)
  })

  it("does not learn a post's texts by heart: none is in training and test at once", () => {
    // Six equal texts a post and source, 24 points in 17 dimensions: easy to remember, nothing to understand.
    const once = drawTexts({ posts: 12, sources: ["a", "b"] }, 5)
    const texts = once.flatMap((text) => [1, 2, 3, 4, 5, 6].map((epoch) => ({ ...text, epoch })))
    const found = identify(texts, ["a", "b"], 1)
    assert.isTrue(found.ok)
    if (found.ok) assert.isBelow(found.value.accuracy, 0.8)
  })

  it("uses a feature that a source always or never has", () => {
    const texts = drawTexts({ posts: 20, sources: ["a", "b"] }, 6).map(
      (text): StyledText => ({
        ...text,
        style: { ...text.style, emojis: text.source === "a" ? 1 : 0 }
      })
    )
    const found = identify(texts, ["a", "b"], 1)
    assert.isTrue(found.ok)
    if (!found.ok) return
    assert.strictEqual(found.value.accuracy, 1)
    assert.isBelow(found.value.lower, 1)
    assert.strictEqual(found.value.upper, 1)
  })

  it("says why where it cannot be done", () => {
    const few = identify(drawTexts({ posts: 9, sources }, 7), sources, 1)
    const one = identify(drawTexts({ posts: 20, sources: ["a"] }, 7), ["a"], 1)
    assert.deepStrictEqual([few.ok, one.ok], [false, false])
  })
})

/** Ratings by several raters, from a rule and noise of rater, post, text and rating. */
const rate = (
  texts: readonly StyledText[],
  raters: number,
  seed: number,
  rule: (text: StyledText) => number
): readonly StyleRating[] => {
  const random = Random.make(seed)
  const strict = Array.from({ length: raters }, () => 0.4 * random.normal())
  const posts = new Map<string, number>()
  return texts.flatMap((text) => {
    const { post, source, epoch } = text
    if (!posts.has(post)) posts.set(post, 0.3 * random.normal())
    const own = 0.2 * random.normal()
    return strict.map((severity, r) => ({
      post,
      source,
      epoch,
      rater: `r${r}`,
      value: 3 + severity + posts.get(post)! + own + rule(text) + 0.5 * random.normal()
    }))
  })
}

const effect = (found: ReturnType<typeof predict>, feature: string) => {
  assert.isTrue(found.ok)
  return found.ok ? found.value.effects.find((entry) => entry.feature === feature)! : undefined!
}

describe("predicting ratings from style", () => {
  it("finds a feature that matters, with and without the sources, and little else", () => {
    const texts = drawTexts({ posts: 60, sources }, 8)
    const ratings = rate(texts, 5, 9, ({ style }) => 0.5 * style.emojis)
    for (const which of ["without sources", "with sources"] as const) {
      const found = predict(texts, ratings, which)
      const emojis = effect(found, "emojis")
      assert.isTrue(emojis.lower < 0.5 && emojis.upper > 0.5, which)
      assert.isBelow(emojis.pAdjusted, 0.001)
      if (found.ok) {
        const others = found.value.effects.filter(({ feature }) => feature !== "emojis")
        assert.strictEqual(others.length, featureNames.length - 1)
        assert.isTrue(others.every(({ pAdjusted }) => pAdjusted > 0.05))
      }
    }
  })

  it("does not take the source for the feature once the sources are in", () => {
    const texts = drawTexts({ posts: 60, sources }, 10, ({ source }, feature) =>
      source === "a" && feature === "listItems" ? 3 : 0
    )
    const ratings = rate(texts, 5, 11, ({ source }) => (source === "a" ? 1 : 0))
    assert.isBelow(effect(predict(texts, ratings, "without sources"), "listItems").pAdjusted, 0.001)
    assert.isAbove(effect(predict(texts, ratings, "with sources"), "listItems").pAdjusted, 0.05)
  })

  it("has lme4's numbers", () => {
    const texts = drawTexts({ posts: 12, sources, epochs: 2 }, 12).map(
      ({ style, ...text }): StyledText => ({
        ...text,
        style: {
          ...Object.fromEntries(featureNames.map((name) => [name, 0])),
          words: style.words,
          hedges: style.hedges
        } as never
      })
    )
    const found = predict(
      texts,
      rate(texts, 4, 13, ({ style }) => 0.3 * style.words),
      "with sources"
    )
    // lmer(value ~ source + zwords + zhedges + (1 | rater) + (1 | post) + (1 | text)), lmerTest's p.
    const words = effect(found, "words")
    const hedges = effect(found, "hedges")
    assert.closeTo(words.estimate, 0.3949995264, 1e-8)
    assert.closeTo(words.se, 0.0431741716, 1e-6)
    assert.closeTo(words.p, 1.036771e-12, 1e-15)
    assert.closeTo(hedges.estimate, 0.0484137125, 1e-8)
    assert.closeTo(hedges.se, 0.0435861654, 1e-6)
    assert.closeTo(hedges.p, 0.2714187679, 1e-5)
  })

  it("says why where ratings determine nothing", () => {
    const texts = drawTexts({ posts: 20, sources }, 14)
    const same = predict(
      texts,
      rate(texts, 1, 1, () => 0).map((row) => ({ ...row, value: 3 })),
      "with sources"
    )
    assert.deepStrictEqual(same, { ok: false, reason: "all ratings are the same" })
    assert.isFalse(predict(texts, [], "with sources").ok)
  })

  it("notes ratings of texts that have no style", () => {
    const texts = drawTexts({ posts: 20, sources }, 14)
    const found = predict(
      texts.slice(3),
      rate(texts, 3, 2, () => 0),
      "without sources"
    )
    assert.isTrue(
      found.ok && found.value.notes.some((note) => /^9 ratings are of texts without a style/.test(note))
    )
  })
})
