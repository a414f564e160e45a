/** What the store's audits say of the run's automatic raters: whether they can be fooled, and whether they drift. */
import type { CheckOutcome, Expectation } from "../../stats/paired/AuditShift.ts"
import type { AuditMeasure, DriftLine, RepeatLine } from "../auditReport.ts"
import { decimals, difference, points } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { tableBox } from "./tableBox.ts"

/** One automatic rater with the last audit of its version, if there is one. */
export interface RaterAudit {
  readonly rater: string
  readonly kind: string
  readonly version: string
  /** ISO time; absent: this version was never audited in this store. */
  readonly at?: string
  readonly measures: readonly AuditMeasure[]
  /** The last check for drift, by instrument and measure. */
  readonly drift: readonly (DriftLine & {
    readonly at: string
    readonly instrument: string
    readonly measure: string
  })[]
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

const result = (outcome: CheckOutcome): Markup => html`<td class="nowrap ${outcome}">${said[outcome]}</td>`

const repeated = ({ temperature, result: found, outcome }: RepeatLine): Markup => {
  const when = temperature === undefined ? "Asked again" : `Asked again at temperature ${temperature}`
  if (!found.ok) return html`<li>${when}: ${found.reason}.</li>`
  const { same, texts, verdicts, spread } = found.value
  const spreads = spread.ok
    ? `standard deviation within a text ${points(spread.value.estimate)} (${points(spread.value.lower)} to ${points(spread.value.upper)})`
    : spread.reason
  return html`<li>${when}: ${decimals(100 * same, 0)} % of pairs of verdicts equal, ${spreads}, ${verdicts} verdicts on ${texts} texts: ${said[outcome]}.</li>`
}

const drifted = ({ at, since, shift, outcome }: DriftLine & { readonly at: string }): Markup =>
  shift.ok
    ? html`<li>On ${at.slice(0, 10)} it rated the audit’s texts ${difference(shift.value.mean)} points (${difference(shift.value.lower)} to ${difference(shift.value.upper)}) from what it said on ${since.slice(0, 10)}: ${outcome === "pass" ? "unchanged" : outcome === "fail" ? html`<strong>changed</strong>` : "inconclusive"}.</li>`
    : html`<li>Since ${since.slice(0, 10)}: ${shift.reason}.</li>`

const measurePart = (audit: RaterAudit, measure: AuditMeasure): Markup => {
  const { instrument, margins, range, lines, repeats } = measure
  const name = `${instrument}, ${measure.measure === "aggregate" ? "all dimensions combined" : measure.measure}`
  const drift = audit.drift.filter(
    (line) => line.instrument === instrument && line.measure === measure.measure
  )
  return html`<h4>${name}</h4>
${tableBox(
  html`What a change of the text did to the score by <bdi>${audit.rater}</bdi>, ${range[0]} to ${range[1]}. A shift within ±${points(margins.margin)} does not matter; worse texts must fall by ${points(margins.least)}.`,
  `Audit of ${audit.rater}, ${audit.version.slice(0, 8)}, ${name}`,
  html`<th scope="col">Check</th><th scope="col">What was changed</th><th scope="col" class="number">Items</th><th scope="col" class="number">Shift</th><th scope="col" class="number">95 % interval</th><th scope="col">Score</th><th scope="col">Result</th>`,
  lines.map(
    ({ check, change, shift, demand, outcome }) =>
      html`<tr><th scope="row">${check}</th><td class="message">${change}</td><td class="number">${shift.ok ? shift.value.n : "–"}</td><td class="number">${shift.ok ? difference(shift.value.mean) : "–"}</td>${shift.ok ? html`<td class="number">${difference(shift.value.lower)} to ${difference(shift.value.upper)}</td>` : html`<td class="message">${shift.reason}</td>`}<td class="nowrap">${demands[demand]}</td>${result(outcome)}</tr>`
  )
)}
${(repeats.length > 0 || drift.length > 0) && html`<ul class="notes">${repeats.map(repeated)}${drift.map(drifted)}</ul>`}`
}

const outcomes = ({ measures }: RaterAudit): string => {
  const lines = measures.flatMap((measure) => [...measure.lines, ...measure.repeats])
  const n = (outcome: CheckOutcome) => lines.filter((line) => line.outcome === outcome).length
  return `${n("pass")} ${n("pass") === 1 ? "check" : "checks"} passed, ${n("fail")} failed, ${n("inconclusive")} inconclusive`
}

/** The section; nothing where no automatic rater has rated. */
export const auditSection = (audits: readonly RaterAudit[]): Markup | undefined =>
  audits.length === 0
    ? undefined
    : html`<section aria-labelledby="audit-title" id="audit">
<h2 id="audit-title">Audit of automatic raters</h2>
<p>A fixed set of texts, each changed in one respect, shows whether a rater is moved by what should not move it, and moved by what should. Inconclusive is not a pass.</p>
${audits.map((audit) =>
  audit.at === undefined
    ? html`<p><bdi>${audit.rater}</bdi> (${audit.kind}): <strong>not audited.</strong> <code>warmline audit</code> does it.</p>`
    : html`<h3><bdi>${audit.rater}</bdi> <small>${audit.kind}, audited on ${audit.at.slice(0, 10)}</small></h3><p>${outcomes(audit)}.</p>${
        audit.measures.length > 2
          ? html`<details><summary>All checks</summary>${audit.measures.map((measure) => measurePart(audit, measure))}</details>`
          : audit.measures.map((measure) => measurePart(audit, measure))
      }`
)}
</section>
`
