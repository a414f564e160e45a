/** Sources by runs as shaded numbers. */
import { html, type Markup } from "../markup.ts"
import { type HeatCell, heatTable } from "../page/heatTable.ts"
import { raterHeading } from "../verdict.ts"
import { type Line, type LinePoint, newest } from "./Line.ts"
import { spokenLine } from "./lineSection.ts"

/** The sources of these points, those of the newest first and in its order. */
export const sourcesOf = (points: readonly LinePoint[]): readonly string[] => [
  ...new Set([...points].reverse().flatMap(({ table }) => table.rows.map(({ source }) => source)))
]

/** The table, newest run first. `cells`: what a run has, by source. */
export const runsHeat = (
  line: Line,
  points: readonly LinePoint[],
  what: string,
  cells: (point: LinePoint) => ReadonlyMap<string, HeatCell>
): Markup =>
  heatTable(
    html`${what} by source and run, with 95 % intervals, newest run first. ${raterHeading[newest(line).table.raterKind]}. The shade is the mean’s place on the whole scale.`,
    `${what}, ${spokenLine(line)}`,
    sourcesOf(points),
    [...points].reverse().map((point) => ({
      name: point.run.when,
      under: point.run.manifest.run,
      scale: point.table.scale,
      cells: cells(point)
    }))
  )
