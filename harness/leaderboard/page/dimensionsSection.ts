/** Instruments whose dimensions are not combined, such as risk: all dimensions beside one another, then each in full. */
import type { RunManifest } from "../../run/Manifest.ts"
import type { Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { raterHeading, ratersText } from "../verdict.ts"
import { heatTable } from "./heatTable.ts"
import { badge, spokenName, tableSection } from "./tableSection.ts"

/** A table and the name of its place on the page. */
export interface Placed {
  readonly table: Table
  readonly id: string
}

/** One table, or the dimensions of one instrument by the same raters under one condition. */
export type TableGroup = readonly [Placed, ...Placed[]]

/** Groups tables in their order. */
export const groupTables = (tables: readonly Table[]): readonly TableGroup[] => {
  const groups = new Map<string, [Placed, ...Placed[]]>()
  tables.forEach((table, index) => {
    const placed = { table, id: `table-${index + 1}` }
    const { instrument, raterKind, condition, panels = [], measure } = table
    const key = JSON.stringify([instrument, raterKind, condition, panels, measure === "aggregate"])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [placed])
    else group.push(placed)
  })
  return [...groups.values()]
}

/** Whether more is worse on a table's measure; an aggregate has such dimensions turned round already. */
const isReversed = ({ instrument, measure }: Table, manifest: RunManifest | undefined): boolean =>
  manifest?.instruments
    .find(({ definition }) => definition.name === instrument)
    ?.definition.dimensions.find(({ name }) => name === measure)?.direction === "reversed"

const warning = (table: Table, manifest: RunManifest | undefined): Markup | false =>
  isReversed(table, manifest) &&
  html`<p class="caution"><strong>More is worse.</strong> On this dimension rank 1 is the highest value, not the best answer.</p>`

/** The name of a group, as links to it call it. */
export const groupName = ([{ table }, ...others]: TableGroup): string =>
  others.length === 0 && table.measure !== "aggregate" ? `${table.title}, ${table.measure}` : table.title

/** The group as one section. `headline`: whether its finding is said again above its figure. */
export const groupSection = async (
  group: TableGroup,
  headline: boolean,
  manifest: RunManifest | undefined
): Promise<Markup> => {
  const [{ table, id }, ...others] = group
  if (others.length === 0) {
    return html`${await tableSection(table, id, headline, warning(table, manifest))}`
  }
  const sources = [...new Set(group.flatMap((entry) => entry.table.rows.map(({ source }) => source)))]
  const each: Markup[] = []
  for (const entry of group) {
    const section = await tableSection(entry.table, entry.id, true, warning(entry.table, manifest))
    each.push(html`<details><summary>${entry.table.measure} in full</summary>${section}</details>`)
  }
  const name = `${spokenName(table)}, all dimensions`
  return html`<section aria-label="${name}" id="${id}-all">
<h2>${table.title}</h2>
${badge(table.raterKind)}
<p>Rated by ${ratersText(table)} under the condition ${table.condition}. The dimensions stand beside one another and are never summed, nor mixed into another score.</p>
${heatTable(
  html`Means and 95 % intervals by dimension. ${raterHeading[table.raterKind]}. The shade is the mean’s place on its whole scale.`,
  `Means by dimension, ${name}`,
  sources,
  group.map(({ table: one }) => ({
    name: one.measure,
    under: `${one.scale.minimum} to ${one.scale.maximum}${isReversed(one, manifest) ? ", more is worse" : ""}`,
    scale: one.scale,
    cells: new Map(
      one.rows.flatMap(({ source, mean }) =>
        mean === null ? [] : [[source, { ...mean, mean: mean.estimate }]]
      )
    )
  }))
)}
${each}
</section>
`
}
