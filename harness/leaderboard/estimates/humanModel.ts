/**
 * One model of people's ratings: the mixed model `ranking`, or, where its dense system would be too large, least
 * squares of the same means with errors clustered by post and by rater.
 */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import { type Analysis, analyze } from "../../stats/mixed/Analyze.ts"
import * as Factor from "../../stats/mixed/Factor.ts"
import * as NamedModels from "../../stats/mixed/NamedModels.ts"
import * as Simultaneous from "../../stats/mixed/Simultaneous.ts"
import * as TwoWayMeans from "../../stats/mixed/TwoWayMeans.ts"

/** What every view needs of a fit. */
export interface HumanModel {
  readonly name: "ranking" | "ranking-length" | "paper" | "two-way"
  readonly formula: string
  readonly means: readonly Simultaneous.Mean[]
  /** All pairs i − j, i before j, in the order of `means`. */
  readonly contrasts: readonly Simultaneous.Contrast[]
  readonly variances?: Readonly<Record<string, number>>
  readonly converged: boolean
  readonly notes: readonly string[]
}

/** Columns of the dense system above which the mixed model of a table is not fitted: its time grows with their cube. */
export const MOST_DENSE = 600

/** Ratings above which it is not fitted: 100,000 by 1,000 people of 20 sources took more than 20 seconds. */
export const MOST_RATINGS = 20_000

/** The same for one slice of a table, of which there are many. */
export const MOST_DENSE_SLICE = 400
export const MOST_RATINGS_SLICE = 5_000

const distinct = (a: readonly string[], b: readonly string[]): number =>
  new Set(a.map((value, i) => `${value}\u0000${b[i]}`)).size

/**
 * The dense columns that `ranking` would need: the finer of what is left when posts, or raters, are eliminated. Where
 * every text has one rating, the texts are the residual and no factor.
 */
export const denseColumns = ({ rater, post, source }: NamedModels.Columns): number => {
  const texts = distinct(post, source)
  return Math.min(distinct(rater, source), texts === rater.length ? new Set(post).size : texts)
}

const twoWay = (
  columns: NamedModels.Columns,
  levels: readonly string[],
  adjust: Simultaneous.Adjustment,
  length: boolean
): Estimable<HumanModel> => {
  const design = NamedModels.make(columns, length ? "ranking-length" : "ranking", levels)
  if (!design.ok) return design
  if (design.value.response.length !== columns.rating.length)
    return notEstimable("some answers have no length")
  const fitted = TwoWayMeans.make(
    design.value,
    Factor.make("rater", columns.rater),
    Factor.make("post", columns.post)
  )
  if (!fitted.ok) return fitted
  const { linear, levels: named } = fitted.value
  return estimable({
    name: "two-way",
    formula: `${design.value.formula.replace(/ \+ \(1 \|.*/, "")}, errors clustered by post and rater`,
    means: Simultaneous.means(linear, named),
    contrasts: Simultaneous.pairs(linear, named, adjust),
    converged: true,
    notes: []
  })
}

const ofAnalysis = (name: HumanModel["name"], analysis: Analysis): HumanModel => ({
  name,
  formula: analysis.formula,
  means: analysis.emmeans,
  contrasts: analysis.contrasts,
  variances: analysis.varcomp,
  converged: analysis.converged,
  notes: analysis.notes
})

/** Fits the model by which people's tables are ranked; with `length`, adjusted for the answers' length. */
export const fitHuman = (
  columns: NamedModels.Columns,
  levels: readonly string[],
  {
    adjust = "tukey" as Simultaneous.Adjustment,
    length = false,
    most = MOST_DENSE,
    mostRatings = MOST_RATINGS
  } = {}
): Estimable<HumanModel> => {
  const dense = denseColumns(columns)
  if (dense > most || columns.rating.length > mostRatings) {
    const fitted = twoWay(columns, levels, adjust, length)
    return fitted.ok
      ? estimable({
          ...fitted.value,
          notes: [
            `too large for the ranking model (${columns.rating.length.toLocaleString("en")} ratings, ${dense.toLocaleString("en")} dense columns): differences are by least squares with errors clustered by post and by rater`
          ]
        })
      : fitted
  }
  const model = length ? "ranking-length" : "ranking"
  const analysis = analyze(columns, { model, adjust, levels })
  return analysis.ok ? estimable(ofAnalysis(model, analysis.value)) : analysis
}

/** Fits the paper's model: a replication, never a ranking. */
export const fitPaper = (columns: NamedModels.Columns, levels: readonly string[]): Estimable<HumanModel> => {
  const analysis = analyze(columns, { model: "paper", levels })
  return analysis.ok ? estimable(ofAnalysis("paper", analysis.value)) : analysis
}
