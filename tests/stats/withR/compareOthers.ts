/** Bradley–Terry, ordinal models, resampling, paired tests, distributions and designs against R. */
import { adjust } from "../../../harness/stats/Adjust.ts"
import { pt, qt } from "../../../harness/stats/Distributions.ts"
import * as CrossedDesign from "../../../harness/stats/design/CrossedDesign.ts"
import * as Ordinal from "../../../harness/stats/ordinal/Ordinal.ts"
import { nonInferiority, tost } from "../../../harness/stats/paired/Equivalence.ts"
import { tTest } from "../../../harness/stats/paired/Paired.ts"
import * as BradleyTerry from "../../../harness/stats/pairwise/BradleyTerry.ts"
import type { Comparison } from "../../../harness/stats/pairwise/PairwiseDesign.ts"
import * as Bootstrap from "../../../harness/stats/resampling/Bootstrap.ts"
import * as SignFlip from "../../../harness/stats/resampling/SignFlip.ts"
import * as Tukey from "../../../harness/stats/Tukey.ts"
import { get } from "../Truth.ts"
import { levelsOf } from "./compareMixed.ts"
import type { Deviations } from "./Deviations.ts"
import { cell, find, keys, list, number, numbers, type TruthFolder } from "./TruthFolder.ts"

const compareBradleyTerry = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("Bradley–Terry: abilities, standard errors, log-likelihood", "absolute", 1e-6)
  const truth = find(folder.misc, "bradley_terry")
  const pairs: readonly Comparison[] = folder.rows("pairs").map((row) => ({
    a: row.a!,
    b: row.b!,
    winner: row.outcome === "A" ? "a" : row.outcome === "B" ? "b" : "tie",
    rater: row.rater_id!,
    covariates: { log_words_diff: Math.log(Number(row.words_a)) - Math.log(Number(row.words_b)) }
  }))
  const covariates = ["log_words_diff"]
  for (const [name, options] of [
    ["no_ties", {}],
    ["no_ties_length", { covariates }],
    ["no_ties_length_position", { covariates, position: true }]
  ] as const) {
    const fit = get(BradleyTerry.fit(pairs, { ties: "drop", ...options }))
    const order = keys(truth, name, "coef")
    for (const own of fit.coefficients) {
      const key = own.name === "position_a" ? "position_A" : own.name
      check(`${name} ${key}`, own.estimate, number(truth, name, "coef", key))
      check(`${name} ${key} SE`, own.se, number(truth, name, "se", key))
      check(
        `${name} ${key} SE by rater`,
        get(own.seClustered),
        number(truth, name, "se_cluster_rater_HC0_nocadjust", order.indexOf(key))
      )
    }
    check(`${name} logLik`, fit.logLik, number(truth, name, "logLik"))
  }
  for (const [name, coefficient, error, options] of [
    ["ties_half", "coef", "naive_se", { ties: "half" }],
    ["davidson", "par", "se", { ties: "davidson" }],
    ["davidson_length_position", "par", "se", { ties: "davidson", covariates, position: true }]
  ] as const) {
    const fit = get(BradleyTerry.fit(pairs, options))
    fit.coefficients.forEach((own, i) => {
      check(`${name} ${own.name}`, own.estimate, number(truth, name, coefficient, i))
      check(`${name} ${own.name} SE`, own.se, number(truth, name, error, i))
    })
    if (name !== "ties_half") check(`${name} logLik`, fit.logLik, number(truth, name, "logLik"))
  }
}

