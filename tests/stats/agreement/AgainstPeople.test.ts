import { assert, describe, it } from "@effect/vitest"
import { againstPeople, type RatedText } from "../../../harness/stats/agreement/AgainstPeople.ts"
import { amongPeople } from "../../../harness/stats/agreement/AmongPeople.ts"
import { spearman } from "../../../harness/stats/agreement/Correlation.ts"
import { icc } from "../../../harness/stats/agreement/Icc.ts"
import { judgeVerdict } from "../../../harness/stats/agreement/JudgeVerdict.ts"
import { kappa } from "../../../harness/stats/agreement/Kappa.ts"
import { alpha } from "../../../harness/stats/agreement/Krippendorff.ts"
import type { Estimable } from "../../../harness/stats/Estimable.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { near } from "../Truth.ts"

const value = <A>(result: Estimable<A>): A => {
  assert.isTrue(result.ok, result.ok ? "" : result.reason)
  return (result as { readonly value: A }).value
}

/** Posts with three texts each, three people a text, and a judge with a bias. */
const played = (seed: number, bias: number, noise: number, posts = 40): readonly RatedText[] => {
  const random = Random.make(seed)
  const whole = (x: number) => Math.min(5, Math.max(1, Math.round(x)))
  return Array.from({ length: posts }, (_, p) => {
    const post = 0.5 * random.normal()
    return ["a", "b", "c"].map((source, s) => {
      const truth = 3 + 0.4 * (s - 1) + post + 0.7 * random.normal()
      return {
        post: `p${p}`,
        source,
        words: 60 + random.below(90),
        score: whole(truth + bias + noise * random.normal()),
        people: [0, 1, 2].map(() => whole(truth + 0.6 * random.normal()))
      }
    })
  }).flat()
}

const texts = played(7, 0.8, 0.4)
const thresholds = { texts: 30, spearman: 0.5, kappa: 0.4, bias: 0.1 }
const middle = (people: readonly number[]) => [...people].sort((a, b) => a - b)[1]!
const average = (people: readonly number[]) => (people[0]! + people[1]! + people[2]!) / 3

describe("a judge against people", () => {
  it("has the coefficients that the whole table has", () => {
    const { overall } = value(againstPeople(texts))
    const score = texts.map((text) => text.score)
    const medians = texts.map(({ people }) => middle(people))
    const means = texts.map(({ people }) => average(people))
    near(
      value(overall.kappa).estimate,
      value(kappa(score, medians, { weights: "quadratic", categories: [1, 2, 3, 4, 5] })).estimate,
      1e-12
    )
    near(
      value(overall.kappaRanks).estimate,
      value(kappa(score, medians, { weights: "quadratic", distance: "ranks" })).estimate,
      1e-12
    )
    near(value(overall.spearman).estimate, value(spearman(score, means)).estimate, 1e-12)
    const { coefficients } = value(icc(score.map((x, i) => [x, means[i]!])))
    near(value(overall.iccConsistency).estimate, value(coefficients.ICC3).estimate, 1e-12)
    near(value(overall.iccAgreement).estimate, value(coefficients.ICC2).estimate, 1e-12)
    near(
      value(overall.alpha).estimate,
      value(
        alpha(
          texts.map((text) => [text.score, ...text.people]),
          "interval"
        )
      ).estimate,
      1e-12
    )
  })

  it("weighs kappa by values, and by ranks only under that name", () => {
    // The scale's middle is not used: a difference of 1 and 5 is two ranks apart of the values that occur.
    const sparse = [1, 1, 1, 4, 4, 5, 5, 5].map((people, i) => ({
      post: `p${i}`,
      source: "a",
      words: 100,
      score: [1, 1, 4, 4, 5, 5, 5, 4][i]!,
      people: [people]
    }))
    const { overall } = value(againstPeople(sparse))
    const [byValue, byRank] = [value(overall.kappa).estimate, value(overall.kappaRanks).estimate]
    const score = sparse.map((text) => text.score)
    const people = sparse.map((text) => text.people[0]!)
    near(byValue, value(kappa(score, people, { weights: "quadratic" })).estimate, 1e-12)
    near(byRank, value(kappa(score, people, { weights: "quadratic", distance: "ranks" })).estimate, 1e-12)
    assert.isAbove(Math.abs(byValue - byRank), 0.01)
  })

  it("does not count the people's median as one more rater", () => {
    const { overall } = value(againstPeople(texts))
    const doubled = value(
      alpha(
        texts.map((text) => [text.score, ...text.people, middle(text.people)]),
        "interval"
      )
    )
    assert.isAbove(Math.abs(doubled.estimate - value(overall.alpha).estimate), 0.01)
    assert.strictEqual(overall.ratings, 3 * texts.length)
  })

  it("counts posts and not texts when it says how sure it is", () => {
    // The same posts written down four times: nothing is learnt, and no interval may shrink.
    const again = [1, 2, 3, 4].flatMap(() => texts)
    const once = value(value(againstPeople(texts)).overall.bias)
    const four = value(value(againstPeople(again)).overall.bias)
    near(four.upper - four.lower, once.upper - once.lower, 1e-9)
  })

  it("finds a bias by source and by length", () => {
    const skewed = texts.map((text) =>
      text.source === "b" ? { ...text, score: text.score - 1.5, words: 300 } : text
    )
    const { bySource, byLength } = value(againstPeople(skewed))
    assert.deepStrictEqual(
      bySource.map(({ name }) => name),
      ["a", "b", "c"]
    )
    assert.isBelow(value(bySource[1]!.bias).upper, value(bySource[0]!.bias).lower)
    assert.match(byLength.at(-1)!.name, /^(middle, to 300|long, above)/)
    assert.strictEqual(
      byLength.reduce((sum, part) => sum + part.texts, 0),
      texts.length
    )
  })

  it("keeps the reason where there is no number", () => {
    assert.deepStrictEqual(againstPeople([]), { ok: false, reason: "no text was rated by both" })
    const flat = value(againstPeople(texts.map((text) => ({ ...text, score: 3 })))).overall
    assert.isFalse(flat.spearman.ok)
    assert.isTrue(flat.bias.ok)
  })
})

