/**
 * Which features predict ratings: rating ~ features + (1|rater) + (1|post) + (1|text), by REML with Satterthwaite's
 * degrees of freedom; once without the sources, where a feature may stand for whoever uses it, and once with them, where
 * only differences within a source count. Features are taken as deviations from the mean of the post's texts, in
 * standard deviations within posts: what an answer does more of than other answers to the same post.
 */
import { adjust } from "../stats/Adjust.ts"
import * as Distributions from "../stats/Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../stats/Estimable.ts"
import * as Factor from "../stats/mixed/Factor.ts"
import * as MixedModel from "../stats/mixed/MixedModel.ts"
import * as ModelMatrix from "../stats/mixed/ModelMatrix.ts"
import { usable } from "../stats/mixed/NamedModels.ts"
import * as Satterthwaite from "../stats/mixed/Satterthwaite.ts"
import { type FeatureName, featureNames } from "./features.ts"
import { meanStyle, type StyledText, type StyleRating } from "./StyledText.ts"

/** What one more standard deviation of a feature goes with, in points of the rating. */
export interface Effect {
  readonly feature: FeatureName
  readonly estimate: number
  readonly se: number
  readonly lower: number
  readonly upper: number
  readonly p: number
  /** By Holm over the features of the model. */
  readonly pAdjusted: number
}

/** One fitted model. */
export interface Prediction {
  readonly effects: readonly Effect[]
  readonly ratings: number
  readonly texts: number
  readonly notes: readonly string[]
}

const textKey = ({ post, source, epoch }: Pick<StyledText, "post" | "source" | "epoch">) =>
  `${post}\u0000${source}\u0000${epoch}`

/** Each text's features within its post, standardised; features that do not vary within posts are not there. */
const withinPosts = (texts: readonly StyledText[]): ReadonlyMap<FeatureName, ReadonlyMap<string, number>> => {
  const groups = [...Map.groupBy(texts, ({ post }) => post).values()].map((group) => ({
    group,
    mean: meanStyle(group)
  }))
  const df = texts.length - groups.length
  return new Map(
    featureNames.flatMap((name) => {
      const deviations = groups.flatMap(({ group, mean }) =>
        group.map((text) => [textKey(text), text.style[name] - mean[name]] as const)
      )
      const sd = df < 1 ? 0 : Math.sqrt(deviations.reduce((sum, [, value]) => sum + value * value, 0) / df)
      const largest = Math.max(...texts.map(({ style }) => Math.abs(style[name])))
      return sd > 1e-10 * largest
        ? [[name, new Map(deviations.map(([key, value]) => [key, value / sd]))] as const]
        : []
    })
  )
}

/** Fits one of the two models. Not estimable, with the reason, where the ratings do not determine it. */
export const predict = (
  texts: readonly StyledText[],
  ratings: readonly StyleRating[],
  sources: "without sources" | "with sources"
): Estimable<Prediction> => {
  const known = new Set(texts.map(textKey))
  const rows = ratings.filter((rating) => known.has(textKey(rating)) && Number.isFinite(rating.value))
  const dropped = ratings.length - rows.length
  const notes = dropped === 0 ? [] : [`${dropped} ratings are of texts without a style and are left out`]
  const rated = new Set(rows.map(textKey))
  const features = withinPosts(texts.filter((text) => rated.has(textKey(text))))
  if (rows.length === 0) return notEstimable("there is no rating")
  if (features.size === 0) return notEstimable("no feature varies between answers to the same post")

  const factor = (name: string, of: (row: StyleRating) => string) => Factor.make(name, rows.map(of))
  const source = factor("source", (row) => row.source)
  const terms: ModelMatrix.Term[] = []
  if (sources === "with sources" && source.levels.length > 1) terms.push([source])
  for (const [name, values] of features)
    terms.push([{ name, values: Float64Array.from(rows, (row) => values.get(textKey(row))!) }])
  const matrix = ModelMatrix.make(rows.length, terms)
  for (const name of matrix.dropped) notes.push(`${name} is left out: the other features determine it`)

  const whole = Factor.make(
    "all",
    rows.map(() => "all")
  )
  const candidates = [
    factor("rater", (row) => row.rater),
    factor("post", (row) => row.post),
    factor("text", textKey)
  ]
  const factors = usable(candidates, terms[0]?.[0] === source ? source : whole, rows.length, notes)
  if (factors.length === 0) return notEstimable("neither raters nor posts nor texts repeat")
  const fitted = MixedModel.fit({
    response: Float64Array.from(rows, (row) => row.value),
    x: matrix.x,
    factors: factors.toSorted((a, b) => b.levels.length - a.levels.length),
    method: "reml"
  })
  if (!fitted.ok) return fitted
  const { beta, vcov } = fitted.value
  if (!fitted.value.converged) notes.push("the fit did not converge: read its numbers with care")
  const satterthwaite = Satterthwaite.make(fitted.value)
  const p = beta.length
  const raw = matrix.names.flatMap((name, j) => {
    const feature = featureNames.find((entry) => entry === name)
    if (feature === undefined) return []
    const se = Math.sqrt(vcov[j * p + j]!)
    const direction = new Float64Array(p)
    direction[j] = 1
    const df = (satterthwaite && Satterthwaite.df(satterthwaite, direction)) ?? Number.POSITIVE_INFINITY
    const half = Distributions.qt(0.975, df) * se
    const estimate = beta[j]!
    return [
      {
        feature,
        estimate,
        se,
        lower: estimate - half,
        upper: estimate + half,
        p: Distributions.twoSided(estimate / se, df)
      }
    ]
  })
  const adjusted = adjust(
    raw.map((effect) => effect.p),
    "holm"
  )
  return estimable({
    effects: raw.map((effect, i) => ({ ...effect, pAdjusted: adjusted[i]! })),
    ratings: rows.length,
    texts: rated.size,
    notes
  })
}
