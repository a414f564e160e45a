/** How the page looks: one style sheet, system fonts, light and dark, paper and phone. */
import { SHADES } from "./heatTable.ts"

/** Colours by role. Text roles (`ink`, `quiet`, `accent`, the kinds) reach 4.5 : 1 on `paper` and `card`, `interval` 3 : 1. */
export const palette = {
  light: {
    paper: "#fbf9f5",
    card: "#f4f0e8",
    ink: "#26221e",
    quiet: "#655d54",
    line: "#ddd6ca",
    accent: "#9a3f22",
    interval: "#bd7f66",
    human: "#1d6446",
    judge: "#5f4497",
    proxy: "#7d5300"
  },
  dark: {
    paper: "#181614",
    card: "#221f1c",
    ink: "#ede8e0",
    quiet: "#ada498",
    line: "#3a352f",
    accent: "#f0a585",
    interval: "#a3644c",
    human: "#7fcea6",
    judge: "#c3adf2",
    proxy: "#e7bd6b"
  }
} as const

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([role, value]) => `--${role}: ${value};`)
    .join(" ")

/** A shade for each tenth of a scale, light enough for `ink` upon it. */
const shades = Array.from(
  { length: SHADES + 1 },
  (_, step) => `.shade-${step} { background: color-mix(in srgb, var(--accent) ${step * 4}%, transparent); }`
).join("\n")

