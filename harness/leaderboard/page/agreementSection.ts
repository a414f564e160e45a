/** How far automatic raters agree with the people who rated, and people with one another. */
import type { Part } from "../../stats/agreement/AgainstPeople.ts"
import { standingText, type VerdictThresholds } from "../../stats/agreement/JudgeVerdict.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import type { Measured } from "../../stats/resampling/ClusterJackknife.ts"
import type { Against, DimensionAgreement } from "../agreementReport.ts"
import { count, counted, difference, points } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { tableBox } from "./tableBox.ts"

/** A run's agreement, and from which numbers on a rater is called usable. */
export interface Agreement {
  readonly dimensions: readonly DimensionAgreement[]
  readonly thresholds: VerdictThresholds
}

const cell = (value: Estimable<Measured>, text = points): Markup =>
  value.ok
    ? html`<td class="number">${text(value.value.estimate)}<small>${text(value.value.lower)} to ${text(value.value.upper)}</small></td>`
    : html`<td class="number">–</td>`

const head = (first: string): Markup =>
  html`<th scope="col">${first}</th><th scope="col" class="number">Texts</th><th scope="col" class="number">κ</th><th scope="col" class="number">Spearman</th><th scope="col" class="number">ICC, order</th><th scope="col" class="number">ICC, value</th><th scope="col" class="number">α</th><th scope="col" class="number">Bias</th>`

const whoOf = ({ label: rater, kind, panel }: Against): Markup =>
  html`<bdi>${rater}</bdi>${kind !== "human" && html` <span class="${kind}">${kind}</span>`}<small>against ${panel === "people" ? "people" : `the ${panel} panel`}</small>`

const rows = ({ panels, raters }: DimensionAgreement): readonly Markup[] => [
  ...raters.map((rater) => {
    const { result } = rater
    if (!result.ok)
      return html`<tr><th scope="row">${whoOf(rater)}<small>${result.reason}</small></th>${[0, 1, 2, 3, 4, 5, 6].map(() => html`<td class="number">–</td>`)}</tr>`
    const { texts, kappa, spearman, iccConsistency, iccAgreement, alpha, bias } = result.value.overall
    return html`<tr><th scope="row">${whoOf(rater)}</th><td class="number">${count(texts)}</td>${cell(kappa)}${cell(spearman)}${cell(iccConsistency)}${cell(iccAgreement)}${cell(alpha)}${cell(bias, difference)}</tr>`
  }),
  ...panels.map(
    ({ panel, people, among }) =>
      html`<tr><th scope="row">One of ${counted(people, "person", "people")}${panel !== "people" && `, ${panel}`}<small>against the others: the ceiling</small></th><td class="number">${count(among.shared)}</td>${cell(among.kappa)}${cell(among.spearman)}${cell(among.iccConsistency)}${cell(among.iccAgreement)}${cell(among.alpha)}<td class="number">–</td></tr>`
  )
]

const verdicts = ({ raters }: DimensionAgreement): readonly Markup[] =>
  raters
    .filter(({ kind }) => kind !== "human")
    .map(
      ({ label: rater, kind, panel, verdict }) =>
        html`<li><bdi>${rater}</bdi> (${kind}) against ${panel}: <strong>${standingText[verdict.standing]}</strong>${verdict.narrow && ", narrowly"}. ${verdict.reason}.</li>`
    )

const parts = (label: string, first: string, list: readonly Part[]): Markup =>
  tableBox(
    html`${label}.`,
    label,
    html`<th scope="col">${first}</th><th scope="col" class="number">Texts</th><th scope="col" class="number">Bias</th><th scope="col" class="number">κ</th><th scope="col" class="number">Spearman</th>`,
    list.map(
      ({ name, texts, bias, kappa, spearman }) =>
        html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="number">${count(texts)}</td>${cell(bias, difference)}${cell(kappa)}${cell(spearman)}</tr>`
    )
  )

const details = (entry: DimensionAgreement): readonly (Markup | undefined)[] =>
  entry.raters.map(({ label: rater, kind, panel, result }) => {
    if (!result.ok || kind === "human") return undefined
    // One part is the whole, which stands in the table.
    const divided = (
      [
        ["source", "Source", result.value.bySource],
        ["length", "Length", result.value.byLength]
      ] as const
    ).filter(([, , list]) => list.length > 1)
    if (divided.length === 0) return undefined
    const name = `${rater} against ${panel}, ${entry.instrument}, ${entry.dimension}`
    return html`<details><summary><bdi>${rater}</bdi> against ${panel}, by ${divided.map(([by]) => by).join(" and by ")}</summary>${divided.map(([by, head, list]) => parts(`${name}, by ${by}`, head, list))}</details>`
  })

/** The section; nothing where no person has rated. */
export const agreementSection = ({ dimensions, thresholds }: Agreement): Markup | undefined => {
  const rated = dimensions.filter(({ panels }) => panels.length > 0)
  if (rated.length === 0) return undefined
  const without = dimensions.filter(({ panels }) => panels.length === 0)
  return html`<section aria-labelledby="agreement-title" id="agreement">
<h2 id="agreement-title">Agreement with people</h2>
<p>How far each automatic rater’s scores follow those of the people who rated the same texts, beside how far people follow one another.</p>
${rated.map(
  (entry) => html`<h3>${entry.instrument}: ${entry.dimension}</h3>
<ul class="notes">${verdicts(entry)}</ul>
${tableBox(
  html`Agreement on ${entry.dimension}, ${entry.scale.minimum} to ${entry.scale.maximum}. Estimates with 95 % intervals that leave out whole posts.`,
  `Agreement on ${entry.dimension}, ${entry.instrument}`,
  head("Rater"),
  rows(entry)
)}
${details(entry)}`
)}
<p class="quiet">κ: against the people’s median, quadratic weights on values. Spearman and ICC: against the people’s mean; the first ICC asks for the same order, the second for the same values. α: Krippendorff’s, single ratings, the rater’s as one more. Bias: the rater minus the people, in points. A rater is called usable from a Spearman correlation of ${thresholds.spearman}, a κ of ${thresholds.kappa} and a bias of at most ${thresholds.bias} of the scale on, over at least ${thresholds.texts} texts.</p>
${without.length > 0 && html`<p class="quiet">No person rated: ${without.map(({ instrument, dimension }) => `${instrument}/${dimension}`).join(", ")}.</p>`}
</section>
`
}
