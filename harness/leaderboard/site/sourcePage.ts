/** A source's page: its values over the runs it took part in, a figure and a table for each line. */
import { canonicalJson, type Hashable } from "../../study/Hash.ts"
import { count, counted, points } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { tableBox } from "../page/tableBox.ts"
import { nameOf } from "../page/tableSection.ts"
import { rankText, raterHeading } from "../verdict.ts"
import { apartOnPage, type Line, type LinePoint, newest, rowOf } from "./Line.ts"
import { groundNote, lineSection, peopleNote, spokenLine } from "./lineSection.ts"
import { link, type SiteAddresses, type SitePath } from "./SiteAddresses.ts"
import { home, linkRow, renderSitePage } from "./sitePage.ts"
import { timePlot } from "./timePlot.ts"

const figureOf = async (
  line: Line,
  source: string,
  own: readonly LinePoint[]
): Promise<Markup | undefined> => {
  const moments = own.flatMap((point) => {
    const mean = rowOf(point, source)?.mean
    return mean ? [{ when: point.run.when, mean }] : []
  })
  if (moments.length === 0) return undefined
  const { table } = newest(line)
  const options = {
    scale: table.scale,
    title: `${source} over runs, ${nameOf(table)}. ${raterHeading[table.raterKind]}.`,
    description: moments
      .map(
        ({ when, mean }) =>
          `${when}: ${points(mean.estimate)}, interval ${points(mean.lower)} to ${points(mean.upper)}.`
      )
      .join(" ")
  }
  const [wide, narrow] = await Promise.all([
    timePlot(moments, { ...options, width: 800 }),
    timePlot(moments, { ...options, width: 350 })
  ])
  return html`<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>Mean and 95 % interval in each run, oldest first, over the whole scale, ${table.scale.minimum} to ${table.scale.maximum}.</figcaption></figure>`
}

const askedOf = ({ run }: LinePoint, source: string) => run.manifest.sources.find(({ id }) => id === source)

const runsTable = (
  from: SitePath,
  addresses: SiteAddresses,
  line: Line,
  source: string,
  own: readonly LinePoint[]
): Markup => {
  const parameters = own.map((point) =>
    canonicalJson((askedOf(point, source)?.parameters ?? null) as Hashable)
  )
  // Said only where it changed: else it is the same words in every row.
  const changed = new Set(parameters).size > 1
  return tableBox(
    html`Runs of this source, newest first. ${raterHeading[newest(line).table.raterKind]}.`,
    `Runs, ${spokenLine(line)}`,
    html`<th scope="col">Run</th><th scope="col">Version</th>${changed && html`<th scope="col">Parameters</th>`}<th scope="col" class="number">Mean</th><th scope="col" class="number">95 % interval</th><th scope="col">Rank</th><th scope="col" class="number">Posts</th>`,
    own
      .map((point, index) => {
        const row = rowOf(point, source)!
        const asked = askedOf(point, source)
        const { run, table, anchor } = point
        const { planned, answered } = run.leaderboard
        const sources = table.rows.length
        return html`<tr><th scope="row">${link(from, addresses.run(run.manifest.run), run.when, anchor)}<small><bdi>${run.manifest.run}</bdi>${planned > answered && `, ${counted(planned - answered, "answer")} missing`}</small></th><td>${asked && `${asked.plugin} ${asked.version}`}${asked && asked.model !== "" && asked.model !== asked.plugin && html`<small><bdi>${asked.model}</bdi></small>`}</td>${changed && html`<td class="message">${parameters[index]}</td>`}<td class="number">${row.mean ? points(row.mean.estimate) : "–"}</td><td class="number">${row.mean ? `${points(row.mean.lower)} to ${points(row.mean.upper)}` : "–"}${row.mean === null && html`<small>${row.reason ?? "no reason given"}</small>`}</td><td>${rankText(row, table)}<small>of ${counted(sources, "source")}</small></td><td class="number">${count(row.posts)}</td></tr>`
      })
      .reverse()
  )
}

/** The page of a source; `lines` are the site's. */
export const renderSource = async (
  source: string,
  lines: readonly Line[],
  addresses: SiteAddresses
): Promise<string> => {
  const from = addresses.source(source)
  const sections: Markup[] = []
  const runs = new Set<string>()
  for (const line of apartOnPage(
    lines.filter(({ points }) => points.some((point) => rowOf(point, source) !== undefined))
  )) {
    const own = line.points.filter((point) => rowOf(point, source) !== undefined)
    for (const { run } of own) runs.add(run.manifest.run)
    sections.push(
      lineSection(
        line,
        own.length,
        html`${await figureOf(line, source, own)}
${runsTable(from, addresses, line, source, own)}
${peopleNote(line)}`
      )
    )
  }
  return renderSitePage({
    brand: "Source over time",
    name: source,
    about: `In ${counted(runs.size, "rated run")}`,
    links: linkRow("Site", [home(from, addresses)]),
    sections:
      sections.length === 0 ? [html`<p>No run of this source has been rated.</p>`] : [groundNote, ...sections]
  })
}
