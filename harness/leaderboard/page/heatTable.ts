/** Means by source and something else as a table whose cells are shaded by their place on the scale. */
import { points } from "../formatNumber.ts"
import type { Table } from "../Leaderboard.ts"
import { html, type Interpolated, type Markup } from "../markup.ts"
import { tableBox } from "./tableBox.ts"

/** One cell. Without ends there is the mean alone. */
export interface HeatCell {
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/** One column; `cells` by source. */
export interface HeatColumn {
  readonly name: string
  /** What stands small under the name. */
  readonly under?: string
  readonly scale: Table["scale"]
  readonly cells: ReadonlyMap<string, HeatCell>
}

/** Shades from none to full; the style sheet has a class for each. */
export const SHADES = 10

/** Over the whole scale, not over what was found: a small difference must not look like a large one. */
const shadeOf = (mean: number, { minimum, maximum }: Table["scale"]): number =>
  Math.round(Math.min(1, Math.max(0, (mean - minimum) / (maximum - minimum))) * SHADES)

const cellOf = (cell: HeatCell | undefined, scale: Table["scale"]): Markup =>
  cell === undefined
    ? html`<td class="number">–</td>`
    : html`<td class="number shade-${shadeOf(cell.mean, scale)}">${points(cell.mean)}${cell.lower !== null && cell.upper !== null && html`<small>${points(cell.lower)} to ${points(cell.upper)}</small>`}</td>`

/** The table; numbers stand in every cell, so that no colour has to be told apart. */
export const heatTable = (
  caption: Interpolated,
  label: string,
  sources: readonly string[],
  columns: readonly HeatColumn[]
): Markup =>
  tableBox(
    caption,
    label,
    html`<th scope="col">Source</th>${columns.map(({ name, under }) => html`<th scope="col" class="number">${name}${under !== undefined && html`<small>${under}</small>`}</th>`)}`,
    sources.map(
      (source) =>
        html`<tr><th scope="row"><bdi>${source}</bdi></th>${columns.map(({ cells, scale }) => cellOf(cells.get(source), scale))}</tr>`
    ),
    "heat"
  )
