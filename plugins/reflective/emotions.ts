/**
 * The word lists by which `reflective` finds emotions in a post. Data only. Lists are short on purpose: what
 * they do not know is not named.
 */

/** One emotion. */
export interface Emotion {
  readonly name: string
  /** As it stands after "you feel". */
  readonly feeling: string
  readonly pleasant: boolean
  /** Words that say it outright; three points each. A final `*` stands for any ending. */
  readonly words: readonly string[]
  /** Words and phrases that only hint at it; one point each. */
  readonly hints: readonly string[]
}

const emotion = (name: string, feeling: string, pleasant: boolean, words: string, hints = ""): Emotion => ({
  name,
  feeling,
  pleasant,
  words: words.split(" "),
  hints: hints === "" ? [] : hints.split("; ")
})

/** The earlier one counts where points are equal. */
export const emotions: readonly Emotion[] = [
  emotion(
    "grief",
    "full of grief",
    false,
    "grief grieving grieve mourn* bereave* heartbroken devastat* died funeral",
    "passed away; dying; cancer; put to sleep; heart failure; lost my mother; lost my father; lost my mom; lost my dad; her death; his death; the loss; buried"
  ),
  emotion(
    "betrayal",
    "betrayed",
    false,
    "betray* cheated",
    "behind my back; lied to me; lied; affair; cheating; her messages; his messages; promised"
  ),
  emotion(
    "humiliation",
    "humiliated",
    false,
    "humiliat* degrad* belittle*",
    "in front of everyone; laughed at me; made fun; in front of the whole"
  ),
  emotion(
    "anger",
    "angry",
    false,
    "angry anger furious fury rage raging livid mad pissed fuming outraged infuriat* seething",
    "yell; yelled; screamed; shouted; slammed; fucking; punch; hate; snapped; how dare; sick of; fed up"
  ),
  emotion(
    "resentment",
    "resentful",
    false,
    "resent* bitter bitterness grudge",
    "unfair; not fair; always ends up being me; takes credit; never once; favourite; favorite; expects me"
  ),
  emotion(
    "jealousy",
    "jealous",
    false,
    "jealous* envy envious",
    "gets everything; better than me; while i; instead of me; compare; bought a new"
  ),
  emotion(
    "guilt",
    "guilty",
    false,
    "guilt guilty",
    "my fault; i should have; felt so bad; feel so bad; i did not tell; i never told; blame myself; i lied; let her down; let him down; let them down; feel bad; felt bad; cheated on"
  ),
  emotion(
    "shame",
    "ashamed",
    false,
    "shame ashamed shameful pathetic disgrace",
    "can't tell anyone; nobody knows; a failure; loser; hide it; look her in the eye; look him in the eye"
  ),
  emotion(
    "embarrassment",
    "embarrassed",
    false,
    "embarrass* mortified awkward cringe*",
    "in front of; stared; tripped; red in the face; wrong table"
  ),
  emotion(
    "regret",
    "full of regret",
    false,
    "regret* remorse",
    "if only; i wish i had; i wish i hadn't; shouldn't have; take it back; my mistake"
  ),
  emotion(
    "disappointment",
    "disappointed",
    false,
    "disappoint* disillusioned letdown",
    "didn't get; got rejected; rejected; turned down; expected; was hoping"
  ),
  emotion(
    "hurt",
    "hurt",
    false,
    "hurt hurts hurtful wounded stung unloved unwanted",
    "ignored me; ignores me; left me; let me down; bailed on me; never showed; didn't invite; wasn't invited; without me; excluded; forgot my; dumped"
  ),
  emotion(
    "loneliness",
    "lonely",
    false,
    "lonely loneliness isolated lonesome",
    "alone; no friends; nobody to talk; no one to talk; by myself; invisible; nobody calls; on my own"
  ),
  emotion(
    "hopelessness",
    "hopeless",
    false,
    "hopeless* despair* pointless worthless",
    "no point; give up; given up; what's the point; never get better; don't want to be here; want to die"
  ),
  emotion(
    "helplessness",
    "helpless",
    false,
    "helpless* powerless trapped stuck",
    "nothing i can do; don't know what to do; no idea what; no choice; what am i supposed; can't do anything"
  ),
  emotion(
    "overwhelm",
    "overwhelmed",
    false,
    "overwhelm* drowning swamped",
    "too much; can't cope; can't keep up; falling apart; all at once; on top of; breaking down; piling up"
  ),
  emotion(
    "exhaustion",
    "exhausted",
    false,
    "exhaust* tired drained burnout worn weary knackered",
    "no sleep; can't sleep; awake; night shift; double shift; burned out; burnt out; hours of sleep; so much work"
  ),
  emotion(
    "fear",
    "afraid",
    false,
    "afraid fear fears scared scary terrified terrifying frighten* petrified dread dreading panic* creepy creeped spooked",
    "shaking; nightmare; nightmares; heart racing; hiding; robbed; a gun; following me; crash; heard a noise; turbulence; could have died"
  ),
  emotion(
    "anxiety",
    "anxious",
    false,
    "anxious anxiety nervous apprehensive uneasy jittery stressed stressful stress",
    "what if; can't stop thinking; overthinking; exam; interview; stomach; chest; heart pounding; spiral"
  ),
  emotion(
    "worry",
    "worried",
    false,
    "worried worry worries worrying concerned",
    "rent; laid off; bills; hospital; test results; debt; lost my job; sick; the doctor; paycheck; fired"
  ),
  emotion(
    "frustration",
    "frustrated",
    false,
    "frustrat* annoy* irritat* aggravat* exasperat*",
    "won't stop; kept; so loud; terrible; rude; again and again; every single; wouldn't start; never listens; keeps; for the third time; wouldn't; won't"
  ),
  emotion(
    "disgust",
    "disgusted",
    false,
    "disgust* gross nasty revolt* sickening repulsed",
    "puked; vomit; smell; worm; filthy; ugh"
  ),
  emotion(
    "confusion",
    "confused",
    false,
    "confus* torn bewilder* conflicted",
    "don't understand; don't get it; makes no sense; mixed signals; can't decide; part of me"
  ),
  emotion(
    "numbness",
    "numb",
    false,
    "numb numbness",
    "feel nothing; don't feel anything; on autopilot; empty"
  ),
  emotion(
    "sadness",
    "sad",
    false,
    "sad sadness unhappy depress* miserable heartbreaking gutted upset upsetting",
    "see her again; see him again; miss her; miss him; miss them; moving away; moving to another; awful; broken; cry; cried; crying; tears; sobbed; in bed all day; broke my heart; hard to hear; left"
  ),
  emotion(
    "pride",
    "proud",
    true,
    "proud pride",
    "graduated; i won; we won; beat level; my first; finally finished; promoted; accomplish; achieved; first place"
  ),
  emotion(
    "gratitude",
    "grateful",
    true,
    "grateful gratitude thankful appreciate* blessed lucky",
    "helped me; helped us; so kind; so sweet; sweetheart; stepped in; thank; so helpful; took me in; gave me; bought me; paid for"
  ),
  emotion(
    "relief",
    "relieved",
    true,
    "relieved relief",
    "finally over; turned out fine; wasn't as sick; is okay; got better"
  ),
  emotion(
    "excitement",
    "excited",
    true,
    "excited exciting thrilled stoked pumped eager",
    "can't wait; cannot wait; looking forward; next week; next summer; tickets; trip; vacation"
  ),
  emotion(
    "hope",
    "hopeful",
    true,
    "hopeful hope hoping optimistic",
    "getting better; good feeling; things will; going to be great; light at the end; chance"
  ),
  emotion(
    "confidence",
    "confident",
    true,
    "confident confidence certain ready prepared",
    "well prepared; i know i; i will win; no doubt; going to win; studied; practiced; practised; everything ready"
  ),
  emotion(
    "affection",
    "full of love",
    true,
    "love loved loving adore* caring cherish*",
    "take care of; look after; my puppy; my dog; cuddle; snuggle; treats; hugged"
  ),
  emotion(
    "nostalgia",
    "nostalgic",
    true,
    "nostalgi* sentimental",
    "remember when; the good ole; good old; my old; used to; when i was a kid; years ago; old photos; childhood; were little; memories"
  ),
  emotion(
    "admiration",
    "full of admiration",
    true,
    "impressed impressive admire* amazed amazing incredible talent*",
    "so well; in a row; how good; couldn't believe how"
  ),
  emotion(
    "surprise",
    "surprised",
    true,
    "surprise* astonished astounded",
    "shock; shocked; stunned; unexpected; unexpectedly; out of nowhere; never expected; didn't expect; jump out; lottery"
  ),
  emotion(
    "trust",
    "full of trust",
    true,
    "trust trusted trusting faithful loyal loyalty",
    "lent; rely on; count on; let my; stayed with; always been there"
  ),
  emotion(
    "contentment",
    "content",
    true,
    "content calm peaceful relaxed relaxing relax satisfied comfortable cozy peace",
    "good spot; full belly; everything felt right; simple; enjoy; quiet evening"
  ),
  emotion(
    "joy",
    "happy",
    true,
    "happy happiness joy joyful glad delighted overjoyed",
    "so nice; laugh; laughed; smile; best day; got to; fun; wonderful; great time; so cute; so good"
  )
]
