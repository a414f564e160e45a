/** The paper's three analyses of style, from responses and ratings. */
import type { Estimable } from "../stats/Estimable.ts"
import { featureNames, features, styleOf } from "./features.ts"
import { identify } from "./identify.ts"
import { predict } from "./predict.ts"
import { profiles } from "./profiles.ts"
import { openReader } from "./readText.ts"
import type { StyledText, StyleRating, StyleText } from "./StyledText.ts"
import type { StyleReport } from "./StyleReport.ts"

/** Ratings of one kind of rater on one metric; kinds are never mixed. */
export interface StyleRatings {
  /** As a reader should see them: `perceived-empathy, PROXY lexical`. */
  readonly name: string
  readonly rows: readonly StyleRating[]
}

const orReason = <A>(result: Estimable<A>): A | { readonly reason: string } =>
  result.ok ? result.value : { reason: result.reason }

/**
 * The report on texts of one condition, all of them rated or rateable. English only: the language model, the hedges and
 * the emotion words are. `seed` decides folds and permutations. Rejects where the language model is not installed.
 */
export const styleReport = async (
  texts: readonly StyleText[],
  ratings: readonly StyleRatings[],
  seed: number
): Promise<StyleReport> => {
  const read = await openReader()
  const styled: StyledText[] = []
  for (const { text, ...about } of texts) {
    const style = styleOf(text, read)
    if (style !== undefined) styled.push({ ...about, style })
  }
  const sources = [...new Set(styled.map(({ source }) => source))]
  const without = texts.length - styled.length
  return {
    format: "warmline-style/1",
    sources,
    texts: styled.length,
    posts: new Set(styled.map(({ post }) => post)).size,
    features: featureNames.map((name) => ({ name, ...features[name] })),
    profiles: sources.length < 2 ? [] : profiles(styled, sources),
    identification: orReason(identify(styled, sources, seed)),
    predictions: ratings.map(({ name, rows }) => ({
      ratings: name,
      withoutSources: orReason(predict(styled, rows, "without sources")),
      withSources: orReason(predict(styled, rows, "with sources"))
    })),
    notes: without === 0 ? [] : [`${without} texts have no word and are left out`]
  }
}
