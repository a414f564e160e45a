/**
 * The sentences that `reflective` puts together. Data only. `{feelings}` is one or two emotions as they stand
 * after "you feel", `{clause}` a clause of the post turned round, `{topic}` a thing the post speaks of.
 */

/** One set of sentences: a slot's sentences say about the same in different words. */
export interface Wording {
  readonly opening: readonly string[]
  readonly naming: readonly string[]
  /** The first clause said back, then the second. */
  readonly telling: readonly string[]
  readonly tellingMore: readonly string[]
  /** Where no clause can be said back. */
  readonly topics: readonly string[]
  readonly validating: readonly string[]
  readonly staying: readonly string[]
  /** Sentences that fill an answer up to its length. */
  readonly more: readonly string[]
  /** The last sentence: an open question. */
  readonly question: readonly string[]
  /** The same, with a thing the post speaks of. */
  readonly questionOn: readonly string[]
}

/** For a post that tells of trouble. */
export const troubled: Wording = {
  opening: [
    "Thank you for putting this into words; that cannot have been easy.",
    "I am glad that you wrote this down here, hard as it must have been.",
    "Thank you for trusting strangers with something that sits so close to you.",
    "It takes something to write this out for other people to read, and you did.",
    "I have read what you wrote slowly, and then once more."
  ],
  naming: [
    "What comes through most is how {feelings} you feel, and that is a lot to hold on your own.",
    "You sound {feelings}, and from everything you tell I can see where that comes from.",
    "Between the lines and in them I hear somebody who feels {feelings}, and who has to get through the day regardless.",
    "To feel {feelings} like that, and to keep going with it, wears a person down.",
    "Underneath it all you seem to feel {feelings}, and that deserves to be heard before anything else."
  ],
  telling: [
    "You write that {clause}.",
    "You describe how {clause}.",
    "From what you tell, {clause}.",
    "You begin to explain it where you say that {clause}.",
    "One part that stays with me is that {clause}."
  ],
  tellingMore: [
    "You also mention that {clause}.",
    "And then, as you put it, {clause}.",
    "Beside that there is what you say further on, that {clause}.",
    "On top of it you tell us that {clause}.",
    "And in the same breath you say that {clause}."
  ],
  topics: [
    "You write about {topic}, and it is plain that this is no small matter to you.",
    "You speak of {topic}, and that seems to be where the weight lies.",
    "What you say about {topic} stays with me."
  ],
  validating: [
    "It makes sense that this weighs on you; anyone in your place would find it hard.",
    "It is understandable that it does not let you go, with so much hanging on it.",
    "No wonder that it follows you around; this matters to you, and it shows.",
    "Of course it hurts where you had hoped for something else, and there is nothing wrong with you for that.",
    "That must be hard to live with, and you have every right to feel the way you do."
  ],
  staying: [
    "There is no need to have any of it sorted out in order to talk about it here.",
    "You are not alone with it here, and nothing has to be tidied up first.",
    "Take all the room you need for this; nobody here is counting the words.",
    "Whatever belongs to it may come along, also the parts that seem to contradict each other."
  ],
  more: [
    "Some days it may sit quietly in a corner, and on others it may fill the whole room.",
    "It is a lot for one person, and it is a lot at once.",
    "There may be more to it than fits into a single post, and that is fine too.",
    "I do not want to hurry past it, because it sounds as if too many people already have.",
    "It can be tiring to carry something that other people do not see from the outside."
  ],
  question: [
    "What has been the hardest part of it for you?",
    "How has it been for you in the days since?",
    "What do you wish that somebody around you understood about it?",
    "What goes through your mind when everything else has gone quiet?",
    "Where in all of this would you like to be met first?"
  ],
  questionOn: [
    "What is it like for you now, when you think of {topic}?",
    "What would you want somebody to understand about {topic}?",
    "How do you carry all that has to do with {topic} through an ordinary day?",
    "What comes up in you first when it turns to {topic}?"
  ]
}

