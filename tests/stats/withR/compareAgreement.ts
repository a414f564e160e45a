/** Reliability, agreement and calibration against psych, vcd and R itself. */
import { blandAltman } from "../../../harness/stats/agreement/BlandAltman.ts"
import { concordance } from "../../../harness/stats/agreement/Concordance.ts"
import { kendall, pearson, spearman } from "../../../harness/stats/agreement/Correlation.ts"
import { fleiss, tabulate } from "../../../harness/stats/agreement/FleissKappa.ts"
import { type IccName, icc } from "../../../harness/stats/agreement/Icc.ts"
import { kappa } from "../../../harness/stats/agreement/Kappa.ts"
import { alpha, type Metric } from "../../../harness/stats/agreement/Krippendorff.ts"
import type { Interval } from "../../../harness/stats/Interval.ts"
import * as Calibration from "../../../harness/stats/ppi/Calibration.ts"
import * as Ppi from "../../../harness/stats/ppi/Ppi.ts"
import { get } from "../Truth.ts"
import type { Check, Deviations } from "./Deviations.ts"
import { cell, find, keys, number, numbers, type Row, type TruthFolder } from "./TruthFolder.ts"

/** Cells of the columns after the first. */
const matrix = (rows: readonly Row[]) => rows.map((row) => Object.values(row).slice(1).map(cell))

const ends = (check: Check, where: string, actual: Interval, expected: readonly number[]) => {
  check(`${where} lower`, actual.lower, expected[0]!)
  check(`${where} upper`, actual.upper, expected[1]!)
}

const compareIcc = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("ICC(1) to ICC(3,k), intervals, F tests", "relative", 1e-9)
  const truth = find(folder.misc, "icc", "icc_complete")
  const { coefficients } = get(icc(matrix(folder.rows("icc_complete"))))
  for (const name of keys(truth)) {
    const own = get(coefficients[name as IccName])
    const test = get(own.test)
    check(name, own.estimate, number(truth, name, "est"))
    ends(check, name, get(own.interval), [number(truth, name, "lo"), number(truth, name, "hi")])
    for (const key of ["F", "df1", "df2", "p"] as const)
      check(`${name} ${key}`, test[key], number(truth, name, key))
  }
}

const compareAlpha = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("Krippendorff's alpha", "relative", 1e-9)
  const byText = (data: string) => {
    const texts = new Map<string, number[]>()
    for (const row of folder.rows(data)) {
      const key = `${row.post_id} ${row.source}`
      texts.set(key, [...(texts.get(key) ?? []), cell(row.rating)])
    }
    return [...texts.values()]
  }
  const units: Record<string, readonly (readonly number[])[]> = {
    alpha_missing: matrix(folder.rows("alpha_missing")),
    icc_complete: matrix(folder.rows("icc_complete")),
    A_units_response: byText("A"),
    B_units_response: byText("B"),
    C_units_response: byText("C")
  }
  for (const [name, own] of Object.entries(units)) {
    for (const metric of keys(folder.misc, "krippendorff", name))
      check(
        `${name} ${metric}`,
        get(alpha(own, metric as Metric)).estimate,
        number(folder.misc, "krippendorff", name, metric)
      )
  }
}

const compareKappa = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("kappas and their standard errors", "relative", 1e-9)
  const truth = find(folder.misc, "kappa")
  const table = matrix(folder.rows("kappa2"))
  for (const weights of ["unweighted", "linear", "quadratic"] as const) {
    const own = get(
      kappa(
        table.map((row) => row[0]!),
        table.map((row) => row[1]!),
        { weights }
      )
    )
    check(weights, own.estimate, number(truth, weights, "est"))
    check(`${weights} observed`, own.observed, number(truth, weights, "po"))
    check(`${weights} expected`, own.expected, number(truth, weights, "pe"))
    check(`${weights} SE`, get(own.se), number(truth, weights, "se"))
    check(`${weights} vcd's SE`, get(own.se), number(truth, "vcd", weights, "ASE"))
  }
  const many = get(fleiss(tabulate(matrix(folder.rows("icc_complete")))))
  check("Fleiss", many.estimate, number(truth, "fleiss_icc_complete", "kappa"))
  check("Fleiss SE", get(many.test).se0, number(truth, "fleiss_icc_complete", "se0"))
  check("Fleiss z", get(many.test).z, number(truth, "fleiss_icc_complete", "z"))
}

