/** The leaderboard as one HTML file that needs nothing beside it: no network, no font, and a script only to be handier. */

import { Option, Schema } from "effect"
import { RunManifest } from "../run/Manifest.ts"
import { count, counted, listed } from "./formatNumber.ts"
import type { Leaderboard } from "./Leaderboard.ts"
import { html, type Markup, trusted } from "./markup.ts"
import { agreementSection } from "./page/agreementSection.ts"
import { auditSection } from "./page/auditSection.ts"
import { groupName, groupSection, groupTables, type TableGroup } from "./page/dimensionsSection.ts"
import { estimatesSection } from "./page/estimatesSection.ts"
import type { Evidence } from "./page/evidence.ts"
import { headlineMarkup } from "./page/isolated.ts"
import { methodSection } from "./page/methodSection.ts"
import { postsSection } from "./page/postsSection.ts"
import { answersSection, manifestSection } from "./page/runSection.ts"
import { pageScript, scriptHash } from "./page/script.ts"
import { styleSection } from "./page/styleSection.ts"
import { pageStyle } from "./page/styleSheet.ts"
import { badge, nameOf } from "./page/tableSection.ts"

/** Nothing is fetched and nothing runs but the page's own script, whatever a name in the page says. */
const policy = `default-src 'none'; script-src '${scriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`

/** The first table's finding, to be quoted; the others' below it, each with a link to its section. */
const answer = (groups: readonly TableGroup[]): Markup => {
  const [first, ...others] = groups
  if (first === undefined) return html`<div class="answer"><p class="lead">Nothing has been rated.</p></div>`
  const [{ table }] = first
  return html`<div class="answer">
${badge(table.raterKind)}
<p class="lead">${headlineMarkup(table)}</p>
${
  others.length > 0 &&
  html`<ul class="brief">${others.map((group) => {
    const [{ table: other, id }, ...rest] = group
    // Of dimensions that are not summed no single one is the finding.
    return rest.length > 0
      ? html`<li><a href="#${id}-all">${other.title} (${other.condition})</a> ${badge(other.raterKind)}<p>${listed(group.map((entry) => entry.table.measure))}: side by side, not summed.</p></li>`
      : html`<li><a href="#${id}">${nameOf(other)}</a> ${badge(other.raterKind)}<p>${headlineMarkup(other)}</p></li>`
  })}</ul>`
}
</div>
`
}

/** Links to the page's sections. */
const contents = (groups: readonly TableGroup[], parts: readonly (readonly [string, string])[]): Markup =>
  html`<nav class="contents" aria-label="On this page"><ul>${groups.map(
    (group) =>
      html`<li><a href="#${group[0].id}${group.length > 1 && "-all"}">${groupName(group)}</a> <span class="${group[0].table.raterKind}">${group[0].table.raterKind}</span></li>`
  )}${parts.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`

/**
 * The page. It opens from disk, reads without JavaScript, in light and dark, on paper and on a phone. Whatever
 * comes from a model, a person or a file is text in it. Draws by Observable Plot, which is loaded here first.
 * `site`: links to the pages of the site it is part of.
 */
export const renderPage = async (
  leaderboard: Leaderboard,
  evidence?: Evidence,
  site?: Markup
): Promise<string> => {
  const { study, run, planned, answered, tables } = leaderboard
  const groups = groupTables(tables)
  const manifest = Option.getOrUndefined(Schema.decodeUnknownOption(RunManifest)(leaderboard.manifest))
  const sections: Markup[] = []
  for (const [index, group] of groups.entries()) sections.push(await groupSection(group, index > 0, manifest))
  const estimates = estimatesSection(leaderboard)
  const agreement = evidence?.agreement && agreementSection(evidence.agreement)
  const audit = evidence && auditSection(evidence.audits)
  const style = evidence?.style && styleSection(evidence.style)
  const posts = evidence && postsSection(evidence, tables[0])
  const parts = [
    ...(estimates ? [["estimates", "Other analyses and slices"] as const] : []),
    ...(agreement ? [["agreement", "Agreement"] as const] : []),
    ...(audit ? [["audit", "Audit"] as const] : []),
    ...(style ? [["style", "Style"] as const] : []),
    ["answers", "Completeness"] as const,
    ...(posts ? [["posts", "Posts and answers"] as const] : []),
    ["method", "Method and limits"] as const,
    ["manifest", "Where this comes from"] as const
  ]
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
${site}
</header>
<main class="wrap" id="main">
${answer(groups)}
${contents(groups, parts)}
${sections}
${estimates}
${agreement}
${audit}
${style}
${answersSection(leaderboard)}
${posts}
${methodSection()}
${manifestSection(leaderboard)}
</main>
<footer class="wrap"><p>Made by Warmline from the run ${run}. The numbers stand beside this page in <code>leaderboard.json</code> and <code>leaderboard.csv</code>.</p></footer>
</body>
</html>
`.text
}
