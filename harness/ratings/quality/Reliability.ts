/**
 * What can be said of the ratings' reliability when they arrive: for each instrument, dimension and group of
 * raters on its own, how the ratings are spread, whether they hang together, and how far raters agree.
 */
import { fromLong } from "../../stats/agreement/AgreementTable.ts"
import { icc } from "../../stats/agreement/Icc.ts"
import { alpha, interval } from "../../stats/agreement/Krippendorff.ts"
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import type { Interval } from "../../stats/Interval.ts"
import { coverage } from "../../stats/mixed/Refusal.ts"
import { median } from "./median.ts"
import { raterOf, type Sheet, type SheetText } from "./Sheet.ts"
import { varianceIcc } from "./VarianceIcc.ts"

/** Fewest, middle and most of a count. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** A coefficient with its interval where one exists. */
export interface Coefficient {
  readonly estimate: number
  readonly interval: Estimable<Interval>
}

/** An intraclass correlation, and by which way it was computed. */
export interface IccValue extends Coefficient {
  readonly by: "mean squares" | "variance components"
  /** Ratings that the mean is of; 1 for a single rating. */
  readonly k: number
}

/** One dimension as one group rated it. */
export interface Reliability {
  readonly instrument: string
  readonly dimension: string
  readonly group: string
  readonly ratings: number
  readonly texts: number
  readonly raters: number
  readonly ratingsPerText: Spread
  readonly textsPerRater: Spread
  /** Parts of the graph that joins each rater with the sources they rated; sources of two parts cannot be compared. */
  readonly components: number
  /** Shares of the ratings at the ends of the scale. */
  readonly floor: number
  readonly ceiling: number
  readonly alphaInterval: Estimable<Coefficient>
  readonly alphaOrdinal: Estimable<Coefficient>
  /** Absolute agreement of one rating, and of the mean of k. */
  readonly icc2: Estimable<IccValue>
  readonly icc2k: Estimable<IccValue>
}

/** How to compute the intervals of alpha. */
export interface ReliabilityOptions {
  readonly seed: number
  readonly replicates?: number
}

interface Given {
  readonly value: number
  readonly text: number
  readonly rater: number
}

const spread = (counts: readonly number[]): Spread => ({
  min: counts.reduce((a, b) => Math.min(a, b)),
  median: median(counts),
  max: counts.reduce((a, b) => Math.max(a, b))
})

const counts = (keys: readonly number[]): readonly number[] => {
  const found = new Map<number, number>()
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1)
  return [...found.values()]
}

/** Cells up to which a complete table of texts × raters is looked for. */
const MOST_CELLS = 2_000_000

const textName = ({ post, source, condition, epoch }: SheetText): string =>
  JSON.stringify([post, source, condition, epoch])

/** Both ICCs: by mean squares where every rater rated every text, else by variance components. */
const iccs = (
  rows: readonly (readonly (number | null | undefined)[])[],
  complete: boolean,
  given: readonly Given[]
): Pick<Reliability, "icc2" | "icc2k"> => {
  if (complete) {
    const all = icc(rows)
    if (!all.ok) return { icc2: all, icc2k: all }
    const { ICC2, ICC2k } = all.value.coefficients
    const of = (coefficient: typeof ICC2, k: number): Estimable<IccValue> =>
      coefficient.ok ? estimable({ ...coefficient.value, by: "mean squares", k }) : coefficient
    return { icc2: of(ICC2, 1), icc2k: of(ICC2k, all.value.raters) }
  }
  const found = varianceIcc(
    Float64Array.from(given, ({ value }) => value),
    given.map(({ text }) => String(text)),
    given.map(({ rater }) => String(rater))
  )
  if (!found.ok) return { icc2: found, icc2k: found }
  const { single, average, k } = found.value
  const none = notEstimable("no interval is computed from variance components")
  const by = "variance components"
  return {
    icc2: estimable({ estimate: single, interval: none, by, k: 1 }),
    icc2k: estimable({ estimate: average, interval: none, by, k })
  }
}

const coefficients = (
  given: readonly Given[],
  ratingsPerText: Spread,
  options: ReliabilityOptions
): Pick<Reliability, "alphaInterval" | "alphaOrdinal" | "icc2" | "icc2k"> => {
  const all = (reason: string) => {
    const none = notEstimable(reason)
    return { alphaInterval: none, alphaOrdinal: none, icc2: none, icc2k: none }
  }
  if (ratingsPerText.max < 2) return all("one rater a text")
  const records = given.map(({ rater, text, value }) => ({ rater: String(rater), item: String(text), value }))
  const table = fromLong(records, "interval", "refuse", MOST_CELLS)
  if (!table.ok) {
    return all("a rater rated a text twice; the rule duplicate-person, switched on, keeps the first time")
  }
  const { cells, raters, anonymous } = table.value
  const complete = anonymous !== true && given.length === cells.length * raters.length
  const of = (metric: "interval" | "ordinal"): Estimable<Coefficient> => {
    const found = alpha(cells, metric)
    return found.ok
      ? estimable({ estimate: found.value.estimate, interval: interval(cells, metric, options) })
      : found
  }
  return { alphaInterval: of("interval"), alphaOrdinal: of("ordinal"), ...iccs(cells, complete, given) }
}

const reliabilityOf = (
  sheet: Sheet,
  question: number,
  group: string,
  given: readonly Given[],
  options: ReliabilityOptions
): Reliability => {
  const { instrument, dimension, minimum, maximum } = sheet.questions[question]!
  const texts = given.map(({ text }) => sheet.texts[text]!)
  const seen = coverage({
    rating: Float64Array.from(given, ({ value }) => value),
    source: texts.map(({ source }) => source),
    rater: given.map(({ rater }) => String(rater)),
    post: texts.map(({ post }) => post),
    response: texts.map(textName)
  })
  const ratingsPerText = spread(counts(given.map(({ text }) => text)))
  const share = (end: number) => given.filter(({ value }) => value === end).length / given.length
  return {
    instrument,
    dimension,
    group,
    ratings: given.length,
    texts: seen.texts,
    raters: seen.raters,
    ratingsPerText,
    textsPerRater: spread(counts(given.map(({ rater }) => rater))),
    components: seen.components,
    floor: share(minimum),
    ceiling: share(maximum),
    ...coefficients(given, ratingsPerText, options)
  }
}

const groupOrder = ["expert", "crowd", "people"]

/** By instrument, dimension and group, over the submissions that are kept. */
export const reliability = (
  sheet: Sheet,
  kept: Uint8Array,
  options: ReliabilityOptions
): readonly Reliability[] => {
  const found = new Map<string, { question: number; group: string; given: Given[] }>()
  for (const [s, { rater }] of sheet.submissions.entries()) {
    if (kept[s] === 0) continue
    const { group } = raterOf(sheet, s)
    for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
      const value = sheet.value[i]!
      if (Number.isNaN(value)) continue
      const question = sheet.question[i]!
      const key = `${question} ${group}`
      const entry = found.get(key) ?? { question, group, given: [] }
      found.set(key, entry)
      entry.given.push({ value, text: sheet.text[i]!, rater })
    }
  }
  return [...found.values()]
    .sort((a, b) => a.question - b.question || groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group))
    .map(({ question, group, given }) => reliabilityOf(sheet, question, group, given, options))
}
