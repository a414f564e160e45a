/** Which emotions a post shows, by the word lists of `emotions.ts`. */
import { type Emotion, emotions } from "./emotions.ts"

/** An emotion with what speaks for it. */
export interface Found {
  readonly emotion: Emotion
  /** Three for each word that says it outright, one for each hint. */
  readonly points: number
}

const outright = 3
const hinted = 1

/** How many words before an emotion's word may deny it ("not even a little sad"). */
const reach = 3
const denials = new Set([
  "not",
  "never",
  "no",
  "isn't",
  "wasn't",
  "don't",
  "didn't",
  "doesn't",
  "cannot",
  "without"
])

/** Posts of more words than this tell of trouble unless the pleasant words clearly prevail. */
const longPost = 60
const clearly = 3

/** Happiness that is only wished for. */
const greetings = /happy (?:birthday|anniversary|new year|holidays|hour)/g

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(greetings, " ")
    .match(/[a-z]+(?:'[a-z]+)?/g) ?? []

const says = (entry: string, word: string) =>
  entry.endsWith("*") ? word.startsWith(entry.slice(0, -1)) : word === entry

const pointsOf = (emotion: Emotion, words: readonly string[], joined: string): number => {
  let points = 0
  words.forEach((word, index) => {
    if (!emotion.words.some((entry) => says(entry, word))) return
    const denied = words.slice(Math.max(0, index - reach), index).some((before) => denials.has(before))
    if (!denied) points += outright
  })
  for (const hint of emotion.hints) if (joined.includes(` ${hint} `)) points += hinted
  return points
}

/**
 * At most two emotions of a post, the strongest first; the second only if it has at least half the points of
 * the first. Pleasant ones lead where they have more points, in a long post three times as many.
 */
export const findEmotions = (post: string): readonly Found[] => {
  const words = wordsOf(post)
  const joined = ` ${words.join(" ")} `
  const found = emotions
    .map((emotion) => ({ emotion, points: pointsOf(emotion, words, joined) }))
    .filter(({ points }) => points > 0)
  const sum = (pleasant: boolean) =>
    found.reduce((points, entry) => points + (entry.emotion.pleasant === pleasant ? entry.points : 0), 0)
  const isPleasant = sum(true) > sum(false) * (words.length > longPost ? clearly : 1)
  // Sorting is stable: the order of the list decides between equals.
  const leading = found.filter((entry) => entry.emotion.pleasant === isPleasant)
  leading.sort((a, b) => b.points - a.points)
  return leading.slice(0, 2).filter(({ points }, index) => index === 0 || points * 2 >= leading[0]!.points)
}
