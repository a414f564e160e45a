/** Reliability for a terminal: what was rated how often, then how far it agrees, then why a number is missing. */
import { count, decimals } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Coefficient, Reliability, Spread } from "../../ratings/quality/Reliability.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import { alignedTable, column } from "./alignedTable.ts"

const name = ({ instrument, dimension }: Reliability) => `${instrument}/${dimension}`

const number = (value: number) => (Number.isInteger(value) ? count(value) : decimals(value, 1))

const spread = ({ min, median, max }: Spread) =>
  min === max ? number(min) : `${number(min)}/${number(median)}/${number(max)}`

const coefficient = (found: Estimable<Coefficient>): string => {
  if (!found.ok) return "–"
  const { estimate, interval } = found.value
  const limits = interval.ok
    ? ` [${decimals(interval.value.lower, 2)}, ${decimals(interval.value.upper, 2)}]`
    : ""
  return decimals(estimate, 3) + limits
}

const share = (part: number) => `${decimals(100 * part, 0)} %`

const coefficients = {
  "alpha, interval": "alphaInterval",
  "alpha, ordinal": "alphaOrdinal",
  "ICC(2,1)": "icc2",
  "ICC(2,k)": "icc2k"
} as const

/** Reasons, each with the coefficients and places it holds for; one that holds everywhere names no place. */
const reasons = (rows: readonly Reliability[]): readonly string[] => {
  const found = new Map<string, Map<string, string[]>>()
  for (const row of rows) {
    for (const [title, key] of Object.entries(coefficients)) {
      const value = row[key]
      if (value.ok) continue
      const places = found.get(value.reason) ?? new Map<string, string[]>()
      found.set(value.reason, places)
      const place = `${name(row)} (${row.group})`
      places.set(place, [...(places.get(place) ?? []), title])
    }
  }
  return [...found].map(([reason, places]) => {
    const titles = [...new Set([...places.values()].flat())]
    const where = places.size === rows.length ? "" : ` in ${[...places.keys()].join(", ")}`
    return `  not estimable: ${visible(reason)}: ${titles.join(", ")}${visible(where)}`
  })
}

/** Two tables and the reasons. */
export const reliabilityLines = (rows: readonly Reliability[]): readonly string[] => {
  if (rows.length === 0) return ["  no rating has a value"]
  const parts = rows.filter(({ components }) => components > 1)
  const variances = rows.some(({ icc2 }) => icc2.ok && icc2.value.by === "variance components")
  const lead = [column(rows, "dimension", "left", name), column(rows, "group", "left", ({ group }) => group)]
  return [
    ...alignedTable([
      ...lead,
      column(rows, "ratings", "right", ({ ratings }) => count(ratings)),
      column(rows, "texts", "right", ({ texts }) => count(texts)),
      column(rows, "raters", "right", ({ raters }) => count(raters)),
      column(rows, "ratings a text", "right", ({ ratingsPerText }) => spread(ratingsPerText)),
      column(rows, "texts a rater", "right", ({ textsPerRater }) => spread(textsPerRater)),
      column(rows, "floor", "right", ({ floor }) => share(floor)),
      column(rows, "ceiling", "right", ({ ceiling }) => share(ceiling))
    ]),
    ...(rows.every(({ ratingsPerText }) => ratingsPerText.max < 2)
      ? []
      : [
          "",
          ...alignedTable([
            ...lead,
            ...Object.entries(coefficients).map(([title, key]) =>
              column(rows, title, "right", (row) => coefficient(row[key]))
            ),
            column(rows, "k", "right", ({ icc2k }) => (icc2k.ok ? number(icc2k.value.k) : ""))
          ])
        ]),
    "",
    "  Counts that differ are fewest/median/most. Floor and ceiling: share of ratings at the ends of the scale.",
    ...(variances
      ? ["  Where not every rater rated every text, ICCs come from variance components (REML)."]
      : []),
    ...reasons(rows),
    ...parts.map(
      (row) =>
        `  ${visible(name(row))} (${row.group}): raters and sources fall into ${row.components} groups with no rating between them; sources of different groups cannot be compared`
    ),
    ...(parts.length === 0 ? ["  Connected: raters join all sources in every dimension."] : [])
  ]
}
