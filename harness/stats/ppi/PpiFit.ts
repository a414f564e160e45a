/**
 * The numerical core of `PpiContrasts.ts`: one linear combination of sources, corrected by labelled posts.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"

/** Scores of one post, by source. */
export interface Post {
  readonly domain: string
  readonly judge: number[][]
  readonly human: { readonly rater: string; readonly score: number }[][]
}

export interface Fit {
  readonly estimate: number
  readonly variance: number
  readonly df: number
  /** Mean over the labelled posts. */
  readonly lambda: number
  readonly crossFitted: boolean
  /** `raters`: holds for a population of raters. `these raters`: only for those who rated. */
  readonly population: "raters" | "these raters"
  readonly labelled: number
  readonly unlabelled: number
  readonly raters: number
  readonly notes: readonly string[]
}

/** From this many labelled posts on, fitting λ to the posts it corrects no longer matters. */
const LARGE = 200
const FOLDS = 10

interface Labelled {
  readonly stratum: number
  readonly h: number
  readonly j: number
  /** The texts that count, in the order of the sources. */
  readonly cells: readonly {
    readonly weight: number
    readonly judge: number
    readonly human: Post["human"][number]
  }[]
}

interface Unlabelled {
  readonly j: number
  /** Judge's means of the texts that count, as in `Labelled.cells`. */
  readonly judge: readonly number[]
}

const average = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

/** The combination c of the cells' means; undefined when one of them is empty. */
const combine = (c: readonly number[], cells: readonly (readonly number[])[]): number | undefined => {
  let sum = 0
  for (const [s, weight] of c.entries()) {
    if (weight === 0) continue
    if (cells[s]!.length === 0) return undefined
    sum += weight * average(cells[s]!)
  }
  return sum
}

interface Strata {
  readonly labelled: readonly Labelled[]
  /** By stratum. */
  readonly unlabelled: readonly (readonly Unlabelled[])[]
  readonly notes: readonly string[]
}

const stratify = (posts: readonly Post[], c: readonly number[]): Strata => {
  const found: { domain: string; labelled: Omit<Labelled, "stratum">[]; unlabelled: Unlabelled[] }[] = []
  const byDomain = new Map<string, (typeof found)[number]>()
  let partial = 0
  for (const post of posts) {
    const j = combine(c, post.judge)
    if (j === undefined) continue
    const scores = post.human.map((ratings) => ratings.map(({ score }) => score))
    const h = combine(c, scores)
    let domain = byDomain.get(post.domain)
    if (domain === undefined) {
      domain = { domain: post.domain, labelled: [], unlabelled: [] }
      byDomain.set(post.domain, domain)
      found.push(domain)
    }
    const cells = post.human.flatMap((human, s) =>
      c[s] === 0 ? [] : [{ weight: c[s]!, judge: average(post.judge[s]!), human }]
    )
    if (scores.every((cell) => cell.length === 0)) {
      domain.unlabelled.push({ j, judge: cells.map(({ judge }) => judge) })
    } else if (h === undefined) partial++
    else domain.labelled.push({ h, j, cells })
  }
  const notes: string[] = []
  if (partial > 0) notes.push(`${partial} posts of which only some texts were rated by humans do not count`)
  const thin = found.filter(({ labelled, unlabelled }) => labelled.length < 2 || unlabelled.length < 2)
  const whole = thin.length > 0 && found.length > 1
  if (whole) {
    notes.push(
      `domains are not weighted equally: ${thin[0]!.domain} has fewer than two posts with or without a label`
    )
  }
  return {
    labelled: found.flatMap(({ labelled }, d) =>
      labelled.map((post) => ({ ...post, stratum: whole ? 0 : d }))
    ),
    unlabelled: whole
      ? [found.flatMap(({ unlabelled }) => unlabelled)]
      : found.map(({ unlabelled }) => unlabelled),
    notes
  }
}

/** Sum of squared deviations from the mean. */
const squares = (values: readonly number[]) => {
  const centre = average(values)
  return values.reduce((sum, x) => sum + (x - centre) ** 2, 0)
}

/** The λ in [0, 1] that minimises the variance by posts, from the labelled posts of `part`. */
const tune = (part: readonly Labelled[], strata: Strata): number => {
  let benefit = 0
  let cost = 0
  for (const [d, unlabelled] of strata.unlabelled.entries()) {
    const own = part.filter(({ stratum }) => stratum === d)
    if (own.length < 2) continue
    const [meanH, meanJ] = [average(own.map(({ h }) => h)), average(own.map(({ j }) => j))]
    const covariance = own.reduce((sum, { h, j }) => sum + (h - meanH) * (j - meanJ), 0) / (own.length - 1)
    const all = [...own, ...unlabelled].map(({ j }) => j)
    benefit += covariance / own.length
    cost += (squares(all) / (all.length - 1)) * (1 / own.length + 1 / unlabelled.length)
  }
  return cost > 0 ? Math.min(1, Math.max(0, benefit / cost)) : 0
}

