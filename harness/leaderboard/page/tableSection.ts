/** One table of the leaderboard as a section of the page: finding, plot, means, differences, domains, notes. */
import { exclusionRows, exclusionSentences } from "../exclusions.ts"
import { count, difference, listed, points, probability } from "../formatNumber.ts"
import type { Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { forestPlot, type PlotRow } from "../plot.ts"
import {
  detectableSentence,
  differencesBy,
  hasKinds,
  isSeparated,
  rankText,
  raterHeading,
  ratersText
} from "../verdict.ts"
import { domainPart } from "./domainPart.ts"
import { headlineMarkup } from "./isolated.ts"
import { tableBox } from "./tableBox.ts"

/** Contrasts that are shown without a click. */
const MOST_OPEN = 15

/** The kind of rater, as each table and figure is marked. */
export const badge = (kind: Table["raterKind"]): Markup =>
  html`<span class="badge ${kind}">${raterHeading[kind]}</span>`

/** What distinguishes a table from the others of the page, in words. */
export const nameOf = ({ title, measure, condition, panels }: Table): string =>
  `${title}${measure === "aggregate" ? "" : `, ${measure}`} (${condition})${panels === undefined ? "" : `, ${listed(panels)}`}`

/** As `nameOf`, for those who hear the page: unique without the badge beside it. */
export const spokenName = (table: Table): string => `${nameOf(table)}, ${table.raterKind}`

const plotRows = (table: Table): readonly PlotRow[] =>
  table.rows.flatMap(({ source, kind, mean }) =>
    mean ? [{ source, kind, mean: mean.estimate, lower: mean.lower, upper: mean.upper }] : []
  )

const key = (table: Table): string =>
  hasKinds(table) ? " Circle: a model; square: a program; diamond: a person." : ""

/** What a plot shows, in words. */
export const describe = (rows: readonly PlotRow[]): string =>
  rows
    .map(({ source, mean, lower, upper }) =>
      lower === null || upper === null
        ? `${source} ${points(mean)}.`
        : `${source} ${points(mean)}, interval ${points(lower)} to ${points(upper)}.`
    )
    .join(" ")

const meansFigure = async (table: Table): Promise<Markup | undefined> => {
  const rows = plotRows(table)
  if (rows.length === 0) return undefined
  const options = {
    scale: table.scale,
    title: `Means and 95 % intervals, ${nameOf(table)}. ${raterHeading[table.raterKind]}.`,
    description: describe(rows)
  }
  const [wide, narrow] = await Promise.all([
    forestPlot(rows, { ...options, names: "beside", width: 800 }),
    forestPlot(rows, { ...options, names: "above", width: 350 })
  ])
  return html`<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>Mean and 95 % interval of each source over the whole scale, ${table.scale.minimum} to ${table.scale.maximum}. Each interval is for its source alone: whether two sources differ is read from the differences below, not from whether two bars overlap.${key(table)}</figcaption></figure>
`
}

const meansTable = (table: Table): Markup => {
  const kinds = hasKinds(table)
  return tableBox(
    html`Means by source. ${raterHeading[table.raterKind]}.${table.refusal !== undefined && " Not ranked: the order of the rows is no ranking."}`,
    `Means by source, ${spokenName(table)}`,
    html`<th scope="col" class="rank">Rank</th><th scope="col">Source</th>${kinds && html`<th scope="col">Kind</th>`}<th scope="col" class="number">Mean</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">Posts</th><th scope="col" class="number">Words</th>`,
    table.rows.map(
      (row) =>
        html`<tr><td class="rank">${rankText(row, table)}</td><th scope="row"><bdi>${row.source}</bdi>${row.mean === null && html`<small>No mean: ${row.reason ?? "no reason given"}.</small>`}</th>${kinds && html`<td>${row.kind}</td>`}<td class="number">${row.mean ? points(row.mean.estimate) : "–"}</td><td class="number">${row.mean ? `${points(row.mean.lower)} to ${points(row.mean.upper)}` : "–"}</td><td class="number">${count(row.posts)}</td><td class="number">${row.words === 0 ? "–" : row.words.toFixed(0)}</td></tr>`
    )
  )
}

const contrastsTable = (table: Table): Markup | undefined => {
  if (table.contrasts.length === 0) return undefined
  const ranked = table.refusal === undefined
  const box = tableBox(
    `Differences between sources, ${differencesBy(table)}. The intervals hold for all pairs at once, and p is adjusted for all pairs.`,
    `Differences between sources, ${spokenName(table)}`,
    html`<th scope="col">Pair</th><th scope="col" class="number">Difference</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">p</th><th scope="col" class="number">Posts</th><th scope="col" class="number">Detectable</th>${ranked && html`<th scope="col">Finding</th>`}`,
    table.contrasts.map(
      (entry) =>
        html`<tr><th scope="row"><bdi>${entry.a}</bdi> − <bdi>${entry.b}</bdi></th><td class="number">${difference(entry.estimate)}</td><td class="number">${difference(entry.lower)} to ${difference(entry.upper)}</td><td class="number">${probability(entry.p)}</td><td class="number">${count(entry.posts)}</td><td class="number">${points(entry.minimumDetectable)}</td>${ranked && html`<td class="nowrap">${isSeparated(entry) ? "separated" : "not distinguishable"}</td>`}</tr>`
    )
  )
  const size = detectableSentence(table)
  const content = html`${box}${size !== undefined && html`<p class="quiet">${size}</p>`}`
  return table.contrasts.length <= MOST_OPEN
    ? html`<h3>Differences</h3>${content}`
    : html`<h3>Differences</h3><details><summary>All ${table.contrasts.length} pairs</summary>${content}</details>`
}

const exclusionsPart = (table: Table): Markup | undefined =>
  table.exclusions &&
  html`<h3>With and without exclusions</h3>${exclusionSentences(table).map((line) => html`<p class="quiet">${line}</p>`)}
${tableBox(
  "Means and 95 % intervals with the study's exclusions, as above, and of all ratings.",
  `With and without exclusions, ${spokenName(table)}`,
  html`<th scope="col">Source</th><th scope="col" class="number">With exclusions</th><th scope="col" class="number">Without</th>`,
  exclusionRows(table.exclusions).map(
    ([source, kept, all]) =>
      html`<tr><th scope="row"><bdi>${source}</bdi></th><td class="number">${kept}</td><td class="number">${all}</td></tr>`
  )
)}`

/** The section of one table; `id` is what the page's links point at. The page's first needs no second headline. */
export const tableSection = async (
  table: Table,
  id: string,
  headline: boolean,
  warning: Markup | false = false
): Promise<Markup> => {
  const { notes } = table
  return html`<section aria-label="${spokenName(table)}" id="${id}">
<h2>${table.title}${table.measure !== "aggregate" && `: ${table.measure}`}</h2>
${badge(table.raterKind)}
<dl class="facts"><div><dt>Condition</dt><dd>${table.condition}</dd></div><div><dt>Instrument</dt><dd>${table.instrument}</dd></div><div><dt>Scale</dt><dd>${table.scale.minimum} to ${table.scale.maximum}</dd></div><div><dt>Rated by</dt><dd>${ratersText(table)}</dd></div></dl>
${headline && html`<p>${headlineMarkup(table)}</p>`}
${warning}
${table.refusal !== undefined && html`<div class="caution"><p><strong>Not ranked.</strong> ${table.refusal}.</p></div>`}
${await meansFigure(table)}${meansTable(table)}
<p class="quiet"><strong>What the numbers are.</strong> ${table.estimand}</p>
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${contrastsTable(table)}
${exclusionsPart(table)}
${await domainPart(table)}
</section>
`
}
