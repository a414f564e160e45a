/** What became of the run's calls, and the manifest that says what was asked: the page's last sections. */

import { Option, Schema } from "effect"
import { RunManifest } from "../../run/Manifest.ts"
import type { Outcome } from "../../study/Response.ts"
import { count, counted } from "../formatNumber.ts"
import type { Leaderboard } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { unscoredLines, unscoredTitle } from "../unscored.ts"
import { tableBox } from "./tableBox.ts"

const outcomeColumns: readonly (readonly [Outcome, string])[] = [
  ["ok", "Complete"],
  ["truncated", "Truncated"],
  ["refusal", "Refused"],
  ["content_filter", "Filtered"],
  ["empty", "Empty"]
]
/** Only in data sets that came by import. */
const noText = ["no_text", "Text not imported"] as const

const outcomesTable = ({ outcomes }: Leaderboard): Markup => {
  const columns = outcomes.some(({ outcome }) => outcome === "no_text")
    ? [...outcomeColumns, noText]
    : outcomeColumns
  const groups = Map.groupBy(outcomes, ({ source, condition }) => JSON.stringify([source, condition]))
  return tableBox(
    "Answers by source and how they ended. Complete and truncated answers are rated; the others are counted here and not scored as cold.",
    "Answers by source and how they ended",
    html`<th scope="col">Source</th><th scope="col">Condition</th>${columns.map(([, title]) => html`<th scope="col" class="number">${title}</th>`)}`,
    [...groups.values()].map((group) => {
      const number = (outcome: Outcome) =>
        group.filter((entry) => entry.outcome === outcome).reduce((sum, entry) => sum + entry.n, 0)
      return html`<tr><th scope="row"><bdi>${group[0]!.source}</bdi></th><td>${group[0]!.condition}</td>${columns.map(([outcome]) => html`<td class="number">${count(number(outcome))}</td>`)}</tr>`
    })
  )
}

const failuresTable = ({ failures }: Leaderboard): Markup =>
  tableBox(
    "What failed for good, grouped. Another start of the run tries these again.",
    "Failures",
    html`<th scope="col">Source</th><th scope="col">Stage</th><th scope="col">Reason</th><th scope="col" class="number">Number</th><th scope="col">Such as</th>`,
    failures.map(
      (entry) =>
        html`<tr><th scope="row"><bdi>${entry.source}</bdi></th><td>${entry.stage}</td><td class="message">${entry.kind}: ${entry.message}</td><td class="number">${count(entry.n)}</td><td><bdi>${entry.example}</bdi></td></tr>`
    )
  )

/** How the calls ended, and what failed. */
export const answersSection = (leaderboard: Leaderboard): Markup => {
  const { planned, answered, outcomes, failures } = leaderboard
  const unscored = unscoredLines(leaderboard)
  return html`<section aria-labelledby="answers-title" id="answers">
<h2 id="answers-title">Answers</h2>
<p>${count(answered)} of ${counted(planned, "planned answer")} are there${planned > answered && `; ${count(planned - answered)} are missing`}.</p>
${outcomes.length > 0 && outcomesTable(leaderboard)}
${unscored.length > 0 && html`<h3>${unscoredTitle}</h3><ul class="notes">${unscored.map((line) => html`<li>${line}</li>`)}</ul>`}${failures.length > 0 && html`<h3>Failures</h3>${failuresTable(leaderboard)}`}
</section>
`
}

const short = (hash: string): string => hash.slice(0, 12)

const materials = (manifest: RunManifest): Markup => {
  const packages = Object.entries(manifest.software.packages).map(([name, version]) => `${name} ${version}`)
  return html`<dl class="facts"><div><dt>Run</dt><dd>${manifest.run}</dd></div><div><dt>Started</dt><dd>${manifest.startedAt}</dd></div><div><dt>Seed</dt><dd>${manifest.seed}</dd></div><div><dt>Posts</dt><dd>${count(manifest.posts)}</dd></div><div><dt>Answers a post and source</dt><dd>${manifest.epochs}</dd></div><div><dt>Software</dt><dd>warmline ${manifest.software.warmline}, Node ${manifest.software.node}${packages.length > 0 && `, ${packages.join(", ")}`}</dd></div>${manifest.software.commit !== undefined && html`<div><dt>Commit</dt><dd>${short(manifest.software.commit)}</dd></div>`}</dl>
${tableBox(
  "Posts: where they come from.",
  "Suites of posts",
  html`<th scope="col">Suite</th><th scope="col" class="number">Posts</th><th scope="col">Provenance</th><th scope="col">Licence</th><th scope="col">Hash</th>`,
  manifest.suites.map(
    (suite) =>
      html`<tr><th scope="row"><bdi>${suite.name}</bdi></th><td class="number">${count(suite.posts)}</td><td class="message">${suite.provenance}</td><td>${suite.licence}</td><td>${short(suite.hash)}</td></tr>`
  )
)}
${tableBox(
  "Sources and raters: what was asked.",
  "Sources and raters",
  html`<th scope="col">Name</th><th scope="col">Part</th><th scope="col">Plugin</th><th scope="col">Parameters</th><th scope="col">Asked in vain</th>`,
  [
    ...manifest.sources.map(
      (source) =>
        html`<tr><th scope="row"><bdi>${source.id}</bdi></th><td>source, ${source.kind}</td><td>${source.plugin} ${source.version}${source.model !== "" && source.model !== source.plugin && html`<small>${source.model}</small>`}</td><td class="message">${JSON.stringify(source.parameters)}</td><td>${source.ignored.length === 0 ? "–" : source.ignored.join(", ")}</td></tr>`
    ),
    ...manifest.raters.map(
      (rater) =>
        html`<tr><th scope="row"><bdi>${rater.id}</bdi></th><td>rater, ${rater.kind}</td><td>${rater.plugin} ${rater.version}</td><td>–</td><td>–</td></tr>`
    )
  ]
)}`
}

/** What was asked of whom, with what: readable where the manifest is one of this version, and whole as JSON. */
export const manifestSection = ({ manifest }: Leaderboard): Markup => {
  const known = Schema.decodeUnknownOption(RunManifest)(manifest)
  return html`<section aria-labelledby="manifest-title" id="manifest">
<h2 id="manifest-title">Where this comes from</h2>
${Option.isSome(known) && materials(known.value)}
<details class="raw"><summary>The whole manifest</summary><pre role="region" tabindex="0" aria-label="Manifest as JSON">${JSON.stringify(manifest, null, 2)}</pre></details>
</section>
`
}
