/** R's figures for the mixed models, and the comparison of an analysis with them. */
import { assert } from "@effect/vitest"
import type * as Analyze from "../../harness/stats/mixed/Analyze.ts"
import type { ModelName } from "../../harness/stats/mixed/NamedModels.ts"
import type { Adjustment } from "../../harness/stats/mixed/Simultaneous.ts"
import { json } from "./TruthRatings.ts"

type Numbers = Readonly<Record<string, number>>

/** A fit. */
export interface Core {
  readonly n: number
  readonly ngrps: Numbers
  readonly fixef: Numbers
  readonly se: Numbers
  readonly vcov: ReadonlyArray<ReadonlyArray<number>>
  readonly varcomp: Numbers
  readonly theta: Numbers
  readonly sigma: number
  readonly logLik: number
  readonly df: number
  readonly deviance_or_REMLcrit: number
  readonly AIC: number
  readonly BIC: number
  readonly singular: boolean
  readonly ranef: Readonly<Record<string, { id: Array<string>; blup: Array<number>; condSD: Array<number> }>>
}

interface Row {
  readonly contrast?: string
  readonly source?: string
  readonly emmean?: number
  readonly estimate?: number
  readonly SE: number
  readonly df: number | null
  readonly "lower.CL"?: number
  readonly "upper.CL"?: number
  readonly "asymp.LCL"?: number
  readonly "asymp.UCL"?: number
  readonly "t.ratio"?: number
  readonly "z.ratio"?: number
  readonly "p.value"?: number
}

/** One model on one data set. */
export interface Truth {
  readonly formula: string
  readonly REML: Core
  readonly ML: Core
  readonly lrt_source: { readonly chisq: number; readonly df: number; readonly p: number }
  readonly tests: {
    readonly satterthwaite: Readonly<Record<string, Numbers>>
    readonly anova_satt: Numbers
  }
  readonly emm: Readonly<Record<string, Readonly<Record<Adjustment | "emmeans", ReadonlyArray<Row>>>>>
  readonly profileCI_ML_sd?: Readonly<Record<string, readonly [number, number]>>
}

/** By data set and model. */
export const truth = json<Readonly<Record<string, Readonly<Record<string, Truth>>>>>("lmm.json")
/** Data sets with the models that were fitted to them. */
export const cases = Object.entries(truth).flatMap(([data, models]) =>
  Object.keys(models)
    .filter((model) => model !== "cluster")
    .map((model) => [data, model as ModelName] as const)
)

/** Absolute agreement. */
export const near = (actual: number | null, expected: number, tolerance: number, what: string) => {
  assert.isNotNull(actual, what)
  assert.isAtMost(Math.abs(actual - expected), tolerance, what)
}
/** 1e-5 relative, 1e-6 absolute when near 0. */
export const relative = (actual: number | null, expected: number, what: string, tolerance = 1e-5) =>
  near(actual, expected, Math.max(1e-6, tolerance * Math.abs(expected)), what)

/** Estimates, standard errors, variances and criteria of a fit, within the tolerances of the reference. */
export const sameFit = (actual: Analyze.Analysis, expected: Core) => {
  assert.deepStrictEqual(actual.ngrps, expected.ngrps)
  assert.deepStrictEqual(Object.keys(actual.fixef), Object.keys(expected.fixef))
  assert.deepStrictEqual(Object.keys(actual.varcomp), Object.keys(expected.varcomp))
  assert.strictEqual(actual.n, expected.n)
  assert.strictEqual(actual.npar, expected.df)
  assert.strictEqual(actual.singular, expected.singular)
  assert.isTrue(actual.converged)
  for (const [name, value] of Object.entries(expected.fixef)) {
    near(actual.fixef[name]!, value, 1e-6, name)
    near(actual.se[name]! / expected.se[name]!, 1, 1e-5, `se ${name}`)
  }
  expected.vcov.forEach((row, i) => {
    for (const [j, value] of row.entries()) near(actual.vcov[i]![j]! / value, 1, 1e-5, `vcov ${i} ${j}`)
  })
  for (const [name, value] of Object.entries(expected.varcomp)) relative(actual.varcomp[name]!, value, name)
  for (const [name, value] of Object.entries(expected.theta)) relative(actual.theta[name]!, value, name)
  relative(actual.sigma, expected.sigma, "sigma")
  near(actual.logLik, expected.logLik, 1e-6, "logLik")
  near(actual.deviance_or_REMLcrit, expected.deviance_or_REMLcrit, 2e-6, "criterion")
  near(actual.AIC, expected.AIC, 2e-6, "AIC")
  near(actual.BIC, expected.BIC, 2e-6, "BIC")
}

/** Marginal means and contrasts, as adjusted. */
export const sameTables = (
  actual: Analyze.Analysis,
  expected: Truth,
  df: "satterthwaite" | "asymptotic",
  adjust: Adjustment
) => {
  const means = expected.emm[df]!.emmeans
  assert.deepStrictEqual(
    actual.emmeans.map((mean) => mean.source),
    means.map((mean) => mean.source!)
  )
  means.forEach((mean, i) => {
    const own = actual.emmeans[i]!
    near(own.emmean, mean.emmean!, 1e-6, "mean")
    near(own.SE! / mean.SE, 1, 1e-5, "SE")
    if (mean.df === null) assert.isNull(own.df)
    else near(own.df! / mean.df, 1, 1e-3, "df")
    near(own.lower, mean["lower.CL"] ?? mean["asymp.LCL"]!, 1e-5, "lower")
    near(own.upper, mean["upper.CL"] ?? mean["asymp.UCL"]!, 1e-5, "upper")
  })
  const rows = expected.emm[df]![adjust]
  assert.deepStrictEqual(
    actual.contrasts.map((row) => row.contrast),
    rows.map((row) => row.contrast!)
  )
  rows.forEach((row, i) => {
    const own = actual.contrasts[i]!
    near(own.estimate, row.estimate!, 1e-6, "estimate")
    near(own.SE! / row.SE, 1, 1e-5, "SE")
    if (row.df === null) assert.isNull(own.df)
    else near(own.df! / row.df, 1, 1e-3, "df")
    near(own.lower, row["lower.CL"] ?? row["asymp.LCL"]!, 1e-5, "lower")
    near(own.upper, row["upper.CL"] ?? row["asymp.UCL"]!, 1e-5, "upper")
    relative(own.t, row["t.ratio"] ?? row["z.ratio"]!, "t")
    near(own.p, expected.emm[df]!.none[i]!["p.value"]!, 1e-6, "p")
    near(own.p_adjusted, row["p.value"]!, adjust === "tukey" ? 1e-5 : 1e-6, `p ${adjust}`)
  })
}

/** Coefficients' tests and the F test of the sources, with Satterthwaite's degrees of freedom. */
export const sameTests = (analysis: Analyze.Analysis, expected: Truth) => {
  for (const { term, df, t, p } of analysis.coefficients) {
    const row = expected.tests.satterthwaite[term]!
    near(df! / row.df!, 1, 1e-3, `df of ${term}`)
    relative(t, row["t value"]!, `t of ${term}`)
    near(p, row["Pr(>|t|)"]!, 1e-6, `p of ${term}`)
  }
  const anova = expected.tests.anova_satt
  relative(analysis.anova!.F, anova["F value"]!, "F")
  assert.strictEqual(analysis.anova!.NumDF, anova.NumDF)
  near(analysis.anova!.DenDF! / anova.DenDF!, 1, 1e-3, "denominator df")
  near(analysis.anova!.p, anova["Pr(>F)"]!, 1e-6, "p of F")
}