const compareOrdinal = (folder: TruthFolder, into: Deviations) => {
  const plain = into.group("cumulative-link models (clm)", "relative", 1e-5)
  const mixed = into.group("cumulative-link mixed models (clmm)", "absolute", 1e-3)
  const rows = folder.rows("A").filter((row) => !Number.isNaN(cell(row.rating)))
  const column = (name: string) => rows.map((row) => row[name]!)
  const data = (...random: readonly string[]): Ordinal.OrdinalData => ({
    ratings: rows.map((row) => cell(row.rating)),
    columns: Ordinal.treatment("source", column("source"), levelsOf(folder, "A")),
    random: random.map((name) => ({ name, groups: column(name) }))
  })
  for (const [name, link, random] of [
    ["A_clm_logit", "logit", []],
    ["A_clm_probit", "probit", []],
    ["A_clmm_probit_laplace", "probit", ["rater_id", "post_id"]],
    ["A_clmm_probit_rater_only", "probit", ["rater_id"]]
  ] as const) {
    const truth = find(folder.misc, "ordinal", name)
    const fit = get(Ordinal.fit(data(...random), { link }))
    const check = random.length === 0 ? plain : mixed
    const order = keys(truth, "coef")
    for (const own of [...fit.thresholds, ...fit.coefficients]) {
      check(`${name} ${own.name}`, own.estimate, number(truth, "coef", own.name))
      check(`${name} ${own.name} SE`, own.se, number(truth, "se", order.indexOf(own.name)))
    }
    for (const own of fit.random) check(`${name} SD of ${own.name}`, own.sd, number(truth, "re_sd", own.name))
    check(`${name} logLik`, fit.logLik, number(truth, "logLik"))
  }
}

const compareResampling = (folder: TruthFolder, into: Deviations) => {
  const exact = into.group("bootstrap: percentile ends and jackknife, from R's replicates", "relative", 1e-9)
  const bca = into.group("bootstrap: BCa ends, from R's replicates", "absolute", 1e-3)
  const own = into.group("bootstrap: ends from replicates of its own, 20,000", "absolute", 5e-3)
  const labelled = folder.rows("judge").filter((row) => !Number.isNaN(cell(row.human)))
  const judge = labelled.map((row) => cell(row.judge))
  const human = labelled.map((row) => cell(row.human))
  const mean = (values: readonly number[], at: Int32Array) =>
    at.reduce((sum, i) => sum + values[i]!, 0) / at.length
  const product = (x: readonly number[], y: readonly number[], at: Int32Array) => {
    const [mx, my] = [mean(x, at), mean(y, at)]
    return at.reduce((sum, i) => sum + (x[i]! - mx) * (y[i]! - my), 0)
  }
  const correlation = (at: Int32Array) =>
    product(judge, human, at) / Math.sqrt(product(judge, judge, at) * product(human, human, at))
  for (const [name, statistic] of [
    ["mean_human_labeled", (at: Int32Array) => mean(human, at)],
    ["cor_judge_human", correlation]
  ] as const) {
    const truth = find(folder.misc, "bootstrap", name)
    const replicates = {
      estimate: number(truth, "t0"),
      values: Float64Array.from(numbers(truth, "t")),
      failed: 0
    }
    const influence = Float64Array.from(numbers(truth, "L_jack"))
    const percentile = get(Bootstrap.percentile(replicates))
    exact(`${name} lower`, percentile.lower, number(truth, "perc", 0))
    exact(`${name} upper`, percentile.upper, number(truth, "perc", 1))
    const corrected = get(Bootstrap.bca(replicates, influence))
    bca(`${name} lower`, corrected.lower, number(truth, "bca", 0))
    bca(`${name} upper`, corrected.upper, number(truth, "bca", 1))
    get(Bootstrap.jackknife(labelled.length, statistic)).forEach((value, i) => {
      exact(`${name} jackknife ${i}`, value, influence[i]!)
    })
  }
  const truth = find(folder.misc, "bootstrap", "cor_R20000")
  const drawn = get(Bootstrap.run(labelled.length, correlation, { seed: 1, resamples: 20_000 }))
  const percentile = get(Bootstrap.percentile(drawn))
  own("percentile lower", percentile.lower, number(truth, "perc", 0))
  own("percentile upper", percentile.upper, number(truth, "perc", 1))
}

