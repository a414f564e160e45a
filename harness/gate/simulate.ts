/**
 * Does the gate keep its promises? Whole gates drawn from known differences, and what they answered: the error
 * rates that `npm run sim:gate` prints and a small test repeats.
 */

import * as Distributions from "../stats/Distributions.ts"
import * as Power from "../stats/design/Power.ts"
import * as Random from "../stats/Random.ts"
import { type Criterion, LEVEL, type PostScores } from "./Criterion.ts"
import { type Answer, decide } from "./decide.ts"

/** A gate to draw: sizes, and standard deviations in points of the scale. */
export interface GateDesign {
  readonly name: string
  readonly posts: number
  /** Domains of equal size; divides `posts`. */
  readonly domains: number
  readonly epochs: number
  readonly margin: number
  /** Metrics that are drawn independently; a drop is in the first alone. */
  readonly metrics: number
  /** How differently candidate and baseline do on a post, whatever the text. */
  readonly sdPostSource: number
  /** Texts of one source to one post, with the judge's own noise. */
  readonly sdText: number
  /** Scores are whole numbers, rounded up as often as keeps their mean. */
  readonly whole: boolean
}

/** Standard error of the mean difference in truth, and the degrees of freedom the gate has. */
export const truth = (design: GateDesign): { readonly se: number; readonly df: number } => {
  // Rounding a value with fraction f up with chance f has variance f(1 − f), 1/6 on average.
  const text = design.sdText ** 2 + (design.whole ? 1 / 6 : 0)
  const variance = 2 * (design.sdPostSource ** 2 + text / design.epochs)
  return { se: Math.sqrt(variance / design.posts), df: design.posts - design.domains }
}

/**
 * The drop that a gate fails with the chance `target`: what `power` says of a one-sided test, and where the margin
 * is so wide that a drop may be certain and yet within it, the drop that is as surely outside.
 */
export const dropFailed = (design: GateDesign, target: number): number => {
  const { se, df } = truth(design)
  const seen = Power.minimumDetectableEffect(se, df, 2 * (1 - LEVEL), target)
  return seen + Math.max(0, design.margin - 2 * Distributions.qt(LEVEL, df) * se)
}

const draw = (design: GateDesign, drop: number, random: Random.Random): readonly PostScores[] => {
  const { epochs, sdPostSource, sdText, whole } = design
  const score = (level: number) => {
    const value = level + sdText * random.normal()
    return whole ? Math.floor(value + random.next()) : value
  }
  const texts = (mean: number) => {
    const level = mean + sdPostSource * random.normal()
    return Array.from({ length: epochs }, () => score(level))
  }
  return Array.from({ length: design.posts }, (_, i) => {
    const post = 3 + 0.25 * random.normal()
    return { domain: `d${i % design.domains}`, candidate: texts(post - drop), baseline: texts(post) }
  })
}

/** How often each answer came. */
export type Tally = Readonly<Record<Answer, number>>

/** Draws `runs` gates in which the first metric's true drop is `drop`. The same seed draws the same gates. */
export const simulate = (design: GateDesign, drop: number, runs: number, seed: number): Tally => {
  const random = Random.make(seed)
  const tally = { pass: 0, fail: 0, inconclusive: 0 }
  for (let run = 0; run < runs; run++) {
    const criteria = Array.from(
      { length: design.metrics },
      (_, k): Criterion => ({
        name: `metric ${k + 1}`,
        kind: "margin",
        allowed: design.margin,
        posts: draw(design, k === 0 ? drop : 0, random)
      })
    )
    tally[decide(criteria).answer]++
  }
  return tally
}
