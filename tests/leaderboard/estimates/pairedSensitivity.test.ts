import { assert, describe, it } from "@effect/vitest"
import {
  pairedSensitivity,
  type TextScores
} from "../../../harness/leaderboard/estimates/pairedSensitivity.ts"
import { ofPaired } from "../../../harness/leaderboard/estimates/TableAnalysis.ts"
import * as PairedContrasts from "../../../harness/stats/paired/PairedContrasts.ts"
import * as Random from "../../../harness/stats/Random.ts"
import * as Tukey from "../../../harness/stats/Tukey.ts"

const sources = ["north", "south", "west"]
const posts = Array.from({ length: 60 }, (_, i) => ({ domain: `d${i % 3}` }))

/** Scores of a judge: a post's level SD .5, a text's .4. */
const scoresOf = (
  worth: (source: number, post: number) => number,
  {
    grades = false,
    words = () => 100,
    order = [0, 1, 2]
  }: {
    readonly grades?: boolean
    readonly words?: TextScores["words"]
    readonly order?: readonly number[]
  } = {}
): TextScores => {
  const random = Random.make(4)
  const values = new Float64Array(posts.length * 3)
  for (const [post] of posts.entries()) {
    const level = 3 + 0.5 * random.normal()
    const texts = sources.map((_, s) => level + worth(s, post) + 0.4 * random.normal())
    order.forEach((s, at) => {
      values[post * 3 + at] = grades ? Math.min(5, Math.max(1, Math.round(texts[s]!))) : texts[s]!
    })
  }
  return { sources: order.map((s) => sources[s]!), posts, values, words }
}

const sensitivity = (scores: TextScores) => {
  const paired = PairedContrasts.analysePaired({ ...scores, seed: 1 })
  const { contrasts } = ofPaired(paired, scores.values.length)
  return { contrasts, ...pairedSensitivity(scores, contrasts, 1) }
}

const pair = ({ methods }: ReturnType<typeof sensitivity>, name: string, a: string, b: string) => {
  const found = methods.find((method) => method.name === name)!
  assert.isUndefined(found.reason)
  const contrast = found.contrasts.find((entry) => entry.a === a && entry.b === b)!
  return { ...contrast, half: (contrast.upper - contrast.lower) / 2 }
}

const random = Random.make(8)
const lengths = Array.from({ length: 180 }, () => 100 * Math.exp(0.3 * random.normal()))
const varied: TextScores["words"] = (post, source) => lengths[post * 3 + sources.indexOf(source)]

