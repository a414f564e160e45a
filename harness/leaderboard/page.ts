/** The leaderboard as one HTML file that needs nothing beside it: no network, no font, and a script only to be handier. */
import { count, counted } from "./formatNumber.ts"
import { headlineOf } from "./headline.ts"
import type { Leaderboard } from "./Leaderboard.ts"
import { html, type Markup, trusted } from "./markup.ts"
import { agreementSection } from "./page/agreementSection.ts"
import { auditSection } from "./page/auditSection.ts"
import type { Evidence } from "./page/evidence.ts"
import { methodSection } from "./page/methodSection.ts"
import { postsSection } from "./page/postsSection.ts"
import { answersSection, manifestSection } from "./page/runSection.ts"
import { pageScript, scriptHash } from "./page/script.ts"
import { pageStyle } from "./page/styleSheet.ts"
import { badge, nameOf, tableSection } from "./page/tableSection.ts"

/** Nothing is fetched and nothing runs but the page's own script, whatever a name in the page says. */
const policy = `default-src 'none'; script-src '${scriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`

/** The first table's finding, to be quoted; the others' below it, each with a link to its section. */
const answer = ({ tables }: Leaderboard): Markup => {
  const [first, ...others] = tables
  if (first === undefined) return html`<div class="answer"><p class="lead">Nothing has been rated.</p></div>`
  return html`<div class="answer">
${badge(first.raterKind)}
<p class="lead">${headlineOf(first)}</p>
${
  others.length > 0 &&
  html`<ul class="brief">${others.map(
    (table, index) =>
      html`<li><a href="#table-${index + 2}">${nameOf(table)}</a> ${badge(table.raterKind)}<p>${headlineOf(table)}</p></li>`
  )}</ul>`
}
</div>
`
}

/**
 * The page. It opens from disk, reads without JavaScript, in light and dark, on paper and on a phone. Whatever
 * comes from a model, a person or a file is text in it. Draws by Observable Plot, which is loaded here first.
 */
export const renderPage = async (leaderboard: Leaderboard, evidence?: Evidence): Promise<string> => {
  const { study, run, planned, answered, tables } = leaderboard
  const sections: Markup[] = []
  for (const [index, table] of tables.entries()) {
    sections.push(await tableSection(table, `table-${index + 1}`, index > 0))
  }
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="warmline">
<link rel="icon" href="data:,">
<title>${study.title}: a Warmline leaderboard</title>
<style>${trusted(pageStyle)}</style>
<script>${trusted(pageScript)}</script>
</head>
<body>
<a class="skip" href="#main">To the results</a>
<header class="wrap">
<p class="brand">Warmline leaderboard</p>
<h1>${study.title}</h1>
<p class="meta">${counted(new Set(tables.flatMap((table) => table.rows.map((row) => row.source))).size, "source")}, ${count(answered)} of ${counted(planned, "planned answer")}, run ${run}</p>
${study.caution !== undefined && html`<div class="caution" role="note"><p><strong>Caution.</strong> ${study.caution}</p></div>`}
</header>
<main class="wrap" id="main">
${answer(leaderboard)}
${sections}
${evidence?.agreement && agreementSection(evidence.agreement)}
${evidence && auditSection(evidence.audits)}
${answersSection(leaderboard)}
${evidence && postsSection(evidence, tables[0])}
${methodSection()}
${manifestSection(leaderboard)}
</main>
<footer class="wrap"><p>Made by Warmline from the run ${run}. The numbers stand beside this page in <code>leaderboard.json</code> and <code>leaderboard.csv</code>.</p></footer>
</body>
</html>
`.text
}
