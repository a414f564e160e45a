/**
 * The first table's finding as a small picture for a README: an SVG that fetches nothing. The kind of rater stands in
 * it, so that a proxy's or a judge's number is not taken for a person's.
 */
import { displayWidth, truncated } from "./displayWidth.ts"
import { points } from "./formatNumber.ts"
import type { Leaderboard, Table } from "./Leaderboard.ts"
import { escapeHtml } from "./markup.ts"
import { type MeasuredRow, verdictOf } from "./verdict.ts"
import { visible } from "./visible.ts"

/** Of the kinds of raters, dark enough for white letters (4.5 : 1). */
const colours = { human: "#1d6446", judge: "#5f4497", proxy: "#7d5300" } as const

const raters: Record<Table["raterKind"], string> = {
  human: "rated by people",
  judge: "judge, not people",
  proxy: "proxy, not people"
}

/** Cells of a source's name before it is cut. */
const MOST_CELLS = 32
/** Pixels of a cell, and beside a text. */
const CELL = 6.7
const PAD = 8

const named = ({ source, mean }: MeasuredRow): string =>
  `${truncated(visible(source), MOST_CELLS)} ${points(mean.estimate)}`

const findingOf = (table: Table | undefined): string => {
  if (table === undefined) return "not rated"
  const verdict = verdictOf(table)
  switch (verdict.kind) {
    case "empty":
      return "no mean"
    case "refused":
      return "not ranked"
    case "single":
      return named(verdict.row)
    case "tie":
      return `${verdict.rows.length} not distinguishable`
    case "first":
      return `first: ${named(verdict.row)}`
    case "shared":
      return verdict.top.length === 1
        ? `highest, not separated from all: ${named(verdict.top[0]!)}`
        : `${verdict.top.length} share the top`
  }
}

/** The badge in words, for whoever does not see it. */
export const badgeText = ({ tables }: Leaderboard): string => {
  const [table] = tables
  if (table === undefined) return "Warmline: not rated"
  return `Warmline, ${table.title} (${raters[table.raterKind]}): ${findingOf(table)}`
}

/** The badge as an SVG file. */
export const renderBadge = (leaderboard: Leaderboard): string => {
  const [table] = leaderboard.tables
  const left = table === undefined ? "warmline" : `warmline, ${raters[table.raterKind]}`
  const right = findingOf(table)
  const wide = (text: string) => Math.round(displayWidth(text) * CELL)
  const [first, second] = [wide(left), wide(right)]
  const split = first + 2 * PAD
  const width = split + second + 2 * PAD
  const text = (x: number, length: number, words: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeHtml(words)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-labelledby="t">
<title id="t">${escapeHtml(badgeText(leaderboard))}</title>
<clipPath id="c"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#c)"><rect width="${split}" height="20" fill="#38332d"/><rect x="${split}" width="${width - split}" height="20" fill="${table === undefined ? "#655d54" : colours[table.raterKind]}"/></g>
<g fill="#fff" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="11">${text(PAD, first, left)}${text(split + PAD, second, right)}</g>
</svg>
`
}
