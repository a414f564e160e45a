/** Whether the sources of an analysis may be ranked, and then which ranks each could have. */
import type { Analysis } from "./Analyze.ts"
import type { Columns } from "./NamedModels.ts"
import * as RankSets from "./RankSets.ts"
import * as Refusal from "./Refusal.ts"

/** Rank sets, 1 the highest mean; or, with `ranks` null, every reason why there are none. */
export interface Ranks {
  readonly ranks: ReadonlyArray<RankSets.RankSet> | null
  /** False when every set holds every rank; null without sets. */
  readonly distinguishable: boolean | null
  readonly not_ranked: ReadonlyArray<string>
}

/**
 * Ranks by the contrasts of `analysis`, which are of `columns`. Only the model `ranking` ranks, since the
 * others count ratings of one text as independent or leave a rater's leaning to a source out; and only
 * intervals adjusted for all pairs hold together.
 */
export const of = (columns: Columns, analysis: Analysis): Ranks => {
  const reasons =
    analysis.model !== "ranking"
      ? [`the model ${analysis.model} does not rank, ranking does`]
      : analysis.adjust === "none"
        ? ["intervals that are not adjusted for all pairs do not hold together"]
        : Refusal.reasons(Refusal.coverage(columns), analysis)
  if (reasons.length > 0) return { ranks: null, distinguishable: null, not_ranked: reasons }
  const sources = analysis.emmeans.map(({ source }) => source)
  const { sets, distinguishable } = RankSets.make(sources, analysis.contrasts)
  return { ranks: sets, distinguishable, not_ranked: [] }
}
