import { assert, describe, it } from "@effect/vitest"
import { measure, type PostScores } from "../../harness/gate/Criterion.ts"
import { decide } from "../../harness/gate/decide.ts"
import { chanceDecided, howManyMore } from "../../harness/gate/howManyMore.ts"
import * as Random from "../../harness/stats/Random.ts"

const sample = (n: number, mean: number, epochs: number, seed: number): readonly PostScores[] => {
  const random = Random.make(seed)
  return Array.from({ length: n }, () => {
    const level = mean + 0.2 * random.normal()
    const texts = (centre: number) => Array.from({ length: epochs }, () => centre + 0.5 * random.normal())
    return { domain: "d", candidate: texts(3 + level), baseline: texts(3) }
  })
}

const margin = (posts: readonly PostScores[]) => ({ name: "m", kind: "margin" as const, allowed: 0.2, posts })

describe("how much more would decide", () => {
  it("is a chance that adding data bears out", () => {
    // 400 posts so that t and normal agree; the larger study's mean is drawn as its predictive distribution says.
    const random = Random.make(7)
    const [mean, now, then, df] = [-0.12, 0.05, 0.035, 400]
    let decided = 0
    const runs = 20_000
    for (let i = 0; i < runs; i++) {
      const truth = mean + now * random.normal()
      // Precision-weighted mean of what was seen and of the new data alone.
      const added = 1 / (1 / then ** 2 - 1 / now ** 2)
      const seen = truth + Math.sqrt(added) * random.normal()
      const final = (mean / now ** 2 + seen / added) * then ** 2
      const half = 1.6487 * then
      if (final - half > -0.2 || final + half < 0) decided++
    }
    assert.closeTo(chanceDecided({ mean, now, then, df }, -0.2, 0.05), decided / runs, 0.01)
  })

  it("is fewest posts where the difference is farthest from undecided", () => {
    const seen = measure(margin(sample(20, 0, 1, 4)))!
    const at = (estimate: number) => howManyMore({ ...seen, estimate }, 1).posts!
    assert.isAbove(at(-0.1), at(0))
    assert.isAbove(at(-0.1), at(-0.25))
    assert.isAbove(at(-0.1), 5)
  })

  it("asks for more where there are more criteria, for a fail takes a smaller p", () => {
    const seen = { ...measure(margin(sample(20, 0, 1, 4)))!, estimate: -0.3 }
    assert.isAbove(howManyMore(seen, 5).posts!, howManyMore(seen, 1).posts!)
  })

  it("speaks of epochs only where both sides have two, and gives up where they cannot do", () => {
    const one = decide([margin(sample(12, -0.1, 1, 5))])
    assert.strictEqual(one.answer, "inconclusive")
    assert.isDefined(one.more?.posts)
    assert.isUndefined(one.more?.epochs)
    assert.notProperty(one.findings[0]!.seen!, "textShare")
    const three = decide([margin(sample(12, -0.1, 3, 6))])
    assert.strictEqual(three.answer, "inconclusive")
    assert.isDefined(three.more?.epochs)
    const seen = measure(margin(sample(12, -0.1, 3, 6)))!
    // Nearly all of the variance is between posts: no number of epochs takes that away.
    assert.isNull(howManyMore({ ...seen, estimate: -0.1, textShare: 0.01 }, 1).epochs)
    assert.isNumber(howManyMore({ ...seen, estimate: -0.1, textShare: 0.999 }, 1).epochs)
  })

  it("knows the share of the texts in the variance", () => {
    // Text variance .25 on each side over 4 epochs, .04 between posts: .125 of .165.
    const seen = measure(margin(sample(4000, 0, 4, 8)))!
    assert.closeTo(seen.textShare!, 0.125 / 0.165, 0.05)
    assert.strictEqual(seen.epochs, 4)
  })

  it("is told of each criterion by a gate that knows how many there are", () => {
    const open = margin(sample(12, -0.25, 1, 5))
    const level = { ...margin(sample(12, 0, 1, 6)), name: "level" }
    const alone = decide([open])
    const several = decide([open, level, level, level])
    assert.deepStrictEqual([alone.answer, several.answer], ["inconclusive", "inconclusive"])
    assert.isAbove(several.findings[0]!.more!.posts!, alone.findings[0]!.more!.posts!)
  })
})
