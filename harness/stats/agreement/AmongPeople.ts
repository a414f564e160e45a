/**
 * How well people agree with one another: the ceiling beside which an automatic rater's agreement is read. Each
 * single rating is put against what the other people said of the same text, as the automatic rater's is put
 * against what all of them said.
 */
import { type Estimable, notEstimable } from "../Estimable.ts"
import { mean } from "../Moments.ts"
import { type JackknifeOptions, type Measured, measured } from "../resampling/ClusterJackknife.ts"
import { alphaOf, median } from "./AgainstPeople.ts"
import { columnsOf, pairedKappa, tooManyPeople } from "./PairedKappa.ts"
import { intraclass, quadraticKappa, rankCorrelation, spreadOfDifferences } from "./WeightedPairs.ts"

/** A text and its ratings by people. */
export interface PeopleText {
  readonly post: string
  readonly people: readonly number[]
  /** Who gave each of them, for what is said of pairs. */
  readonly who?: readonly string[]
}

/** The ceiling. */
export interface AmongPeople {
  readonly texts: number
  readonly ratings: number
  /** Texts with two ratings or more: only those say anything here. */
  readonly shared: number
  /** One person against the others' median, quadratic weights on values. */
  readonly kappa: Estimable<Measured>
  /** Each pair of people, quadratic weights on values, averaged over the pairs. */
  readonly kappaPairs: Estimable<Measured>
  /** One person against the others' mean. */
  readonly spearman: Estimable<Measured>
  readonly spread: Estimable<Measured>
  readonly iccConsistency: Estimable<Measured>
  readonly iccAgreement: Estimable<Measured>
  /** Krippendorff's, interval metric. */
  readonly alpha: Estimable<Measured>
}

/** Compares people with one another; where no text has two ratings every coefficient says so. */
export const amongPeople = (texts: readonly PeopleText[], options: JackknifeOptions = {}): AmongPeople => {
  const shared = texts.filter(({ people }) => people.length > 1)
  const rows = shared.flatMap(({ post, people }) =>
    people.map((value, i) => ({ post, value, others: people.filter((_, k) => k !== i) }))
  )
  const posts = rows.map(({ post }) => post)
  const own = Float64Array.from(rows, ({ value }) => value)
  const average = Float64Array.from(rows, ({ others }) => mean(others))
  const middle = Float64Array.from(rows, ({ others }) => median(others))
  const lone = notEstimable("one person a text: agreement among people is not estimable")
  const of = (compute: () => Estimable<Measured>) => (rows.length === 0 ? lone : compute())
  const fisher: JackknifeOptions = { ...options, stretch: "fisher" }
  return {
    texts: texts.length,
    ratings: texts.reduce((sum, { people }) => sum + people.length, 0),
    shared: shared.length,
    kappa: of(() => measured(posts, quadraticKappa(own, middle), fisher)),
    kappaPairs: of(() => {
      const columns = columnsOf(shared)
      return columns === undefined
        ? tooManyPeople
        : pairedKappa(
            shared.map(({ post }) => post),
            columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const)),
            options
          )
    }),
    spearman: of(() => measured(posts, rankCorrelation(own, average), fisher)),
    spread: of(() => measured(posts, spreadOfDifferences(own, average), { ...options, stretch: "log" })),
    iccConsistency: of(() => measured(posts, intraclass(own, average, "consistency"), fisher)),
    iccAgreement: of(() => measured(posts, intraclass(own, average, "agreement"), fisher)),
    alpha: of(() =>
      alphaOf(
        texts.map(({ post }) => post),
        texts.map(({ people }) => people),
        options
      )
    )
  }
}
