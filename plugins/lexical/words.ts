/** How `lexical` cuts a text into sentences, words and stems, and what a word weighs. */

/** Lower case, with straight apostrophes. */
export const plain = (text: string): string => text.toLowerCase().replaceAll("’", "'")

/** Words of a plain text: letters with at most one apostrophe inside. */
export const wordsOf = (text: string): readonly string[] => text.match(/[a-z]+(?:'[a-z]+)?/g) ?? []

/** Sentences of a plain text, each with its closing marks. */
export const sentencesOf = (text: string): readonly string[] =>
  text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => /[a-z]/.test(sentence))

/** A rough stem: the commonest English endings taken off a word of five letters or more. */
export const stem = (word: string): string => {
  let base = word.replace(/'(?:s|re|ve|ll|d|m)$/, "")
  if (base.length < 5) return base.length > 3 && /[^s]s$/.test(base) ? base.slice(0, -1) : base
  base = base
    .replace(/ies$/, "y")
    .replace(/(?<=ss|sh|ch|x)es$/, "")
    .replace(/(?<=[^su])s$/, "")
    .replace(/(?<=[a-z]{3})(?:ing|ed|ly)$/, "")
  return base.replace(/([bdgklmnprt])\1$/, "$1").replace(/(?<=[a-z]{3})e$/, "")
}

const set = (words: string) => new Set(words.trim().split(/\s+/))

/** Words that carry no content here. */
const functional = set(`
  a about above after again against all also although am an and any anyone anything are aren't around as at away back be
  because been before being below between both but by came can can't cannot come could couldn't did didn't do does doesn't
  doing don't done down during each either else even ever every everyone everything few for from further get gets getting
  give go goes going gone got had hadn't has hasn't have haven't having he her here hers herself him himself his how however
  i if im in instead into is isn't it its itself ive just keep kind know known let like lot made make makes many may maybe me
  mean might mine more most much must my myself need never next no nobody none nor not nothing now of off often oh ok okay on
  once one only onto or other others our ours out over own part perhaps put quite rather really right said same say says see
  seem seems seen she should shouldn't since so some somebody someone something sometimes somewhere soon sort still such
  sure take tell than that that's the their theirs them themselves then there there's these they thing things think this
  those though thought through till to too took toward towards two under until up upon us use used very want wants was wasn't
  way we well went were weren't what whatever when where whether which while who whole whom whose why will with within without
  won't would wouldn't yes yet you your yours yourself it's i'm i've i'd i'll you're you've you'd you'll he's she's they're
  we're we've let's feel feels feeling feelings felt sound sounds hear heard`)

/** Content words so frequent in accounts of trouble, and in answers to them, that sharing one says little. */
const frequent = set(`
  able already always another ask asked asking bad become began begin best better big bit call called care carry change come
  day days deal different easy end enough everybody example experience face fact family feel find fine first found friend
  friends good great guess guy half happen happened happening happens hard head help helped hold home hope hour hours house
  idea important job kid kids last late later leave left less life little live living long longer look looked looking looks lose
  lost low man matter maybe minute moment moments money month months morning mother move name new nice night number old open
  parent parents past people person place plan point pretty problem question read real reason remember sense share shared
  sharing show side simple sit situation sleep small start started stay stop story support supposed talk talked talking
  telling thank thanks time times today together told tomorrow tonight tried true try trying turn understand understood wait
  waiting watch week weeks weekend wish woman wonder word words work worked working world wrong year years yesterday write
  writing wrote written`)

const frequentStems = new Set([...frequent].map(stem))

/** What sharing a word with the post is worth: a rare one 1, a frequent one 0.2, a function word nothing. */
export const weightOf = (word: string): number =>
  functional.has(word) || word.length < 3 ? 0 : frequentStems.has(stem(word)) ? 0.2 : 1
