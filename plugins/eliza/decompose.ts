/** Decomposition and reassembly: a phrase taken apart by a pattern, and parts put into an answer. */
import { groups } from "./script.ts"

/** The parts of a phrase, one for each element of the pattern, or `undefined` when the pattern does not fit. */
export type Parts = readonly (readonly string[])[] | undefined

type Element =
  | { readonly kind: "any" }
  | { readonly kind: "exactly"; readonly count: number }
  | { readonly kind: "oneOf"; readonly words: ReadonlySet<string> }

const parsed = new Map<string, readonly Element[]>()

/** Reads a pattern as `Rule.when` describes it. Throws on a group that the script does not have. */
export const parsePattern = (pattern: string): readonly Element[] => {
  const known = parsed.get(pattern)
  if (known) return known
  const elements = (pattern.match(/\[[^\]]*\]|\S+/g) ?? []).map((token): Element => {
    if (token === "0") return { kind: "any" }
    if (/^[1-9]\d*$/.test(token)) return { kind: "exactly", count: Number(token) }
    if (token.startsWith("[")) return { kind: "oneOf", words: new Set(token.slice(1, -1).split(" ")) }
    if (token.startsWith("@")) {
      const words = groups[token.slice(1)]
      if (!words) throw new Error(`the script has no group ${token}`)
      return { kind: "oneOf", words: new Set(words) }
    }
    return { kind: "oneOf", words: new Set([token.toLowerCase()]) }
  })
  parsed.set(pattern, elements)
  return elements
}

/** Takes words apart by a pattern; the first `0` takes as little as it can, as in the original. */
export const decompose = (pattern: string, words: readonly string[]): Parts => {
  const elements = parsePattern(pattern)
  const from = (element: number, at: number): (readonly string[])[] | undefined => {
    const next = elements[element]
    if (next === undefined) return at === words.length ? [] : undefined
    const take = (count: number) => {
      const rest = from(element + 1, at + count)
      return rest && [words.slice(at, at + count), ...rest]
    }
    if (next.kind === "exactly") return at + next.count <= words.length ? take(next.count) : undefined
    if (next.kind === "oneOf") {
      const word = words[at]
      return word !== undefined && next.words.has(word.toLowerCase()) ? take(1) : undefined
    }
    // What follows the last `0` is everything, without trying each length.
    if (element === elements.length - 1) return take(words.length - at)
    for (let count = 0; at + count <= words.length; count++) {
      const found = take(count)
      if (found) return found
    }
    return undefined
  }
  return from(0, 0)
}

/** The numbers of the parts that a reassembly uses. */
export const partsUsed = (reassembly: string): readonly number[] =>
  [...reassembly.matchAll(/\{(\d+)\}/g)].map(([, part]) => Number(part))

/** Puts parts into a reassembly and begins it with a capital. */
export const reassemble = (reassembly: string, parts: NonNullable<Parts>): string => {
  const text = reassembly.replace(/\{(\d+)\}/g, (_, part: string) =>
    (parts[Number(part) - 1] ?? []).join(" ")
  )
  return text.charAt(0).toUpperCase() + text.slice(1)
}
