/** People's ratings by a formula, in the form the leaderboard collects them: for tests only. */
import { LongBuilder, type LongRatings } from "../../../harness/leaderboard/estimates/LongRatings.ts"
import * as Random from "../../../harness/stats/Random.ts"
import type { TextRating } from "../../../harness/store/ratingStream.ts"

interface Study {
  readonly sources: readonly string[]
  readonly posts: number
  readonly raters: number
  /** Ratings of a text. */
  readonly each: number
  /** What a source's text on a post is worth beside posts, raters and chance. */
  readonly worth: (source: number, post: number) => number
  readonly domains?: number
  /** Which source a rater rates; all by default. */
  readonly rates?: (rater: number, source: number) => boolean
  readonly grades?: boolean
  readonly seed?: number
}

/** Rater SD .5, post SD .3, single ratings .8. */
export const peopleRatings = ({
  sources,
  posts,
  raters,
  each,
  worth,
  domains = 1,
  rates = () => true,
  grades = false,
  seed = 3
}: Study): LongRatings => {
  const random = Random.make(seed)
  const draw = (n: number, sd: number) => Array.from({ length: n }, () => sd * random.normal())
  const [ofRater, ofPost] = [draw(raters, 0.5), draw(posts, 0.3)]
  const builder = new LongBuilder()
  for (let post = 0; post < posts; post++) {
    for (const [s, source] of sources.entries()) {
      const able = ofRater.map((_, rater) => rater).filter((rater) => rates(rater, s))
      for (let k = 0; k < each; k++) {
        const rater = able[(post * 7 + s * 3 + k) % able.length]!
        const value = 3 + worth(s, post) + ofRater[rater]! + ofPost[post]! + 0.8 * random.normal()
        const of = {
          ordinal: post,
          domain: `d${post % domains}`,
          source,
          epoch: 1,
          rater: `r${rater}`,
          raterVersion: ""
        }
        builder.add(of as TextRating, grades ? Math.min(5, Math.max(1, Math.round(value))) : value)
      }
    }
  }
  return builder.end()
}