describe("other analyses of a judge's scores", () => {
  it("agree where the difference is plain", () => {
    const found = sensitivity(scoresOf((s) => -0.8 * s, { grades: true, words: varied }))
    assert.strictEqual(
      found.conclusion,
      "The conclusion does not change: every pair has the same verdict by cluster bootstrap, ordinal model and length-adjusted."
    )
  })

  it("draw posts of small domains as widely as the table does, and compare two sources on the posts of both", () => {
    for (const domains of [20, 60]) {
      const scores = {
        ...scoresOf(() => 0, { words: varied }),
        posts: posts.map((_, i) => ({ domain: `d${i % domains}` }))
      }
      const found = sensitivity(scores)
      const critical = Tukey.quantile(0.95, 3, Number.POSITIVE_INFINITY) / Math.SQRT2
      for (const { a, b, se } of found.contrasts) {
        // As many posts as a domain has, drawn from it, would be √(2/3) as wide with three, and a point with one.
        assert.approximately(pair(found, "cluster bootstrap", a, b).half / (critical * se), 1, 0.1)
      }
    }
    // A source that answered the hopeful half of the posts only.
    const half = scoresOf((_, post) => (post % 2 === 0 ? 2 : 0), { words: varied })
    for (const post of posts.keys()) if (post % 2 === 1) half.values[post * 3] = Number.NaN
    const found = sensitivity(half)
    for (const { a, b, estimate } of found.contrasts) {
      assert.approximately(pair(found, "cluster bootstrap", a, b).estimate, estimate, 1e-9)
    }
  })

  it("draw posts with all their answers, for all pairs together", () => {
    const found = sensitivity(scoresOf(() => 0, { words: varied }))
    // Posts cancel in a difference: two texts of SD .4 on 60 posts.
    const half =
      (Tukey.quantile(0.95, 3, Number.POSITIVE_INFINITY) / Math.SQRT2) * Math.sqrt((2 * 0.4 ** 2) / 60)
    for (const { a, b, estimate } of found.contrasts) {
      const drawn = pair(found, "cluster bootstrap", a, b)
      assert.approximately(drawn.estimate, estimate, 1e-12)
      assert.approximately(drawn.half / half, 1, 0.25)
    }
  })

  it("lose no spread where domains have few posts", () => {
    const few = posts.map((_, post) => ({ domain: `d${post % 20}` }))
    const found = sensitivity({ ...scoresOf(() => 0, { words: varied }), posts: few })
    const critical = Tukey.quantile(0.95, 3, Number.POSITIVE_INFINITY) / Math.SQRT2
    for (const { a, b, se } of found.contrasts) {
      // Drawing three of three would make it 0.82.
      assert.approximately(pair(found, "cluster bootstrap", a, b).half / (critical * se), 1, 0.1)
    }
  })

  it("have an ordinal model whose pairs do not depend on the source it starts from", () => {
    const [one, other] = [
      [0, 1, 2],
      [2, 1, 0]
    ].map((order) => sensitivity(scoresOf((s) => -0.4 * s, { grades: true, words: varied, order })))
    const [here, there] = [
      pair(one!, "ordinal model", "north", "south"),
      pair(other!, "ordinal model", "south", "north")
    ]
    assert.approximately(here.estimate, -there.estimate, 1e-3)
    assert.approximately(here.half, there.half, 1e-3)
  })

  it("find the difference at equal length where length alone makes it, and say that the conclusion changes", () => {
    const words: TextScores["words"] = (post, source) =>
      varied(post, source)! * (source === "west" ? Math.exp(0.4) : 1)
    const found = sensitivity(
      scoresOf((s, post) => 1.5 * Math.log(words(post, sources[s]!)! / 100), { words })
    )
    assert.isTrue(found.contrasts.find(({ a, b }) => a === "south" && b === "west")!.upper < 0)
    const adjusted = pair(found, "length-adjusted", "south", "west")
    assert.isTrue(adjusted.lower < 0 && adjusted.upper > 0, JSON.stringify(adjusted))
    assert.strictEqual(found.conclusion.slice(0, 44), "The conclusion changes by length-adjusted. 1")
  })

  it("keep a difference that length does not make", () => {
    const found = sensitivity(
      scoresOf((s, post) => 0.6 * s + Math.log(varied(post, sources[s]!)! / 100), { words: varied })
    )
    const adjusted = pair(found, "length-adjusted", "north", "west")
    assert.isTrue(
      adjusted.lower < -1.2 && adjusted.upper > -1.2 && adjusted.half < 0.3,
      JSON.stringify(adjusted)
    )
  })

  it("count domains alike, however many posts each has", () => {
    const domains = posts.map((_, post) => ({ domain: post < 6 ? "rare" : "common" }))
    const scores = scoresOf((s, post) => (s === 0 && post < 6 ? 3 : 0), { words: varied })
    const found = sensitivity({ ...scores, posts: domains })
    for (const name of ["cluster bootstrap", "length-adjusted"]) {
      // Half of 3, and not a tenth.
      assert.approximately(pair(found, name, "north", "south").estimate, 1.5, 0.25)
    }
  })

  it("say why a check could not be made", () => {
    const scores = scoresOf((s) => -0.8 * s)
    assert.deepStrictEqual(
      sensitivity(scores).methods.map(({ reason }) => reason?.replace(/\d+/, "N")),
      [undefined, "the measure has N different values, not grades", "all answers are of one length"]
    )
    const unknown = pairedSensitivity({ ...scores, words: () => undefined }, sensitivity(scores).contrasts, 1)
    assert.strictEqual(unknown.methods[2]!.reason, "some answers have no length")
  })
})
