/** The report on style for a terminal. */
import { count, counted, decimals, difference, listed, probability } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { FeatureName } from "../../style/features.ts"
import type { StyleReport } from "../../style/StyleReport.ts"
import { alignedTable, column } from "./alignedTable.ts"

const percent = (share: number) => `${decimals(100 * share, 1)} %`
const ALPHA = 0.05
const none = "–"

const between = (of: { readonly lower: number; readonly upper: number } | null) =>
  of === null ? none : `[${difference(of.lower)}, ${difference(of.upper)}]`

const labels = (report: StyleReport) =>
  new Map<FeatureName, string>(report.features.map(({ name, label }) => [name, label]))
const units = (report: StyleReport) =>
  new Map<FeatureName, string>(report.features.map(({ name, unit }) => [name, unit]))

/** What sets a source apart, the most first. */
const profile = (report: StyleReport, source: string): readonly string[] => {
  const own = report.profiles.filter((entry) => entry.source === source)
  const apart = own
    .filter(({ pAdjusted }) => pAdjusted < ALPHA)
    .toSorted(
      (a, b) =>
        Math.abs(b.standardised?.estimate ?? Infinity) - Math.abs(a.standardised?.estimate ?? Infinity)
    )
  if (apart.length === 0) return ["", `${visible(source)}: no feature sets it apart from the others`]
  const label = labels(report)
  const unit = units(report)
  return [
    "",
    `${visible(source)} against the others: ${apart.length} of ${own.length} features differ`,
    ...alignedTable([
      column(apart, "feature", "left", ({ feature }) => label.get(feature)!),
      column(apart, "mean", "right", ({ mean }) => decimals(mean, 2)),
      column(apart, "difference", "right", (entry) => difference(entry.difference)),
      column(apart, "in SD", "right", ({ standardised }) =>
        standardised === null ? none : difference(standardised.estimate)
      ),
      column(apart, "95 % interval", "left", ({ standardised }) => between(standardised)),
      column(apart, "p adjusted", "right", ({ pAdjusted }) => probability(pAdjusted)),
      column(apart, "unit", "left", ({ feature }) => unit.get(feature)!)
    ])
  ]
}

const identification = ({ identification: found, sources }: StyleReport): readonly string[] => {
  if ("reason" in found) return [`Telling sources by style: not estimable, ${found.reason}.`]
  const chance = percent(found.chance)
  const verdict = found.p < ALPHA ? "style tells the sources apart" : "style does not tell the sources apart"
  const rows = sources.map((source, i) => ({ source, found: found.confusion[i]! }))
  return [
    `${verdict[0]!.toUpperCase()}${verdict.slice(1)}: ${percent(found.accuracy)} of texts found (95 % interval ${percent(found.lower)} to ${percent(found.upper)}), by chance ${chance}, p ${probability(found.p).replace(/^(?=\d)/, "= ")}`,
    `  Linear discriminant analysis, ${found.folds} folds by post, ${counted(found.texts, "text")} to ${counted(found.posts, "post")}; ${found.permutations} permutations`,
    "",
    ...alignedTable([
      column(rows, "written by", "left", ({ source }) => source),
      ...sources.map((source, j) =>
        column(rows, `as ${visible(source)}`, "right", (row) => count(row.found[j]!))
      )
    ])
  ]
}

type Model = StyleReport["predictions"][number]["withSources"]

const effects = (report: StyleReport, title: string, model: Model): readonly string[] => {
  if ("reason" in model) return ["", `  ${title}: not estimable, ${visible(model.reason)}.`]
  const label = labels(report)
  const found = model.effects.filter(({ pAdjusted }) => pAdjusted < ALPHA)
  const said =
    found.length === 0
      ? "no feature predicts them beyond chance"
      : `${listed(found.map(({ feature }) => label.get(feature)!))} ${found.length === 1 ? "does" : "do"}`
  const rows = model.effects
  return [
    "",
    `  ${title} (${counted(model.ratings, "rating")} of ${counted(model.texts, "text")}): ${said}`,
    ...alignedTable([
      column(rows, "one SD more of", "left", ({ feature }) => label.get(feature)!),
      column(rows, "points", "right", ({ estimate }) => difference(estimate)),
      column(rows, "95 % interval", "left", between),
      column(rows, "p adjusted", "right", ({ pAdjusted }) => probability(pAdjusted))
    ]),
    ...model.notes.map((note) => `  Note: ${visible(note)}`)
  ]
}

/** All three analyses. */
export const styleText = (report: StyleReport, title: string): string =>
  `${[
    visible(`Style of ${counted(report.texts, "text")} to ${counted(report.posts, "post")}, ${title}`),
    ...(report.sources.length < 2
      ? ["", "One source: there is no other to describe it against."]
      : report.sources.flatMap((source) => profile(report, source))),
    "",
    ...identification(report),
    ...report.predictions.flatMap(({ ratings, withoutSources, withSources }) => [
      "",
      `What predicts ratings on ${visible(ratings)}`,
      ...effects(report, "Sources left out", withoutSources),
      ...effects(report, "Within sources", withSources)
    ]),
    "",
    "Differences are paired by post, every domain weighing the same; p values are adjusted by Holm's method within each table.",
    "Features are counts by formula, for English; a prediction is an association, not an effect of writing so.",
    ...report.notes.map((note) => `Note: ${visible(note)}`)
  ].join("\n")}\n`
