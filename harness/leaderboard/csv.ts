/** The leaderboard as one long tidy CSV (RFC 4180): a row for each source of a table, overall and by domain. */
import { type Cell, csvLine } from "./csvLine.ts"
import type { Leaderboard, Table } from "./Leaderboard.ts"

const header = [
  "run",
  "instrument",
  "measure",
  "rater_kind",
  "panel",
  "raters",
  "condition",
  "scale_minimum",
  "scale_maximum",
  "slice",
  "domain",
  "source",
  "source_kind",
  "mean",
  "lower",
  "upper",
  "rank_low",
  "rank_high",
  "posts",
  "words",
  "remark"
] as const

type Column = (typeof header)[number]

const rowsOf = (run: string, table: Table): readonly Partial<Record<Column, Cell>>[] => {
  const key = {
    run,
    instrument: table.instrument,
    measure: table.measure,
    rater_kind: table.raterKind,
    panel: table.panels?.join("; "),
    raters: table.raterKind === "human" ? table.raters.length : table.raters.join("; "),
    condition: table.condition,
    scale_minimum: table.scale.minimum,
    scale_maximum: table.scale.maximum
  }
  const kinds = new Map(table.rows.map((row) => [row.source, row.kind]))
  const ranked = table.refusal === undefined
  const refused = ranked ? undefined : `not ranked: ${table.refusal}`
  return [
    ...table.rows.map((row) => ({
      ...key,
      slice: "overall",
      source: row.source,
      source_kind: row.kind,
      mean: row.mean?.estimate,
      lower: row.mean?.lower,
      upper: row.mean?.upper,
      rank_low: ranked && row.mean ? row.rank[0] : undefined,
      rank_high: ranked && row.mean ? row.rank[1] : undefined,
      posts: row.posts,
      words: row.words === 0 ? undefined : row.words,
      remark: [row.reason, refused].filter((part) => part !== undefined).join("; ")
    })),
    ...(table.exclusions?.rows ?? []).map(({ source, all }) => ({
      ...key,
      slice: "without exclusions",
      source,
      source_kind: kinds.get(source),
      raters: table.exclusions!.allRaters,
      mean: all?.estimate,
      lower: all?.lower,
      upper: all?.upper,
      remark: "with the ratings that the study's rules exclude"
    })),
    ...(table.replication?.rows ?? []).map(({ source, mean }) => ({
      ...key,
      slice: "replication",
      source,
      source_kind: kinds.get(source),
      mean: mean?.estimate,
      lower: mean?.lower,
      upper: mean?.upper,
      remark: "the paper's model, not a ranking"
    })),
    ...(table.corrections ?? []).flatMap(({ panels, rows }) =>
      rows.map(({ source, mean, reason }) => ({
        ...key,
        slice: "corrected",
        source,
        source_kind: kinds.get(source),
        mean: mean?.estimate,
        lower: mean?.lower,
        upper: mean?.upper,
        remark: `PPI++ by ${panels.join("; ")}${reason === undefined ? "" : `: ${reason}`}`
      }))
    ),
    ...(table.slices ?? []).flatMap(({ by, name, rows }) =>
      rows.map((row) => ({
        ...key,
        slice: name,
        source: row.source,
        source_kind: kinds.get(row.source),
        mean: row.mean,
        lower: row.lower,
        upper: row.upper,
        posts: row.posts,
        remark: table.declaredSlices?.includes(by) ? "declared, not adjusted" : "exploratory"
      }))
    ),
    ...table.domains.flatMap(({ domain, rows }) =>
      rows.map((row) => ({
        ...key,
        slice: "domain",
        domain,
        source: row.source,
        source_kind: kinds.get(row.source),
        mean: row.mean,
        lower: row.lower,
        upper: row.upper,
        posts: row.posts,
        remark: table.declaredSlices?.includes("domain") ? "declared, not adjusted" : "exploratory"
      }))
    )
  ]
}

/**
 * All tables in one file, every digit kept, an empty cell where there is no number. `rater_kind` says in every
 * row whether people (`human`), a model (`judge`) or a formula (`proxy`) gave the scores; of people only the
 * number is written. A text that a spreadsheet would run gets a leading `'`.
 */
export const renderCsv = (leaderboard: Leaderboard): string =>
  csvLine(header) +
  leaderboard.tables
    .flatMap((table) => rowsOf(leaderboard.run, table))
    .map((row) => csvLine(header.map((column) => row[column])))
    .join("")
