/** Other analyses, declared differences, the replication, corrections and slices of every table that has them. */
import {
  allBesideTables,
  disagreementSentences,
  type SmallTable,
  steerabilityTables
} from "../besideTables.ts"
import type { Leaderboard, Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { tableBox } from "./tableBox.ts"
import { badge, nameOf, spokenName } from "./tableSection.ts"

const part = ({ title, head, rows, lines }: SmallTable, of: string): Markup =>
  html`<h4>${title}</h4>
${
  rows.length > 0 &&
  tableBox(
    // The heading above says it to the eye.
    html`<span class="heard">${title}</span>`,
    `${title}, ${of}`,
    html`${head.map((cell, i) => (i === 0 ? html`<th scope="col">${cell}</th>` : html`<th scope="col" class="number">${cell}</th>`))}`,
    rows.map(
      ([name, ...cells]) =>
        html`<tr><th scope="row"><bdi>${name ?? ""}</bdi></th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`
    )
  )
}
${lines.map((line) => html`<p class="quiet">${line}</p>`)}
`

const ofTable = (table: Table): Markup | undefined => {
  const parts = allBesideTables(table)
  const said = disagreementSentences(table)
  if (parts.length === 0 && said.length === 0) return undefined
  // The model's own words are a title; what is folded away is still found by a search in the page.
  return html`<details><summary>${nameOf(table)} ${badge(table.raterKind)}</summary>
${table.model && html`<p class="quiet">${table.model.formula}</p>`}
${said.length > 0 && html`<ul class="notes">${said.map((sentence) => html`<li>But ${sentence}.</li>`)}</ul>`}
${parts.map((entry) => part(entry, spokenName(table)))}
</details>`
}

/** The section; `undefined` where no table has anything beside it. */
export const estimatesSection = (leaderboard: Leaderboard): Markup | undefined => {
  const tables = leaderboard.tables.map(ofTable).filter((entry) => entry !== undefined)
  const matrices = steerabilityTables(leaderboard)
  if (tables.length + matrices.length === 0) return undefined
  return html`<section aria-label="Other analyses and slices" id="estimates">
<h2>Other analyses and slices</h2>
${matrices.map((entry) => part(entry, "all sources"))}
${tables}
</section>
`
}
