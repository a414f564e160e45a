/** Says a clause of the writer's back to them: first person becomes second, and the verb goes with it. */

const swaps: { readonly [word: string]: string } = {
  i: "you",
  me: "you",
  my: "your",
  mine: "yours",
  myself: "yourself",
  we: "you",
  us: "you",
  our: "your",
  ours: "yours",
  ourselves: "yourselves",
  "i'm": "you're",
  im: "you're",
  "i've": "you've",
  ive: "you've",
  "i'd": "you'd",
  "i'll": "you'll",
  "we're": "you're",
  "we've": "you've",
  "we'd": "you'd",
  "we'll": "you'll"
}

const firstPersonSubjects = new Set(["i", "we"])

/** Words that begin somebody else's part of the clause, so that a verb after them stays as it is. */
const otherSubjects = new Set(
  "he she it they this that these those who which there the a an my our his her their its your everyone everybody nobody someone".split(
    " "
  )
)

const verbs: { readonly [verb: string]: string } = {
  am: "are",
  was: "were",
  "wasn't": "weren't",
  wasnt: "weren't"
}

/** Turns a clause round, with single spaces and a small first letter where the word allows it. */
export const turnRound = (words: readonly string[]): string => {
  let aboutWriter = false
  return words
    .map((word, index) => {
      const lower = word.toLowerCase().replaceAll("’", "'")
      if (firstPersonSubjects.has(lower) || lower.startsWith("i'") || lower.startsWith("we'"))
        aboutWriter = true
      else if (otherSubjects.has(lower)) aboutWriter = false
      if (lower === "am") return "are"
      if (aboutWriter && Object.hasOwn(verbs, lower)) return verbs[lower]!
      if (Object.hasOwn(swaps, lower)) return swaps[lower]!
      return index === 0 && otherSubjects.has(lower) ? lower : word
    })
    .join(" ")
}
