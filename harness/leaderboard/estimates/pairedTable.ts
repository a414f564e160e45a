/** Everything that stands beside a table of judges' or formulas' scores. */
import type { PairedAnalysis } from "../../stats/paired/PairedContrasts.ts"
import type { Declared, Sensitivity } from "../Leaderboard.ts"
import { declaredPaired } from "./declared.ts"
import type { WordsOf } from "./LongRatings.ts"
import { pairedSensitivity, type TextScores } from "./pairedSensitivity.ts"
import type { TableAnalysis } from "./TableAnalysis.ts"

/** What is added to the table. */
export interface BesidePaired {
  readonly declared?: Declared
  readonly sensitivity?: Sensitivity
}

/** The scores of the sources that have any: the others are compared with nothing. */
const scored = (
  pairs: PairedAnalysis,
  { posts, values }: Pick<TextScores, "posts" | "values">,
  words: WordsOf,
  epochs: number
): TextScores => {
  const kept = pairs.sources.flatMap(({ n }, s) => (n > 0 ? [s] : []))
  return {
    sources: kept.map((s) => pairs.sources[s]!.source),
    posts,
    values: Float64Array.from(
      { length: posts.length * kept.length },
      (_, at) => values[Math.floor(at / kept.length) * pairs.sources.length + kept[at % kept.length]!]!
    ),
    words: (post, source) => {
      const known = Array.from({ length: epochs }, (_, e) => words(post, source, e + 1)).filter(
        (count) => count !== undefined
      )
      return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0) / known.length
    }
  }
}

/** Declared contrasts and sensitivity. In a table that is not ranked nothing is called robust. */
export const besidePaired = (
  pairs: PairedAnalysis,
  analysis: TableAnalysis,
  scores: Pick<TextScores, "posts" | "values">,
  options: {
    readonly declared: readonly (readonly [string, string])[]
    readonly words: WordsOf
    readonly epochs: number
    readonly seed: number
  }
): BesidePaired => {
  const declared = declaredPaired(options.declared, pairs)
  const ranked = analysis.refusal === undefined && analysis.contrasts.length > 0
  return {
    ...(declared === undefined ? {} : { declared }),
    ...(ranked
      ? {
          sensitivity: pairedSensitivity(
            scored(pairs, scores, options.words, options.epochs),
            analysis.contrasts,
            options.seed
          )
        }
      : {})
  }
}
