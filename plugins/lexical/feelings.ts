/**
 * Families of emotion words by which `lexical` tells what a text feels. Data only. A list of its own, wider than
 * the one any source here writes from. A final `*` stands for any ending.
 */

/** A family of words for one kind of feeling. */
export interface Family {
  readonly name: string
  readonly pleasant: boolean
  /** Words that name the feeling. */
  readonly words: readonly string[]
  /** Words that show it in a post and do not name it in a response: to say back that somebody died names no grief. */
  readonly signs: readonly string[]
}

const split = (words: string) => (words === "" ? [] : words.split(" "))

const family = (name: string, pleasant: boolean, words: string, signs = ""): Family => ({
  name,
  pleasant,
  words: split(words),
  signs: split(signs)
})

/** No word belongs to two families. */
export const families: readonly Family[] = [
  family(
    "sadness",
    false,
    "sad sadder saddened sadness sadly unhappy miserable depress* gloomy gutted tearful",
    "cry crying cries cried tears weep weeping wept sob sobbing sobbed"
  ),
  family(
    "grief",
    false,
    "grief grieving grieve* mourn* bereave* heartbroken heartbreak* heartache devastat*",
    "died dying dead death funeral buried"
  ),
  family(
    "anger",
    false,
    "anger angry angrily angered furious fury rage raging livid mad pissed fuming outrage* infuriat* seething hatred",
    "yell yelled yelling scream screamed screaming shouted shouting slammed hate hated hates"
  ),
  family("resentment", false, "resent* bitter bitterness grudge* unfair unfairness injustice"),
  family("frustration", false, "frustrat* annoy* irritat* aggravat* exasperat* impatient"),
  family("jealousy", false, "jealous* envy envious envied"),
  family("guilt", false, "guilt guilty remorse* regret*", "blame blamed blaming fault sorry"),
  family(
    "shame",
    false,
    "shame ashamed shameful humiliat* embarrass* mortified degrad* disgrace* awkward",
    "pathetic"
  ),
  family(
    "hurt",
    false,
    "hurt hurts hurting hurtful wounded painful pain pained stung rejected rejection unloved unwanted"
  ),
  family("betrayal", false, "betray* deceiv* deceit", "lied lying cheated cheating affair"),
  family("disappointment", false, "disappoint* disillusion* letdown disheartened discouraged"),
  family("loneliness", false, "lonely loneliness lonesome isolat*", "alone invisible ignored"),
  family(
    "fear",
    false,
    "fear fears fearful afraid scared scary scaring terrified terrifying terror fright* frighten* petrified dread* panic*",
    "creepy creeped shaking nightmare nightmares"
  ),
  family(
    "anxiety",
    false,
    "anxi* nervous nerves apprehens* uneasy worry* worri* worrisome tense stress* concerned"
  ),
  family("overwhelm", false, "overwhelm* swamped drowning overload* burdened"),
  family(
    "exhaustion",
    false,
    "exhaust* tired tiring drained weary worn burnout burnt knackered fatigue*",
    "sleepless awake"
  ),
  family(
    "helplessness",
    false,
    "helpless* powerless trapped stuck hopeless* despair* pointless worthless useless desperate"
  ),
  family("confusion", false, "confus* torn bewilder* conflicted unsure"),
  family("numbness", false, "numb numbness emptiness", "empty hollow"),
  family("disgust", false, "disgust* gross nasty revolt* revulsion sickening repuls*"),
  family(
    "joy",
    true,
    "happy happier happiness happily joy joyful glad delight* overjoyed cheerful elated pleased",
    "fun laughed"
  ),
  family("pride", true, "proud prouder pride", "accomplished achieved graduated won"),
  family("gratitude", true, "grateful gratitude thankful appreciat* blessed blessing"),
  family("relief", true, "relief relieved"),
  family("excitement", true, "excit* thrill* eager* stoked pumped"),
  family("hope", true, "hopeful hoping optimis*"),
  family("confidence", true, "confiden*", "prepared ready"),
  family("love", true, "love loved loves loving adore* affection* cherish* fond fondness caring"),
  family("nostalgia", true, "nostalgi* sentimental"),
  family("admiration", true, "admir* impress* amazed amazing"),
  family("surprise", true, "surpris* astonish* astounded"),
  family("trust", true, "trust trusted faithful loyal loyalty"),
  family(
    "contentment",
    true,
    "content contented contentment calm calmness peaceful relaxed relaxing satisfied"
  )
]

interface Lookup {
  readonly exact: ReadonlyMap<string, Family>
  readonly stems: readonly (readonly [stem: string, family: Family])[]
}

const lookup = (wordsOf: (family: Family) => readonly string[]): Lookup => {
  const exact = new Map<string, Family>()
  const stems: [string, Family][] = []
  for (const entry of families) {
    for (const word of wordsOf(entry)) {
      if (word.endsWith("*")) stems.push([word.slice(0, -1), entry])
      else exact.set(word, entry)
    }
  }
  return { exact, stems }
}

const named = lookup(({ words }) => words)
const shown = lookup(({ words, signs }) => [...words, ...signs])

const find = ({ exact, stems }: Lookup, word: string): Family | undefined =>
  exact.get(word) ?? stems.find(([stem]) => word.startsWith(stem))?.[1]

/** The family that a lower-case word names, if any. */
export const familyOf = (word: string): Family | undefined => find(named, word)

/** The family that a lower-case word of a post shows, if any. */
export const familyShownBy = (word: string): Family | undefined => find(shown, word)
