/** ELIZA's answer to a whole post: scan, key stack, decomposition, reassembly, memory. */
import { deriveSeed } from "../../harness/study/CallKey.ts"
import { decompose, type Parts, partsUsed, reassemble } from "./decompose.ts"
import { keywords } from "./keywords.ts"
import { contractions, type Keyword, otherwise, type Rule, reflections } from "./script.ts"

/** A part with more words than this is too long to be said back; the rule then does not fit. */
const longestPart = 14

/** A post of at least so many phrases is a conversation's worth: what was remembered is come back to. */
const longPost = 5

/** A stretch between delimiters. */
interface Phrase {
  /** Lower-case words as they were written, contractions taken apart: keywords are looked up in these. */
  readonly written: readonly string[]
  /** The same with first and second person turned round: rules work on these. */
  readonly turned: readonly string[]
}

const byWord = new Map<string, Keyword>()
for (const keyword of keywords) for (const word of keyword.words) byWord.set(word, keyword)

const prepositions = new Set(["to", "for", "with", "of", "at", "from", "about", "by", "on"])

/** What follows an object and hardly ever a subject. */
const afterObject = new Set(
  "about to that the a an how what why my your with for in on at so and or when if into off up down out".split(
    " "
  )
)

const turn = (words: readonly string[]): readonly string[] => {
  const turned = words.map((word) => {
    const lower = word.toLowerCase()
    return Object.hasOwn(reflections, lower) ? reflections[lower]! : word
  })
  return turned.map((word, index) => {
    const before = turned[index - 1]
    if (word === "was" && before === "you") return "were"
    if (before === "I" && (word === "are" || word === "were")) return word === "are" ? "am" : "was"
    const after = turned[index + 1]?.toLowerCase()
    const isObject =
      after === undefined || afterObject.has(after) || (before !== undefined && prepositions.has(before))
    return word === "I" && isObject && index > 0 ? "me" : word
  })
}

/** The phrases of a text. Commas, full stops and the word "but" delimit, as they did in 1966. */
const phrasesOf = (text: string): readonly Phrase[] =>
  text
    .replaceAll("’", "'")
    .split(/[^\p{L}\p{N}\s'-]+|\n+|\s-+\s|\bbut\b/iu)
    .map((piece) =>
      (piece.match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? []).flatMap((word) => {
        const lower = word.toLowerCase()
        return Object.hasOwn(contractions, lower) ? contractions[lower]!.split(" ") : [word]
      })
    )
    .filter((words) => words.length > 0)
    .map((words) => ({ written: words.map((word) => word.toLowerCase()), turned: turn(words) }))

const canSay = (reassembly: string, parts: NonNullable<Parts>) =>
  partsUsed(reassembly).every((part) => {
    const length = parts[part - 1]?.length ?? 0
    return length > 0 && length <= longestPart
  })

/** What the rules make of a phrase, or `undefined` when the next key is to be tried. */
const apply = (rules: readonly Rule[], phrase: Phrase, draw: (n: number) => number): string | undefined => {
  for (const rule of rules) {
    const parts = decompose(rule.when, phrase.turned)
    if (!parts) continue
    const sayable = rule.say.filter((reassembly) => canSay(reassembly, parts))
    const chosen = sayable[draw(sayable.length)]
    if (chosen === undefined) continue
    if (chosen === ":next") return undefined
    if (chosen.startsWith("=")) return apply(byWord.get(chosen.slice(1))?.rules ?? [], phrase, draw)
    return reassemble(chosen, parts)
  }
  return undefined
}

/**
 * The answer to a post: one reassembly, and for a longer post one memory after it. The same post and seed
 * give the same answer. The seed stands where a conversation would have a history: it says which reassembly
 * of a rule has its turn, which of equally ranked keys comes first, and which memory comes back.
 */
export const respond = (post: string, seed: number): string => {
  const drawFor =
    (...slot: readonly (string | number)[]) =>
    (n: number) =>
      n === 0 ? 0 : deriveSeed(seed, ...slot) % n
  const phrases = phrasesOf(post)

  const stack = phrases.flatMap((phrase, place) =>
    [
      ...new Set(phrase.written.map((word) => byWord.get(word)).filter((keyword) => keyword !== undefined))
    ].map((keyword) => ({ keyword, phrase, place, order: deriveSeed(seed, "order", place) }))
  )
  stack.sort((a, b) => b.keyword.rank - a.keyword.rank || a.order - b.order)

  const memories = phrases.flatMap((phrase, place) => {
    const rule = phrase.written.map((word) => byWord.get(word)?.memory).find((memory) => memory !== undefined)
    const memory = rule && apply([rule], phrase, drawFor("memory", place))
    return memory === undefined ? [] : [{ memory, place }]
  })

  for (const { keyword, phrase, place } of stack) {
    const answer = apply(keyword.rules, phrase, drawFor("say", keyword.words[0]!, place))
    if (answer === undefined) continue
    const others = phrases.length < longPost ? [] : memories.filter((entry) => entry.place !== place)
    const recalled = others[drawFor("recall")(others.length)]
    return recalled === undefined ? answer : `${answer} ${recalled.memory}`
  }
  return (
    memories[drawFor("recall")(memories.length)]?.memory ?? otherwise[drawFor("otherwise")(otherwise.length)]!
  )
}
