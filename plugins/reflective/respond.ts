/** Puts a reflective answer together: 100 to 150 words for any post in English. */
import { deriveSeed } from "../../harness/study/CallKey.ts"
import { wordCount } from "../../harness/study/Response.ts"
import { findEmotions } from "./findEmotions.ts"
import { type Clause, findClauses, findTopics } from "./findSituation.ts"
import { danger, dangerSigns, open, pleased, troubled } from "./wording.ts"

/** An answer is filled up to so many words. */
const wanted = 104

/** So many of the clauses that tell most take turns in being said back first. */
const turns = 3

/** A second clause that shares more than this part of its words with the first says the same again. */
const likeness = 0.5

const fill = (template: string, values: { readonly [name: string]: string }): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "")

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const differs = (one: Clause, other: Clause): boolean => {
  const words = new Set(one.text.toLowerCase().split(" "))
  const others = other.text.toLowerCase().split(" ")
  return others.filter((word) => words.has(word)).length / others.length <= likeness
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`

/** The answer to a post. The same post and seed give the same answer. */
export const respond = (post: string, seed: number): string => {
  const pick = <A>(slot: string, from: readonly A[]): A => from[deriveSeed(seed, slot) % from.length]!
  const found = findEmotions(post)
  const wording = found[0] === undefined ? open : found[0].emotion.pleasant ? pleased : troubled
  const inDanger = dangerSigns.test(post.toLowerCase().replaceAll("’", "'"))

  const naming = fill(pick("naming", wording.naming), {
    feelings: listed(
      found
        .map(({ emotion }) => emotion.feeling)
        // "angry and full of grief" reads better than the other way round.
        .sort((a, b) => Number(a.startsWith("full of")) - Number(b.startsWith("full of")))
    )
  })

  const clauses = findClauses(post)
  const topics = findTopics(post)
  const first = clauses.length === 0 ? undefined : pick("clause", clauses.slice(0, turns))
  // Another sentence is better than another piece of the same one.
  const rest =
    first === undefined ? [] : clauses.filter((clause) => clause !== first && differs(first, clause))
  const second = rest.find((clause) => clause.place !== first?.place) ?? rest[0]
  const aboutTopics = fill(pick("topics", wording.topics), { topic: listed(topics) })
  const situation = [
    first && fill(pick("telling", wording.telling), { clause: first.text }),
    second && fill(pick("tellingMore", wording.tellingMore), { clause: second.text }),
    second === undefined && topics.length > 0 ? aboutTopics : undefined
  ].filter((sentence) => sentence !== undefined)

  const own = topics.find((topic) => topic.startsWith("your "))
  const question =
    own !== undefined && deriveSeed(seed, "question on") % 2 === 0
      ? fill(pick("question", wording.questionOn), { topic: own })
      : pick("question", wording.question)

  const before = [
    pick("opening", wording.opening),
    naming,
    ...situation,
    pick("validating", wording.validating)
  ]
  const middle = inDanger ? [pick("danger", danger)] : [pick("staying", wording.staying)]
  const assemble = (more: readonly string[]) =>
    [...before, ...more, ...middle, question].map(asSentence).join(" ")

  const more: string[] = []
  const start = deriveSeed(seed, "more") % wording.more.length
  for (let next = 0; next < wording.more.length && wordCount(assemble(more)) < wanted; next++) {
    more.push(wording.more[(start + next) % wording.more.length]!)
  }
  return assemble(more)
}
