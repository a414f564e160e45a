/**
 * What a crossed rating study can tell before it is run: the standard error of the difference of two sources'
 * means from the variance components, in closed form and exactly by generalised least squares.
 */

import * as Cholesky from "../Cholesky.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { quadratic } from "../SquareMatrix.ts"

/** Variances (not SDs) of the effects of a rating. */
export interface Components {
  readonly rater: number
  readonly post: number
  /** How differently sources do on a post. With one text a post and source, the text's own part is in here. */
  readonly postSource: number
  readonly raterSource: number
  /** What two texts of one source on one post differ by; 0 where a study has one epoch. */
  readonly text: number
  readonly residual: number
}

export interface Design {
  readonly posts: number
  readonly raters: number
  readonly sources: number
  /** Texts a rater rates. */
  readonly ratingsPerRater: number
  /** Texts of a source on a post; 1 unless given. */
  readonly epochs?: number
}

/** The variance of a contrast of two sources, by where it comes from. */
export interface ContrastVariance {
  readonly se: number
  /** Satterthwaite's, from the parts' own degrees of freedom. */
  readonly df: number
  readonly parts: {
    readonly postSource: number
    readonly text: number
    readonly raterSource: number
    readonly residual: number
  }
}

export interface ExactVariance {
  /** Standard error of source 1 − source 2. */
  readonly seContrast: number
  /** Standard error of source 1's mean. */
  readonly seMean: number
  /** Weight of each rating (rater by rater) in the estimate of source 1 − source 2. */
  readonly weights: Float64Array
}

/** Why a study cannot be as described, if so. */
export const invalid = (components: Components, design: Design): string | undefined => {
  for (const [name, value] of Object.entries(components)) {
    if (!(value >= 0 && value <= 1e12)) return `the ${name} variance is not zero or a positive number`
  }
  if (!(components.residual > 0)) return "the residual variance is not positive"
  for (const [name, value] of Object.entries({ epochs: 1, ...design })) {
    const least = name === "sources" || name === "raters" || name === "posts" ? 2 : 1
    if (!(Number.isInteger(value) && value >= least && value <= 1e7)) {
      return `${name} is not a whole number from ${least} up`
    }
  }
  const texts = design.posts * design.sources * (design.epochs ?? 1)
  if (design.ratingsPerRater > texts) return `a rater cannot rate ${design.ratingsPerRater} of ${texts} texts`
  if (design.raters * design.ratingsPerRater < design.sources) return "there are fewer ratings than sources"
  return undefined
}

/**
 * SE² = 2(σ²post:source/P + σ²text/(P·E) + σ²rater:source/R + σ²e/n), n the ratings per source: exact when
 * every source is rated alike on every post and by every rater. Posts that no rating reaches do not count.
 */
export const closedForm = (components: Components, design: Design): Estimable<ContrastVariance> => {
  const reason = invalid(components, design)
  if (reason !== undefined) return notEstimable(reason)
  const { posts, raters, sources } = design
  const ratings = raters * design.ratingsPerRater
  const n = ratings / sources
  const reached = Math.min(posts, n)
  const parts = {
    postSource: (2 * components.postSource) / reached,
    text: (2 * components.text) / Math.min(posts * (design.epochs ?? 1), n),
    raterSource: (2 * components.raterSource) / Math.min(raters, n),
    residual: (2 * components.residual) / n
  }
  const variance = parts.postSource + parts.text + parts.raterSource + parts.residual
  const byPost = (parts.postSource + parts.text) ** 2 / (Math.max(1, reached - 1) * (sources - 1))
  const byRater = parts.raterSource ** 2 / ((raters - 1) * (sources - 1))
  const rest = parts.residual ** 2 / Math.max(1, ratings - raters - reached - sources + 2)
  return estimable({ se: Math.sqrt(variance), df: variance ** 2 / (byPost + byRater + rest), parts })
}

/** Beyond this many random effects of posts and texts the exact form takes too long, and closed is close. */
const MOST_EFFECTS = 1500
/** A pivot this small beside its diagonal is rounding. */
const TOLERANCE = 1e-11

/** The text that rater r rates as j-th: (r·k + j) mod texts, texts ordered epoch, then source, fastest. */
export const assignment = (design: Design): Int32Array => {
  const texts = design.posts * design.sources * (design.epochs ?? 1)
  return Int32Array.from({ length: design.raters * design.ratingsPerRater }, (_, i) => i % texts)
}

