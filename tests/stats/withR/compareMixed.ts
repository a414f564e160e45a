/** Mixed models and cluster-robust covariances against lme4, lmerTest, emmeans, sandwich and clubSandwich. */
import * as Analyze from "../../../harness/stats/mixed/Analyze.ts"
import type * as MixedModelFit from "../../../harness/stats/mixed/MixedModel.ts"
import * as MixedModel from "../../../harness/stats/mixed/MixedModel.ts"
import type { Columns, ModelName } from "../../../harness/stats/mixed/NamedModels.ts"
import * as ProfileIntervals from "../../../harness/stats/mixed/ProfileIntervals.ts"
import { get } from "../Truth.ts"
import type { Deviations } from "./Deviations.ts"
import { cell, find, keys, list, number, numbers, type TruthFolder } from "./TruthFolder.ts"

/** The columns of a data set. */
export const columnsOf = (folder: TruthFolder, data: string): Columns => {
  const rows = folder.rows(data)
  const column = (name: string) => rows.map((row) => row[name] ?? "")
  return {
    rating: Float64Array.from(column("rating"), cell),
    source: column("source"),
    rater: column("rater_id"),
    post: column("post_id"),
    domain: column("domain"),
    ...(rows[0]?.words === undefined ? {} : { length: Float64Array.from(column("words"), cell) })
  }
}

/** Sources of a data set in the order R was told. */
export const levelsOf = (folder: TruthFolder, data: string): readonly string[] =>
  list(folder.lmm, data, "paper", "emm", "asymptotic", "emmeans").map((row) => String(find(row, "source")))

const adjustments = ["tukey", "holm", "bonferroni", "none"] as const

/** Analyses as the caller computes them: in this process, or by the command line. */
export type AnalyseWith = (data: string, options: Analyze.Options) => Analyze.Analysis

const compareFit = (at: string, actual: Analyze.Analysis, truth: unknown, into: Deviations) => {
  const estimates = into.group("coefficients, means, differences", "absolute", 1e-6)
  const errors = into.group("standard errors, covariances (as correlations)", "relative", 1e-5)
  const variances = into.group("variances, θ, σ", "relative", 1e-5)
  const likelihood = into.group("log-likelihood; AIC, BIC, criterion halved", "absolute", 1e-6)
  const exact = into.group("numbers of rows, levels, parameters; singular or not", "absolute", 0)
  const names = keys(truth, "fixef")
  const se = names.map((name) => number(truth, "se", name))
  names.forEach((name, i) => {
    estimates(`${at} ${name}`, actual.fixef[name], number(truth, "fixef", name))
    errors(`${at} SE ${name}`, actual.se[name], se[i]!)
    names.forEach((_, j) => {
      const unit = se[i]! * se[j]!
      errors(
        `${at} vcov ${i} ${j}`,
        (actual.vcov[i]?.[j] ?? Number.NaN) / unit,
        number(truth, "vcov", i, j) / unit
      )
    })
  })
  for (const name of keys(truth, "varcomp"))
    variances(`${at} variance ${name}`, actual.varcomp[name], number(truth, "varcomp", name))
  for (const name of keys(truth, "theta"))
    variances(`${at} θ ${name}`, actual.theta[name], number(truth, "theta", name))
  variances(`${at} σ`, actual.sigma, number(truth, "sigma"))
  likelihood(`${at} logLik`, actual.logLik, number(truth, "logLik"))
  likelihood(`${at} criterion`, actual.deviance_or_REMLcrit / 2, number(truth, "deviance_or_REMLcrit") / 2)
  likelihood(`${at} AIC`, actual.AIC / 2, number(truth, "AIC") / 2)
  likelihood(`${at} BIC`, actual.BIC / 2, number(truth, "BIC") / 2)
  exact(`${at} n`, actual.n, number(truth, "n"))
  exact(`${at} parameters`, actual.npar, number(truth, "df"))
  exact(`${at} singular`, actual.singular ? 1 : 0, find(truth, "singular") === true ? 1 : 0)
  for (const name of keys(truth, "ngrps"))
    exact(`${at} levels of ${name}`, actual.ngrps[name], number(truth, "ngrps", name))
}

const compareModes = (at: string, fit: MixedModelFit.Fit, truth: unknown, into: Deviations) => {
  const modes = into.group("conditional modes and their standard deviations", "absolute", 1e-5)
  if (find(truth, "ranef") === undefined) return
  for (const { factor, levels, mode, sd } of MixedModel.modes(fit)) {
    list(truth, "ranef", factor, "id").forEach((id, i) => {
      const level = levels.indexOf(String(id))
      modes(`${at} ${factor} ${id}`, mode[level], number(truth, "ranef", factor, "blup", i))
      modes(`${at} ${factor} ${id} sd`, sd[level], number(truth, "ranef", factor, "condSD", i))
    })
  }
}

