/** Agreement for a terminal: coefficients that fit the design in a table, the others with their reasons. */
import { count, counted, decimals } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Agreement } from "../../stats/agreement/Agreement.ts"
import type { Correlation } from "../../stats/agreement/Correlation.ts"
import { forms, type IccName } from "../../stats/agreement/Icc.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import type { Interval } from "../../stats/Interval.ts"
import { alignedTable, column } from "./alignedTable.ts"

interface Row {
  readonly name: string
  readonly estimate: number
  readonly interval: string
  readonly of: string
}

const three = (value: number) => decimals(value, 3)
const noInterval = "–"
const intervalText = (interval: Estimable<Interval>) =>
  interval.ok ? `[${three(interval.value.lower)}, ${three(interval.value.upper)}]` : noInterval

/** Rows of what there is, and what there is not by reason. */
const gather = (agreement: Agreement) => {
  const rows: Row[] = []
  const absent = new Map<string, string[]>()
  const add = <A>(name: string, result: Estimable<A>, row: (value: A) => Omit<Row, "name">) => {
    if (result.ok) rows.push({ name, ...row(result.value) })
    else absent.set(result.reason, [...(absent.get(result.reason) ?? []), name])
  }
  const { raters, items, completeItems } = agreement.design
  const complete = completeItems < items ? `, ${counted(completeItems, "complete item")}` : ""
  for (const [name, value] of Object.entries(agreement.icc)) {
    const { definition, unit, mcGrawWong } = forms[name as IccName]
    const what = unit === "single" ? "one rating" : `mean of ${raters.length} raters`
    add(`${name}, ${mcGrawWong}`, value, ({ estimate, interval }) => ({
      estimate,
      interval: intervalText(interval),
      of: `${definition} of ${what}${complete}`
    }))
  }
  add("ICC one-way", agreement.iccOneWay, ({ estimate, interval, averageRatings }) => ({
    estimate,
    interval: intervalText(interval),
    of: `one rating, raters differ by item (${decimals(averageRatings, 1)} an item)`
  }))
  for (const [metric, value] of Object.entries(agreement.alpha)) {
    const interval = agreement.alphaInterval[metric as keyof Agreement["alphaInterval"]]
    add(`Krippendorff's alpha, ${metric}`, value, ({ estimate, units }) => ({
      estimate,
      interval: intervalText(interval),
      of: counted(units, "item")
    }))
  }
  if (raters.length === 2) {
    for (const [name, value] of Object.entries(agreement.kappa)) {
      add(`Cohen's kappa, ${name}`, value, ({ estimate, interval, items: both }) => ({
        estimate,
        interval: intervalText(interval),
        of: counted(both, "item")
      }))
    }
  } else {
    for (const [name, value] of Object.entries(agreement.lightKappa)) {
      add(`Light's kappa, ${name}`, value, (estimate) => ({
        estimate,
        interval: noInterval,
        of: "mean over pairs of raters"
      }))
    }
  }
  add("Fleiss' kappa", agreement.fleissKappa, ({ estimate, interval, items: used }) => ({
    estimate,
    interval: intervalText(interval),
    of: counted(used, "item")
  }))
  add("Cronbach's alpha", agreement.cronbach, ({ estimate, interval, rows: used }) => ({
    estimate,
    interval: intervalText(interval),
    of: `sum of ${raters.length} raters, ${counted(used, "item")}`
  }))
  add("Kendall's W", agreement.kendallW, ({ W, p }) => ({
    estimate: W,
    interval: noInterval,
    of: `p ${p < 0.001 ? "< 0.001" : `= ${three(p)}`}`
  }))
  const pair = agreement.pairs.ok && agreement.pairs.value.length === 1 ? agreement.pairs.value[0] : undefined
  if (pair !== undefined) {
    const correlations: Record<string, Estimable<Pick<Correlation, "estimate" | "interval" | "n">>> = {
      "Pearson's r": pair.pearson,
      "Spearman's rho": pair.spearman,
      "Kendall's tau-b": pair.kendall,
      "Lin's concordance": pair.concordance
    }
    for (const [name, value] of Object.entries(correlations)) {
      add(name, value, ({ estimate, interval, n }) => ({
        estimate,
        interval: intervalText(interval),
        of: counted(n, "item")
      }))
    }
    add(`Mean difference, ${pair.a} − ${pair.b}`, pair.blandAltman, ({ bias, interval, limits }) => ({
      estimate: bias,
      interval: intervalText({ ok: true, value: interval }),
      of: `95 % of differences in [${three(limits.lower)}, ${three(limits.upper)}]`
    }))
  }
  return { rows, absent }
}

/** All of it as lines. */
export const agreementText = (agreement: Agreement, notes: readonly string[]): string => {
  const { design } = agreement
  const { rows, absent } = gather(agreement)
  const per = design.ratingsPerItem
  const spread =
    per.min === per.max ? count(per.min) : `${per.min} to ${per.max}, mean ${decimals(per.mean, 1)}`
  const out = [
    `${counted(design.ratings, "rating")} of ${counted(design.items, "item")} by ${counted(design.raters.length, "rater")} (${spread} an item), ${design.scale} scale`
  ]
  if (rows.length > 0) {
    out.push(
      "",
      ...alignedTable([
        column(rows, "coefficient", "left", ({ name }) => name),
        column(rows, "estimate", "right", ({ estimate }) => three(estimate)),
        column(rows, "95 % interval", "left", ({ interval }) => interval),
        column(rows, "of", "left", ({ of }) => of)
      ])
    )
  }
  if (absent.size > 0) {
    out.push("", "Not given")
    for (const [reason, names] of absent) out.push(`  ${names.join("; ")}: ${visible(reason)}`)
  }
  if (agreement.pairs.ok && agreement.pairs.value.length > 1)
    out.push("", `All ${agreement.pairs.value.length} pairs of raters are in the output of --json.`)
  if (notes.length > 0) out.push("", ...notes.map((note) => `Note: ${note}`))
  return `${out.join("\n")}\n`
}
