/** Sentences with names in them, so that a name written from right to left does not turn round what stands beside it. */
import { headlineOf } from "../headline.ts"
import type { Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"

/** `text` with every occurrence of a name in an element that keeps to itself; the longest name first. */
export const isolated = (text: string, names: readonly string[]): Markup => {
  const known = names.filter((name) => name !== "").sort((a, b) => b.length - a.length)
  const pieces: (string | Markup)[] = []
  let rest = text
  while (rest.length > 0) {
    const found = known
      .map((name) => ({ name, at: rest.indexOf(name) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0]
    if (found === undefined) break
    pieces.push(rest.slice(0, found.at), html`<bdi>${found.name}</bdi>`)
    rest = rest.slice(found.at + found.name.length)
  }
  return html`${[...pieces, rest]}`
}

/** A table's finding for a page. */
export const headlineMarkup = (table: Table): Markup =>
  isolated(
    headlineOf(table),
    table.rows.map(({ source }) => source)
  )
