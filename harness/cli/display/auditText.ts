/** An audit for a terminal. */

import type { AuditMeasure, DriftLine, RepeatLine } from "../../leaderboard/auditReport.ts"
import { wrapped } from "../../leaderboard/displayWidth.ts"
import { decimals, difference } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { CheckOutcome, Expectation } from "../../stats/paired/AuditShift.ts"
import { alignedTable, column } from "./alignedTable.ts"

/** What is shown. */
export interface AuditReport {
  readonly rater: { readonly id: string; readonly kind: string; readonly version: string }
  readonly set: { readonly hash: string; readonly items: number }
  readonly again: boolean
  readonly failed: number
  /** Checks without a score to compare. */
  readonly unjudged: number
  readonly unanswered: number
  readonly missing: Readonly<Record<string, number>>
  readonly measures: readonly AuditMeasure[]
}

const said: Readonly<Record<CheckOutcome, string>> = {
  pass: "pass",
  fail: "FAIL",
  inconclusive: "inconclusive",
  reported: "reported",
  "not-judged": "not judged"
}

const demands: Readonly<Record<Expectation, string>> = {
  "must-not-move": "must not move",
  "must-not-rise": "must not rise",
  "must-fall": "must fall",
  reported: "is reported"
}

const two = (value: number) => decimals(value, 2)

const repeatText = ({ temperature, result, outcome }: RepeatLine): string => {
  const when = temperature === undefined ? "asked again" : `at temperature ${temperature}`
  if (!result.ok) return `  Repeated ${when}: ${result.reason}`
  const { same, texts, verdicts, spread } = result.value
  const sd = spread.ok
    ? `SD within a text ${two(spread.value.estimate)} [${two(spread.value.lower)}, ${two(spread.value.upper)}]`
    : spread.reason
  return `  Repeated ${when}: ${(100 * same).toFixed(0)} % of pairs equal, ${sd} (${verdicts} verdicts on ${texts} texts): ${said[outcome]}`
}

const driftText = ({ since, shift, outcome }: DriftLine): string =>
  shift.ok
    ? `  Since ${since}: shift ${difference(shift.value.mean)} [${two(shift.value.lower)}, ${two(shift.value.upper)}] over ${shift.value.n} texts: ${outcome === "pass" ? "unchanged" : outcome === "fail" ? "CHANGED" : "inconclusive"}`
    : `  Since ${since}: ${shift.reason}`

/** What the failed checks say of the rater. */
const shortcomings = (measures: readonly AuditMeasure[]): string => {
  const failed = (some: readonly { readonly outcome: CheckOutcome }[]) =>
    some.some(({ outcome }) => outcome === "fail")
  return [
    failed(measures.flatMap(({ lines }) => lines))
      ? "its scores can be moved by what should not move them, or are not moved by what should"
      : "",
    failed(measures.flatMap(({ repeats }) => repeats)) ? "it does not say the same twice" : "",
    failed(measures.flatMap(({ drift }) => drift ?? [])) ? "it is not what it was at its last audit" : ""
  ]
    .filter((part) => part !== "")
    .join("; ")
}

const closing = ({ failed, unanswered, unjudged, measures }: AuditReport): readonly string[] => [
  ...(failed > 0 ? [`${failed} of the checks failed: ${shortcomings(measures)}.`] : []),
  ...(unanswered > 0 ? ["Not finished: some questions have no answer yet; the same command goes on."] : []),
  ...(unanswered === 0 && unjudged > 0
    ? [
        `${unjudged} of the checks could not be made: this rater gave their texts no score. That is not a pass.`
      ]
    : []),
  ...(failed + unanswered + unjudged === 0 ? ["No check failed. Inconclusive is not a pass."] : [])
]

/** Narrower than this the table leaves out in words what each check changed. */
const WIDE = 125

/** All of it as lines. */
export const auditText = (report: AuditReport, columns: number): string => {
  const width = Math.min(200, Math.max(60, columns))
  const { rater, set } = report
  const out = [
    ...wrapped(
      `Audit of ${visible(rater.id)} (${rater.kind}, version ${rater.version.slice(0, 8)}) with ${set.items} posts written for it (set ${set.hash.slice(0, 8)})`,
      width
    )
  ]
  const indented = (line: string) =>
    wrapped(line, width - 4).map((part, i) => `${i === 0 ? "  " : "    "}${part}`)
  for (const { instrument, measure, margins, range, lines, repeats, drift } of report.measures) {
    out.push(
      "",
      ...wrapped(
        `${instrument}, ${measure === "aggregate" ? "all dimensions combined" : measure} (${range[0]} to ${range[1]}, more is better): a shift within ±${two(margins.margin)} does not matter, worse texts must fall by ${two(margins.least)}`,
        width
      )
    )
    if (lines.length > 0) {
      out.push(
        ...alignedTable([
          column(lines, "check", "left", (line) => line.check),
          ...(width < WIDE ? [] : [column(lines, "what was changed", "left", (line) => line.change)]),
          column(lines, "items", "right", ({ shift }) => (shift.ok ? String(shift.value.n) : "–")),
          column(lines, "shift", "right", ({ shift }) => (shift.ok ? difference(shift.value.mean) : "–")),
          column(lines, "95 % interval", "left", ({ shift }) =>
            shift.ok ? `[${two(shift.value.lower)}, ${two(shift.value.upper)}]` : shift.reason
          ),
          column(lines, "score", "left", (line) => demands[line.demand]),
          column(lines, "result", "left", (line) => said[line.outcome])
        ])
      )
    }
    out.push(...repeats.map(repeatText).flatMap(indented))
    if (drift !== undefined) out.push(...indented(driftText(drift)))
    else if (report.again) out.push("  No earlier audit of this version is stored: nothing to compare with")
  }
  const missing = Object.entries(report.missing)
  if (missing.length > 0) {
    out.push("", "Without a score")
    for (const [reason, n] of missing) out.push(`  ${n} × ${visible(reason)}`)
  }
  out.push("", ...closing(report).flatMap((line) => wrapped(line, width)))
  return `${out.join("\n")}\n`
}
