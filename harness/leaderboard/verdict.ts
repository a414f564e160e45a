/** What a table allows one to say about its sources: every view words the same verdict. */
import { counted, listed, points } from "./formatNumber.ts"
import type { Contrast, Row, Table } from "./Leaderboard.ts"

/** A row whose data determine a mean. */
export type MeasuredRow = Row & { readonly mean: NonNullable<Row["mean"]> }

/** Best mean first in every list. */
export type Verdict =
  /** No source has a mean. */
  | { readonly kind: "empty" }
  /** Nothing to compare with. */
  | { readonly kind: "single"; readonly row: MeasuredRow }
  | { readonly kind: "refused"; readonly reason: string }
  /** All rank sets are equal. */
  | { readonly kind: "tie"; readonly rows: readonly MeasuredRow[] }
  /** One source is separated from each of the others. */
  | { readonly kind: "first"; readonly row: MeasuredRow; readonly others: readonly MeasuredRow[] }
  /** Some sources are separated, but no one leads alone. `top`: no source is separated above them. */
  | { readonly kind: "shared"; readonly top: readonly MeasuredRow[]; readonly below: readonly MeasuredRow[] }

const isMeasured = (row: Row): row is MeasuredRow => row.mean !== null

/** What may be said about a table as a whole. */
export const verdictOf = (table: Table): Verdict => {
  const rows = table.rows.filter(isMeasured)
  if (rows[0] === undefined) return { kind: "empty" }
  if (table.refusal !== undefined) return { kind: "refused", reason: table.refusal }
  if (rows.length === 1) return { kind: "single", row: rows[0] }
  const [low, high] = rows[0].rank
  if (rows.every(({ rank }) => rank[0] === low && rank[1] === high)) return { kind: "tie", rows }
  const first = rows.find(({ rank }) => rank[0] === 1 && rank[1] === 1)
  if (first) return { kind: "first", row: first, others: rows.filter((row) => row !== first) }
  return {
    kind: "shared",
    top: rows.filter(({ rank }) => rank[0] === 1),
    below: rows.filter(({ rank }) => rank[0] > 1)
  }
}

/** Whether the simultaneous interval of a difference leaves out zero. */
export const isSeparated = (contrast: Contrast): boolean => contrast.lower > 0 || contrast.upper < 0

/** Each source that is separated above others, with those, in the order of the rows. */
export const separations = (
  table: Table
): readonly { readonly source: string; readonly above: readonly string[] }[] => {
  const above = new Map<string, Set<string>>(table.rows.map((row) => [row.source, new Set()]))
  for (const contrast of table.contrasts.filter(isSeparated)) {
    const [higher, lower] = contrast.lower > 0 ? [contrast.a, contrast.b] : [contrast.b, contrast.a]
    above.get(higher)?.add(lower)
  }
  const order = table.rows.map((row) => row.source)
  return order.flatMap((source) => {
    const lower = order.filter((other) => above.get(source)!.has(other))
    return lower.length === 0 ? [] : [{ source, above: lower }]
  })
}

/** The smallest and largest true difference that this study finds four times in five; none without contrasts. */
export const detectable = (table: Table): readonly [number, number] | undefined => {
  const all = table.contrasts.map((contrast) => contrast.minimumDetectable)
  return all.length === 0 ? undefined : [Math.min(...all), Math.max(...all)]
}

/** The sentence on what the study could have found. */
export const detectableSentence = (table: Table): string | undefined => {
  const range = detectable(table)
  if (range === undefined) return undefined
  const [low, high] = range.map(points)
  const size = low === high ? `of ${low} points` : `of ${low} to ${high} points, depending on the pair,`
  return `Minimum detectable difference: a study like this one finds a true difference ${size} four times in five.`
}

/** `1`, or `1–3` where the intervals allow several ranks; a dash where nothing is ranked. */
export const rankText = (row: Row, table: Table): string => {
  if (table.refusal !== undefined || row.mean === null) return "–"
  return row.rank[0] === row.rank[1] ? `${row.rank[0]}` : `${row.rank[0]}–${row.rank[1]}`
}

/** The kind of rater as every view heads its tables. */
export const raterHeading: Record<Table["raterKind"], string> = {
  human: "HUMAN: rated by people",
  judge: "JUDGE: a model, not people",
  proxy: "PROXY: a formula, not people"
}

/** People of a table by their panels: `12 experts`; pooled panels say that the study pools them. */
export const peopleText = ({ raters, panels = [] }: Pick<Table, "raters" | "panels">): string => {
  if (panels.length > 1) {
    return `${counted(raters.length, "person", "people")} (${listed(panels)}, pooled as the study says)`
  }
  if (panels[0] === "expert") return counted(raters.length, "expert")
  if (panels[0] === "crowd") return counted(raters.length, "crowd rater")
  return counted(raters.length, "person", "people")
}

/** Who rated, in a few words. */
export const ratersText = ({ raterKind, raters, panels }: Table): string =>
  raterKind === "human"
    ? peopleText({ raters, ...(panels === undefined ? {} : { panels }) })
    : `the ${raterKind === "judge" ? "judge" : "formula"}${raters.length === 1 ? "" : "s"} ${listed(raters)}`

/** Whether the sources are not all of one kind, so that each row has to say which. */
export const hasKinds = (table: Table): boolean => new Set(table.rows.map((row) => row.kind)).size > 1

/** How a table's differences come about, to stand after "differences between sources". */
export const differencesBy = ({ model }: Table): string =>
  model?.name === "ranking"
    ? "by the mixed model with raters, posts, texts and each rater's leaning"
    : model?.name === "two-way"
      ? "by least squares with errors clustered by post and rater"
      : "paired by post"
