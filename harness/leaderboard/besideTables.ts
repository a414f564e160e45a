/** What stands beside a table, as small tables of texts that every view draws in its own way. */

import { changeText, direction } from "./estimates/pairsOf.ts"
import { FEWEST_FOR_INTERVAL } from "./estimates/slices.ts"
import { counted, difference, listed, points, probability } from "./formatNumber.ts"
import type { Correction, Interval, Leaderboard, SliceRow, Steerability, Table } from "./Leaderboard.ts"
import { peopleText } from "./verdict.ts"

/** A small table: the first column names, the others are numbers. */
export interface SmallTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Sentences under it. */
  readonly lines: readonly string[]
}

const withInterval = (mean: Interval | null | undefined): string =>
  mean ? `${points(mean.estimate)} [${points(mean.lower)}, ${points(mean.upper)}]` : "–"

const change = ({ estimate, lower, upper }: Interval): string =>
  `${difference(estimate)} [${difference(lower)}, ${difference(upper)}]`

const ofSlice = ({ mean, lower, upper }: SliceRow): string =>
  lower === null || upper === null ? points(mean) : withInterval({ estimate: mean, lower, upper })

/** Whether the table's conclusion depends on how it was analysed. */
export const sensitivityTable = ({ sensitivity, contrasts }: Table): SmallTable | undefined =>
  sensitivity && {
    title: "Other analyses of the same ratings",
    head: ["analysis", "pairs separated", "against the table"],
    rows: [
      ["the table", `${contrasts.filter((pair) => direction(pair) !== 0).length} of ${contrasts.length}`, ""],
      ...sensitivity.methods.map(({ name, contrasts: pairs, changes, reason }) => [
        name,
        reason === undefined
          ? `${pairs.filter((pair) => direction(pair) !== 0).length} of ${pairs.length}`
          : "–",
        reason !== undefined
          ? "not made"
          : changes.length === 0
            ? "the same"
            : changes.every(({ there }) => there === 0)
              ? `${counted(changes.length, "pair")} fewer`
              : `${counted(changes.length, "pair")} otherwise`
      ])
    ],
    lines: [
      sensitivity.conclusion,
      ...sensitivity.methods.flatMap(({ name, changes, reason }) => [
        ...(reason === undefined ? [] : [`No ${name}: ${reason}.`]),
        ...changes.slice(0, 6).map((entry) => `By ${name}, ${changeText(entry)}.`),
        ...(changes.length > 6 ? [`By ${name}, ${changes.length - 6} more pairs otherwise.`] : [])
      ])
    ]
  }

/** The contrasts that the study declared. */
export const declaredTable = ({ declared }: Table): SmallTable | undefined =>
  declared && {
    title: "Differences that the study declared beforehand",
    head: ["pair", "difference", "95 % interval", "p (Holm)"],
    rows: declared.contrasts.map(({ a, b, estimate, lower, upper, p }) => [
      `${a} − ${b}`,
      difference(estimate),
      `[${difference(lower)}, ${difference(upper)}]`,
      probability(p)
    ]),
    lines: [
      `A family of ${declared.contrasts.length}: p is adjusted by Holm within it, and the intervals are not adjusted. Those of the table hold for all pairs at once and are wider.`,
      ...declared.missing.map(([a, b]) => `${a} − ${b} is declared, and the ratings do not determine it.`)
    ]
  }

/** The paper's model beside the table. */
export const replicationTable = ({ replication, rows }: Table): SmallTable | undefined => {
  if (replication === undefined) return undefined
  const { changes, formula } = replication
  const more = changes.filter(({ here, there }) => here === 0 && there !== 0).length
  return {
    title: "Replication: the paper's model on the same ratings",
    head: ["source", "mean of the table", "mean by the paper's model"],
    rows: rows.map(({ source, mean }) => [
      source,
      withInterval(mean),
      withInterval(replication.rows.find((row) => row.source === source)?.mean)
    ]),
    lines: [
      `${formula}: it takes ratings of one text as independent, so its intervals are too narrow. It replicates and does not rank.`,
      ...(more === 0 ? [] : [`It would separate ${counted(more, "pair")} that the table does not.`])
    ]
  }
}

const whoCorrected = ({ panels }: Correction): string =>
  panels.length === 1 && panels[0] === "people"
    ? "people"
    : listed(
        panels.map((panel) => (panel === "people" ? panel : panel === "crowd" ? "crowd raters" : "experts"))
      )

/** A judge's or proxy's means, corrected by people. */
export const correctionTables = ({ corrections = [], rows, raterKind }: Table): readonly SmallTable[] =>
  corrections.map((entry) => ({
    title: `Means corrected by ${whoCorrected(entry)} who rated a part of the posts (PPI++)`,
    head: ["source", `${raterKind}'s mean`, "corrected"],
    rows:
      entry.uncalibrated === undefined
        ? rows.map(({ source, mean }) => [
            source,
            withInterval(mean),
            withInterval(entry.rows.find((row) => row.source === source)?.mean)
          ])
        : [],
    lines: [
      ...(entry.uncalibrated === undefined
        ? [
            "What people like these would say on average, if the rated posts are a random part. Intervals are unadjusted."
          ]
        : [`${entry.uncalibrated}.`]),
      ...entry.rows.flatMap(({ source, mean, reason }) =>
        mean === null ? [`${source} is not corrected: ${reason ?? "no reason given"}.`] : []
      )
    ]
  }))

