import { assert, describe, it } from "@effect/vitest"
import { analyseHuman } from "../../../harness/leaderboard/estimates/analyseHuman.ts"
import { fitHuman, fitPaper } from "../../../harness/leaderboard/estimates/humanModel.ts"
import { columnsOf, type LongRatings } from "../../../harness/leaderboard/estimates/LongRatings.ts"
import { qt } from "../../../harness/stats/Distributions.ts"
import { peopleRatings } from "./peopleRatings.ts"

const thresholds = { posts: 30, raters: 20, ratersPerText: 3 }
const sources = ["north", "south"]

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** CR1 of the difference of two means with equal numbers, straight from its definition. */
const clustered = ({ rating, source }: LongRatings, cluster: readonly string[]): number => {
  const of = (name: string) => mean([...rating].filter((_, i) => source[i] === name))
  const size = rating.length / 2
  const scores = new Map<string, number>()
  rating.forEach((value, i) => {
    const sign = source[i] === "north" ? 1 : -1
    const score = (sign * (value - of(source[i]!))) / size
    scores.set(cluster[i]!, (scores.get(cluster[i]!) ?? 0) + score)
  })
  const groups = scores.size
  const squares = [...scores.values()].reduce((sum, value) => sum + value ** 2, 0)
  return (groups / (groups - 1)) * ((rating.length - 1) / (rating.length - 2)) * squares
}

describe("the model of people's ratings", () => {
  it("is least squares with errors by post and by rater where it would be too large otherwise", () => {
    const long = peopleRatings({ sources, posts: 40, raters: 24, each: 3, worth: (s) => 0.5 * (1 - s) })
    const fitted = fitHuman(columnsOf(long), sources, { mostRatings: long.rating.length - 1 })
    assert.isTrue(fitted.ok)
    if (!fitted.ok) return
    const { name, contrasts, means, notes } = fitted.value
    assert.strictEqual(name, "two-way")
    const of = (source: string) => mean([...long.rating].filter((_, i) => long.source[i] === source))
    const post = Array.from(long.ordinal, String)
    const both = post.map((name, i) => `${name} ${long.rater[i]}`)
    const [byRater, byPost] = [clustered(long, long.rater), clustered(long, post)]
    const se = Math.sqrt(Math.max(byRater, byPost, byRater + byPost - clustered(long, both)))
    const difference = contrasts[0]!
    assert.approximately(means[1]!.emmean!, of("south"), 1e-12)
    assert.approximately(difference.estimate!, of("north") - of("south"), 1e-12)
    assert.approximately(difference.SE!, se, 1e-12)
    assert.strictEqual(difference.df, 23)
    assert.approximately(difference.upper! - difference.estimate!, qt(0.975, 23) * se, 1e-9)
    assert.match(notes.join(), /^too large for the ranking model \(240 ratings, \d+ dense columns\)/)
  })

  it("is `ranking` up to that size, and the paper's has neither texts nor leanings", () => {
    const long = peopleRatings({ sources, posts: 40, raters: 24, each: 3, worth: (s) => 0.5 * (1 - s) })
    const [ranking, paper] = [
      fitHuman(columnsOf(long), sources, { mostRatings: long.rating.length }),
      fitPaper(columnsOf(long), sources)
    ]
    assert.isTrue(ranking.ok && paper.ok)
    if (!ranking.ok || !paper.ok) return
    assert.strictEqual(ranking.value.name, "ranking")
    assert.include(ranking.value.formula, "rater_source")
    assert.strictEqual(paper.value.formula, "rating ~ source + (1 | rater_id) + (1 | post_id)")
  })
})

describe("a table of people's ratings", () => {
  const study = { sources: ["north", "south", "west"], posts: 40, raters: 30, each: 3 }

  it("is ranked where the ratings are enough", () => {
    const { analysis } = analyseHuman(
      peopleRatings({ ...study, worth: (s) => -s }),
      study.sources,
      thresholds
    )
    assert.isUndefined(analysis.refusal)
    assert.deepStrictEqual(
      analysis.sources.map(({ rank }) => rank),
      [
        [1, 1],
        [2, 2],
        [3, 3]
      ]
    )
  })

  it("is not ranked where no rating joins two groups of raters and sources, however clear the difference", () => {
    // Even raters rate the first source, odd ones the others: who is strict cannot be told from what is cold.
    const rates = (rater: number, source: number) => rater % 2 === (source === 0 ? 0 : 1)
    const long = peopleRatings({ ...study, raters: 60, worth: (s) => -2 * s, rates })
    const { analysis } = analyseHuman(long, study.sources, thresholds)
    assert.strictEqual(analysis.refusal, "raters and sources fall into 2 groups with no rating between them")
    assert.isTrue(analysis.sources.every(({ rank: [best, worst] }) => best === 1 && worst === 3))
  })
})