const comparePaired = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("paired: sign-flip, t, non-inferiority, equivalence", "relative", 1e-9)
  const truth = find(folder.misc, "paired")
  const differences = folder.rows("regress").map((row) => Number(row.candidate) - Number(row.baseline))
  const flips = get(SignFlip.test(differences, { seed: 1 }))
  check("sign-flip", flips.pTwoSided, number(truth, "exact_signflip_two_sided"))
  check("sign-flip less", flips.pLess, number(truth, "exact_signflip_less"))
  const test = get(tTest(differences))
  check("mean", test.mean, number(truth, "mean"))
  check("t", test.t, number(truth, "t"))
  check("p", test.p, number(truth, "p"))
  check("lower", test.interval.lower, number(truth, "ci", 0))
  check("upper", test.interval.upper, number(truth, "ci", 1))
  for (const name of keys(truth, "noninf")) {
    const margin = Number(name.replace("margin_", ""))
    const worse = get(nonInferiority(differences, margin))
    check(`${name} bound`, worse.lowerBound, number(truth, "noninf", name, "lower95_one_sided"))
    check(`${name} p`, worse.p, number(truth, "noninf", name, "p_noninferior"))
    check(`${name} TOST`, get(tost(differences, margin)).p, number(truth, "noninf", name, "p_tost"))
  }
}

const compareDistributions = (folder: TruthFolder, into: Deviations) => {
  // R's JSON has no infinity: its degrees of freedom are null.
  const degrees = (row: unknown) =>
    typeof find(row, "df") === "number" ? number(row, "df") : Number.POSITIVE_INFINITY
  const tails = into.group("studentized range: tails and quantiles", "absolute", 1e-5)
  for (const row of list(folder.misc, "ptukey")) {
    const [q, k, df] = [number(row, "q"), number(row, "k"), degrees(row)]
    tails(`ptukey ${q} ${k} ${df}`, Tukey.upper(q, k, df), number(row, "upper"))
  }
  for (const row of list(folder.misc, "qtukey")) {
    const [p, k, df] = [number(row, "p"), number(row, "k"), degrees(row)]
    tails(`qtukey ${p} ${k} ${df}`, Tukey.quantile(p, k, df), number(row, "q"))
  }
  const student = into.group("Student's t: tails and quantiles", "relative", 1e-9)
  for (const row of list(folder.misc, "pt"))
    student(`pt ${number(row, "t")}`, pt(-number(row, "t"), number(row, "df")), number(row, "upper"))
  for (const row of list(folder.misc, "qt"))
    student(`qt ${number(row, "p")}`, qt(number(row, "p"), number(row, "df")), number(row, "q"))
  const family = into.group("adjusted p: Holm, Benjamini–Hochberg, –Yekutieli, Bonferroni", "absolute", 1e-12)
  const raw = numbers(folder.misc, "padjust", "raw")
  for (const [method, name] of [
    ["holm", "holm"],
    ["bh", "BH"],
    ["by", "BY"],
    ["bonferroni", "bonferroni"]
  ] as const)
    adjust(raw, method).forEach((p, i) => {
      family(`${name} ${i}`, p, number(folder.misc, "padjust", name, i))
    })
}

const compareDesigns = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("designs: generalised least squares standard errors", "relative", 1e-9)
  for (const row of list(folder.misc, "design", "cases")) {
    const of = (name: string) => number(row, name)
    const exact = get(
      CrossedDesign.exact(
        {
          rater: of("vr"),
          post: of("vp"),
          postSource: of("vps"),
          raterSource: of("vrs"),
          text: 0,
          residual: of("ve")
        },
        { posts: of("P"), raters: of("R"), sources: of("S"), ratingsPerRater: of("k") }
      )
    )
    check("difference", exact.seContrast, of("se_contrast_1_2"))
    check("mean", exact.seMean, of("se_mean_1"))
  }
}

/** All of it. */
export const compareOthers = (folder: TruthFolder, into: Deviations): void => {
  compareBradleyTerry(folder, into)
  compareOrdinal(folder, into)
  compareResampling(folder, into)
  comparePaired(folder, into)
  compareDistributions(folder, into)
  compareDesigns(folder, into)
}
