/**
 * Posts that say nearly the same: the Jaccard index of their sets of five-word shingles (Broder 1997), words
 * lower-cased and compared as Unicode segments. Two posts of one plot by different hands share almost no
 * shingle; a copied paragraph shares many. Exact, not sketched: an inverted index finds the pairs that share
 * any shingle, so unrelated posts cost nothing.
 */

/** Words in a shingle. */
export const shingleWords = 5
/** From this share of common shingles on, a pair is reported. */
export const nearDuplicateShare = 0.1

/** A pair of posts and the share of shingles they have in common, 0 to 1. */
export interface NearDuplicate {
  readonly a: string
  readonly b: string
  readonly share: number
}

const segmenter = new Intl.Segmenter("und", { granularity: "word" })

/** Lower-case words of a text. */
export const wordsOf = (text: string): readonly string[] => {
  const words: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text.toLowerCase()))
    if (isWordLike) words.push(segment)
  return words
}

const shinglesOf = (words: readonly string[]): ReadonlySet<string> => {
  const shingles = new Set<string>()
  if (words.length < shingleWords) shingles.add(words.join(" "))
  for (let i = 0; i + shingleWords <= words.length; i++)
    shingles.add(words.slice(i, i + shingleWords).join(" "))
  return shingles
}

/** All pairs of posts that are nearly the same, the closest first. */
export const nearDuplicates = (
  posts: readonly { readonly name: string; readonly body: string }[]
): readonly NearDuplicate[] => {
  const sets = posts.map((post) => shinglesOf(wordsOf(post.body)))
  const holders = new Map<string, number[]>()
  const common = new Map<string, number>()
  sets.forEach((set, index) => {
    for (const shingle of set) {
      const earlier = holders.get(shingle)
      if (!earlier) {
        holders.set(shingle, [index])
        continue
      }
      for (const other of earlier) {
        const pair = `${other},${index}`
        common.set(pair, (common.get(pair) ?? 0) + 1)
      }
      earlier.push(index)
    }
  })
  const found: NearDuplicate[] = []
  for (const [pair, shared] of common) {
    const [a, b] = pair.split(",").map(Number) as [number, number]
    const share = shared / (sets[a]!.size + sets[b]!.size - shared)
    if (share >= nearDuplicateShare) found.push({ a: posts[a]!.name, b: posts[b]!.name, share })
  }
  return found.sort((x, y) => y.share - x.share)
}
