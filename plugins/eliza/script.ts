/**
 * The script that the ELIZA plugin runs: a DOCTOR in this project's own words, after the method that Joseph
 * Weizenbaum described in Communications of the ACM 9(1), 1966, with ranks close to his. Data only.
 */

/** A pattern over a phrase whose pronouns are already turned round, and what may be said when it fits. */
export interface Rule {
  /**
   * The decomposition. `0`: any number of words, `1` and up: exactly so many, `[a b]`: one of these words,
   * `@group`: one word of a group of `groups`, else the word itself. The parts are numbered from 1.
   */
  readonly when: string
  /** Reassemblies: `{3}` is the third part, `=word` goes on with that keyword's rules, `:next` gives up this keyword. */
  readonly say: readonly string[]
}

/** A keyword as the script has it. */
export interface Keyword {
  /** The words that call it, in lower case, as the writer wrote them. */
  readonly words: readonly string[]
  /** The higher it is, the sooner it is heard. */
  readonly rank: number
  readonly rules: readonly Rule[]
  /** Phrases that this keyword's pattern fits are kept and may be come back to. */
  readonly memory?: Rule
}

/** Written-together forms taken apart before anything is looked for. */
export const contractions: { readonly [word: string]: string } = {
  "i'm": "i am",
  im: "i am",
  "i've": "i have",
  ive: "i have",
  "i'd": "i would",
  "i'll": "i will",
  "you're": "you are",
  "you've": "you have",
  "you'd": "you would",
  "you'll": "you will",
  dont: "don't",
  cant: "can't",
  cannot: "can't",
  wasnt: "wasn't",
  "wasn't": "was not"
}

/** First and second person change places. */
export const reflections: { readonly [word: string]: string } = {
  i: "you",
  me: "you",
  my: "your",
  mine: "yours",
  myself: "yourself",
  am: "are",
  you: "I",
  your: "my",
  yours: "mine",
  yourself: "myself"
}

/** Groups of words that patterns name with `@`. */
export const groups: { readonly [group: string]: readonly string[] } = {
  family:
    "mother mum mom mama father dad papa parents sister brother wife husband son daughter child children kids baby grandmother grandma grandfather grandpa aunt uncle cousin stepdad stepmom".split(
      " "
    ),
  sad: "sad unhappy depressed lonely miserable hurt tired exhausted scared afraid anxious worried angry furious ashamed guilty jealous devastated heartbroken overwhelmed upset stuck lost".split(
    " "
  ),
  happy: "happy glad proud grateful thankful excited relieved joyful hopeful confident content".split(" "),
  belief: "feel think believe wish guess suppose know".split(" "),
  be: "am is are was were".split(" ")
}

/** What is said when nothing in a post calls a keyword and nothing is remembered. */
export const otherwise: readonly string[] = [
  "I am not sure that I follow you. Please go on.",
  "What does that suggest to you?",
  "Do you feel strongly about such things?",
  "Please say more about that.",
  "And how does that strike you now?"
]
