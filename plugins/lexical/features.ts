/** The features of a response to a post, each from 0 to 1. README.md gives every formula. */
import { type Family, familyOf, familyShownBy } from "./feelings.ts"
import {
  asksAdvice,
  closedDoor,
  dismissal,
  instruction,
  invitation,
  openQuestion,
  selfFocus,
  suggestion,
  validation
} from "./phrases.ts"
import { plain, sentencesOf, stem, weightOf, wordsOf } from "./words.ts"

/** What is found in one response. */
export interface Features {
  /** Names a feeling that the post shows. */
  readonly emotion: number
  /** Says the situation back. */
  readonly reflection: number
  /** Asks an open question or invites to say more. */
  readonly question: number
  readonly validation: number
  /** Tells the writer what to do; half if the post asks for it. */
  readonly advice: number
  readonly dismissal: number
  readonly selfFocus: number
}

/** Words copied in a row that make a quotation; quotations are left out of every feature. */
const quotation = 12

/** The numbers of the formulas, as README.md has them. */
const sizes = { otherFamily: 0.5, sameSide: 0.25, unshown: 0.5, reflected: 6, share: 0.2, few: 3 } as const

const withoutQuotations = (response: string, post: string): string => {
  const joined = ` ${wordsOf(post).join(" ")} `
  const words = [...response.matchAll(/[a-z]+(?:'[a-z]+)?/g)]
  const cut: { readonly from: number; readonly to: number }[] = []
  for (let at = 0; at + quotation <= words.length; at++) {
    const run = words.slice(at, at + quotation)
    if (!joined.includes(` ${run.map(([word]) => word).join(" ")} `)) continue
    const last = run[run.length - 1]!
    cut.push({ from: run[0]!.index, to: last.index + last[0].length })
  }
  let kept = ""
  let at = 0
  for (const { from, to } of cut) {
    if (from > at) kept += response.slice(at, from)
    at = Math.max(at, to)
  }
  return kept + response.slice(at)
}

const familiesOf = (
  words: readonly string[],
  find: (word: string) => Family | undefined
): ReadonlySet<Family> => new Set(words.map(find).filter((family) => family !== undefined))

const emotionOf = (post: readonly string[], response: readonly string[]): number => {
  const shown = familiesOf(post, familyShownBy)
  const named = familiesOf(response, familyOf)
  if (named.size === 0) return 0
  if (shown.size === 0) return sizes.unshown / named.size
  const right = [...named].filter((family) => shown.has(family)).length
  if (right > 0) return right / (right + sizes.otherFamily * (named.size - right))
  const sides = new Set([...shown].map(({ pleasant }) => pleasant))
  return [...named].some(({ pleasant }) => sides.has(pleasant)) ? sizes.sameSide : 0
}

/** Distinct content stems with their weight; words for feelings are left to `emotion`. */
const contentOf = (words: readonly string[]): ReadonlyMap<string, number> => {
  const content = new Map<string, number>()
  for (const word of words) {
    const weight = weightOf(word)
    if (weight > 0 && familyOf(word) === undefined) content.set(stem(word), weight)
  }
  return content
}

const total = (weights: Iterable<number>): number => {
  let sum = 0
  for (const weight of weights) sum += weight
  return sum
}

const reflectionOf = (post: readonly string[], response: readonly string[]): number => {
  const told = contentOf(post)
  const said = contentOf(response)
  const shared = total([...said].filter(([word]) => told.has(word)).map(([, weight]) => weight))
  if (shared === 0) return 0
  const enough = Math.min(sizes.reflected, total(told.values()) / 2)
  return Math.min(1, shared / enough) * Math.min(1, shared / total(said.values()) / sizes.share)
}

const questionOf = (sentences: readonly string[]): number => {
  const questions = sentences.filter((sentence) => sentence.includes("?"))
  const open = questions.some((sentence) => openQuestion.test(sentence) && !closedDoor.test(sentence))
  const invited = sentences.some((sentence) => invitation.test(sentence))
  const asked = open ? 1 : invited ? 0.7 : questions.some((sentence) => !closedDoor.test(sentence)) ? 0.4 : 0
  return questions.length > sizes.few ? asked / 2 : asked
}

const adviceOf = (sentences: readonly string[]): number => {
  const advising = sentences.filter(
    (sentence) =>
      suggestion.test(sentence) ||
      (!sentence.includes("?") && instruction.some((pattern) => pattern.test(sentence)))
  ).length
  return sentences.length === 0 ? 0 : Math.min(1, Math.max(advising / sizes.few, advising / sentences.length))
}

/** Two of the patterns are enough. */
const found = (patterns: readonly RegExp[], text: string): number =>
  Math.min(1, patterns.filter((pattern) => pattern.test(text)).length / 2)

/** Two sentences are enough. */
const sentencesWith = (patterns: readonly RegExp[], sentences: readonly string[]): number =>
  Math.min(1, sentences.filter((sentence) => patterns.some((pattern) => pattern.test(sentence))).length / 2)

/** Reads a response beside its post. */
export const featuresOf = (postText: string, responseText: string): Features => {
  const post = plain(postText)
  const response = withoutQuotations(plain(responseText), post)
  const words = wordsOf(response)
  const posted = wordsOf(post)
  const sentences = sentencesOf(response)
  return {
    emotion: emotionOf(posted, words),
    reflection: reflectionOf(posted, words),
    question: questionOf(sentences),
    validation: found(validation, response),
    advice: adviceOf(sentences) * (asksAdvice.test(post) ? 0.5 : 1),
    dismissal: found(dismissal, response),
    selfFocus: sentencesWith(selfFocus, sentences)
  }
}
