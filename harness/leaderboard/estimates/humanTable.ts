/** Everything that stands beside a table of people's ratings. */
import type { Contrast, Declared, Replication, Sensitivity } from "../Leaderboard.ts"
import { contrastsOf, type HumanAnalysis, postsOf } from "./analyseHuman.ts"
import { declaredHuman } from "./declared.ts"
import { fitPaper } from "./humanModel.ts"
import { columnsOf, type LongRatings, type WordsOf } from "./LongRatings.ts"
import { changesOf } from "./pairsOf.ts"
import { sensitivityOf } from "./sensitivity.ts"

/** What is added to the table. */
export interface BesideHuman {
  readonly replication?: Replication
  readonly sensitivity?: Sensitivity
  readonly declared?: Declared
}

const replicationOf = (
  long: LongRatings,
  sources: readonly string[],
  contrasts: readonly Contrast[]
): Replication | undefined => {
  const fitted = fitPaper(columnsOf(long), sources)
  if (!fitted.ok) return undefined
  const pairs = contrastsOf(fitted.value, postsOf(long).common)
  return {
    formula: fitted.value.formula,
    rows: fitted.value.means.map(({ source, emmean, lower, upper }) => ({
      source,
      mean: emmean === null || lower === null || upper === null ? null : { estimate: emmean, lower, upper }
    })),
    contrasts: pairs.map(({ a, b, estimate, lower, upper }) => ({ a, b, estimate, lower, upper })),
    changes: changesOf(contrasts, pairs)
  }
}

/** The paper's model, declared contrasts and sensitivity. In a table that is not ranked nothing is called robust. */
export const besideHuman = (
  { analysis, model, rated }: HumanAnalysis,
  long: LongRatings,
  options: {
    readonly declared: readonly (readonly [string, string])[]
    readonly words: WordsOf
    readonly seed: number
  }
): BesideHuman => {
  if (model === undefined || rated.length < 2) return {}
  const replication = replicationOf(long, rated, analysis.contrasts)
  const declared = declaredHuman(options.declared, model)
  return {
    ...(replication === undefined ? {} : { replication }),
    ...(declared === undefined ? {} : { declared }),
    ...(analysis.refusal === undefined
      ? { sensitivity: sensitivityOf(long, rated, analysis.contrasts, options.words, options.seed) }
      : {})
  }
}
