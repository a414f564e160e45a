/** Ratings with known faults: honest raters who hear the same texts with noise, and one rater for each fault. */
import {
  makeSheet,
  type Sheet,
  type SheetRating,
  type Submission
} from "../../../harness/ratings/quality/Sheet.ts"
import * as Random from "../../../harness/stats/Random.ts"

const posts = 10
/** In the order of their texts. */
export const sources = ["human", "model-a", "model-b"]

/** Texts: 10 posts × 3 sources. */
export const texts = Array.from({ length: posts * sources.length }, (_, i) => ({
  post: `post-${Math.floor(i / sources.length)}`,
  source: sources[i % sources.length]!,
  condition: "base",
  epoch: 1
}))

const scale = { minimum: 1, maximum: 5, step: 1 }

/** `polite` and `rude` are a reversed pair. */
export const questions = [
  { instrument: "chat", dimension: "warm", ...scale, reversed: false },
  { instrument: "chat", dimension: "polite", ...scale, reversed: false },
  { instrument: "chat", dimension: "rude", ...scale, reversed: true }
]

const clamp = (x: number) => Math.min(5, Math.max(1, Math.round(x)))

const truth = Random.make(11)
const warmth = texts.map(() => 1.5 + 3 * truth.next())
const politeness = texts.map(() => 1.5 + 3 * truth.next())

/** How one person answers the questions on a text. */
export type Manner = (text: number, random: Random.Random) => readonly (number | null)[]

const noise = (random: Random.Random) => (random.next() - 0.5) * 1.6

export const honest: Manner = (text, random) => {
  const polite = clamp(politeness[text]! + noise(random))
  return [clamp(warmth[text]! + noise(random)), polite, 6 - polite]
}

/** A person, by default an honest one of ordinary speed. */
export interface Person {
  readonly name: string
  readonly group?: string
  readonly manner?: Manner
  readonly texts?: readonly number[]
  readonly sittings?: readonly Partial<Omit<Submission, "rater">>[]
}

/** Answers to attention questions; the import of these tests expects `2` of each. */
export const answered = (given: Readonly<Record<string, string>>): Submission["answers"] =>
  new Map(Object.entries(given).map(([question, value]) => [question, { value, passed: value === "2" }]))

/** The sheet of people, in their order; honest people take 300 to 340 s. */
export const sheetOf = (people: readonly Person[]): Sheet => {
  const random = Random.make(7)
  const submissions: Submission[] = []
  const ratings: SheetRating[] = []
  for (const [rater, person] of people.entries()) {
    for (const sitting of person.sittings ?? [{}]) {
      const submission = submissions.length
      submissions.push({
        rater,
        id: submission + 1,
        place: `line ${submission + 2}`,
        batch: "survey.csv",
        seconds: 300 + random.below(40),
        finished: true,
        preview: false,
        answers: answered({ colour: "2" }),
        ...sitting
      })
      for (const text of person.texts ?? texts.keys()) {
        for (const [question, value] of (person.manner ?? honest)(text, random).entries()) {
          ratings.push({ submission, text, question, value })
        }
      }
    }
  }
  const raters = people.map(({ name, group }) => ({ name, group: group ?? "crowd" }))
  return makeSheet({ raters, submissions, texts, questions }, ratings)
}

/** One rater for each fault, by the rule that has to find them. */
export const faulty = {
  preview: { name: "author", sittings: [{ preview: true }] },
  unfinished: { name: "quitter", texts: texts.keys().take(6).toArray(), sittings: [{ finished: false }] },
  "duplicate-person": { name: "returner", sittings: [{}, {}] },
  "too-fast": { name: "speeder", sittings: [{ seconds: 60 }] },
  attention: { name: "dreamer", sittings: [{ answers: answered({ colour: "4" }) }] },
  "reversed-pairs": {
    name: "contradicter",
    manner: (text, random) => {
      const [warm, polite] = honest(text, random)
      // As rude as polite: a contradiction away from the middle of the scale.
      return [warm!, polite!, polite!]
    }
  },
  "straight-line": { name: "liner", manner: () => [3, 3, 3] },
  "missing-inside": {
    name: "skipper",
    manner: (text, random) => honest(text, random).map((value, q) => (q === 0 && text % 3 > 0 ? null : value))
  },
  "far-from-others": {
    name: "dice",
    manner: (_, random) => {
      const polite = 1 + random.below(5)
      return [1 + random.below(5), polite, 6 - polite]
    }
  }
} satisfies Record<string, Person>

/** Twelve honest people. */
export const honestPeople: readonly Person[] = Array.from({ length: 12 }, (_, i) => ({ name: `rater-${i}` }))