describe("people among themselves", () => {
  it("agree as far as their noise lets them", () => {
    const ceiling = amongPeople(texts)
    assert.strictEqual(ceiling.shared, texts.length)
    const close = amongPeople(
      texts.map((text) => ({ ...text, people: text.people.map(() => text.people[0]!) }))
    )
    // Equal ratings: the coefficient is at its end, and says so.
    assert.isFalse(close.kappa.ok)
    assert.isBelow(value(ceiling.kappa).estimate, 0.95)
    assert.isAbove(value(ceiling.kappa).estimate, 0.4)
  })

  it("cannot be compared with one person a text", () => {
    const alone = amongPeople(texts.map((text) => ({ ...text, people: [text.people[0]!] })))
    for (const each of [alone.kappa, alone.spearman, alone.alpha, alone.iccAgreement]) assert.isFalse(each.ok)
    assert.match(alone.kappa.ok ? "" : alone.kappa.reason, /one person a text/)
  })
})

describe("the verdict on a judge", () => {
  const verdict = (list: readonly RatedText[]) =>
    judgeVerdict(value(againstPeople(list)).overall, 4, thresholds)

  it("is one of three, and names the number that decided", () => {
    const usable = verdict(played(3, 0, 0.3))
    assert.strictEqual(usable.standing, "usable")
    const kind = verdict(played(3, 0.9, 0.3))
    assert.strictEqual(kind.standing, "ranks-but-biased")
    assert.match(kind.reason, /points too kind, more than 0\.40/)
    const harsh = verdict(played(3, -0.9, 0.3))
    assert.match(harsh.reason, /points too harsh/)
    const noisy = verdict(played(3, 0, 4))
    assert.strictEqual(noisy.standing, "not-usable")
    assert.match(noisy.reason, /Spearman [−0-9.]+ is below 0\.5/)
  })

  it("is not given on a handful of texts, nor for a judge that always says the same", () => {
    assert.strictEqual(verdict(texts.slice(0, 12)).standing, "unknown")
    assert.strictEqual(verdict(texts.map((text) => ({ ...text, score: 4 }))).standing, "not-usable")
  })

  it("says when an interval reaches across a threshold", () => {
    const close = played(11, 0.42, 0.3, 14)
    const bias = value(value(againstPeople(close)).overall.bias)
    assert.isTrue(bias.lower < 0.4 && bias.upper > 0.4)
    assert.isTrue(verdict(close).narrow)
  })
})
