/**
 * From columns to everything a table of sources needs: a named mixed model, marginal means, and contrasts.
 * The result is plain JSON; a number that does not exist is null with its reason beside it.
 */
import * as Cholesky from "../Cholesky.ts"
import { pchisqUpper } from "../Distributions.ts"
import * as Estimable from "../Estimable.ts"
import { quadratic } from "../SquareMatrix.ts"
import * as MixedModel from "./MixedModel.ts"
import { crossProducts } from "./MixedStructure.ts"
import * as NamedModels from "./NamedModels.ts"
import * as Satterthwaite from "./Satterthwaite.ts"
import * as Simultaneous from "./Simultaneous.ts"

/** What to fit and how to compare. */
export interface Options {
  readonly model: NamedModels.ModelName
  /** Default: REML. */
  readonly method?: MixedModel.Method
  /** Default: Satterthwaite. */
  readonly df?: "satterthwaite" | "asymptotic"
  /** Default: Tukey, for all pairs. */
  readonly adjust?: Simultaneous.Adjustment
  /** Order of the sources, the first the reference; those not named follow as they first appear. */
  readonly levels?: ReadonlyArray<string>
  /** What the columns are called, for the names in the result. */
  readonly names?: Partial<NamedModels.Names>
  /** Coverage of the intervals; default .95. */
  readonly confidence?: number
}

/** A coefficient's test. */
export interface Coefficient {
  readonly term: string
  readonly estimate: number
  readonly SE: number
  readonly df: number | null
  readonly t: number
  readonly p: number
}

/** An analysis, as `warmline analyze --json` prints it. */
export interface Analysis {
  readonly model: NamedModels.ModelName
  readonly method: MixedModel.Method
  readonly formula: string
  readonly n: number
  readonly ngrps: Readonly<Record<string, number>>
  readonly fixef: Readonly<Record<string, number>>
  readonly se: Readonly<Record<string, number>>
  readonly vcov: ReadonlyArray<ReadonlyArray<number>>
  /** Variances, "Residual" among them. */
  readonly varcomp: Readonly<Record<string, number>>
  /** Standard deviations of the random factors over the residual one. */
  readonly theta: Readonly<Record<string, number>>
  readonly sigma: number
  readonly logLik: number
  readonly deviance_or_REMLcrit: number
  readonly npar: number
  readonly AIC: number
  readonly BIC: number
  readonly singular: boolean
  readonly converged: boolean
  readonly df_method: "satterthwaite" | "asymptotic"
  readonly adjust: Simultaneous.Adjustment
  readonly confidence: number
  readonly coefficients: ReadonlyArray<Coefficient>
  /** F test of the source as a whole, over equal-weight means; null with one source. */
  readonly anova: {
    readonly F: number
    readonly NumDF: number
    readonly DenDF: number | null
    readonly p: number
  } | null
  readonly emmeans: ReadonlyArray<Simultaneous.Mean>
  readonly contrasts: ReadonlyArray<Simultaneous.Contrast>
  readonly notes: ReadonlyArray<string>
}

/** A fitted design, for what goes beyond the table: conditional modes, profile intervals, other contrasts. */
export interface Fitted {
  readonly design: NamedModels.Design
  readonly fit: MixedModel.Fit
}

/** Builds and fits a named model. */
export const fitNamed = (columns: NamedModels.Columns, options: Options): Estimable.Estimable<Fitted> => {
  const design = NamedModels.make(columns, options.model, options.levels, options.names)
  if (!design.ok) return design
  const { response, matrix, factors } = design.value
  const fitted = MixedModel.fit({ response, x: matrix.x, factors, method: options.method ?? "reml" })
  return fitted.ok ? Estimable.estimable({ design: design.value, fit: fitted.value }) : fitted
}

/** The whole analysis. Not estimable, with the reason, when the model cannot be built or fitted. */
export const analyze = (columns: NamedModels.Columns, options: Options): Estimable.Estimable<Analysis> => {
  const fitted = fitNamed(columns, options)
  return fitted.ok ? Estimable.estimable(summarise(fitted.value, options)) : fitted
}