/** Whether a slice was decided on beforehand, in words. */
export const sliceStatus = (declared: readonly string[] | undefined, by: string): string =>
  declared?.includes(by)
    ? "Declared by the study: its differences are a family of their own. The intervals here are not adjusted."
    : "Exploratory: not declared beforehand, intervals are not adjusted."

/** Parts of the posts: crisis posts and the others, shorter and longer ones. */
export const sliceTables = ({ slices = [], rows, declaredSlices }: Table): readonly SmallTable[] =>
  [...Map.groupBy(slices, ({ by }) => by)].map(([by, parts]) => ({
    title: by === "crisis" ? "Crisis posts and the others" : "By length of the post",
    head: ["source", ...parts.map(({ name, posts }) => `${name} (${posts})`)],
    rows: rows.map(({ source }) => [
      source,
      ...parts.map((part) => {
        const row = part.rows.find((entry) => entry.source === source)
        return row ? ofSlice(row) : "–"
      })
    ]),
    lines: [
      sliceStatus(declaredSlices, by),
      ...(parts.some((part) => part.rows.some(({ lower }) => lower === null))
        ? [`Fewer than ${FEWEST_FOR_INTERVAL} posts have no interval.`]
        : [])
    ]
  }))

/** Differences within the slices that the study declared: the pairs it declared, or all. */
export const familyTables = ({ sliceFamilies = [] }: Table): readonly SmallTable[] =>
  sliceFamilies.map(({ by, contrasts, missing }) => {
    const found = contrasts.filter(({ p }) => p < 0.05)
    return {
      title: `Differences by ${by}, declared beforehand`,
      head: [by, "pair", "difference", "95 % interval", "p (Holm)"],
      rows: found.map(({ slice, a, b, estimate, lower, upper, p }) => [
        slice,
        `${a} − ${b}`,
        difference(estimate),
        `[${difference(lower)}, ${difference(upper)}]`,
        probability(p)
      ]),
      lines: [
        `${found.length} of ${counted(contrasts.length, "difference")} ${found.length === 1 ? "has" : "have"} p < 0.05 by Holm over all ${contrasts.length}, a family of their own; the intervals are not adjusted.${found.length < contrasts.length ? " The others are in leaderboard.json." : ""}`,
        ...(missing === 0 ? [] : [`${counted(missing, "difference")} could not be estimated.`])
      ]
    }
  })

/** All of a table's, in the order in which they are shown on the page. */
export const allBesideTables = (table: Table): readonly SmallTable[] => [
  ...[sensitivityTable(table), declaredTable(table), replicationTable(table)].filter(
    (one) => one !== undefined
  ),
  ...correctionTables(table),
  ...familyTables(table),
  ...sliceTables(table)
]

/** Those for a terminal or a README: of a formula only what the study declared or people corrected. */
export const besideTables = (table: Table): readonly SmallTable[] =>
  table.raterKind === "proxy"
    ? [
        ...[declaredTable(table)].filter((one) => one !== undefined),
        ...correctionTables(table),
        ...familyTables(table)
      ]
    : allBesideTables(table)

const whose = ({ raterKind, panels }: Steerability): string =>
  raterKind === "human" ? `rated by ${listed(panels ?? [])}` : `by ${raterKind}`

/** The matrices of sources by conditions. */
export const steerabilityTables = (leaderboard: Leaderboard): readonly SmallTable[] =>
  (leaderboard.steerability ?? []).map((matrix) => {
    const [first, ...others] = matrix.conditions
    const declared = leaderboard.tables[0]?.declaredSlices?.includes("condition") ?? false
    return {
      title: `Steerability: ${matrix.title}${matrix.measure === "aggregate" ? "" : `, ${matrix.measure}`}, ${whose(matrix)}`,
      head: ["source", `mean, ${first}`, ...others.map((name) => `${name} against it`)],
      rows: matrix.rows.map(({ source, cells }) => [
        source,
        ...cells.map(({ mean, change: moved, p }, i) =>
          i === 0
            ? withInterval(mean)
            : moved === undefined
              ? "–"
              : `${change(moved)}${p! < 0.05 ? " *" : ""}`
        )
      ]),
      lines: [
        `Changes are paired by post; * p < 0.05 by Holm over the matrix. ${declared ? "Declared by the study." : "Exploratory: not declared beforehand."}`
      ]
    }
  })

/** Where raters of another kind say otherwise, in sentences. */
export const disagreementSentences = ({ disagreements = [] }: Table): readonly string[] =>
  disagreements.map(({ raterKind, raters, panels, changes }) => {
    const who =
      raterKind === "human"
        ? `${peopleText({ raters, ...(panels === undefined ? {} : { panels }) })} see${raters.length === 1 ? "s" : ""} it otherwise`
        : `the ${raterKind}${raters.length === 1 ? "" : "s"} ${listed(raters)} (${raters.length === 1 ? "a model" : "models"}, not people) rate${raters.length === 1 ? "s" : ""} otherwise`
    const said = changes.slice(0, 3).map(changeText).join("; ")
    const rest = changes.length > 3 ? `; and ${changes.length - 3} more pairs` : ""
    return `${who}: ${said}${rest}`
  })
