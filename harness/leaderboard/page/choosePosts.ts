/** Which posts a page shows in full: all of them, or of a large run a sample that is stated. */
import * as Random from "../../stats/Random.ts"
import type { PostSize } from "../../store/PostRecords.ts"

/** What a page holds at most: a browser opens that much in a second or two. */
export const most = { answers: 5_000, characters: 10_000_000 } as const

/** A rating takes about as much of the page as this many characters of text. */
const RATING = 40

/** Why a post of a sample is in it. */
export type Reason = "most" | "least" | "drawn"

/** The posts a page shows. */
export interface Choice {
  /** In the order of the study. */
  readonly ordinals: readonly number[]
  /** Empty when every post is shown. */
  readonly reasons: ReadonlyMap<number, Reason>
  /** What the run has in all. */
  readonly posts: number
  readonly answers: number
}

/** What there is to choose from, and by what. */
export interface Choosing {
  readonly sizes: readonly PostSize[]
  /** By ordinal, the highest minus the lowest score of a post's answers; posts without are only drawn. */
  readonly spread: ReadonlyMap<number, number>
  readonly seed: number
  readonly limits?: { readonly answers: number; readonly characters: number }
}

const shuffled = (ordinals: readonly number[], seed: number): number[] => {
  const random = Random.make(seed)
  const out = [...ordinals]
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}

/**
 * All posts where they fit. Else posts in turn from three lists, each post once, until the next does not fit: those
 * whose answers' scores differ most, those in which they differ least, and all in an order drawn by the seed.
 */
export const choosePosts = ({ sizes, spread, seed, limits = most }: Choosing): Choice => {
  const weigh = (size: PostSize) => size.characters + RATING * size.ratings
  const answers = sizes.reduce((sum, size) => sum + size.answers, 0)
  const whole = { posts: sizes.length, answers }
  const characters = sizes.reduce((sum, size) => sum + weigh(size), 0)
  if (answers <= limits.answers && characters <= limits.characters)
    return { ...whole, ordinals: sizes.map(({ ordinal }) => ordinal), reasons: new Map() }
  const bySize = new Map(sizes.map((size) => [size.ordinal, size]))
  const differing = [...spread]
    .filter(([ordinal]) => bySize.has(ordinal))
    .sort(([a, x], [b, y]) => y - x || a - b)
  const lists: readonly (readonly [Reason, number[]])[] = [
    ["most", differing.map(([ordinal]) => ordinal)],
    ["least", differing.map(([ordinal]) => ordinal).reverse()],
    ["drawn", shuffled([...bySize.keys()], seed)]
  ]
  const reasons = new Map<number, Reason>()
  const left = { answers: limits.answers, characters: limits.characters }
  for (let turn = 0; lists.some(([, list]) => list.length > 0); turn++) {
    const [reason, list] = lists[turn % lists.length]!
    let next = list.shift()
    while (next !== undefined && reasons.has(next)) next = list.shift()
    if (next === undefined) continue
    const size = bySize.get(next)!
    // The first is shown whatever its size: a page with nothing to read would say less than a long one.
    if (reasons.size > 0 && (size.answers > left.answers || weigh(size) > left.characters)) break
    reasons.set(next, reason)
    left.answers -= size.answers
    left.characters -= weigh(size)
  }
  return { ...whole, ordinals: [...reasons.keys()].sort((a, b) => a - b), reasons }
}
