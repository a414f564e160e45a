/** The leaderboard for a terminal. */

import { styleText } from "node:util"
import { besideTables, disagreementSentences, type SmallTable, steerabilityTables } from "./besideTables.ts"
import { wrapped } from "./displayWidth.ts"
import { exclusionRows, exclusionSentences } from "./exclusions.ts"
import { count, counted } from "./formatNumber.ts"
import type { Leaderboard, Table } from "./Leaderboard.ts"
import { smallLines } from "./terminalSmall.ts"
import { tableLines } from "./terminalTable.ts"
import { unscoredLines, unscoredTitle } from "./unscored.ts"
import {
  detectableSentence,
  isSeparated,
  raterHeading,
  ratersText,
  separations,
  verdictOf
} from "./verdict.ts"
import { visible } from "./visible.ts"

/** How wide the terminal is, in cells, and whether it shows colour. */
export interface TerminalOptions {
  readonly columns: number
  readonly colour: boolean
}

type Style = Parameters<typeof styleText>[0]

const NARROWEST = 40
const WIDEST = 200
const INDENT = "  "
/** Pairs named one by one; beyond, they are counted. */
const MOST_PAIRS = 6
/** Sources named one by one on the right of `>`. */
const MOST_NAMED = 6

const kindStyle: Record<Table["raterKind"], Style> = {
  human: ["bold", "green"],
  judge: ["bold", "magenta"],
  proxy: ["bold", "yellow"]
}

const outcomeText: Record<Leaderboard["outcomes"][number]["outcome"], string> = {
  ok: "complete",
  truncated: "truncated, rated as they are",
  refusal: "refused by the model, not rated",
  content_filter: "held back by the provider's filter, not rated",
  empty: "empty, not rated",
  no_text: "known by their ratings only; no file brought their texts"
}

/** Many sources in few words: those from one row down, or their number. */
const tail = (table: Table, above: readonly string[]): string => {
  const last = table.rows.slice(-above.length).map((row) => row.source)
  return above.every((source, index) => source === last[index])
    ? `${above[0]} and all ${above.length - 1} below it`
    : `${above.length} sources`
}

/** The lines that say what the table shows and does not show. */
const findings = (table: Table): readonly string[] => {
  const verdict = verdictOf(table)
  const lines: string[] = []
  if (verdict.kind === "refused") lines.push(`Not ranked: ${verdict.reason}.`)
  if (verdict.kind === "empty") lines.push("No source has a mean.")
  if (verdict.kind === "single") lines.push("One source: nothing to compare it with.")
  if (verdict.kind === "tie") lines.push("The sources are not distinguishable.")
  if (verdict.kind === "first" || verdict.kind === "shared") {
    for (const { source, above } of separations(table)) {
      lines.push(
        `Separated: ${source} > ${above.length > MOST_NAMED ? tail(table, above) : above.join(", ")}`
      )
    }
    const open = table.contrasts.filter((contrast) => !isSeparated(contrast))
    if (open.length > MOST_PAIRS) {
      lines.push(`Not distinguishable: ${open.length} of ${table.contrasts.length} pairs.`)
    } else if (open.length > 0) {
      lines.push(`Not distinguishable: ${open.map(({ a, b }) => `${a} and ${b}`).join("; ")}`)
    }
  }
  const size = detectableSentence(table)
  if (size !== undefined) lines.push(size)
  for (const row of table.rows) {
    if (row.mean === null) lines.push(`No mean for ${row.source}: ${row.reason ?? "no reason given"}.`)
  }
  lines.push(...disagreementSentences(table).map((sentence) => `But ${sentence}.`))
  return [...lines, ...exclusionSentences(table), ...table.notes.map((note) => `Note: ${note}`)]
}

/**
 * All tables, aligned, with intervals drawn on the instrument's scale, and below them what is separated, what
 * was refused and what failed. Lines fit `columns` (40 to 200 are used). Names and messages are plain text:
 * an escape sequence in one is shown, not sent.
 */
