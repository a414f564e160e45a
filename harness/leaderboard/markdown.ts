/** The leaderboard as GitHub-flavoured Markdown: for a README, a pull request, a CI summary. */

import { badgeText } from "./badge.ts"
import { besideTables, type SmallTable, steerabilityTables } from "./besideTables.ts"
import { exclusionRows, exclusionSentences } from "./exclusions.ts"
import { count, counted, points } from "./formatNumber.ts"
import { headlineOf } from "./headline.ts"
import type { Leaderboard, Table } from "./Leaderboard.ts"
import { unscoredLines, unscoredTitle } from "./unscored.ts"
import { detectableSentence, rankText, raterHeading, ratersText, verdictOf } from "./verdict.ts"
import { visible } from "./visible.ts"

/**
 * Text that stays text in Markdown: what could open markup is escaped, and a word joiner keeps `@name` and
 * `#1` from becoming a mention or a reference, which the site makes after the escapes are gone.
 */
export const escapeMarkdown = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]<>&|~$]/g, "\\$&")
    .replace(/:(?=\S)/g, "\\:")
    .replace(/\bwww\./gi, "$&\u2060")
    .replace(/[@#](?=[\p{L}\p{N}])/gu, "$&\u2060")
    .replace(/^(\s*)([-+=#]|\d+(?=[.)]))/, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\u2060` : `${blank}\\${mark}`
    )

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`

const smallText = ({ title, head, rows, lines }: SmallTable, level: string): readonly string[] => {
  const e = escapeMarkdown
  return [
    `${level} ${e(title)}`,
    "",
    ...(rows.length === 0
      ? []
      : [
          row(head.map(e)),
          row(head.map((_, i) => (i === 0 ? "---" : "---:"))),
          ...rows.map((cells) => row(cells.map(e))),
          ""
        ]),
    ...lines.flatMap((line) => [`- ${e(line)}`]),
    ""
  ]
}

const tableText = (table: Table): readonly string[] => {
  const e = escapeMarkdown
  const verdict = verdictOf(table)
  const measure = table.measure === "aggregate" ? "all dimensions combined" : `dimension ${e(table.measure)}`
  const size = detectableSentence(table)
  const remarks = [
    ...(verdict.kind === "refused" ? [`Not ranked: ${verdict.reason}.`] : []),
    ...(size === undefined ? [] : [size]),
    ...table.rows.flatMap(({ mean, source, reason }) =>
      mean === null ? [`No mean for ${source}: ${reason ?? "no reason given"}.`] : []
    ),
    ...exclusionSentences(table),
    ...table.notes
  ]
  return [
    `## ${e(table.title)} (${raterHeading[table.raterKind]})`,
    "",
    e(headlineOf(table)),
    "",
    `Instrument ${e(table.instrument)}, ${measure}, scale ${table.scale.minimum} to ${table.scale.maximum}. ` +
      `Condition ${e(table.condition)}. Rated by ${e(ratersText(table))}.`,
    "",
    row(["Rank", "Source", "Kind", `Mean (${table.raterKind})`, "95 % interval", "Posts", "Words"]),
    row(["---:", "---", "---", "---:", "---", "---:", "---:"]),
    ...table.rows.map((entry) =>
      row([
        rankText(entry, table),
        e(entry.source),
        entry.kind,
        entry.mean ? points(entry.mean.estimate) : "–",
        entry.mean ? `${points(entry.mean.lower)} to ${points(entry.mean.upper)}` : "–",
        count(entry.posts),
        entry.words === 0 ? "–" : entry.words.toFixed(0)
      ])
    ),
    "",
    ...remarks.map((remark) => `- ${e(remark)}`),
    ...(remarks.length > 0 ? [""] : []),
    ...(table.exclusions === undefined
      ? []
      : [
          row(["Source", "Mean with exclusions", "Mean without exclusions"]),
          row(["---", "---:", "---:"]),
          ...exclusionRows(table.exclusions).map(([source, kept, all]) => row([e(source), kept, all])),
          ""
        ]),
    e(table.estimand),
    "",
    ...besideTables(table).flatMap((entry) => smallText(entry, "###"))
  ]
}

/**
 * All tables with their headline, remarks and estimand, and what failed. Each heading says who rated. The badge at its
 * head is the file `badge.svg` beside it.
 */
export const renderMarkdown = (leaderboard: Leaderboard): string => {
  const e = escapeMarkdown
  const { study, run, planned, answered, tables, outcomes, failures } = leaderboard
  const unscored = unscoredLines(leaderboard)
  const odd = outcomes.filter((entry) => entry.outcome !== "ok" && entry.n > 0)
  const lines = [
    `# ${e(study.title)}`,
    "",
    `![${e(badgeText(leaderboard))}](badge.svg)`,
    "",
    `${count(answered)} of ${counted(planned, "planned answer")}, run ${e(run)}.`,
    "",
    ...(study.caution === undefined ? [] : [`> **Caution:** ${e(study.caution)}`, ""]),
    ...(tables.length === 0 ? ["Nothing has been rated.", ""] : tables.flatMap(tableText)),
    ...steerabilityTables(leaderboard).flatMap((entry) => smallText(entry, "##")),
    ...(odd.length === 0
      ? []
      : [
          "## Answers that are not complete",
          "",
          row(["Source", "Condition", "Outcome", "Answers"]),
          row(["---", "---", "---", "---:"]),
          ...odd.map((entry) =>
            row([e(entry.source), e(entry.condition), entry.outcome.replace("_", " "), count(entry.n)])
          ),
          ""
        ]),
    ...(unscored.length === 0
      ? []
      : [`## ${unscoredTitle}`, "", ...unscored.map((line) => `- ${e(line)}`), ""]),
    ...(failures.length === 0
      ? []
      : [
          "## Failures",
          "",
          row(["Stage", "Source", "Reason", "Number", "Such as"]),
          row(["---", "---", "---", "---:", "---"]),
          ...failures.map((entry) =>
            row([
              e(entry.stage),
              e(entry.source),
              e(`${entry.kind}: ${entry.message}`),
              count(entry.n),
              e(entry.example)
            ])
          ),
          ""
        ])
  ]
  return lines.join("\n")
}
