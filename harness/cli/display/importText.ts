/** What an import did, for people: where everything went, and every row and rating in exactly one place. */
import { visible } from "../../leaderboard/visible.ts"
import type { ImportReport } from "../../ratings/ImportReport.ts"
import { alignedTable, column } from "./alignedTable.ts"

const count = (n: number): string => n.toLocaleString("en-US")
const plural = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? "" : "s"}`

const MOST_REASONS = 8

const accountLines = ({ account }: ImportReport): readonly string[] => {
  const { rows, ratings } = account
  const skipped = Object.entries(rows.skipped)
  const entries: (readonly [string, number, number | null])[] = [
    ["imported", rows.imported, ratings?.imported ?? null],
    ["in the store already", rows.duplicates, ratings?.duplicates ?? null],
    ...skipped.map(([rule, n]) => [`skipped: ${rule}`, n, null] as const),
    ...(ratings === null ? [] : [["not answered", 0, ratings.empty] as const]),
    ["rejected", rows.rejected, ratings?.rejected ?? null],
    ["read", rows.read, ratings?.read ?? null]
  ]
  const shown = (n: number | null) => (n === null ? "" : count(n))
  return alignedTable([
    column(entries, "", "left", ([name]) => name),
    column(entries, "rows", "right", ([name, n]) => (name === "not answered" ? "" : shown(n))),
    ...(ratings === null ? [] : [column(entries, "ratings", "right", ([, , n]) => shown(n))])
  ])
}

const headOf = (report: ImportReport): string => {
  const { file, run, kind, outcome, dryRun } = report
  if (report.account.rows.read === 0) return `${file}: there are no rows in it`
  if (outcome === "nothing-new") return `${file}: nothing new; all of it is in ${run} already`
  if (outcome === "nothing-imported") return `${file}: no row could be imported; the store is as it was`
  return dryRun
    ? `${file}: would bring ${kind} into ${run}; nothing was kept (--dry-run)`
    : `${file}: ${kind} are in ${run}`
}

const madeLine = ({ created, people, judges }: ImportReport): readonly string[] => {
  const parts = [
    ...(created.posts > 0 ? [plural(created.posts, "post")] : []),
    ...(created.responses > 0 ? [plural(created.responses, "response")] : []),
    ...(people > 0 ? [people === 1 ? "1 person" : `${count(people)} people`] : [])
  ]
  return [
    ...(parts.length === 0 ? [] : ["", `New: ${parts.join(", ")}.`]),
    ...(judges.length === 0 ? [] : ["", `Verdicts of judges: ${visible(judges.join(", "))}.`])
  ]
}

const reasonLines = ({ account, rejected }: ImportReport): readonly string[] => {
  const { reasons } = account
  if (reasons.length === 0) return []
  return [
    "",
    `Rejected${rejected === null ? "" : ` (each with its line in ${rejected})`}:`,
    ...reasons.slice(0, MOST_REASONS).map(({ reason, n }) => `  ${count(n)} × ${visible(reason)}`),
    ...(reasons.length > MOST_REASONS ? [`  and ${count(reasons.length - MOST_REASONS)} more reasons`] : [])
  ]
}

const lengthLines = ({ offLength }: ImportReport): readonly string[] =>
  offLength.map(
    ({ condition, min, max, responses, shorter, longer }) =>
      `warning: condition ${visible(condition)} asks for ${min} to ${max} words; of ${plural(responses, "response")} ${count(shorter)} are shorter and ${count(longer)} longer`
  )

const nextLines = ({ run, outcome, dryRun, kind, judges, account }: ImportReport): readonly string[] => {
  if (dryRun || outcome === "nothing-imported" || account.rows.read === 0) return []
  return kind === "ratings"
    ? [
        "",
        "Next:",
        `  npx warmline ratings check ${run}`,
        ...(judges.length === 0 ? [] : [`  npx warmline agreement ${run}`]),
        `  npx warmline leaderboard ${run}`
      ]
    : [
        "",
        "Next:",
        `  npx warmline import ratings FILE --run ${run}`,
        `  npx warmline judge ${run} --judge PLUGIN/MODEL`
      ]
}

/** The report as text, its last line end included. */
export const importText = (report: ImportReport): string => {
  const { read, account, replaced } = report
  const unscored = account.ratings?.unscored ?? 0
  return `${[
    visible(headOf(report)),
    `Read as ${read.format}, ${visible(read.why)}; ${read.encoding}.`,
    "",
    ...accountLines(report),
    ...madeLine(report),
    ...(unscored > 0
      ? [`${plural(unscored, "rating")} imported as unscored: an answer, but none of the scale's.`]
      : []),
    ...(replaced.length > 0 ? [`The ratings of ${visible(replaced.join(", "))} are history now.`] : []),
    ...lengthLines(report),
    ...reasonLines(report),
    ...nextLines(report)
  ]
    .join("\n")
    .trimEnd()}\n`
}
