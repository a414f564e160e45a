/** A section of a page about one line: what was measured, how, and what it is not on one line with. */
import { counted, listed } from "../formatNumber.ts"
import { html, type Markup } from "../markup.ts"
import { badge, spokenName } from "../page/tableSection.ts"
import { ratersText } from "../verdict.ts"
import { type Line, newest } from "./Line.ts"

/** A line's name for those who hear the page, unique on it. */
export const spokenLine = (line: Line): string =>
  `${spokenName(newest(line).table)}${line.apart.length === 0 ? "" : `, ground ${line.ground.hash.slice(0, 8)}`}`

/** The place of a line on a page. */
export const lineId = ({ ground }: Line): string => `line-${ground.hash.slice(0, 12)}`

/** The section. `runs`: how many of the line's runs are on this page. */
export const lineSection = (line: Line, runs: number, content: Markup): Markup => {
  const { table } = newest(line)
  return html`<section aria-label="${spokenLine(line)}" id="${lineId(line)}">
<h2>${table.title}${table.measure !== "aggregate" && `: ${table.measure}`}</h2>
${badge(table.raterKind)}
<dl class="facts"><div><dt>Condition</dt><dd>${table.condition}</dd></div><div><dt>Instrument</dt><dd>${table.instrument}</dd></div><div><dt>Scale</dt><dd>${table.scale.minimum} to ${table.scale.maximum}</dd></div><div><dt>Rated by</dt><dd>${ratersText(table)}</dd></div><div><dt>Runs</dt><dd>${counted(runs, "run")}</dd></div><div><dt>Ground</dt><dd>${line.ground.hash.slice(0, 8)}</dd></div></dl>
${line.apart.length > 0 && html`<p class="caution"><strong>Not to be compared</strong> with the newer runs of the same name above: they differ in ${listed(line.apart)}.</p>`}
${content}
</section>
`
}

/** Why runs stand on one line, said once a page. */
export const groundNote: Markup = html`<div class="answer"><p class="quiet">Runs share a line when their posts, the words of the condition, the questions of the instrument and the raters are the same by their hashes: their ground. Each 95 % interval is for its run alone; whether two runs differ is read from <code>warmline compare</code>, which pairs them by post.</p></div>`

/** What is said of people on a line: they may be others in every run. */
export const peopleNote = (line: Line): Markup | false =>
  newest(line).table.raterKind === "human" &&
  html`<p class="quiet">The people who rated need not be the same in every run.</p>`
