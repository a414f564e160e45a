/** Estimates with and without what data quality excludes. */
import type { Scores } from "./collect.ts"
import { direction } from "./estimates/pairsOf.ts"
import type { TableAnalysis } from "./estimates/TableAnalysis.ts"
import { counted, points } from "./formatNumber.ts"
import type { Exclusions, Interval, Table } from "./Leaderboard.ts"

const meanOf = ({ sources }: TableAnalysis, source: string): Interval | null =>
  sources.find((entry) => entry.source === source)?.mean ?? null

/** Pairs that are separated, each under one name whichever source comes first. */
const separated = ({
  contrasts
}: TableAnalysis): ReadonlyMap<string, { readonly a: string; readonly b: string }> =>
  new Map(
    contrasts
      .filter((contrast) => direction(contrast) !== 0)
      .map(({ a, b }) => [JSON.stringify([a, b].sort()), { a, b }])
  )

/** What the exclusions did: `kept` is the table's analysis, `all` that of all ratings. */
export const exclusionsOf = (scores: Scores, kept: TableAnalysis, all: TableAnalysis): Exclusions => {
  const { excluded, total, raters } = scores.all!
  const [now, then] = [separated(kept), separated(all)]
  return {
    excluded,
    of: total,
    raters: scores.raters.length,
    allRaters: raters.length,
    rows: kept.sources
      .map(({ source }) => ({ source, kept: meanOf(kept, source), all: meanOf(all, source) }))
      .sort((x, y) => (y.kept?.estimate ?? -Infinity) - (x.kept?.estimate ?? -Infinity)),
    depending: [
      ...[...now].filter(([pair]) => !then.has(pair)),
      ...[...then].filter(([pair]) => !now.has(pair))
    ].map(([, pair]) => pair)
  }
}

const intervalText = (mean: Interval | null): string =>
  mean === null ? "–" : `${points(mean.estimate)} [${points(mean.lower)}, ${points(mean.upper)}]`

/** Each source's line: its name, the mean that the table shows, the mean of all ratings. */
export const exclusionRows = ({ rows }: Exclusions): readonly (readonly [string, string, string])[] =>
  rows.map(({ source, kept, all }) => [source, intervalText(kept), intervalText(all)])

const dependence = (pairs: Exclusions["depending"]): string =>
  pairs.length === 0
    ? "No separation of two sources depends on the exclusions."
    : `These separations depend on the exclusions: ${pairs.map(({ a, b }) => `${a} and ${b}`).join("; ")}.`

/** What was excluded, and whether it matters, in sentences. */
export const exclusionSentences = ({ exclusions, refusal }: Table): readonly string[] => {
  if (exclusions === undefined) return []
  const { excluded, of, raters, allRaters, depending } = exclusions
  return [
    `Data quality: ${counted(excluded, "rating")} of ${of.toLocaleString("en")} are excluded by the study's rules, which leaves ${raters} of ${counted(allRaters, "person", "people")}. They are kept, marked; \`warmline ratings check\` says which and why.`,
    // Nothing is called separated in a table that is not ranked.
    ...(refusal !== undefined ? [] : [dependence(depending)])
  ]
}
