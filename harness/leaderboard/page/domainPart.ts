/** A table's means by domain: as shaded numbers, and each domain's intervals as a small figure. */
import { counted } from "../formatNumber.ts"
import type { DomainSlice, Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { forestPlot } from "../plot.ts"
import { raterHeading } from "../verdict.ts"
import { type HeatColumn, heatTable } from "./heatTable.ts"
import { describe, nameOf, spokenName } from "./tableSection.ts"

/** Sources whose figures are shown without a click. */
const MOST_OPEN = 6

const sizeOf = ({ rows }: DomainSlice): string => {
  const posts = rows.map((row) => row.posts)
  const [fewest, most] = [Math.min(...posts), Math.max(...posts)]
  return fewest === most ? counted(most, "post") : `${fewest} to ${most} posts`
}

const figures = async (table: Table): Promise<readonly Markup[]> => {
  const kinds = new Map(table.rows.map((row) => [row.source, row.kind]))
  const order = table.rows.map((row) => row.source)
  return Promise.all(
    table.domains.map(async (slice) => {
      const rows = [...slice.rows]
        .sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source))
        .map((row) => ({ ...row, kind: kinds.get(row.source) ?? ("model" as const) }))
      const plot = await forestPlot(rows, {
        scale: table.scale,
        names: "above",
        width: 270,
        title: `Means and 95 % intervals in the domain ${slice.domain}, ${nameOf(table)}. ${raterHeading[table.raterKind]}.`,
        description: describe(rows)
      })
      return html`<figure><h4>${slice.domain} <small>${sizeOf(slice)}</small></h4>${plot}</figure>`
    })
  )
}

/** All domains side by side, and one by one. */
export const domainPart = async (table: Table): Promise<Markup | undefined> => {
  if (table.domains.length === 0) return undefined
  const { scale, rows, domains } = table
  const columns: HeatColumn[] = [
    {
      name: "All",
      scale,
      cells: new Map(
        rows.flatMap(({ source, mean }) =>
          mean === null ? [] : [[source, { ...mean, mean: mean.estimate }]]
        )
      )
    },
    ...domains.map((slice) => ({
      name: slice.domain,
      under: sizeOf(slice),
      scale,
      cells: new Map(slice.rows.map((row) => [row.source, row]))
    }))
  ]
  const multiples = html`<div class="multiples">${await figures(table)}</div>`
  return html`<h3>By domain</h3>
${heatTable(
  html`Means and unadjusted 95 % intervals by domain. ${raterHeading[table.raterKind]}. The shade is the mean’s place on the whole scale: none at ${scale.minimum}, full at ${scale.maximum}.`,
  `Means by domain, ${spokenName(table)}`,
  rows.map(({ source }) => source),
  columns
)}
<p class="quiet">Exploratory: each interval stands alone and is not adjusted for the number of domains and sources. Sources are in the order of the table above.</p>
${rows.length <= MOST_OPEN ? multiples : html`<details><summary>The same as figures</summary>${multiples}</details>`}`
}