/** The style sheet. */
export const pageStyle = `
:root { color-scheme: light dark; ${variables(palette.light)} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${variables(palette.dark)} } }
@media screen { :root[data-theme="dark"] { color-scheme: dark; ${variables(palette.dark)} } }
:root[data-theme="light"] { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: break-word;
}
.wrap { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem; }
header.wrap { padding-top: 3.5rem; }
main { display: block; padding-bottom: 3rem; }
h1, h2, .lead { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, P052, "Book Antiqua", Georgia, serif; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 5vw, 2.8rem); line-height: 1.12; font-weight: 600; letter-spacing: -0.01em; margin: 0.3rem 0 0.7rem; }
h2 { font-size: 1.6rem; line-height: 1.2; font-weight: 600; margin: 0 0 0.5rem; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; margin: 2.4rem 0 0.6rem; }
h4 { font-size: 0.9rem; font-weight: 600; margin: 0 0 0.2rem; }
p { margin: 0 0 0.9rem; max-width: 68ch; }
a { color: var(--accent); text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.3rem 0.6rem; }
.brand { margin: 0; color: var(--accent); font-size: 0.82rem; font-weight: 650; letter-spacing: 0.09em; text-transform: uppercase; }
.meta, .quiet, figcaption, caption, small { color: var(--quiet); font-size: 0.88rem; }
.lead { font-size: clamp(1.2rem, 3vw, 1.5rem); line-height: 1.4; max-width: 54ch; margin: 0.7rem 0 0; text-wrap: pretty; }
.answer { margin: 2.2rem 0 1.6rem; padding: 1.6rem 0 0; border-top: 2px solid var(--ink); }
.brief { list-style: none; margin: 1.8rem 0 0; padding: 0; display: grid; gap: 1.2rem; }
.brief p { margin: 0.3rem 0 0; } .brief a { font-weight: 600; margin-right: 0.5rem; }
.contents { margin: 2.4rem 0 0; font-size: 0.92rem; } .contents ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; }
.contents span { font-size: 0.84rem; }
.formula { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, P052, "Book Antiqua", Georgia, serif; font-style: italic; margin: 0.3rem 0 0.3rem 1.2rem; } .formula sub { font-size: 0.72em; }
.badge { display: inline-block; font-size: 0.8rem; font-weight: 650; line-height: 1.35; letter-spacing: 0.015em; padding: 0.16rem 0.6rem; border: 1.5px solid currentColor; border-radius: 99px; }
.human { color: var(--human); } .judge { color: var(--judge); } .proxy { color: var(--proxy); }
.caution { background: var(--card); border-left: 4px solid var(--proxy); padding: 0.8rem 1.1rem; margin: 1.2rem 0; max-width: 72ch; }
.caution p { margin: 0; }
section { margin-top: 3.6rem; padding-top: 1.6rem; border-top: 1px solid var(--line); }
.facts { display: flex; flex-wrap: wrap; gap: 0.2rem 1.6rem; margin: 0.8rem 0 1.1rem; padding: 0; font-size: 0.88rem; }
.facts div { display: flex; gap: 0.45rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
figure { margin: 1.4rem 0; }
figcaption { margin-top: 0.4rem; max-width: 72ch; }
.plot { display: block; width: 100%; height: auto; font-family: inherit; overflow: visible; }
.plot text { white-space: pre; }
.narrow { display: none; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15.5rem, 100%), 1fr)); gap: 1.6rem 2rem; }
.multiples figure { margin: 0; } .multiples .plot { max-width: 19rem; }
.scroll { overflow-x: auto; margin: 0.6rem 0 1.2rem; border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 0.5rem; }
caption span { display: block; position: sticky; left: 0; max-width: min(72ch, calc(100vw - 2.2rem)); }
.rank { width: 4.2rem; white-space: nowrap; }
th, td { text-align: left; vertical-align: baseline; padding: 0.42rem 1.1rem 0.42rem 0; border-top: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-weight: 550; font-size: 0.84rem; border-top: 0; white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 8rem; max-width: 22rem; overflow-wrap: anywhere; }
td small, th small { display: block; font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.message { min-width: 14rem; overflow-wrap: anywhere; }
ul.notes { margin: 0.6rem 0 0; padding-left: 1.1rem; max-width: 72ch; } ul.notes li { margin: 0.3rem 0; }
details { margin: 1rem 0; border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: 0.7rem 0; font-weight: 600; }
summary::marker { color: var(--accent); }
pre { background: var(--card); padding: 1rem; overflow: auto; max-height: 32rem; font: 0.8rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
dl.method dt { font-weight: 650; margin-top: 0.9rem; } dl.method dd { margin: 0.1rem 0 0; max-width: 70ch; }
button, select, input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; padding: 0.25rem 0.55rem; }
button { cursor: pointer; }
header.wrap { position: relative; }
.theme { position: absolute; top: 1.2rem; right: 1.5rem; font-size: 0.82rem; color: var(--quiet); border-color: var(--line); }
.theme:hover, .sort:hover { color: var(--accent); }
.sort { all: unset; cursor: pointer; } .sort:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
[aria-sort="ascending"] .sort::before { content: "↑\u00a0"; color: var(--accent); } [aria-sort="descending"] .sort::before { content: "↓\u00a0"; color: var(--accent); }
.filters { display: flex; flex-wrap: wrap; gap: 0.6rem 1.2rem; margin: 1.2rem 0 0.6rem; font-size: 0.88rem; }
.filters label { display: flex; align-items: center; gap: 0.45rem; color: var(--quiet); min-width: 0; } .filters select, .filters input { color: var(--ink); max-width: 14rem; min-width: 0; }
[hidden] { display: none !important; }
.heat { font-size: 0.88rem; border-collapse: separate; border-spacing: 2px; }
.heat td, .heat td:last-child { padding: 0.4rem 0.5rem; border: 0; } .heat td small { color: inherit; font-size: 0.76rem; letter-spacing: -0.01em; }
.heat th, .heat th:last-child { border: 0; padding-right: 0.5rem; } .heat tbody th { min-width: 5.5rem; }
.pass { color: var(--human); } .fail { color: var(--accent); font-weight: 650; }
${shades}
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.post { margin: 0; border-top: 1px solid var(--line); }
.post:last-child { border-bottom: 1px solid var(--line); }
.post > summary { padding: 0.6rem 0; font-weight: 400; }
.post > summary h3 { display: inline; margin: 0; font-weight: 550; }
.post > summary small { margin-left: 0.5rem; white-space: nowrap; }
.post:target > summary h3 { color: var(--accent); }
.account { max-width: 68ch; margin: 0.4rem 0 1.4rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.account .text { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, P052, "Book Antiqua", Georgia, serif; font-size: 1.06rem; }
.answers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16.5rem, 100%), 1fr)); gap: 1.2rem; padding-bottom: 1.8rem; }
.answered { display: grid; grid-template-rows: subgrid; grid-row: span 3; row-gap: 0.6rem; align-content: start; background: var(--card); border-radius: 6px; padding: 0.9rem 1.1rem 0.7rem; min-width: 0; font-size: 0.94rem; line-height: 1.52; }
.answered:target { outline: 2px solid var(--accent); }
.answered h4 { margin: 0; overflow-wrap: anywhere; } .answered h4 small { font-weight: 400; }
.marks { font-size: 0.84rem; align-self: start; table-layout: fixed; }
.marks th, .marks td { padding: 0.22rem 0; border-top: 0; }
.marks tbody th { min-width: 0; max-width: none; font-weight: 400; }
.marks tbody td { text-align: right; width: 6.5rem; overflow-wrap: anywhere; }
.marks tbody .by { border-top: 1px solid var(--line); font-weight: 600; padding-top: 0.4rem; }
.marks .by span { font-variant-caps: all-small-caps; letter-spacing: 0.04em; margin-right: 0.2rem; }
.marks .why td, .marks .each td { text-align: left; color: var(--quiet); padding-left: 0.8rem; }
.unscored { font-style: italic; color: var(--quiet); }
footer { color: var(--quiet); font-size: 0.85rem; padding-bottom: 3rem; }
@media (max-width: 40rem) {
  .wrap { padding: 0 1.1rem; }
  header.wrap { padding-top: 2rem; }
  .wide { display: none; } .narrow { display: block; }
  section { margin-top: 2.6rem; }
}
@media print {
  :root { --paper: #fff; }
  body { font-size: 10pt; } .wrap { max-width: none; padding: 0; } .skip, .raw, .contents, .theme, .filters, [role="status"] { display: none; } .post:not([open]) { display: none; }
  section { margin-top: 1.5rem; } h2, h3, h4, summary, .badge, .facts, caption, thead { break-after: avoid; } figure, tr, .caution, .answer { break-inside: avoid; }
  .scroll { overflow: visible; } details::details-content { content-visibility: visible; block-size: auto; }
}
`