/** The tables of a fitted design. */
export const summarise = ({ design, fit: model }: Fitted, options: Options): Analysis => {
  const { matrix, factors, source, means } = design
  const dfMethod = options.df ?? "satterthwaite"
  const adjust = options.adjust ?? "tukey"
  const confidence = options.confidence ?? 0.95
  const p = matrix.names.length
  const satterthwaite = dfMethod === "satterthwaite" ? Satterthwaite.make(model) : undefined
  const dfOf = (weights: Float64Array) =>
    (satterthwaite && Satterthwaite.df(satterthwaite, weights)) ?? Number.POSITIVE_INFINITY
  const linear: Simultaneous.Linear = {
    beta: model.beta,
    variance: (weights) => quadratic(model.vcov, weights),
    df: dfOf
  }
  const levels = source.levels.map((name, i) => ({ name, weights: means[i] }))
  const named = (values: ArrayLike<number>) =>
    Object.fromEntries(matrix.names.map((name, i) => [name, values[i]!]))
  const byFactor = (value: (k: number) => number) =>
    Object.fromEntries(factors.map((factor, k) => [factor.name, value(k)]))
  const se = Float64Array.from({ length: p }, (_, i) => Math.sqrt(model.vcov[i * p + i]!))
  const notes = [...design.notes]
  if (dfMethod === "satterthwaite" && satterthwaite === undefined)
    notes.push("Satterthwaite degrees of freedom could not be computed: the normal distribution is used")
  if (!model.converged) notes.push("the optimiser did not converge: do not rely on these numbers")
  factors.forEach((factor, k) => {
    if (model.at.gamma[k] === 0) notes.push(`the variance of ${factor.name} is estimated as 0`)
  })
  return {
    model: options.model,
    method: model.method,
    formula: design.formula,
    n: model.rows,
    ngrps: byFactor((k) => factors[k]!.levels.length),
    fixef: named(model.beta),
    se: named(se),
    vcov: matrix.names.map((_, i) => [...model.vcov.subarray(i * p, (i + 1) * p)]),
    varcomp: { ...byFactor((k) => model.variance[k]!), Residual: model.sigma ** 2 },
    theta: byFactor((k) => model.theta[k]!),
    sigma: model.sigma,
    logLik: model.logLik,
    deviance_or_REMLcrit: model.deviance,
    npar: model.parameters,
    AIC: model.aic,
    BIC: model.bic,
    singular: model.singular,
    converged: model.converged,
    df_method: dfMethod,
    adjust,
    confidence,
    coefficients: matrix.names.map((term, i) => {
      const unit = new Float64Array(p)
      unit[i] = 1
      const [row] = Simultaneous.pairs(linear, [{ name: term, weights: unit }, zero(p)], "none", confidence)
      return { term, estimate: row!.estimate!, SE: row!.SE!, df: row!.df, t: row!.t!, p: row!.p! }
    }),
    anova: satterthwaite === undefined ? null : sourceTest(satterthwaite, design),
    emmeans: Simultaneous.means(linear, levels, confidence),
    contrasts: Simultaneous.pairs(linear, levels, adjust, confidence),
    notes
  }
}

const zero = (p: number): Simultaneous.Level => ({ name: "0", weights: new Float64Array(p) })

/**
 * F test that all sources' marginal means are equal (type III). Its degrees of freedom depend a little on how
 * the hypothesis is written; with the source as only term, lmerTest writes it by sequential elimination
 * (Doolittle rows of XᵀX), and so does this.
 */
const sourceTest = (
  satterthwaite: Satterthwaite.Satterthwaite,
  { matrix, means }: NamedModels.Design
): Analysis["anova"] => {
  const known = means.filter((weights) => weights !== undefined)
  const rows =
    matrix.terms.length === 1
      ? sequential(matrix.x, matrix.names.length)
      : known.slice(1).map((weights) => weights.map((value, j) => value - known[0]![j]!))
  const test = Satterthwaite.fTest(satterthwaite, rows)
  if (test === undefined) return null
  return { F: test.F, NumDF: test.numDf, DenDF: Number.isFinite(test.denDf) ? test.denDf : null, p: test.p }
}

/** Rows of the unit upper triangular factor of XᵀX, but for the intercept's. */
const sequential = (x: Float64Array, p: number): ReadonlyArray<Float64Array> => {
  const l = crossProducts(x, p)
  Cholesky.factor(l, p)
  return Array.from({ length: p - 1 }, (_, i) =>
    Float64Array.from({ length: p }, (_, j) => (j > i ? l[j * p + i + 1]! / l[(i + 1) * p + i + 1]! : 0))
  )
}

/** The likelihood-ratio test of the source (with its interactions) by maximum likelihood. */
export const likelihoodRatio = (
  columns: NamedModels.Columns,
  options: Options
): Estimable.Estimable<{ readonly chisq: number; readonly df: number; readonly p: number }> => {
  const full = fitNamed(columns, { ...options, method: "ml" })
  if (!full.ok) return full
  const { design } = full.value
  const reduced = MixedModel.fit({
    response: design.response,
    x: design.without.x,
    factors: design.factors,
    method: "ml"
  })
  if (!reduced.ok) return reduced
  const df = full.value.fit.parameters - reduced.value.parameters
  if (df === 0) return Estimable.notEstimable("there is one source: nothing to test")
  const chisq = Math.max(0, reduced.value.deviance - full.value.fit.deviance)
  return Estimable.estimable({ chisq, df, p: pchisqUpper(chisq, df) })
}
