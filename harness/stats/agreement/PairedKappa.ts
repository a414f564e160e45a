/**
 * Kappa of pairs of raters, averaged over the pairs (Light 1971): what much published work reports of experts. Each
 * pair is compared on the texts that both rated; a pair whose ratings determine no kappa is left out.
 */
import { type Estimable, notEstimable } from "../Estimable.ts"
import { type JackknifeOptions, type Measured, measured } from "../resampling/ClusterJackknife.ts"
import { quadraticKappa } from "./WeightedPairs.ts"

/** One rater's values by text; holes where it rated nothing. */
export type Column = ReadonlyArray<number | undefined>

/** With more people than this the pairs are not compared: a crowd of which each rates a little has none to speak of. */
export const MOST_PEOPLE = 10

/** The mean of quadratic, value-weighted kappas over pairs of columns, left out post by post. */
export const pairedKappa = (
  posts: readonly string[],
  pairs: readonly (readonly [Column, Column])[],
  options: JackknifeOptions = {}
): Estimable<Measured> => {
  const compared = pairs.flatMap(([a, b]) => {
    const shared = posts.map((_, i) => i).filter((i) => a[i] !== undefined && b[i] !== undefined)
    if (shared.length < 2) return []
    const kappa = quadraticKappa(
      shared.map((i) => a[i]!),
      shared.map((i) => b[i]!)
    )
    return [{ shared, kappa }]
  })
  if (compared.length === 0) return notEstimable("no pair rated two texts in common")
  return measured(
    posts,
    (weights) => {
      const values = compared
        .map(({ shared, kappa }) => kappa(Float64Array.from(shared, (i) => weights[i]!)))
        .filter(Number.isFinite)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    },
    { ...options, stretch: "fisher" }
  )
}

/** The columns of the people who rated; `undefined` when they are too many, or not told apart. */
export const columnsOf = (
  texts: readonly { readonly people: readonly number[]; readonly who?: readonly string[] }[]
): readonly Column[] | undefined => {
  const columns = new Map<string, (number | undefined)[]>()
  for (const [i, { people, who }] of texts.entries()) {
    if (who === undefined) return undefined
    for (const [k, person] of who.entries()) {
      if (!columns.has(person)) {
        if (columns.size === MOST_PEOPLE) return undefined
        columns.set(person, new Array(texts.length).fill(undefined))
      }
      columns.get(person)![i] = people[k]
    }
  }
  return [...columns.values()]
}

/** Why there are no pairs. */
export const tooManyPeople = notEstimable(
  `pairs are compared for up to ${MOST_PEOPLE} people who are told apart`
)
