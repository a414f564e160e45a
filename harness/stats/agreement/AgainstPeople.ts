/**
 * One automatic rater (a judge or a proxy) against people: as a whole, by source and by length.
 *
 * The people's score of a text is the mean of their ratings, and for kappa their median, as published work has
 * it. It is a reference and never one more rater: alpha is computed over the single ratings, with the automatic
 * rater's added or not. Texts on one post are not independent, so every interval leaves out whole posts. All
 * intervals hold for the people who rated.
 */
import { type Estimable, notEstimable } from "../Estimable.ts"
import { mean } from "../Moments.ts"
import type { WeightedStatistic } from "../resampling/ClusterBootstrap.ts"
import {
  type JackknifeOptions,
  type Measured,
  measured,
  type Stretch
} from "../resampling/ClusterJackknife.ts"
import { weighted } from "./Krippendorff.ts"
import { columnsOf, pairedKappa, tooManyPeople } from "./PairedKappa.ts"
import {
  intraclass,
  linearKappa,
  meanDifference,
  placesOf,
  quadraticKappa,
  rankCorrelation,
  spreadOfDifferences
} from "./WeightedPairs.ts"

/** A text with the ratings it has. */
export interface RatedText {
  readonly post: string
  readonly source: string
  /** Of the response. */
  readonly words: number
  /** The automatic rater's score; repeated verdicts averaged. */
  readonly score: number
  /** Single ratings of people, at least one. */
  readonly people: readonly number[]
  /** Who gave each of `people`, for what is said of pairs. */
  readonly who?: readonly string[]
}

/** The coefficients that a verdict rests on. */
export interface Coefficients {
  readonly texts: number
  readonly posts: number
  readonly ratings: number
  /** Score minus the people's mean, in points of the scale: above 0 is too kind. */
  readonly bias: Estimable<Measured>
  /** Standard deviation of that difference over texts. */
  readonly spread: Estimable<Measured>
  /** Against the people's median, quadratic weights on values. */
  readonly kappa: Estimable<Measured>
  readonly spearman: Estimable<Measured>
}

/** Everything that is said of the texts as a whole. */
export interface Overall extends Coefficients {
  /** The variant that weighs by the ranks of the values that occur: for comparison with work that used it. */
  readonly kappaRanks: Estimable<Measured>
  /** Linear weights on values. */
  readonly kappaLinear: Estimable<Measured>
  /** Against each single person, quadratic weights on values, averaged. */
  readonly kappaPairs: Estimable<Measured>
  readonly iccConsistency: Estimable<Measured>
  readonly iccAgreement: Estimable<Measured>
  /** Krippendorff's, interval metric: the people's ratings with the automatic rater's as one more. */
  readonly alpha: Estimable<Measured>
}

/** A part of the texts, such as one source's. */
export interface Part extends Coefficients {
  readonly name: string
}

/** All of it. */
export interface AgainstPeople {
  readonly overall: Overall
  readonly bySource: readonly Part[]
  /** Thirds of the texts by words: short, middle, long. Texts whose words are not known are in none. */
  readonly byLength: readonly Part[]
}

/** The middle value; the mean of the two middle ones of an even number. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

const coefficients = (texts: readonly RatedText[], options: JackknifeOptions) => {
  const posts = texts.map(({ post }) => post)
  const score = Float64Array.from(texts, (text) => text.score)
  const average = Float64Array.from(texts, ({ people }) => mean(people))
  const middle = Float64Array.from(texts, ({ people }) => median(people))
  const of = (stretch: Stretch, statistic: WeightedStatistic) =>
    measured(posts, statistic, { ...options, stretch })
  const common: Coefficients = {
    texts: texts.length,
    posts: new Set(posts).size,
    ratings: texts.reduce((sum, { people }) => sum + people.length, 0),
    bias: of("none", meanDifference(score, average)),
    spread: of("log", spreadOfDifferences(score, average)),
    kappa: of("fisher", quadraticKappa(score, middle)),
    spearman: of("fisher", rankCorrelation(score, average))
  }
  return { common, of, score, average, middle }
}

/** The coefficients that a verdict rests on, without what only a table shows. Texts must have a score and a person's rating. */
export const coefficientsOf = (texts: readonly RatedText[], options: JackknifeOptions = {}): Coefficients =>
  coefficients(texts, options).common

/** Krippendorff's alpha of the ratings of each text, resampled by post. */
export const alphaOf = (
  posts: readonly string[],
  units: readonly (readonly number[])[],
  options: JackknifeOptions = {}
): Estimable<Measured> => {
  if (units.every((unit) => unit.length < 2)) return notEstimable("no text has two ratings")
  return measured(posts, weighted(units, "interval"), { ...options, stretch: "fisher" })
}

const overall = (texts: readonly RatedText[], options: JackknifeOptions): Overall => {
  const { common, of, score, average, middle } = coefficients(texts, options)
  const places = placesOf(score, middle)
  const people = columnsOf(texts)
  return {
    ...common,
    kappaRanks: of("fisher", quadraticKappa(places.x, places.y)),
    kappaLinear: of("fisher", linearKappa(score, middle)),
    kappaPairs:
      people === undefined
        ? tooManyPeople
        : pairedKappa(
            texts.map(({ post }) => post),
            people.map((person) => [texts.map(({ score }) => score), person]),
            options
          ),
    iccConsistency: of("fisher", intraclass(score, average, "consistency")),
    iccAgreement: of("fisher", intraclass(score, average, "agreement")),
    alpha: alphaOf(
      texts.map(({ post }) => post),
      texts.map(({ score, people }) => [score, ...people]),
      options
    )
  }
}

const partOf = (name: string, texts: readonly RatedText[], options: JackknifeOptions): Part => ({
  name,
  ...coefficients(texts, options).common
})

/** Thirds by length; texts of one length stay together. */
const thirds = (all: readonly RatedText[]): readonly (readonly [string, readonly RatedText[]])[] => {
  const texts = all.filter((text) => text.words > 0)
  if (texts.length === 0) return []
  const words = texts.map((text) => text.words).sort((a, b) => a - b)
  const low = words[Math.floor((words.length - 1) / 3)]!
  const high = words[Math.floor((2 * (words.length - 1)) / 3)]!
  const parts: (readonly [string, readonly RatedText[]])[] = [
    [`short, to ${low} words`, texts.filter((text) => text.words <= low)],
    [`middle, to ${high} words`, texts.filter((text) => text.words > low && text.words <= high)],
    [`long, above ${high} words`, texts.filter((text) => text.words > high)]
  ]
  return parts.filter(([, list]) => list.length > 0)
}

/** Compares. Not estimable without texts that both rated. */
export const againstPeople = (
  texts: readonly RatedText[],
  options: JackknifeOptions = {}
): Estimable<AgainstPeople> => {
  const both = texts.filter(({ people, score }) => people.length > 0 && Number.isFinite(score))
  if (both.length === 0) return notEstimable("no text was rated by both")
  const sources = Map.groupBy(both, ({ source }) => source)
  return {
    ok: true,
    value: {
      overall: overall(both, options),
      bySource: [...sources]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, list]) => partOf(name, list, options)),
      byLength: thirds(both).map(([name, list]) => partOf(name, list, options))
    }
  }
}
