/**
 * Pairwise comparisons as the design of a Bradley–Terry fit: what each outcome adds to the linear predictor,
 * and the reasons why some data determine no strengths at all.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"

/** One judgement between the responses of two sources to the same post. */
export interface Comparison {
  /** The source shown first, where position counts. */
  readonly a: string
  readonly b: string
  readonly winner: "a" | "b" | "tie"
  /** Who judged: the cluster of the sandwich errors. */
  readonly rater?: string
  /** Difference a − b of each named covariate, such as log(words of a / words of b). */
  readonly covariates?: Readonly<Record<string, number>>
}

/** `drop`: ties left out. `half`: half a win each (its errors are naive). `davidson`: ties modelled. */
export type Ties = "drop" | "half" | "davidson"

export interface PairwiseDesign {
  readonly sources: readonly string[]
  /** Columns: strengths of all sources but the first, then `log_nu`, covariates, `position_a`, as asked. */
  readonly names: readonly string[]
  /** rows × columns, row-major: the difference a − b that enters the linear predictor (0 for `log_nu`). */
  readonly x: Float64Array
  /** 1 where a won, 0 where b won, ½ for a tie. */
  readonly y: Float64Array
  readonly raters: readonly (string | undefined)[]
  /** Column of `log_nu`, or −1 where ties are not modelled. */
  readonly tieColumn: number
  readonly ties: number
  readonly notes: readonly string[]
}

/** What to fit. */
export interface PairwiseOptions {
  /** Order of the sources; the first is the reference. Alphabetical unless given. */
  readonly sources?: readonly string[]
  readonly ties: Ties
  /** Names of the covariates to include. */
  readonly covariates?: readonly string[]
  /** Whether the response shown first has an advantage of its own. */
  readonly position?: boolean
}

const unreached = (sources: readonly string[], edges: readonly Comparison[]): string | undefined => {
  const neighbours = new Map(sources.map((source) => [source, new Set<string>()]))
  for (const { a, b } of edges) {
    neighbours.get(a)!.add(b)
    neighbours.get(b)!.add(a)
  }
  const seen = new Set([sources[0]!])
  for (const source of seen) for (const next of neighbours.get(source)!) seen.add(next)
  return sources.find((source) => !seen.has(source))
}

/**
 * The design of `comparisons`. Not estimable: fewer than two sources, a comparison of a source with itself or
 * with one that is not listed, a covariate that is missing or not a number, sources that no chain of
 * comparisons links, nothing but ties where ties are dropped or modelled.
 */
export const make = (
  comparisons: readonly Comparison[],
  options: PairwiseOptions
): Estimable<PairwiseDesign> => {
  const sources = options.sources ?? [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))].sort()
  const index = new Map(sources.map((source, s) => [source, s]))
  const covariates = options.covariates ?? []
  if (index.size !== sources.length) return notEstimable("a source is listed twice")
  if (sources.length < 2) return notEstimable("a comparison needs two sources")
  for (const { a, b, covariates: given } of comparisons) {
    for (const source of [a, b]) {
      if (!index.has(source)) return notEstimable(`${source} is compared but not among the sources`)
    }
    if (a === b) return notEstimable(`${a} is compared with itself`)
    for (const name of covariates) {
      if (!Number.isFinite(given?.[name]))
        return notEstimable(`${name} is missing or not a number for a pair`)
    }
  }
  const tied = comparisons.filter(({ winner }) => winner === "tie").length
  if (options.ties !== "half" && tied === comparisons.length) {
    return notEstimable(tied === 0 ? "there are no comparisons" : "every comparison ended in a tie")
  }
  const used = options.ties === "drop" ? comparisons.filter(({ winner }) => winner !== "tie") : comparisons
  const apart = unreached(sources, used)
  if (apart !== undefined) {
    return notEstimable(
      `no chain of ${tied > 0 && options.ties === "drop" ? "decided " : ""}comparisons links ${apart} with ${sources[0]}`
    )
  }
  const modelled = options.ties === "davidson" && tied > 0
  const names = [
    ...sources.slice(1),
    ...(modelled ? ["log_nu"] : []),
    ...covariates,
    ...(options.position === true ? ["position_a"] : [])
  ]
  const p = names.length
  const x = new Float64Array(used.length * p)
  used.forEach(({ a, b, covariates: given }, i) => {
    const [s, t] = [index.get(a)!, index.get(b)!]
    if (s > 0) x[i * p + s - 1] = 1
    if (t > 0) x[i * p + t - 1] = -1
    let column = sources.length - 1 + Number(modelled)
    for (const name of covariates) x[i * p + column++] = given![name]!
    if (options.position === true) x[i * p + column] = 1
  })
  return estimable({
    sources,
    names,
    x,
    y: Float64Array.from(used, ({ winner }) => (winner === "a" ? 1 : winner === "b" ? 0 : 0.5)),
    raters: used.map(({ rater }) => rater),
    tieColumn: modelled ? sources.length - 1 : -1,
    ties: tied,
    notes:
      options.ties === "davidson" && tied === 0 ? ["no comparison ended in a tie: fitted without ties"] : []
  })
}