const compareTables = (
  at: string,
  actual: Analyze.Analysis,
  emm: unknown,
  adjust: (typeof adjustments)[number],
  into: Deviations
) => {
  const estimates = into.group("coefficients, means, differences", "absolute", 1e-6)
  const errors = into.group("standard errors, covariances (as correlations)", "relative", 1e-5)
  const df = into.group("Satterthwaite's degrees of freedom", "relative", 1e-3)
  const ends = into.group("ends of the intervals of means and differences", "absolute", 1e-5)
  const tests = into.group("t, z, F", "relative", 1e-5)
  const p = into.group(
    adjust === "tukey" ? "p, Tukey" : "p, unadjusted, Holm, Bonferroni, F, χ²",
    "absolute",
    adjust === "tukey" ? 1e-5 : 1e-6
  )
  const compare = (
    where: string,
    own: Analyze.Analysis["emmeans"][number] | Analyze.Analysis["contrasts"][number] | undefined,
    row: unknown
  ) => {
    errors(`${where} SE`, own?.SE, number(row, "SE"))
    const degrees = find(row, "df")
    if (typeof degrees === "number") df(`${where} df`, own?.df, degrees)
    ends(`${where} lower`, own?.lower, Number(find(row, "lower.CL") ?? find(row, "asymp.LCL")))
    ends(`${where} upper`, own?.upper, Number(find(row, "upper.CL") ?? find(row, "asymp.UCL")))
  }
  list(emm, "emmeans").forEach((row, i) => {
    const name = String(find(row, "source"))
    const own = actual.emmeans[i]?.source === name ? actual.emmeans[i] : undefined
    estimates(`${at} mean ${name}`, own?.emmean, number(row, "emmean"))
    compare(`${at} mean ${name}`, own, row)
  })
  list(emm, adjust).forEach((row, i) => {
    const name = String(find(row, "contrast"))
    const own = actual.contrasts[i]?.contrast === name ? actual.contrasts[i] : undefined
    const where = `${at} ${adjust} ${name}`
    estimates(where, own?.estimate, number(row, "estimate"))
    compare(where, own, row)
    tests(`${where} t`, own?.t, Number(find(row, "t.ratio") ?? find(row, "z.ratio")))
    p(`${where} p`, own?.p_adjusted, number(row, "p.value"))
  })
}

const compareTests = (at: string, actual: Analyze.Analysis, truth: unknown, into: Deviations) => {
  const df = into.group("Satterthwaite's degrees of freedom", "relative", 1e-3)
  const tests = into.group("t, z, F", "relative", 1e-5)
  const p = into.group("p, unadjusted, Holm, Bonferroni, F, χ²", "absolute", 1e-6)
  for (const { term, df: own, t, p: chance } of actual.coefficients) {
    df(`${at} ${term} df`, own, number(truth, "satterthwaite", term, "df"))
    tests(`${at} ${term} t`, t, number(truth, "satterthwaite", term, "t value"))
    p(`${at} ${term} p`, chance, number(truth, "satterthwaite", term, "Pr(>|t|)"))
  }
  const anova = find(truth, "anova_satt")
  tests(`${at} F`, actual.anova?.F, number(anova, "F value"))
  df(`${at} F df`, actual.anova?.DenDF, number(anova, "DenDF"))
  p(`${at} F p`, actual.anova?.p, number(anova, "Pr(>F)"))
}

/** Everything a command prints of a model, by whatever computes it. */
export const compareAnalyses = (folder: TruthFolder, analyse: AnalyseWith, into: Deviations): void => {
  for (const data of keys(folder.lmm)) {
    const levels = levelsOf(folder, data)
    for (const name of keys(folder.lmm, data)) {
      if (name === "cluster") continue
      const at = `${data} ${name}`
      const model = name as ModelName
      const truth = find(folder.lmm, data, name)
      compareFit(`${at} ML`, analyse(data, { model, levels, method: "ml" }), find(truth, "ML"), into)
      for (const df of ["satterthwaite", "asymptotic"] as const) {
        for (const adjust of adjustments) {
          const analysis = analyse(data, { model, levels, df, adjust })
          if (df === "satterthwaite" && adjust === "tukey") {
            compareFit(`${at} REML`, analysis, find(truth, "REML"), into)
            compareTests(at, analysis, find(truth, "tests"), into)
          }
          compareTables(`${at} ${df}`, analysis, find(truth, "emm", df), adjust, into)
        }
      }
    }
  }
}

/**
 * What only the library gives: conditional modes, likelihood-ratio tests, profile intervals. lme4 interpolates
 * the profile by a spline, which is the larger error: at an end that deviated by 2e-4 the deviance itself was
 * 1e-7 from its threshold here and 1.5e-3 there.
 */
export const compareBeyond = (folder: TruthFolder, into: Deviations): void => {
  const chi = into.group("likelihood-ratio χ²", "absolute", 2e-6)
  const p = into.group("p, unadjusted, Holm, Bonferroni, F, χ²", "absolute", 1e-6)
  const ends = into.group("profile intervals of standard deviations", "relative", 5e-4)
  const fromZero = into.group("upper ends of profile intervals from a variance of 0", "relative", 3e-3)
  for (const data of keys(folder.lmm)) {
    const columns = columnsOf(folder, data)
    const levels = levelsOf(folder, data)
    for (const name of keys(folder.lmm, data)) {
      if (name === "cluster") continue
      const at = `${data} ${name}`
      const model = name as ModelName
      const truth = find(folder.lmm, data, name)
      const ml = get(Analyze.fitNamed(columns, { model, levels, method: "ml" }))
      const reml = get(Analyze.fitNamed(columns, { model, levels }))
      compareModes(`${at} REML`, reml.fit, find(truth, "REML"), into)
      compareModes(`${at} ML`, ml.fit, find(truth, "ML"), into)
      const test = get(Analyze.likelihoodRatio(columns, { model, levels }))
      chi(at, test.chisq, number(truth, "lrt_source", "chisq"))
      p(`${at} χ²`, test.p, number(truth, "lrt_source", "p"))
      const profile = find(truth, "profileCI_ML_sd")
      if (profile === undefined) continue
      for (const { name, estimate, lower, upper } of get(ProfileIntervals.profile(ml.fit))) {
        const [low, high] = numbers(profile, name === "sigma" ? name : `sd_(Intercept)|${name}`)
        ends(`${at} ${name} lower`, lower, low!)
        const check = estimate === 0 ? fromZero : ends
        check(`${at} ${name} upper`, upper, high!)
      }
    }
  }
}
