/** How the sources write, and what that has to do with their ratings: the three analyses of style, briefly. */
import type { StyleReport } from "../../style/StyleReport.ts"
import { count, counted, decimals, difference, listed, probability } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { tableBox } from "./tableBox.ts"

/** The report, under which condition, or why there is none. */
export interface PageStyle {
  readonly condition: string
  readonly result: StyleReport | { readonly reason: string }
}

const ALPHA = 0.05
/** Features of a source that are shown, those that set it apart most first. */
const MOST = 4

const percent = (share: number) => `${decimals(100 * share, 0)} %`

const profileTable = (report: StyleReport): Markup => {
  const labels = new Map(report.features.map(({ name, label, unit }) => [name, { label, unit }]))
  const rows = report.sources.flatMap((source) =>
    report.profiles
      .filter((entry) => entry.source === source && entry.pAdjusted < ALPHA && entry.standardised !== null)
      .toSorted((a, b) => Math.abs(b.standardised!.estimate) - Math.abs(a.standardised!.estimate))
      .slice(0, MOST)
  )
  if (rows.length === 0) return html`<p>No feature sets a source apart from the others.</p>`
  return tableBox(
    `What sets each source apart from the others most, at most ${MOST} features each. Differences are paired by post; p values are adjusted by Holm’s method.`,
    "Style of each source against the others",
    html`<th scope="col">Source</th><th scope="col">Feature</th><th scope="col" class="number">Mean</th><th scope="col" class="number">Difference, in SD</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">p, adjusted</th>`,
    rows.map(({ source, feature, mean, standardised, pAdjusted }) => {
      const { label, unit } = labels.get(feature)!
      return html`<tr><th scope="row"><bdi>${source}</bdi></th><td>${label} <small>${unit}</small></td><td class="number">${decimals(mean, 2)}</td><td class="number">${difference(standardised!.estimate)}</td><td class="number">${difference(standardised!.lower)} to ${difference(standardised!.upper)}</td><td class="number">${probability(pAdjusted)}</td></tr>`
    })
  )
}

const identificationText = ({ identification: found }: StyleReport): string => {
  if ("reason" in found) return `Whether style tells the sources apart is not estimable: ${found.reason}.`
  const verdict = found.p < ALPHA ? "Style tells the sources apart" : "Style does not tell the sources apart"
  return `${verdict}: from style alone, ${percent(found.accuracy)} of texts are given to the right source (95 % interval ${percent(found.lower)} to ${percent(found.upper)}; by chance ${percent(found.chance)}), cross-validated by post.`
}

const predictionText = (report: StyleReport): readonly Markup[] => {
  const labels = new Map(report.features.map(({ name, label }) => [name, label]))
  return report.predictions.map(({ ratings, withSources }) => {
    if ("reason" in withSources)
      return html`<li><bdi>${ratings}</bdi>: not estimable, ${withSources.reason}.</li>`
    const found = withSources.effects.filter(({ pAdjusted }) => pAdjusted < ALPHA)
    const said =
      found.length === 0
        ? "no feature predicts them beyond chance"
        : listed(found.map(({ feature, estimate }) => `${labels.get(feature)} (${difference(estimate)})`))
    return html`<li><bdi>${ratings}</bdi>, ${counted(withSources.ratings, "rating")}: ${said}.</li>`
  })
}

/** The section; nothing where a run has no texts to describe. */
export const styleSection = ({ condition, result }: PageStyle): Markup =>
  html`<section aria-labelledby="style-title" id="style">
<h2 id="style-title">Style</h2>
${
  "reason" in result
    ? html`<p>Not analysed here: ${result.reason}.</p>`
    : html`<p>How the sources write under the condition ${condition}: ${count(result.texts)} texts to ${counted(result.posts, "post")}, taken apart by formula, for English. Style is no measure of empathy.</p>
${result.sources.length > 1 && profileTable(result)}
<p>${identificationText(result)}</p>
${result.predictions.length > 0 && html`<h3>What goes with higher ratings</h3><p>Points on the scale for one standard deviation more of a feature than the other answers to the post have, sources held fixed; what is listed stays after Holm’s adjustment. An association, not an effect of writing so.</p><ul class="notes">${predictionText(result)}</ul>`}
${result.notes.length > 0 && html`<ul class="notes">${result.notes.map((note) => html`<li>${note}</li>`)}</ul>`}`
}
</section>
`
