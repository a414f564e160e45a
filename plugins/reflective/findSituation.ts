/**
 * What a post tells: the clauses that can be said back to the writer, and the things it speaks of. No grammar
 * is known here, only how a clause begins, which words can be its verb, and which words say little.
 */
import { turnRound } from "./turnRound.ts"

const set = (words: string) => new Set(words.split(/\s+/))

/** Words that a clause may begin with, so that it can stand after "you write that". */
const openers = set(
  "i i'm i've i'd my we we're we've our he he's she she's they they're his her their the this a an it's there there's someone nobody everyone"
)

/** Said before a clause and dropped from it. */
const fillers = set(
  "and so anyway well also honestly basically now then like yeah ok okay plus or because since today yesterday recently actually just anyways still sometimes"
)

/** Clauses that begin so say how something is said rather than what happened. */
const hollow =
  /^(?:i (?:guess|mean|think|know|suppose|hope|wish|dunno|don't know|feel like|swear|just|am not sure)|i'm (?:not sure|sorry|posting|writing)|there (?:is|are|was|were) (?:a lot|lots|nothing)|it's (?:not|like|just))\b/i

const verbs = set(
  `am is are was were isn't aren't wasn't weren't has have had hasn't haven't hadn't do does did don't doesn't didn't can
  can't could couldn't will won't would wouldn't should shouldn't must might may get gets got go goes went come comes came
  say says said tell tells told ask asks make makes made take takes took keep keeps kept leave leaves left lose loses lost
  find finds found know knows knew think thinks thought feel feels felt see sees saw give gives gave buy buys bought want
  wants need needs work works live lives love loves hate hates miss misses cry cries sit sits sat stand stands stood put
  run runs ran read write writes wrote hear hears heard send sends sent pay pays paid sleep sleeps slept wake wakes woke
  eat eats ate drink drinks drank drive drives drove meet meets met let lets hit hits throw throws threw spend spends
  spent teach teaches taught win wins won fall falls fell break breaks broke bring brings brought begin begins began
  start starts stop stops call calls talk talks help helps treat treats use uses look looks seem seems turn turns move
  moves show shows cost costs quit quits cut cuts hold holds held grow grows grew forget forgets forgot choose chose speak
  spoke fight fights fought sing sang hurts catch caught bit bite sold hid rang
  built burnt burst bent bound bred chose clung crept dealt dug drew dreamt fed fled flew forgave froze hung knelt laid lay
  lent lied lit meant mistook overheard rode rose sank sewed shook shot shut slid smelt snuck sold spilt split spoilt stole
  stuck stung swam swept swore swung thinks tore undid understood understand upset wept wore won woke wound owe owes flaps
  reads screams plays sees`
)

const isVerb = (word: string) =>
  verbs.has(word) || /[a-z]{2,}ed$/.test(word) || /(?:n't|'s|'re|'ve|'d|'ll)$/.test(word)

/** A clause that ends so is not finished. */
const dangling = set(
  "a an the my our his her their to of for with at in on by from that which who and or but so because as if than into about is was are were very really i he she we they it's not"
)

/** Words that say little by themselves. */
const small = set(
  `a an the my our your his her their its i me we us you he him she they them it this that these those there here who
  which what when where how why and or but so because as if than then to of for with at in on by from into about out up
  down over off again am is are was were be been being has have had do does did don't didn't can can't could would
  wouldn't will won't should just very really too also not no yes all some any every more most much many get got go
  going went one thing things something anything like even still only now today never always i'm i've it's that's
  know think feel felt say said lot bit way time make made`
)

/** Places where a sentence may be taken apart. */
const joints =
  /[,;:()"“”–—…]+|\s-+\s|\.{2,}|\b(?:but|because|although|though|except|whereas|and then|so that)\b|\band (?=(?:i|he|she|we|they|it)\b)|\bso (?=(?:i|he|she|we|they)\b)/i

const shortest = 4
const longest = 16

/** A clause that can be said back. */
export interface Clause {
  /** In the second person, without a full stop. */
  readonly text: string
  /** How much it tells: its words that are not small, one more for a possessive of the writer's. */
  readonly weight: number
  /** The number of its sentence in the post. */
  readonly place: number
}

/** Cuts a long clause before a word that begins another, if there is one far enough in. */
const shorten = (words: readonly string[]): readonly string[] => {
  if (words.length <= longest) return words
  for (let at = longest; at >= 6; at--) {
    if (/^(?:and|or|when|while|after|before|until|where|with|which|who|if|since|for)$/i.test(words[at]!)) {
      return words.slice(0, at)
    }
  }
  return []
}

const trim = (words: readonly string[]): readonly string[] => {
  let start = 0
  while (start < words.length && fillers.has(words[start]!.toLowerCase())) start++
  return words.slice(start)
}

const toClause = (piece: string, place: number): Clause | undefined => {
  const raw = piece.replaceAll("’", "'").match(/[$£€]?[\p{L}\p{N}][\p{L}\p{N}'%/.-]*/gu) ?? []
  const words = shorten(trim(raw.map((word) => word.replace(/[.'-]+$/, ""))))
  if (words.length < shortest || hollow.test(words.join(" "))) return undefined
  const lower = words.map((word) => word.toLowerCase())
  if (!openers.has(lower[0]!) || dangling.has(lower[lower.length - 1]!)) return undefined
  const contracted = /'/.test(lower[0]!)
  if (!contracted && !lower.slice(1, 9).some(isVerb)) return undefined
  const telling = lower.filter((word) => !small.has(word)).length
  const own = lower.includes("my") || lower.includes("our") ? 1 : 0
  return telling < 2 ? undefined : { text: turnRound(words), weight: telling + own, place }
}

const sentencesOf = (post: string): readonly string[] =>
  post.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => /\p{L}/u.test(sentence))

/** The clauses of a post that can be said back, those that tell most first. Questions are left out. */
export const findClauses = (post: string): readonly Clause[] =>
  sentencesOf(post)
    .flatMap((sentence, place) =>
      sentence.trimEnd().endsWith("?")
        ? []
        : sentence.split(joints).map((piece) => toClause(piece ?? "", place))
    )
    .filter((clause) => clause !== undefined)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)

/** Words that stand between an owner or article and the thing, and name nothing by themselves. */
const adjectives = set(
  `new old best worst big little small huge young good bad great first last next whole only other same long short few
  couple hard hardest least most busy dark stupid nice lovely own entire late early full recent upcoming middle second
  third elder older younger eldest youngest favourite favorite current former ex local high low front back main real`
)

/**
 * The things a post speaks of, as "your sister" or "the letter", most often named first; those that the
 * writer calls their own come before the others. At most three.
 */
export const findTopics = (post: string): readonly string[] => {
  const counts = new Map<string, number>()
  const phrase = /\b(my|our|the|his|her|their)(?=((?:\s+[a-z][a-z'-]+){1,3}))/gi
  for (const [, owner, following] of post.replaceAll("’", "'").matchAll(phrase)) {
    const words = following!.trim().toLowerCase().split(/\s+/)
    const noun = words.findIndex((word) => !adjectives.has(word))
    const head = words[noun]
    if (head === undefined || head.length < 3 || small.has(head) || isVerb(head) || fillers.has(head))
      continue
    const own = /^(?:my|our)$/i.test(owner!)
    const topic = `${own ? "your" : "the"} ${words.slice(0, noun + 1).join(" ")}`
    counts.set(topic, (counts.get(topic) ?? 0) + (own ? 2 : 1))
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([topic]) => topic)
}
