/** Which pairs are compared: all on shared posts, or those that say most, chosen as the verdicts come in. */
import type { Rateable } from "../../model/Model.ts"
import { deriveSeed } from "../../study/CallKey.ts"

/** The texts to one post under one condition, by source. */
export interface Shared {
  /** Names the post, condition and epoch. */
  readonly id: string
  readonly post: Rateable["post"]
  readonly texts: ReadonlyMap<string, { readonly text: string; readonly words: number }>
}

/** Two sources' texts to the same post. */
export interface Pair {
  readonly shared: Shared
  readonly a: string
  readonly b: string
}

/** Every pair of sources on every post that both answered, without those of `left`. */
export const allPairs = (posts: readonly Shared[], left: ReadonlySet<string>): readonly Pair[] =>
  posts.flatMap((shared) => {
    const sources = [...shared.texts.keys()].filter((source) => !left.has(source)).sort()
    return sources.flatMap((a, index) => sources.slice(index + 1).map((b) => ({ shared, a, b })))
  })

/** Two sources, whichever post. */
export const pairName = (a: string, b: string): string => JSON.stringify([a, b])

/**
 * The next `size` pairs of an adaptive design: sources whose order is least certain first, by p(1 − p)/(1 + n) with p
 * the probability that one wins by the strengths so far and n the comparisons made, so that every pair is met before
 * any is met often. Which post is decided by the seed. `strengths` are log odds; sources without one count as even.
 */
export const nextPairs = (
  open: readonly Pair[],
  met: ReadonlyMap<string, number>,
  strengths: ReadonlyMap<string, number>,
  size: number,
  seed: number
): readonly Pair[] => {
  const counts = new Map(met)
  const byPair = Map.groupBy(
    open.toSorted(
      (one, other) =>
        deriveSeed(seed, "pair", one.shared.id, one.a, one.b) -
        deriveSeed(seed, "pair", other.shared.id, other.a, other.b)
    ),
    ({ a, b }) => pairName(a, b)
  )
  const chosen: Pair[] = []
  while (chosen.length < Math.min(size, open.length)) {
    let best: { readonly name: string; readonly worth: number } | undefined
    for (const [name, list] of byPair) {
      const [first] = list
      if (first === undefined) continue
      const p = 1 / (1 + Math.exp((strengths.get(first.b) ?? 0) - (strengths.get(first.a) ?? 0)))
      const worth = (p * (1 - p)) / (1 + (counts.get(name) ?? 0))
      if (best === undefined || worth > best.worth) best = { name, worth }
    }
    if (best === undefined) break
    chosen.push(byPair.get(best.name)!.shift()!)
    counts.set(best.name, (counts.get(best.name) ?? 0) + 1)
  }
  return chosen
}
