/** What is wrong, and what is worth knowing, about suites of posts. */
import { flesch } from "flesch"
import { syllable } from "syllable"
import { type Post, postText } from "../study/Post.ts"
import type { SuiteHeader } from "../study/Suite.ts"
import { nearDuplicates, wordsOf } from "./nearDuplicates.ts"
import { personalDataIn } from "./personalData.ts"

/** A suite as it was read. */
export interface ReadSuite {
  readonly header: SuiteHeader
  readonly posts: readonly Post[]
}

/** One finding. An error means the suite cannot be used as it is; a warning is for a person to judge. */
export interface Finding {
  readonly level: "error" | "warning"
  readonly suite: string
  /** Post id, or empty for the suite as a whole. */
  readonly post: string
  readonly reason: string
}

/** The spread of one suite. */
export interface Spread {
  readonly suite: string
  readonly posts: number
  readonly words: { readonly min: number; readonly median: number; readonly max: number }
  /** Flesch reading ease: 100 very easy, 0 very hard; English only. */
  readonly readingEase: { readonly min: number; readonly median: number; readonly max: number } | undefined
  readonly severity: Readonly<Record<string, number>>
  readonly seeks: Readonly<Record<string, number>>
  readonly fault: Readonly<Record<string, number>>
  readonly crisis: number
  /** How often each emotion is named, the most frequent first. */
  readonly emotions: readonly (readonly [string, number])[]
}

/** Words a post should have: enough to answer to, short enough to rate. */
export const postWords = { min: 80, max: 300 }

/** Flesch reading ease outside this range is worth a look in a forum post. */
export const easeRange = { min: 30, max: 110 }

const median = (sorted: readonly number[]): number => {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const rangeOf = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  const round = (x: number) => Math.round(x * 10) / 10
  return { min: round(sorted[0]!), median: round(median(sorted)), max: round(sorted[sorted.length - 1]!) }
}

const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** Flesch's reading ease of an English text (Flesch 1948), syllables counted by `syllable`. */
export const readingEase = (text: string): number => {
  const words = wordsOf(text)
  const sentences = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].length
  return flesch({
    sentence: sentences,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0)
  })
}

const checkPost = (suite: string, post: Post): Finding[] => {
  const found: Finding[] = []
  const add = (level: Finding["level"], reason: string) => found.push({ level, suite, post: post.id, reason })
  const words = wordsOf(post.body).length
  if (words < postWords.min || words > postWords.max) {
    add("warning", `${words} words; ${postWords.min} to ${postWords.max} are usual`)
  }
  if (post.language.startsWith("en") && words > 0) {
    const ease = readingEase(post.body)
    if (ease < easeRange.min || ease > easeRange.max) {
      add("warning", `reading ease ${ease.toFixed(0)}, outside ${easeRange.min} to ${easeRange.max}`)
    }
  }
  for (const { kind, text } of personalDataIn(postText(post))) add("error", `looks like a ${kind}: ${text}`)
  return found
}

/** Checks suites one by one and against each other. */
export const checkSuites = (suites: readonly ReadSuite[]): readonly Finding[] => {
  const found: Finding[] = []
  for (const { header, posts } of suites) {
    const seen = new Set<string>()
    for (const post of posts) {
      if (seen.has(post.id))
        found.push({ level: "error", suite: header.name, post: post.id, reason: "this id stands twice" })
      seen.add(post.id)
      found.push(...checkPost(header.name, post))
    }
    if (header.canary === undefined) {
      found.push({
        level: "warning",
        suite: header.name,
        post: "",
        reason: "no canary string: add canary: to find the suite in training data"
      })
    }
  }
  const all = suites.flatMap(({ header, posts }) =>
    posts.map((post) => ({ name: `${header.name}/${post.id}`, suite: header.name, post, body: post.body }))
  )
  for (const { a, b, share } of nearDuplicates(all)) {
    const first = all.find((entry) => entry.name === a)!
    const same = share === 1
    found.push({
      level: same ? "error" : "warning",
      suite: first.suite,
      post: first.post.id,
      reason: `${same ? "the same text as" : `shares ${(share * 100).toFixed(0)} % of its five-word runs with`} ${b}`
    })
  }
  return found
}

/** The spread of a suite over what its posts are labelled with. */
export const spreadOf = ({ header, posts }: ReadSuite): Spread => {
  const english = posts.filter((post) => post.language.startsWith("en"))
  const emotions = Object.entries(tally(posts.flatMap((post) => post.emotions)))
  return {
    suite: header.name,
    posts: posts.length,
    words: rangeOf(posts.map((post) => wordsOf(post.body).length)),
    readingEase: english.length === 0 ? undefined : rangeOf(english.map((post) => readingEase(post.body))),
    severity: tally(posts.map((post) => post.severity)),
    seeks: tally(posts.map((post) => post.seeks)),
    fault: tally(posts.map((post) => post.fault)),
    crisis: posts.filter((post) => post.crisis === true).length,
    emotions: emotions.sort((a, b) => b[1] - a[1])
  }
}
