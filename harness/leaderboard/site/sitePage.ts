/** What all pages of a site have around them that are not a run's own. */
import { html, type Interpolated, type Markup, trusted } from "../markup.ts"
import { pageScript, scriptHash } from "../page/script.ts"
import { pageStyle } from "../page/styleSheet.ts"
import { link, type SiteAddresses, type SitePath } from "./SiteAddresses.ts"

const policy = `default-src 'none'; script-src '${scriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`

/** A page's own parts. */
export interface SitePage {
  /** What kind of page it is, over its name. */
  readonly brand: string
  readonly name: string
  /** A line under the name. */
  readonly about: Interpolated
  readonly links: Interpolated
  readonly sections: readonly Markup[]
}

/** Links in a row. */
export const linkRow = (label: string, links: readonly Markup[]): Markup | undefined =>
  links.length === 0
    ? undefined
    : html`<nav class="contents" aria-label="${label}"><ul>${links.map((one) => html`<li>${one}</li>`)}</ul></nav>`

/** The way back from a page to the index. */
export const home = (from: SitePath, addresses: SiteAddresses): Markup =>
  link(from, addresses.index, "All leaderboards")

/** A page that opens from disk and needs nothing beside it, as a run's own does. */
export const renderSitePage = ({ brand, name, about, links, sections }: SitePage): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="warmline">
<link rel="icon" href="data:,">
<title>${name}: ${brand}</title>
<style>${trusted(pageStyle)}</style>
<script>${trusted(pageScript)}</script>
</head>
<body>
<a class="skip" href="#main">To the results</a>
<header class="wrap">
<p class="brand">${brand}</p>
<h1><bdi>${name}</bdi></h1>
<p class="meta">${about}</p>
${links}
</header>
<main class="wrap" id="main">
${sections}
</main>
<footer class="wrap"><p>Made by Warmline. Scores of people, judges and formulas never share a table or a line.</p></footer>
</body>
</html>
`.text
