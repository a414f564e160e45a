/** The ratings of one answer: who rated, on what, with which value or why without, and what judges wrote. */
import { mean } from "../../stats/Moments.ts"
import type { RecordedRating } from "../../store/PostRecords.ts"
import { counted, points } from "../formatNumber.ts"
import { html, type Interpolated, type Markup } from "../markup.ts"

/** Titles of the run's instruments by name. */
export type InstrumentTitles = ReadonlyMap<string, string>

const kinds = ["human", "judge", "proxy"] as const

const panelWords: Readonly<Record<string, readonly [string, string]>> = {
  expert: ["expert", "experts"],
  crowd: ["crowd rater", "crowd raters"]
}

/** Hashes of people's ids are long, and tell nothing after the first few digits. */
const shortName = (rater: string): string => (/^[0-9a-f]{16,}$/.test(rater) ? rater.slice(0, 8) : rater)

const whole = (value: number): string => (Number.isInteger(value) ? String(value) : points(value))

const valueOf = ({ value, unscored }: RecordedRating): Interpolated =>
  value === null
    ? html`<span class="unscored">unscored: ${unscored ?? "no reason given"}</span>`
    : whole(value)

/** One automatic rater's values on a dimension, and its words under them. */
const automaticRow = (dimension: string, ratings: readonly RecordedRating[]): Markup =>
  html`<tr><th scope="row">${dimension}</th><td>${ratings.map((rating, index) => html`${index > 0 && ", "}${valueOf(rating)}`)}</td></tr>${ratings
    .filter(({ rationale }) => rationale !== "")
    .map(({ rationale }) => html`<tr class="why"><td colspan="2"><q>${rationale}</q></td></tr>`)}`

// Of 100,000 ratings an element for each name is half a page. ASCII cannot turn a line's direction round.
const nameOf = (rater: string): Markup => {
  const name = shortName(rater)
  return /^[ -~]*$/.test(name) ? html`${name}` : html`<bdi>${name}</bdi>`
}

/** People's values on a dimension: the mean of those that count, then each with the rater's name. */
const peopleRow = (dimension: string, ratings: readonly RecordedRating[]): Markup => {
  const counting = ratings.flatMap(({ value, excluded }) => (value === null || excluded ? [] : [value]))
  return html`<tr><th scope="row">${dimension}</th><td>${counting.length === 0 ? "–" : html`mean ${points(mean(counting))}`}</td></tr><tr class="each"><td colspan="2">${ratings.map(
    (rating, index) =>
      html`${index > 0 && " · "}${nameOf(rating.rater)}: ${rating.excluded ? html`<s>${valueOf(rating)}</s> (excluded)` : valueOf(rating)}`
  )}</td></tr>`
}

/** Several dimensions of one automatic rater in one line. */
const lineOf = (byDimension: ReadonlyMap<string, readonly RecordedRating[]>): Markup =>
  html`<tr class="each"><td colspan="2">${[...byDimension].map(
    ([dimension, list], index) =>
      html`${index > 0 && " · "}${dimension}: ${list.map((rating, at) => html`${at > 0 && ", "}${valueOf(rating)}`)}`
  )}</td></tr>`

/** The ratings that one rater, or one panel of people, gave on one instrument. */
const group = (ratings: readonly RecordedRating[], titles: InstrumentTitles, crowded: boolean): Markup => {
  const { raterKind, rater, panel, instrument } = ratings[0]!
  const people = new Set(ratings.map((rating) => rating.rater)).size
  const [one, many] = panelWords[panel ?? ""] ?? ["person", "people"]
  const who = raterKind === "human" ? counted(people, one, many) : html`<bdi>${rater}</bdi>`
  const row = raterKind === "human" ? peopleRow : automaticRow
  const byDimension = Map.groupBy(ratings, ({ dimension }) => dimension)
  const inLine = crowded && raterKind !== "human" && ratings.every(({ rationale }) => rationale === "")
  return html`<tbody><tr><th class="by" scope="rowgroup" colspan="2"><span class="${raterKind}">${raterKind}</span> ${who}, ${titles.get(instrument) ?? instrument}</th></tr>${inLine ? lineOf(byDimension) : [...byDimension].map(([dimension, list]) => row(dimension, list))}</tbody>`
}

/**
 * All of an answer's ratings; `of` names the answer for those who hear the page. On a `crowded` page an automatic rater's
 * values stand in a line, not in a row each: a browser builds a table's rows slowly.
 */
export const ratingsTable = (
  ratings: readonly RecordedRating[],
  titles: InstrumentTitles,
  of: string,
  crowded = false
): Markup => {
  if (ratings.length === 0) return html`<p class="quiet">Not rated.</p>`
  const groups = Map.groupBy(ratings, ({ raterKind, rater, raterVersion, panel, instrument }) =>
    JSON.stringify([raterKind, raterKind === "human" ? panel : [rater, raterVersion], instrument])
  )
  const ordered = [...groups.values()].sort(
    ([a], [b]) => kinds.indexOf(a!.raterKind) - kinds.indexOf(b!.raterKind)
  )
  return html`<table class="marks"><caption class="heard">Ratings of ${of}</caption><thead class="heard"><tr><th scope="col">Dimension</th><th scope="col">Value</th></tr></thead>${ordered.map((list) => group(list, titles, crowded))}</table>`
}
