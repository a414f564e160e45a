/** The site's first page: every line with its newest finding, and ways to all runs, sources and domains. */
import { count, counted } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { headlineMarkup } from "../page/isolated.ts"
import { tableBox } from "../page/tableBox.ts"
import { nameOf } from "../page/tableSection.ts"
import { type Line, newest, type SiteRun } from "./Line.ts"
import { groundNote, lineId, lineSection, peopleNote } from "./lineSection.ts"
import { runsHeat } from "./runsHeat.ts"
import { link, type SiteAddresses } from "./SiteAddresses.ts"
import { linkRow, renderSitePage } from "./sitePage.ts"

const lineContent = (line: Line, addresses: SiteAddresses): Markup => {
  const { run, table, anchor } = newest(line)
  return html`<p>${headlineMarkup(table)} (${link(addresses.index, addresses.run(run.manifest.run), `Run of ${run.when}`, anchor)})</p>
${runsHeat(
  line,
  line.points,
  "Means",
  (point) =>
    new Map(
      point.table.rows.flatMap(({ source, mean }) =>
        mean === null ? [] : [[source, { ...mean, mean: mean.estimate }]]
      )
    )
)}
${peopleNote(line)}`
}

const runsTable = (runs: readonly SiteRun[], addresses: SiteAddresses): Markup =>
  html`<section aria-labelledby="runs-title" id="runs">
<h2 id="runs-title">Runs</h2>
${tableBox(
  "All runs, newest first.",
  "All runs",
  html`<th scope="col">Run</th><th scope="col">Study</th><th scope="col" class="number">Sources</th><th scope="col" class="number">Posts</th><th scope="col" class="number">Answers</th>`,
  runs.map(
    ({ leaderboard: { planned, answered, study, tables }, manifest, when }) =>
      html`<tr><th scope="row">${link(addresses.index, addresses.run(manifest.run), when)}<small><bdi>${manifest.run}</bdi></small></th><td>${study.title}${tables.length === 0 && html`<small>not rated</small>`}</td><td class="number">${count(manifest.sources.length)}</td><td class="number">${count(manifest.posts)}</td><td class="number">${count(answered)}${planned > answered && html`<small>of ${count(planned)}</small>`}</td></tr>`
  )
)}
</section>
`

const list = (id: string, title: string, links: readonly Markup[]): Markup | undefined =>
  links.length === 0
    ? undefined
    : html`<section aria-labelledby="${id}-title" id="${id}">
<h2 id="${id}-title">${title}</h2>
<ul class="notes">${links.map((one) => html`<li>${one}</li>`)}</ul>
</section>
`

/** The index; `runs` newest first. */
export const renderIndex = (
  {
    runs,
    lines,
    sources,
    domains
  }: {
    readonly runs: readonly SiteRun[]
    readonly lines: readonly Line[]
    readonly sources: readonly string[]
    readonly domains: readonly string[]
  },
  addresses: SiteAddresses
): string =>
  renderSitePage({
    brand: "Warmline",
    name: "Leaderboards over time",
    about: `${counted(runs.length, "run")}, ${counted(sources.length, "source")}, ${counted(domains.length, "domain")}`,
    links: linkRow("On this page", [
      ...lines.map(
        (line) =>
          html`<a href="#${lineId(line)}">${nameOf(newest(line).table)}${line.apart.length > 0 && `, ground ${line.ground.hash.slice(0, 8)}`}</a> <span class="${newest(line).table.raterKind}">${newest(line).table.raterKind}</span>`
      ),
      html`<a href="#runs">Runs</a>`,
      html`<a href="#sources">Sources</a>`,
      html`<a href="#domains">Domains</a>`
    ]),
    sections: [
      groundNote,
      ...lines.map((line) => lineSection(line, line.points.length, lineContent(line, addresses))),
      runsTable(runs, addresses),
      ...[
        list(
          "sources",
          "Sources",
          sources.map((name) => link(addresses.index, addresses.source(name), html`<bdi>${name}</bdi>`))
        ),
        list(
          "domains",
          "Domains",
          domains.map((name) => link(addresses.index, addresses.domain(name), html`<bdi>${name}</bdi>`))
        )
      ].filter((section) => section !== undefined)
    ]
  })
