/** Which way the pairs of a table go, for comparing one analysis with another. */

/** A difference with its interval. */
export interface PairInterval {
  readonly a: string
  readonly b: string
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** 1: a above b; −1: b above a; 0: not separated. */
export const direction = ({ lower, upper }: Pick<PairInterval, "lower" | "upper">): -1 | 0 | 1 =>
  lower > 0 ? 1 : upper < 0 ? -1 : 0

/** A pair on which two analyses say different things. */
export interface Change {
  readonly a: string
  readonly b: string
  readonly here: -1 | 0 | 1
  readonly there: -1 | 0 | 1
}

/** Pairs of `here` that `there` has too and judges otherwise, in the order of `here`. */
export const changesOf = (
  here: readonly PairInterval[],
  there: readonly PairInterval[]
): readonly Change[] => {
  const others = new Map(
    there.flatMap((pair) => [
      [`${pair.a}\u0000${pair.b}`, direction(pair)] as const,
      [`${pair.b}\u0000${pair.a}`, -direction(pair) as -1 | 0 | 1] as const
    ])
  )
  return here.flatMap((pair) => {
    const [mine, other] = [direction(pair), others.get(`${pair.a}\u0000${pair.b}`)]
    // −0 is not 0 to a strict comparison of JSON.
    return other === undefined || mine === other + 0
      ? []
      : [{ a: pair.a, b: pair.b, here: mine, there: (other + 0) as -1 | 0 | 1 }]
  })
}

/**
 * Changes that speak against a table: those of an analysis whose intervals are known to be `wide` only where it finds
 * something, not where it separates fewer pairs.
 */
export const against = ({
  changes,
  wide = false
}: {
  readonly changes: readonly Change[]
  readonly wide?: boolean
}): readonly Change[] => (wide ? changes.filter(({ there }) => there !== 0) : changes)

const relation = (way: -1 | 1, a: string, b: string): string =>
  way > 0 ? `${a} above ${b}` : `${b} above ${a}`

/** What the other analysis says of the pair, and what this one says. */
export const changeText = ({ a, b, here, there }: Change): string => {
  if (there === 0) {
    return here === 0
      ? `${a} and ${b} not distinguishable`
      : `${a} and ${b} not distinguishable (here ${relation(here, a, b)})`
  }
  return `${relation(there, a, b)} (here ${here === 0 ? "not distinguishable" : "the reverse"})`
}
