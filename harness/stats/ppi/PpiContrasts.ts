/**
 * A judge's means and contrasts corrected by human ratings of a random part: whole posts, all sources, were
 * drawn for rating. Prediction-powered (PPI++, Angelopoulos, Duchi & Zrnic 2023) on post-level contrasts.
 *
 * With h the human and j the judge's contrast of a post, the estimate is the domain-weighted mean of
 * h − λ(j − mean of j over the unlabelled posts). Its error has two parts. Labelled: two-way clustered by post
 * and rater, V_post + V_rater − V_post∩rater with G/(G − 1) each (Cameron, Gelbach & Miller 2011), t with
 * min(posts, raters) − 1 degrees of freedom. Unlabelled: λ² var(j)/N within domains. λ minimises the variance
 * by posts; with few labelled posts it is cross-fitted, each fold corrected by the λ of the others, because a
 * λ fitted to the posts it corrects shrinks their residuals.
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as PpiFit from "./PpiFit.ts"

/** Fewer labelled texts of a source than this, and the judge's scores stay uncalibrated. */
export const FEWEST_LABELLED = 50

/** The judge's score of one text. */
export interface JudgeScore {
  readonly post: string
  readonly source: string
  readonly score: number
}

/** One human rating of one text. */
export interface HumanRating extends JudgeScore {
  readonly rater: string
}

export interface PpiContrastsInput {
  readonly sources: readonly string[]
  /** Domain by post. */
  readonly domains: ReadonlyMap<string, string>
  readonly judge: readonly JudgeScore[]
  readonly human: readonly HumanRating[]
  /** Orders the posts into folds. */
  readonly seed: number
  readonly level?: number
  /** Overrides the smallest number of labelled texts a source. */
  readonly fewest?: number
}

export interface Calibrated extends Omit<PpiFit.Fit, "variance"> {
  readonly se: number
  readonly lower: number
  readonly upper: number
  readonly p: number
}

export interface PpiContrasts {
  /** Each source's mean rating; p tests a mean of zero and is of no interest. */
  readonly sources: readonly { readonly source: string; readonly mean: Estimable<Calibrated> }[]
  /** a − b, all pairs. The p values are unadjusted. */
  readonly contrasts: readonly {
    readonly a: string
    readonly b: string
    readonly difference: Estimable<Calibrated>
  }[]
  /** "uncalibrated: …" when no corrected number may be shown, and then every estimate has it as its reason. */
  readonly uncalibrated?: string
}

/** Judge and human scores by post and source, with what no number can be made from left out. */
const gather = (input: PpiContrastsInput) => {
  const index = new Map(input.sources.map((source, s) => [source, s]))
  const posts = new Map<string, PpiFit.Post>()
  const usable = (score: number) => Math.abs(score) <= 1e100
  for (const [id, domain] of [...input.domains].sort(([p], [q]) => (p < q ? -1 : 1))) {
    posts.set(id, { domain, judge: input.sources.map(() => []), human: input.sources.map(() => []) })
  }
  for (const { post, source, score } of input.judge) {
    const cell = posts.get(post)?.judge[index.get(source) ?? -1]
    if (usable(score)) cell?.push(score)
  }
  for (const { post, source, rater, score } of input.human) {
    const cell = posts.get(post)?.human[index.get(source) ?? -1]
    if (usable(score)) cell?.push({ rater, score })
  }
  for (const post of posts.values()) {
    for (const scores of post.judge) scores.sort((x, y) => x - y)
    for (const ratings of post.human) {
      ratings.sort((x, y) => (x.rater === y.rater ? x.score - y.score : x.rater < y.rater ? -1 : 1))
    }
  }
  return [...posts.values()]
}

/**
 * Corrected means of all sources and contrasts of all pairs. A post counts as labelled for a contrast when
 * every source in it has a human rating, as unlabelled when no source of the table has any; posts in between
 * do not count, for which texts were rated was then not left to chance. Several scores of one text are
 * averaged. Scores of posts without a domain, or of sources not listed, are left out.
 */
export const analyse = (input: PpiContrastsInput): PpiContrasts => {
  const { sources } = input
  const level = input.level ?? 0.95
  const fewest = input.fewest ?? FEWEST_LABELLED
  const posts = gather(input)
  let uncalibrated: string | undefined
  for (const [s, source] of sources.entries()) {
    const count = posts.filter((post) => post.human[s]!.length > 0 && post.judge[s]!.length > 0).length
    if (count < fewest && uncalibrated === undefined) {
      uncalibrated = `uncalibrated: humans rated ${count} texts of ${source}; correcting a judge needs ${fewest}`
    }
  }
  const combination = (c: readonly number[]): Estimable<Calibrated> => {
    if (uncalibrated !== undefined) return notEstimable(uncalibrated)
    const fitted = PpiFit.fit(posts, c, input.seed)
    if (!fitted.ok) return fitted
    const { estimate, variance, df, ...rest } = fitted.value
    const se = Math.sqrt(variance)
    const half = se === 0 ? 0 : Distributions.qt((1 + level) / 2, df) * se
    const p = se === 0 ? Number(estimate === 0) : Distributions.twoSided(estimate / se, df)
    return estimable({ estimate, se, df, lower: estimate - half, upper: estimate + half, p, ...rest })
  }
  const unit = (plus: number, minus?: number) =>
    sources.map((_, s) => (s === plus ? 1 : s === minus ? -1 : 0))
  return {
    sources: sources.map((source, s) => ({ source, mean: combination(unit(s)) })),
    contrasts: sources.flatMap((a, s) =>
      sources.slice(s + 1).map((b, t) => ({ a, b, difference: combination(unit(s, s + 1 + t)) }))
    ),
    ...(uncalibrated === undefined ? {} : { uncalibrated })
  }
}
