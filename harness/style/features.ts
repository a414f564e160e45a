/**
 * Style as numbers: what can be counted in a text without a judgement of it. Counts of words are per 100 words, so that
 * a long text is not a different style for its length; length is a feature of its own.
 */
import emojiRegex from "emoji-regex"
import { flesch } from "flesch"
import { hedges } from "hedges"
import { syllable } from "syllable"
import { wordCount } from "../study/Response.ts"
import { emotionAdjectives, emotionNouns, emotionVerbs } from "./emotionWords.ts"
import { isAdvice, isApology, validations } from "./phrases.ts"
import type { Reader, Token } from "./readText.ts"

/** Every feature: how tables name it and what one of it is. */
export const features = {
  words: { label: "words", unit: "words" },
  sentences: { label: "sentences", unit: "sentences" },
  readingEase: { label: "reading ease (Flesch)", unit: "points, more is easier" },
  emojis: { label: "emojis", unit: "per 100 words" },
  exclamations: { label: "exclamation marks", unit: "per 100 words" },
  questions: { label: "question marks", unit: "per 100 words" },
  firstPerson: { label: "first person (I, we)", unit: "per 100 words" },
  secondPerson: { label: "second person (you)", unit: "per 100 words" },
  apologies: { label: "apologies", unit: "per 100 words" },
  hedges: { label: "hedges", unit: "per 100 words" },
  emotionWords: { label: "emotion words", unit: "per 100 words" },
  validations: { label: "validating words", unit: "per 100 words" },
  advice: { label: "advice (sentences)", unit: "per 100 words" },
  listItems: { label: "list items", unit: "items" },
  headings: { label: "headings", unit: "headings" },
  typeToken: { label: "type–token ratio", unit: "share, over 50 words at a time" },
  sentiment: { label: "sentiment", unit: "−1 to 1" }
} as const

/** A feature's name. */
export type FeatureName = keyof typeof features

/** All names, in the order of every table. */
export const featureNames = Object.keys(features) as readonly FeatureName[]

/** A text's style. */
export type Style = Readonly<Record<FeatureName, number>>

const emoji = emojiRegex()
const first = new Set(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
const second = new Set(["you", "your", "yours", "yourself", "yourselves", "u", "ur"])

/** "I'm" and "you'll" count as the pronoun they begin with. */
const stem = (word: string) => word.split("'")[0]!

const hedgeWords = new Set(hedges)
const longestHedge = Math.max(...hedges.map((hedge) => hedge.split(" ").length))

/** Hedges in a row of words, the longest first, none counted twice. */
const countHedges = (words: readonly string[]): number => {
  let count = 0
  for (let i = 0; i < words.length; ) {
    let length = Math.min(longestHedge, words.length - i)
    while (length > 0 && !hedgeWords.has(words.slice(i, i + length).join(" "))) length--
    if (length > 0) count++
    i += Math.max(1, length)
  }
  return count
}

/** Regular participles of the emotion verbs, which taggers take for adjectives: worried, frightening. */
const participles = new Set(
  [...emotionVerbs].flatMap((verb) => {
    const root = verb.endsWith("e") ? verb.slice(0, -1) : verb
    return [/[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${root}ed`, `${root}ing`]
  })
)

const isEmotion = ({ word, lemma, pos }: Token): boolean =>
  pos === "NOUN"
    ? emotionNouns.has(lemma)
    : pos === "VERB"
      ? emotionVerbs.has(lemma)
      : pos === "ADJ" && (emotionAdjectives.has(word) || participles.has(word))

const WINDOW = 50

/**
 * Different words as a share of all, as the mean over every run of 50 words (the moving average of Covington & McFall
 * 2010, Journal of Quantitative Linguistics 17, 94–100), since the plain share falls with length; of a shorter text the
 * plain share.
 */
export const typeToken = (words: readonly string[]): number => {
  const size = Math.min(WINDOW, words.length)
  if (size === 0) return 0
  const inside = new Map<string, number>()
  let total = 0
  words.forEach((word, i) => {
    inside.set(word, (inside.get(word) ?? 0) + 1)
    const out = words[i - size]
    if (out !== undefined) {
      const left = inside.get(out)! - 1
      if (left === 0) inside.delete(out)
      else inside.set(out, left)
    }
    if (i >= size - 1) total += inside.size / size
  })
  return total / (words.length - size + 1)
}

/** Lines that Markdown takes for a list item or a heading, in quotes too; a parser would recurse as deep as a text nests. */
const listItem = /^[ \t]{0,12}(?:> ?)?[ \t]{0,12}(?:[-*+•]|\d{1,9}[.)])[ \t]+\S/gm
const heading = /^ {0,3}(?:> ?)?#{1,6}[ \t]+\S/gm

const occurrences = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** Characters of a word of which syllables are counted, and of a text that are read: beyond, time grows as the square. */
const LONGEST = 40
const MOST = 10_000

/** The style of a text, of its first 10,000 characters; `undefined` for a text without a word. */
export const styleOf = (whole: string, read: Reader): Style | undefined => {
  const text = whole.slice(0, MOST).toWellFormed()
  const words = wordCount(text)
  if (words === 0) return undefined
  const { sentences, sentiment } = read(text)
  const tokens = sentences.flat()
  const spoken = tokens.filter(({ word }) => /[\p{L}\p{N}]/u.test(word))
  const plain = spoken.map(({ word }) => word)
  const lines = sentences.map((sentence) => ({
    sentence,
    words: sentence
      .filter(({ word }) => /[\p{L}\p{N}]/u.test(word))
      .map(({ word }) => word)
      .join(" ")
  }))
  const said = lines.filter((line) => line.words !== "")
  const rate = (count: number) => (100 * count) / words
  const count = (test: (token: Token) => boolean) => rate(spoken.filter(test).length)
  return {
    words,
    sentences: said.length,
    readingEase: flesch({
      sentence: Math.max(1, said.length),
      word: Math.max(1, plain.length),
      // Scripts without vowels to count have a syllable a word.
      syllable: plain.reduce((sum, word) => sum + Math.max(1, syllable(word.slice(0, LONGEST))), 0)
    }),
    emojis: rate(occurrences(text, emoji)),
    exclamations: rate(occurrences(text, /[!！]/g)),
    questions: rate(occurrences(text, /[?？]/g)),
    firstPerson: count(({ word }) => first.has(stem(word))),
    secondPerson: count(({ word }) => second.has(stem(word))),
    apologies: count(isApology),
    hedges: rate(countHedges(plain)),
    emotionWords: count(isEmotion),
    validations: rate(said.reduce((sum, line) => sum + validations(line.words), 0)),
    advice: rate(said.filter((line) => isAdvice(line.sentence, line.words)).length),
    listItems: occurrences(text, listItem),
    headings: occurrences(text, heading),
    typeToken: typeToken(plain),
    sentiment
  }
}