/** For a post that tells of something good. */
export const pleased: Wording = {
  opening: [
    "Thank you for sharing this; it was good to read.",
    "What a thing to be able to write, and thank you for letting others take part in it.",
    "I am glad that you told this here and did not keep it to yourself.",
    "This is the kind of post that one reads twice, for the pleasure of it."
  ],
  naming: [
    "You sound {feelings}, and it comes through in the way you tell it.",
    "What I hear first is how {feelings} you feel, and there is good reason for it.",
    "To feel {feelings} like that does not happen every day, and I am happy for you that it did.",
    "Everything in it says how {feelings} you feel, right down to the small words."
  ],
  telling: [
    "You write that {clause}.",
    "You describe how {clause}.",
    "You tell us that {clause}.",
    "The part that stays with me is that {clause}."
  ],
  tellingMore: [
    "You also mention that {clause}.",
    "And then, as you put it, {clause}.",
    "And there is what you say beside it, that {clause}.",
    "And in the same breath you say that {clause}."
  ],
  topics: [
    "You write about {topic}, and one can tell how much this means to you.",
    "You speak of {topic}, and that seems to be the heart of it.",
    "What you say about {topic} stays with me."
  ],
  validating: [
    "It makes sense that this means so much to you; moments like that are not handed out freely.",
    "Of course that stays with you, and you have every right to enjoy it for as long as it lasts.",
    "It is understandable that you would want to hold on to this, and to tell somebody.",
    "That must have felt good in a way that is hard to explain to anyone who was not there."
  ],
  staying: [
    "There is no need to play it down or to wrap it up in modesty here.",
    "Take all the room you want for it; good things may be told at length as well.",
    "It is worth staying with for a while, before the next ordinary day comes along."
  ],
  more: [
    "Good things are easily passed over, and you did not pass over this one.",
    "There may be a long way behind it that only you know about, with days on which nobody would have guessed it.",
    "I can imagine that it gives the days around it another colour as well.",
    "People often tell of what went wrong, and it is good that this found its way here too.",
    "It says something about you that this is what you chose to tell."
  ],
  question: [
    "What was it like for you in the moment when it happened?",
    "What about it means the most to you?",
    "How has it been for you since then?",
    "What would you like to remember of it in a few years?"
  ],
  questionOn: [
    "What comes up in you now, when you think of {topic}?",
    "What is it about {topic} that means so much to you?",
    "How would you tell the story of {topic} to somebody who was not there?"
  ]
}

/** Where no emotion was found: nothing is named that the post does not say. */
export const open: Wording = {
  opening: [
    "Thank you for telling this here, in your own words.",
    "I have read what you wrote slowly, and then once more.",
    "Thank you for writing this down and letting others read it."
  ],
  naming: [
    "You do not give the feeling a name, and you do not have to; that there is one comes through all the same.",
    "I cannot tell from here exactly how it feels to you, and I would rather ask than guess.",
    "There is something in how you tell it that asks for more than a quick answer."
  ],
  telling: troubled.telling,
  tellingMore: pleased.tellingMore,
  topics: [
    "You write about {topic}, and it is plain that this is no small matter to you.",
    "What you say about {topic} stays with me."
  ],
  validating: [
    "It makes sense that this stays with you, whichever way it goes on from here.",
    "It is understandable that you wanted to tell somebody about it.",
    "Whatever you feel about it, you have every right to feel it."
  ],
  staying: troubled.staying,
  more: [
    "There may be more to it than fits into a single post, and that is fine too.",
    "Some things only show what they mean after they have been told a second time.",
    "Often it is the things that are told in passing that turn out to matter.",
    "It says something about you that this is what you chose to tell."
  ],
  question: [
    "How was it for you when it happened?",
    "What about it has stayed with you most?",
    "How do you feel about it now?"
  ],
  questionOn: [
    "What is it like for you now, when you think of {topic}?",
    "What comes up in you first when it turns to {topic}?"
  ]
}

/** Where somebody may be in danger this stands in place of `staying` and `more`. */
export const danger: readonly string[] = [
  "Something in it makes me want to know whether you are safe tonight; if you are not, an emergency number or a crisis line where you live is there at any hour, and you are worth that call.",
  "Before anything else I would like to know that you are safe; where that is in doubt, a crisis line or an emergency number in your country has people awake at any hour, also for you."
]

/** Words that make `danger` be said; looked for in the post in lower case. */
export const dangerSigns =
  /suicid|kill(?:ing)? (?:myself|me)\b|end (?:my life|it all)|want(?:ed)? to die|(?:don't|didn't) want to (?:be here|be alive|live|wake up)|not wak(?:e|ing) up|better off (?:without me|if i)|no (?:point|reason) (?:in|to) (?:living|live)|self[- ]harm|(?:hurt|hurting|cut|cutting) myself|(?:hits|hit|beats|beat|chok(?:es|ed)|shov(?:es|ed)|push(?:es|ed)) (?:me|my (?:kid|son|daughter|child|mum|mom|mother|sister|brother))|(?:if|that) i (?:just )?(?:wasn'?t|weren'?t) (?:here|around|alive)|\babus(?:e|es|ed|ive)\b|black eye|cracked rib|(?:afraid|scared) of what (?:he|she|i)(?:'ll|'d| will| might| would)/
