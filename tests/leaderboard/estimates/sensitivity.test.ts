import { assert, describe, it } from "@effect/vitest"
import { analyseHuman } from "../../../harness/leaderboard/estimates/analyseHuman.ts"
import type { LongRatings, WordsOf } from "../../../harness/leaderboard/estimates/LongRatings.ts"
import { sensitivityOf } from "../../../harness/leaderboard/estimates/sensitivity.ts"
import * as Random from "../../../harness/stats/Random.ts"
import * as Tukey from "../../../harness/stats/Tukey.ts"
import { peopleRatings } from "./peopleRatings.ts"

const sources = ["north", "south", "west"]
const study = { sources, posts: 40, raters: 30, each: 3 }
const thresholds = { posts: 30, raters: 20, ratersPerText: 3 }
const random = Random.make(8)
const lengths = Array.from({ length: 120 }, () => Math.exp(0.2 * random.normal()))
const words: WordsOf = (post, source) => 100 * lengths[post * 3 + sources.indexOf(source)]!

const sensitivity = (long: LongRatings, of: WordsOf = words, order = sources) =>
  sensitivityOf(long, order, analyseHuman(long, sources, thresholds).analysis.contrasts, of, 1)

const pair = ({ methods }: ReturnType<typeof sensitivity>, name: string, a: string, b: string) => {
  const found = methods.find((method) => method.name === name)!
  assert.isUndefined(found.reason)
  const contrast = found.contrasts.find((entry) => entry.a === a && entry.b === b)!
  return { ...contrast, half: (contrast.upper - contrast.lower) / 2 }
}

describe("other analyses of people's ratings", () => {
  it("agree where the difference is plain", () => {
    const found = sensitivity(peopleRatings({ ...study, worth: (s) => -0.8 * s, grades: true }))
    assert.strictEqual(
      found.conclusion,
      "The conclusion does not change: every pair has the same verdict by cluster bootstrap, ordinal model and length-adjusted."
    )
  })

  it("draw posts and raters, for all pairs together", () => {
    // Everyone rates every text: raters and posts cancel, and what is left is chance, .8 a rating. Drawn by rater and by
    // post it counts 3 − 1/12 − 1/30 times (Owen 2007, Annals of Applied Statistics 1): on the wide side.
    const long = peopleRatings({ sources, posts: 30, raters: 12, each: 12, worth: () => 0 })
    const deviation = Math.sqrt((2 * 0.8 ** 2 * (3 - 1 / 12 - 1 / 30)) / 360)
    const critical = Tukey.quantile(0.95, 3, Number.POSITIVE_INFINITY) / Math.SQRT2
    const found = sensitivity(long)
    for (const [a, b] of [
      ["north", "south"],
      ["north", "west"],
      ["south", "west"]
    ] as const) {
      assert.approximately(pair(found, "cluster bootstrap", a, b).half / (critical * deviation), 1, 0.25)
    }
  })

  it("have an ordinal model whose pairs do not depend on the source it starts from", () => {
    const long = peopleRatings({ ...study, worth: (s) => -0.4 * s, grades: true })
    const [one, other] = [sensitivity(long), sensitivity(long, words, ["west", "south", "north"])]
    const [here, there] = [
      pair(one, "ordinal model", "north", "south"),
      pair(other, "ordinal model", "south", "north")
    ]
    assert.approximately(here.estimate, -there.estimate, 1e-3)
    assert.approximately(here.half, there.half, 1e-3)
    assert.isAbove(here.half, Tukey.quantile(0.95, 3, Number.POSITIVE_INFINITY) * 0.05)
  })

  it("say that the conclusion changes where length alone makes the difference", () => {
    const long = peopleRatings({
      ...study,
      worth: (s, post) => 2 * Math.log(words(post, sources[s]!, 1)! / 100) + (s === 2 ? 1 : 0)
    })
    const found = sensitivity(
      long,
      (post, source) => words(post, source, 1)! * (source === "west" ? Math.exp(0.5) : 1)
    )
    assert.strictEqual(
      found.methods.find(({ name }) => name === "length-adjusted")!.changes.length,
      2,
      JSON.stringify(found.methods)
    )
    assert.include(found.conclusion, "The conclusion changes by length-adjusted.")
  })

  it("do not call a table shaken where only the bootstrap, which is wide, separates fewer pairs", () => {
    const found = sensitivity(peopleRatings({ ...study, worth: (s) => -0.45 * s, grades: true }))
    const [bootstrap, ...others] = found.methods
    assert.isAbove(bootstrap!.changes.length, 0)
    assert.isTrue(others.every(({ changes }) => changes.length === 0))
    assert.strictEqual(
      found.conclusion,
      "The conclusion does not change: every pair has the same verdict by ordinal model and length-adjusted. Fewer pairs are separated by cluster bootstrap, which is on the wide side."
    )
  })

  it("say why a check could not be made, and call nothing robust without it", () => {
    const found = sensitivity(peopleRatings({ ...study, worth: (s) => -0.8 * s }), () => 100)
    assert.deepStrictEqual(
      found.methods.map(({ reason }) => reason?.replace(/\d+/, "N")),
      [undefined, "the measure has N different values, not grades", "all answers are of one length"]
    )
    assert.match(found.conclusion, /by cluster bootstrap\. 2 checks could not be made\.$/)
  })
})
