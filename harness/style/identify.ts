/**
 * How well style alone tells who wrote a text: linear discriminant analysis on the features, cross-validated by post, so
 * that no post is in the training and in the test. Chance is one in as many as there are sources; whether the accuracy
 * is above it, a permutation test says that shuffles the sources' names within each post.
 */

import * as Discriminant from "../stats/Discriminant.ts"
import { qt } from "../stats/Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../stats/Estimable.ts"
import * as Moments from "../stats/Moments.ts"
import { clopperPearson } from "../stats/Proportion.ts"
import * as Random from "../stats/Random.ts"
import { featureNames } from "./features.ts"
import type { StyledText } from "./StyledText.ts"

/** What the analysis found. */
export interface Identification {
  /** Share of texts whose source was found, every post weighing the same; with a 95 % interval over posts. */
  readonly accuracy: number
  readonly lower: number
  readonly upper: number
  readonly chance: number
  /** That the accuracy is chance: share of shufflings at least as accurate, the data counted among them. */
  readonly p: number
  readonly permutations: number
  readonly folds: number
  readonly texts: number
  readonly posts: number
  /** Texts by true source (rows) and source found (columns), in the order of the sources. */
  readonly confusion: readonly (readonly number[])[]
}

const FOLDS = 10
const PERMUTATIONS = 199
/** Of the pooled correlation's diagonal: some features nearly repeat others (words, sentences). */
const RIDGE = 0.01

interface Data {
  readonly x: Float64Array
  readonly post: Int32Array
  readonly fold: Int32Array
  readonly classes: number
}

/** The class found for every text, each by a rule that has not seen its post; `undefined` where a fold has no rule. */
const crossValidate = ({ x, fold, classes }: Data, y: Int32Array, folds: number): Int32Array | undefined => {
  const columns = featureNames.length
  const found = new Int32Array(y.length)
  for (let f = 0; f < folds; f++) {
    const train: number[] = []
    for (let i = 0; i < y.length; i++) if (fold[i] !== f) train.push(i)
    const inputs = new Float64Array(train.length * columns)
    train.forEach((i, row) => {
      inputs.set(x.subarray(i * columns, (i + 1) * columns), row * columns)
    })
    const rule = Discriminant.fit(
      inputs,
      Int32Array.from(train, (i) => y[i]!),
      classes,
      RIDGE
    )
    if (rule === undefined) return undefined
    for (let i = 0; i < y.length; i++) if (fold[i] === f) found[i] = Discriminant.classify(rule, x, i)
  }
  return found
}

/** Accuracy of each post. */
const byPost = (post: Int32Array, posts: number, y: Int32Array, found: Int32Array): Float64Array => {
  const right = new Float64Array(posts)
  const count = new Float64Array(posts)
  y.forEach((own, i) => {
    count[post[i]!]!++
    if (found[i] === own) right[post[i]!]!++
  })
  return right.map((n, p) => n / count[p]!)
}

/** `values` with the entries at `places` in another order. */
const shuffle = (values: Int32Array, places: readonly number[], random: Random.Random): void => {
  for (let i = places.length - 1; i > 0; i--) {
    const [a, b] = [places[i]!, places[random.below(i + 1)]!]
    const kept = values[a]!
    values[a] = values[b]!
    values[b] = kept
  }
}

/** Not estimable with one source, or with fewer than ten posts. */
export const identify = (
  texts: readonly StyledText[],
  sources: readonly string[],
  seed: number
): Estimable<Identification> => {
  const names = [...new Set(texts.map(({ post }) => post))].sort()
  if (sources.length < 2) return notEstimable("there is one source")
  if (names.length < FOLDS)
    return notEstimable(`${names.length} posts; ${FOLDS} are needed to hold some back`)
  const random = Random.make(seed)
  const places = Int32Array.from({ length: names.length }, (_, i) => i)
  shuffle(places, [...places], random)
  const index = new Map(names.map((name, i) => [name, i]))
  const post = Int32Array.from(texts, (text) => index.get(text.post)!)
  const data: Data = {
    x: Float64Array.from(texts.flatMap(({ style }) => featureNames.map((name) => style[name]))),
    post,
    fold: post.map((p) => places[p]! % FOLDS),
    classes: sources.length
  }
  const y = Int32Array.from(texts, ({ source }) => sources.indexOf(source))
  const found = crossValidate(data, y, FOLDS)
  if (found === undefined) return notEstimable("no feature varies, or a source has too few texts")
  const each = byPost(post, names.length, y, found)
  const accuracy = Moments.mean(each)

  const groups = [...Map.groupBy(texts.keys(), (i) => post[i]!).values()]
  let atLeast = 1
  for (let b = 0; b < PERMUTATIONS; b++) {
    const shuffled = y.slice()
    for (const group of groups) shuffle(shuffled, group, random)
    const other = crossValidate(data, shuffled, FOLDS)
    // Nothing to be learnt from the shuffled names is chance.
    const reached = other === undefined ? 0 : Moments.mean(byPost(post, names.length, shuffled, other))
    if (reached >= accuracy - 1e-12) atLeast++
  }
  const confusion = sources.map(() => sources.map(() => 0))
  for (let i = 0; i < y.length; i++) confusion[y[i]!]![found[i]!]!++
  const n = names.length
  const interval = Moments.isConstant(each)
    ? clopperPearson(Math.round(accuracy * n), n)
    : {
        lower: accuracy - qt(0.975, n - 1) * Math.sqrt(Moments.variance(each) / n),
        upper: accuracy + qt(0.975, n - 1) * Math.sqrt(Moments.variance(each) / n)
      }
  return estimable({
    accuracy,
    lower: Math.max(0, interval.lower),
    upper: Math.min(1, interval.upper),
    chance: 1 / sources.length,
    p: atLeast / (PERMUTATIONS + 1),
    permutations: PERMUTATIONS,
    folds: FOLDS,
    texts: texts.length,
    posts: n,
    confusion
  })
}
