/** The contrasts that a study declared beforehand: a family of their own, adjusted by Holm. */
import { adjust } from "../../stats/Adjust.ts"
import { qt } from "../../stats/Distributions.ts"
import type { PairedAnalysis } from "../../stats/paired/PairedContrasts.ts"
import type { Declared } from "../Leaderboard.ts"
import type { HumanModel } from "./humanModel.ts"

/** Two sources, the first minus the second. */
export type Pair = readonly [string, string]

/** A difference with its unadjusted interval and p value. */
export interface Unadjusted {
  readonly a: string
  readonly b: string
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  readonly p: number
}

/** The named pairs out of all, turned round where they are listed the other way. */
export const choose = (pairs: readonly Pair[], all: readonly Unadjusted[]): readonly Unadjusted[] =>
  pairs.flatMap(([a, b]) => {
    const same = all.find((entry) => entry.a === a && entry.b === b)
    if (same !== undefined) return [same]
    const turned = all.find((entry) => entry.a === b && entry.b === a)
    return turned === undefined
      ? []
      : [{ ...turned, a, b, estimate: -turned.estimate, lower: -turned.upper, upper: -turned.lower }]
  })

/** Declared pairs out of all pairs with unadjusted numbers; `undefined` where nothing is declared. */
const family = (pairs: readonly Pair[], all: readonly Unadjusted[]): Declared | undefined => {
  if (pairs.length === 0) return undefined
  const found = choose(pairs, all)
  const adjusted = adjust(
    found.map(({ p }) => p),
    "holm"
  )
  return {
    contrasts: found.map(({ a, b, estimate, lower, upper }, i) => ({
      a,
      b,
      estimate,
      lower,
      upper,
      p: adjusted[i]!
    })),
    missing: pairs
      .filter(([a, b]) => !found.some((entry) => entry.a === a && entry.b === b))
      .map(([a, b]) => [a, b] as const)
  }
}

/** All pairs of people's model that have an interval. */
export const unadjusted = ({
  means,
  contrasts
}: Pick<HumanModel, "means" | "contrasts">): readonly Unadjusted[] => {
  let at = 0
  return means.flatMap(({ source: a }, i) =>
    means.slice(i + 1).flatMap(({ source: b }) => {
      const { estimate, SE, df, p, reason } = contrasts[at++]!
      if (reason !== undefined || estimate === null || SE === null || p === null) return []
      const half = qt(0.975, df ?? Number.POSITIVE_INFINITY) * SE
      return [{ a, b, estimate, lower: estimate - half, upper: estimate + half, p }]
    })
  )
}

/** Of people's model. */
export const declaredHuman = (pairs: readonly Pair[], model: HumanModel) => family(pairs, unadjusted(model))

/** Of text means paired by post. */
export const declaredPaired = (pairs: readonly Pair[], { contrasts }: PairedAnalysis) =>
  family(pairs, contrasts)
