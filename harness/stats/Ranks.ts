/** Mid-ranks and ties: what Spearman, Kendall, Friedman and Kruskal–Wallis share. */

/** Ranks from 1 to n, tied values sharing the mean of the ranks they cover. */
export const midRanks = (values: ArrayLike<number>): Float64Array => {
  const n = values.length
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(n)
  for (let i = 0; i < n; ) {
    let j = i
    while (j + 1 < n && values[order[j + 1]!] === values[order[i]!]) j++
    for (let k = i; k <= j; k++) ranks[order[k]!] = (i + j) / 2 + 1
    i = j + 1
  }
  return ranks
}

/** The sizes of the groups of equal values, groups of one included. */
export const tieSizes = (values: ArrayLike<number>): ReadonlyArray<number> => {
  const counts = new Map<number, number>()
  for (let i = 0; i < values.length; i++) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1)
  return [...counts.values()]
}
