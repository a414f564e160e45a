/** Data quality for a terminal: a line a rule, who is excluded, what is missing, how reliable the rest is. */
import { count, counted, decimals, listed } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Counts, QualityReport, RaterLine, RuleLine } from "../../ratings/quality/qualityReport.ts"
import { alignedTable, column } from "./alignedTable.ts"
import { reliabilityLines } from "./reliabilityText.ts"

const percent = (part: number, whole: number) =>
  whole === 0 ? "0 %" : `${decimals((100 * part) / whole, 1)} %`

const day = (iso: string) => iso.slice(0, 10)

const people = ({ raters, submissions, ratings }: Counts) =>
  `${counted(raters, "person", "people")}, ${counted(submissions, "sitting")}, ${counted(ratings, "rating")}`

const declaration = ({ rules }: QualityReport): readonly string[] => {
  const { on, origin, declaredAt, firstImport, beforeResults, sets } = rules
  const where = origin === "run" ? "the run's study" : visible(origin)
  const when =
    firstImport === null
      ? `on ${day(declaredAt)}`
      : beforeResults
        ? `on ${day(declaredAt)}, before the first import of ratings`
        : `on ${day(declaredAt)}, after the first ratings came in (${day(firstImport)}): rules chosen after looking at results are exploratory`
  return [
    on.length === 0
      ? `No rule is on (${where}): nobody is excluded. Each is counted with its thresholds.`
      : `On, as declared in ${where} ${when}: ${listed(on)}.`,
    ...(sets > 1
      ? [`This run has been checked by ${sets} different sets of rules; the last one is in force.`]
      : [])
  ]
}

const ruleLines = (results: readonly RuleLine[]): readonly string[] => {
  const told = results.filter(({ reason }) => reason === undefined)
  const mute = results.filter(({ reason }) => reason !== undefined)
  return [
    ...alignedTable([
      column(told, "rule", "left", ({ rule }) => rule),
      column(told, "", "left", ({ on }) => (on ? "on" : "off")),
      column(told, "raters", "right", ({ raters }) => count(raters)),
      column(told, "sittings", "right", ({ submissions }) => count(submissions)),
      column(told, "ratings", "right", ({ ratings }) => count(ratings)),
      column(told, "only by this", "right", ({ onlyThis }) => count(onlyThis))
    ]),
    "",
    ...told.map(({ rule, says }) => `  ${rule}: ${visible(says)}`),
    ...(mute.length === 0 ? [] : ["", "Not checked"]),
    ...mute.map(
      ({ rule, reason, on }) => `  ${rule}${on ? " (ON in the study)" : ""}: ${visible(reason ?? "")}`
    )
  ]
}

const raterLines = (raters: readonly RaterLine[]): readonly string[] => [
  "",
  "Raters (a rule that is off stands in brackets)",
  ...alignedTable([
    column(raters, "rater", "left", ({ rater }) => rater),
    column(raters, "group", "left", ({ group }) => group),
    column(raters, "sittings", "right", ({ submissions }) => count(submissions)),
    column(raters, "ratings", "right", ({ ratings }) => count(ratings)),
    column(raters, "seconds", "right", ({ seconds }) => (seconds === null ? "–" : decimals(seconds, 0))),
    column(raters, "r with others", "right", ({ withOthers }) =>
      withOthers === null ? "–" : decimals(withOthers, 2)
    ),
    column(raters, "missing", "right", ({ missing }) => count(missing)),
    column(raters, "excluded", "left", ({ excluded }) => (excluded === "none" ? "" : excluded)),
    column(raters, "rules", "left", ({ hits }) =>
      hits.map(({ rule, on }) => (on ? rule : `(${rule})`)).join(", ")
    )
  ]),
  ...raters.flatMap(({ rater, hits }) =>
    hits.map(({ rule, reason }) => `  ${visible(rater)}: ${rule}: ${visible(reason)}`)
  )
]

/** All of it as lines. */
export const qualityText = (report: QualityReport, listRaters: boolean): string => {
  const { all, excluded, missing, reliability, raters } = report
  const groups = [...Map.groupBy(raters, ({ group }) => group)].map(
    ([group, list]) => `${group} ${list.length}`
  )
  const out = [
    `Data quality of ${report.run}`,
    `${people(all)} (${groups.join(", ")})`,
    "",
    ...declaration(report),
    "",
    ...ruleLines(report.results),
    "",
    excluded.submissions === 0
      ? "Excluded: nobody."
      : `Excluded: ${people(excluded)} (${percent(excluded.ratings, all.ratings)} of the ratings). They stay in the store, marked; the leaderboard shows estimates with and without them.`,
    `Missing: ${count(missing.inside)} of ${count(missing.meant)} meant ratings (${percent(missing.inside, missing.meant)}); ${count(missing.byDesign)} by design (meant: ${missing.design}).`,
    "",
    excluded.submissions === 0 ? "Reliability" : "Reliability after exclusions",
    ...reliabilityLines(reliability.kept),
    ...(excluded.submissions === 0
      ? []
      : ["", "Reliability of all ratings", ...reliabilityLines(reliability.all)]),
    ...(listRaters ? raterLines(raters) : [])
  ]
  return `${out.join("\n")}\n`
}