/** λ of each labelled post: one for all, or each fold's from the other folds. */
const lambdas = (
  strata: Strata,
  seed: number
): { readonly lambda: Float64Array; readonly crossFitted: boolean } => {
  const { labelled } = strata
  if (labelled.length >= LARGE) {
    return { lambda: new Float64Array(labelled.length).fill(tune(labelled, strata)), crossFitted: false }
  }
  const random = Random.make(seed)
  const order = labelled.map((_, i) => i)
  for (let i = order.length - 1; i > 0; i--) {
    const k = random.below(i + 1)
    ;[order[i], order[k]] = [order[k]!, order[i]!]
  }
  const fold = new Int32Array(labelled.length)
  for (const [rank, i] of order.entries()) fold[i] = rank % FOLDS
  const lambda = new Float64Array(labelled.length)
  for (let f = 0; f < FOLDS; f++) {
    const rest = labelled.filter((_, i) => fold[i] !== f)
    const value = tune(rest, strata)
    for (let i = 0; i < lambda.length; i++) if (fold[i] === f) lambda[i] = value
  }
  return { lambda, crossFitted: true }
}

/**
 * What a rating of text k of labelled post i adds to its post's residual: its deviation, corrected as its text
 * is, from the mean of its source's corrected texts in the stratum.
 */
const residuals = ({ labelled, unlabelled }: Strata, lambda: Float64Array) => {
  const predicted = unlabelled.map((list) =>
    (list[0]?.judge ?? []).map((_, k) => average(list.map(({ judge }) => judge[k]!)))
  )
  const shift = (i: number, k: number) =>
    lambda[i]! * (labelled[i]!.cells[k]!.judge - predicted[labelled[i]!.stratum]![k]!)
  const centre = unlabelled.map((_, d) => {
    const own = labelled.flatMap((post, i) => (post.stratum === d ? [i] : []))
    return (labelled[own[0]!]?.cells ?? []).map((_, k) =>
      average(own.map((i) => average(labelled[i]!.cells[k]!.human.map(({ score }) => score)) - shift(i, k)))
    )
  })
  return (i: number, k: number, score: number) => {
    const { stratum, cells } = labelled[i]!
    return ((score - shift(i, k) - centre[stratum]![k]!) * cells[k]!.weight) / cells[k]!.human.length
  }
}

const squareSums = (sums: Map<string, number>): number => {
  let total = 0
  for (const sum of sums.values()) total += sum * sum
  return (total * sums.size) / Math.max(1, sums.size - 1)
}

/**
 * The corrected combination `c` of the sources. `posts` in a fixed order. Not estimable with fewer than two
 * labelled or two unlabelled posts.
 */
export const fit = (posts: readonly Post[], c: readonly number[], seed: number): Estimable<Fit> => {
  const strata = stratify(posts, c)
  const { labelled, unlabelled } = strata
  const rest = unlabelled.reduce((sum, list) => sum + list.length, 0)
  if (labelled.length < 2)
    return notEstimable("fewer than two posts have human ratings and judge scores of each")
  if (rest < 2) return notEstimable("fewer than two posts are without human ratings: nothing to predict")
  const { lambda, crossFitted } = lambdas(strata, seed)
  const notes = [...strata.notes]
  const domains = unlabelled.length

  // Each labelled post's corrected contrast and, by stratum, their mean.
  const judged = unlabelled.map((list) => list.map(({ j }) => j))
  const centreU = judged.map(average)
  const corrected = labelled.map(({ h, j, stratum }, i) => h - lambda[i]! * (j - centreU[stratum]!))
  const count = new Float64Array(domains)
  const centre = new Float64Array(domains)
  const trust = new Float64Array(domains)
  for (const [i, { stratum }] of labelled.entries()) {
    count[stratum]!++
    centre[stratum]! += corrected[i]!
    trust[stratum]! += lambda[i]!
  }
  let estimate = 0
  let predicted = 0
  for (let d = 0; d < domains; d++) {
    centre[d]! /= count[d]!
    estimate += centre[d]! / domains
    const own = trust[d]! / count[d]!
    predicted += (own ** 2 * squares(judged[d]!)) / (judged[d]!.length - 1) / judged[d]!.length / domains ** 2
  }

  let byPost = 0
  const raterSums = new Map<string, number>()
  const bothSums = new Map<string, number>()
  const residual = residuals(strata, lambda)
  for (const [i, { stratum, cells }] of labelled.entries()) {
    const scale = 1 / (domains * count[stratum]!)
    byPost += ((corrected[i]! - centre[stratum]!) * scale) ** 2 * (count[stratum]! / (count[stratum]! - 1))
    for (const { rater, part } of cells.flatMap((cell, k) =>
      cell.human.map(({ rater, score }) => ({ rater, part: residual(i, k, score) * scale }))
    )) {
      raterSums.set(rater, (raterSums.get(rater) ?? 0) + part)
      const key = `${i} ${rater}`
      bothSums.set(key, (bothSums.get(key) ?? 0) + part)
    }
  }
  const raters = raterSums.size
  let human = byPost
  let df = labelled.length - domains
  let population: Fit["population"] = "these raters"
  if (raters < 2) notes.push("a single rater: the interval holds for this rater only")
  else {
    const byRater = squareSums(raterSums)
    const twoWay = byPost + byRater - squareSums(bothSums)
    population = "raters"
    df = Math.min(df, raters - 1)
    if (twoWay > 0) human = twoWay
    else {
      human = Math.max(byPost, byRater)
      if (human > 0)
        notes.push("the two-way variance is not positive; the larger of the one-way variances is shown")
    }
  }
  return estimable({
    estimate,
    variance: human + predicted,
    df: Math.max(1, df),
    lambda: average(Array.from(lambda)),
    crossFitted,
    population,
    labelled: labelled.length,
    unlabelled: rest,
    raters,
    notes
  })
}
