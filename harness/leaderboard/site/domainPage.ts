/** A domain's page: what the sources' answers to its posts got, run by run. */
import { counted } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { describe, nameOf } from "../page/tableSection.ts"
import { forestPlot, type PlotRow } from "../plot.ts"
import { raterHeading } from "../verdict.ts"
import { apartOnPage, type Line, type LinePoint, newest } from "./Line.ts"
import { groundNote, lineSection, peopleNote } from "./lineSection.ts"
import { runsHeat, sourcesOf } from "./runsHeat.ts"
import { link, type SiteAddresses } from "./SiteAddresses.ts"
import { home, linkRow, renderSitePage } from "./sitePage.ts"

const sliceOf = ({ table }: LinePoint, domain: string) =>
  table.domains.find((slice) => slice.domain === domain)

const figureOf = async (point: LinePoint, domain: string): Promise<Markup | undefined> => {
  const { table, run } = point
  const rows = table.rows.flatMap(({ source, kind }): PlotRow[] => {
    const row = sliceOf(point, domain)?.rows.find((entry) => entry.source === source)
    return row === undefined ? [] : [{ ...row, kind }]
  })
  if (rows.length === 0) return undefined
  const options = {
    scale: table.scale,
    title: `Means and 95 % intervals in the domain ${domain}, run of ${run.when}, ${nameOf(table)}. ${raterHeading[table.raterKind]}.`,
    description: describe(rows)
  }
  const [wide, narrow] = await Promise.all([
    forestPlot(rows, { ...options, names: "beside", width: 800 }),
    forestPlot(rows, { ...options, names: "above", width: 350 })
  ])
  return html`<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>The newest run, ${run.when}: mean and unadjusted 95 % interval of each source in this domain.</figcaption></figure>`
}

/** The page of a domain; `lines` are the site's. */
export const renderDomain = async (
  domain: string,
  lines: readonly Line[],
  addresses: SiteAddresses
): Promise<string> => {
  const from = addresses.domain(domain)
  const sections: Markup[] = []
  const sources = new Set<string>()
  for (const line of apartOnPage(
    lines.filter(({ points }) => points.some((point) => sliceOf(point, domain) !== undefined))
  )) {
    const own = line.points.filter((point) => sliceOf(point, domain) !== undefined)
    for (const source of sourcesOf(own)) sources.add(source)
    sections.push(
      lineSection(
        line,
        own.length,
        html`${await figureOf(own.at(-1)!, domain)}
${runsHeat(line, own, `Means in ${domain}`, (point) => new Map(sliceOf(point, domain)!.rows.map((row) => [row.source, row])))}
${peopleNote(line)}
<p class="quiet">Exploratory: intervals are not adjusted for the number of domains, sources and runs. The whole leaderboard: ${link(from, addresses.run(newest(line).run.manifest.run), `run of ${newest(line).run.when}`, newest(line).anchor)}.</p>`
      )
    )
  }
  const links = [...sources]
    .sort()
    .map((source) => link(from, addresses.source(source), html`<bdi>${source}</bdi>`))
  return renderSitePage({
    brand: "Domain over time",
    name: domain,
    about: counted(sources.size, "source"),
    links: linkRow("Site", [home(from, addresses), ...links]),
    sections:
      sections.length === 0
        ? [html`<p>No answer in this domain has been rated.</p>`]
        : [groundNote, ...sections]
  })
}
