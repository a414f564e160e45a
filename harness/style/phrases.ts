/**
 * What no licensed list says: words that apologise, validate and advise. Short, and open to argument; hedges come from
 * the package `hedges`, emotion words from WordNet, sentences and parts of speech from wink-nlp.
 */
import type { Token } from "./readText.ts"

const apologies = new Set(["sorry", "apologize", "apologise", "apology", "condolence", "condolences"])

/** Whether a token apologises or commiserates. */
export const isApology = ({ word, lemma }: Token): boolean => apologies.has(word) || apologies.has(lemma)

const validating =
  /\b(?:valid|understandable|understandably|legitimate|justified|makes? (?:complete |perfect |total |a lot of |so much )?sense|no wonder|not alone|(?:is|are) not your fault|every right to|(?:ok|okay|alright|all right|natural|normal|human|only human) (?:to|that|for)|(?:completely|totally|perfectly|entirely|so|very|quite|only) (?:natural|normal|human|reasonable)|any(?:one|body) (?:would|in your)|your feelings (?:matter|are real))\b/g

/** How often a sentence says that a feeling is right to have; `words` are its words with single spaces between. */
export const validations = (words: string): number => words.match(validating)?.length ?? 0

const modals = new Set(["should", "must", "ought", "could", "need", "might", "may"])
const urging = new Set(["suggest", "recommend", "advise", "urge", "encourage"])
const asked =
  /^(?:have you (?:\w+ )?(?:tried|considered|thought (?:about|of))|why (?:do not|don't) you|what if you|how about)\b/
const weighed =
  /\byou (?:\w+ )?(?:should|must|ought to|need to|have to|had better|could|(?:might|may) (?:\w+ )?(?:want|wish|consider|try|find))\b/
const held =
  /\bit (?:\w+ )?(?:might|may|could|can|would) (?:\w+ )?(?:help|be (?:helpful|worth|good|useful|best))\b/

/** What may stand before an order without making it anything else. */
const before = new Set([
  "please",
  "just",
  "maybe",
  "perhaps",
  "first",
  "then",
  "also",
  "so",
  "and",
  "but",
  "instead",
  "always",
  "never",
  "do",
  "not"
])
/** Verbs that stand first without being orders. */
const notOrders = new Set(["thank", "thanks", "bless", "hope", "wish", "sound", "seem", "feel"])

/** What follows a verb and hardly ever a noun. */
const objects = new Set(
  "your yourself yourselves him her them it me us my this that these those the a an".split(" ")
)
/** Verbs that take a preposition and that the tagger takes for nouns. */
const reaching = new Set("talk speak reach work focus look go lean start listen turn stick".split(" "))

/** Whether a sentence tells or suggests what to do: an order, a modal about the reader, or a usual way of proposing. */
export const isAdvice = (sentence: readonly Token[], words: string): boolean => {
  if (asked.test(words)) return true
  const question = sentence.some(({ word }) => word === "?")
  if (!question && (weighed.test(words) || held.test(words))) return true
  if (sentence.some(({ lemma, pos }, i) => pos === "VERB" && urging.has(lemma) && speaks(sentence, i)))
    return true
  return !question && isOrder(sentence.filter(({ word, pos }) => /\p{L}/u.test(word) && pos !== "SPACE"))
}

/**
 * Whether a sentence begins with an order. The tagger takes many a first word for a noun ("Call your sister", "Talk to
 * him"): one with an object after it that a noun cannot have is an order too, and so are some verbs before a preposition.
 */
const isOrder = (words: readonly Token[]): boolean => {
  const at = words.findIndex(({ word }) => !before.has(word))
  const [first, next] = [words[at], words[at + 1]]
  if (first === undefined || notOrders.has(first.lemma) || modals.has(first.word)) return false
  if (first.pos === "VERB") return first.word === first.lemma
  if (first.pos !== "NOUN" && first.pos !== "PROPN") return false
  return next !== undefined && (objects.has(next.word) || (reaching.has(first.word) && next.pos === "ADP"))
}

/** Whether "I" or "we" stands in the three words before a verb: "I would suggest". */
const speaks = (sentence: readonly Token[], at: number): boolean =>
  sentence.slice(Math.max(0, at - 3), at).some(({ word }) => word === "i" || word === "we" || word === "i'd")