const compareCorrelation = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("correlations, concordance, Bland–Altman, calibration", "relative", 1e-9)
  const truth = find(folder.misc, "agreement", "judge_vs_human_labeled")
  const limits = find(folder.misc, "agreement", "bland_altman")
  const labelled = folder.rows("judge").filter((row) => !Number.isNaN(cell(row.human)))
  const judge = labelled.map((row) => cell(row.judge))
  const human = labelled.map((row) => cell(row.human))
  const r = get(pearson(judge, human))
  check("pearson", r.estimate, number(truth, "pearson", "est"))
  ends(check, "pearson", get(r.interval), [number(truth, "pearson", "lo"), number(truth, "pearson", "hi")])
  check("pearson t", get(r.test).statistic, number(truth, "pearson", "t"))
  const rho = get(spearman(judge, human))
  check("spearman", rho.estimate, number(truth, "spearman", "est"))
  check("spearman p", get(rho.test).p, number(truth, "spearman", "p_asymptotic"))
  ends(check, "spearman", get(rho.interval), numbers(truth, "spearman", "bonett_wright"))
  ends(check, "spearman Fisher", get(rho.fisherInterval), numbers(truth, "spearman", "fisher_plain"))
  const tau = get(kendall(judge, human))
  check("tau-b", tau.estimate, number(truth, "kendall_tau_b", "est"))
  check("tau-b p", get(tau.test).p, number(truth, "kendall_tau_b", "p"))
  ends(check, "tau-b", get(tau.interval), numbers(truth, "kendall_tau_b", "bonett_wright"))
  check("concordance", get(concordance(judge, human)).estimate, number(truth, "lin_ccc"))
  const own = get(blandAltman(judge, human))
  check("bias", own.bias, number(limits, "bias"))
  check("sd", own.sd, number(limits, "sd"))
  ends(check, "bias", own.interval, numbers(limits, "bias_ci"))
  ends(check, "limits", own.limits, numbers(limits, "loa"))
  ends(check, "limits 1.96", own.limits196, numbers(limits, "loa_1.96"))
  check("SE of a limit", own.seLimit, number(limits, "se_loa_bland"))
  check("SE of a limit, exact", own.seLimitExact, number(limits, "se_loa_exact"))
  const line = get(Calibration.linear(judge, human))
  const fitted = find(folder.misc, "agreement", "calib_linear")
  check("intercept", line.intercept, number(fitted, "coef", 0))
  check("slope", line.slope, number(fitted, "coef", 1))
  check("residual SD", line.sigma, number(fitted, "sigma"))
  for (const i of [0, 1] as const) {
    for (const j of [0, 1] as const)
      check(`calibration vcov ${i} ${j}`, line.vcov[i][j], number(fitted, "vcov", i, j))
  }
  const steps = get(Calibration.isotonic(judge, human))
  numbers(folder.misc, "agreement", "calib_isotonic_ties_averaged", "yhat").forEach((y, i) => {
    check(`isotonic ${i}`, steps.y[i], y)
  })
}

const comparePpi = (folder: TruthFolder, into: Deviations) => {
  const check = into.group("prediction-powered means (PPI and PPI++)", "relative", 1e-9)
  const truth = find(folder.misc, "ppi", "by_source")
  for (const source of keys(truth)) {
    const own = folder.rows("judge").filter((row) => row.source === source)
    const labelled = own.filter((row) => !Number.isNaN(cell(row.human)))
    const input: Ppi.PpiInput = {
      human: labelled.map((row) => cell(row.human)),
      judge: labelled.map((row) => cell(row.judge)),
      unlabelled: own.filter((row) => Number.isNaN(cell(row.human))).map((row) => cell(row.judge))
    }
    for (const [kind, options] of [
      ["ppi", { lambda: 1 }],
      ["ppi_pp", {}]
    ] as const) {
      const { estimate, se, lambda, lambdaRaw, lower, upper } = get(Ppi.ppiMean(input, options))
      const expected = find(truth, source, kind)
      check(`${source} ${kind}`, estimate, number(expected, "est"))
      check(`${source} ${kind} SE`, se, number(expected, "se"))
      check(`${source} ${kind} λ`, lambda, number(expected, "lambda"))
      check(`${source} ${kind} λ unclipped`, lambdaRaw, number(expected, "lambda_raw"))
      ends(check, `${source} ${kind}`, { lower, upper, level: 0.95 }, numbers(expected, "ci95"))
    }
  }
}

/** All of it. */
export const compareAgreement = (folder: TruthFolder, into: Deviations): void => {
  compareIcc(folder, into)
  compareAlpha(folder, into)
  compareKappa(folder, into)
  compareCorrelation(folder, into)
  comparePpi(folder, into)
}