export const renderTerminal = (leaderboard: Leaderboard, options: TerminalOptions): string => {
  const columns = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(options.columns) || NARROWEST))
  // Whether the stream has colour was the caller's to find out.
  const style = (format: Style, text: string) =>
    options.colour ? styleText(format, text, { validateStream: false }) : text
  const out: string[] = []
  const paragraph = (text: string, indent = "", format?: Style) => {
    wrapped(visible(text), columns - indent.length - INDENT.length).forEach((line, index) => {
      const whole = `${indent}${index === 0 ? "" : INDENT}${line}`
      out.push(format === undefined ? whole : style(format, whole))
    })
  }

  paragraph(leaderboard.study.title, "", "bold")
  const missing = leaderboard.planned - leaderboard.answered
  paragraph(
    `${count(leaderboard.answered)} of ${counted(leaderboard.planned, "planned answer")}` +
      `${missing > 0 ? ` (${count(missing)} missing)` : ""} · run ${leaderboard.run}`
  )
  if (leaderboard.study.caution !== undefined) {
    paragraph(`Caution: ${leaderboard.study.caution}`, "", "yellow")
  }
  if (leaderboard.tables.length === 0) out.push("", "No table: nothing has been rated.")

  const small = (entry: SmallTable, indent: string) => {
    out.push("")
    paragraph(entry.title, indent, "underline")
    for (const line of smallLines(entry, columns - indent.length)) out.push(indent + line)
    for (const line of entry.lines) paragraph(line, indent)
  }

  for (const table of leaderboard.tables) {
    out.push("")
    paragraph(raterHeading[table.raterKind], "", kindStyle[table.raterKind])
    paragraph(
      [
        `${table.title}${visible(table.instrument) === visible(table.title) ? "" : ` (${table.instrument})`}`,
        table.measure === "aggregate" ? "all dimensions combined" : `dimension ${table.measure}`,
        `scale ${table.scale.minimum} to ${table.scale.maximum}`,
        `condition ${table.condition}`,
        `rated by ${ratersText(table)}`
      ].join(" · ")
    )
    out.push("")
    for (const { part, text, leads } of tableLines(table, columns - INDENT.length)) {
      out.push(INDENT + (part === "head" ? style("dim", text) : leads ? style("bold", text) : text))
    }
    out.push("")
    for (const line of findings(table)) paragraph(line, INDENT)
    if (table.exclusions !== undefined) {
      for (const [source, kept, all] of exclusionRows(table.exclusions)) {
        paragraph(`${source}: with exclusions ${kept}, without ${all}`, INDENT + INDENT)
      }
    }
    for (const entry of besideTables(table)) small(entry, INDENT)
  }

  for (const entry of steerabilityTables(leaderboard)) small(entry, "")

  const odd = leaderboard.outcomes.filter((entry) => entry.outcome !== "ok" && entry.n > 0)
  if (odd.length > 0) {
    out.push("", style("bold", "Answers that are not complete"))
    for (const { source, condition, outcome, n } of odd) {
      paragraph(`${source} (${condition}): ${count(n)} ${outcomeText[outcome]}`, INDENT)
    }
  }
  const unscored = unscoredLines(leaderboard)
  if (unscored.length > 0) {
    out.push("", style("bold", unscoredTitle))
    for (const line of unscored) paragraph(line, INDENT)
  }
  if (leaderboard.failures.length > 0) {
    const total = leaderboard.failures.reduce((sum, failure) => sum + failure.n, 0)
    out.push("")
    paragraph(`${counted(total, "failure")}; another start tries again`, "", ["bold", "red"])
    for (const { stage, source, kind, message, n, example } of leaderboard.failures) {
      const place = example === "" ? "" : ` (${n === 1 ? "at" : "such as"} ${example})`
      paragraph(`${count(n)} × ${stage} ${source}, ${kind}: ${message}${place}`, INDENT)
    }
  }
  return `${out.join("\n")}\n`
}