/**
 * Exact standard errors of the generalised least squares estimate under `assignment`. The raters' blocks of
 * the covariance are inverted one by one, posts and texts enter by Woodbury's identity. Not estimable for
 * an impossible study, beyond 1,500 effects of posts and texts, or when some source gets no rating.
 */
export const exact = (components: Components, design: Design): Estimable<ExactVariance> => {
  const reason = invalid(components, design)
  if (reason !== undefined) return notEstimable(reason)
  const { sources: s, ratingsPerRater: k } = design
  const epochs = design.epochs ?? 1
  const text = assignment(design)
  const source = text.map((t) => Math.floor(t / epochs) % s)
  // Random effects across raters: their variance, and how many texts in a row share one.
  const kinds = [
    { variance: components.post, run: s * epochs },
    { variance: components.postSource + (epochs === 1 ? components.text : 0), run: epochs },
    ...(epochs === 1 ? [] : [{ variance: components.text, run: 1 }])
  ].filter(({ variance }) => variance > 0)
  const texts = design.posts * s * epochs
  const offsets: number[] = []
  let q = 0
  for (const { run } of kinds) {
    offsets.push(q)
    q += texts / run
  }
  if (q > MOST_EFFECTS) return notEstimable(`more than ${MOST_EFFECTS} effects of posts and texts`)
  const columns = (i: number) => [
    ...kinds.map(({ run }, j) => offsets[j]! + Math.floor(text[i]! / run)),
    q + source[i]!
  ]
  // W = [Z X]; cross = Wᵀ B⁻¹ W with B the raters' block-diagonal covariance.
  const size = q + s
  const cross = new Float64Array(size * size)
  const inverses: Float64Array[] = []
  for (let r = 0; r < design.raters; r++) {
    const block = new Float64Array(k * k)
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const shared = source[r * k + i] === source[r * k + j] ? components.raterSource : 0
        block[i * k + j] = components.rater + shared + (i === j ? components.residual : 0)
      }
    }
    if (!Cholesky.factor(block, k, TOLERANCE))
      return notEstimable("the residual variance is too small beside the raters'")
    const inverse = Cholesky.inverse(block, k)
    inverses.push(inverse)
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const value = inverse[i * k + j]!
        for (const a of columns(r * k + i)) for (const b of columns(r * k + j)) cross[a * size + b]! += value
      }
    }
  }
  const effects = new Float64Array(q * q)
  for (let a = 0; a < q; a++) effects.set(cross.subarray(a * size, a * size + q), a * q)
  for (const [j, { variance, run }] of kinds.entries()) {
    for (let a = offsets[j]!; a < offsets[j]! + texts / run; a++) effects[a * q + a]! += 1 / variance
  }
  if (!Cholesky.factor(effects, q, TOLERANCE))
    return notEstimable("the variances differ by too many orders of magnitude")
  const solved = Array.from({ length: s }, (_, c) => {
    const column = Float64Array.from({ length: q }, (_, a) => cross[a * size + q + c]!)
    Cholesky.solve(effects, q, column)
    return column
  })
  const information = new Float64Array(s * s)
  for (let c = 0; c < s; c++) {
    for (let d = 0; d < s; d++) {
      let sum = cross[(q + c) * size + q + d]!
      for (let a = 0; a < q; a++) sum -= cross[a * size + q + c]! * solved[d]![a]!
      information[c * s + d] = sum
    }
  }
  if (!Cholesky.factor(information, s, TOLERANCE)) return notEstimable("some source gets too few ratings")
  const covariance = Cholesky.inverse(information, s)
  const contrast = new Float64Array(s)
  contrast.set([1, -1])
  // Weights: V⁻¹ X C l = B⁻¹ (X C l − Z (solved · C l)).
  const beta = contrast.slice()
  Cholesky.solve(information, s, beta)
  const shift = Float64Array.from({ length: q }, (_, a) =>
    beta.reduce((sum, b, c) => sum + solved[c]![a]! * b, 0)
  )
  const right = Float64Array.from(source, (c, i) =>
    columns(i).reduce((sum, a) => (a < q ? sum - shift[a]! : sum), beta[c]!)
  )
  const weights = new Float64Array(right.length)
  for (const [r, inverse] of inverses.entries()) {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) weights[r * k + i]! += inverse[i * k + j]! * right[r * k + j]!
    }
  }
  return estimable({
    seContrast: Math.sqrt(quadratic(covariance, contrast)),
    seMean: Math.sqrt(covariance[0]!),
    weights
  })
}
