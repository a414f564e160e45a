/** The sentences of `dismissive`. Data only; each list is one slot of the answer. */

/** Brushes the post aside. */
export const brushOff: readonly string[] = [
  "Honestly, you are overthinking this.",
  "It is really not that big a deal.",
  "I don't see what the problem is.",
  "You are blowing this out of proportion.",
  "Not sure why this needed a whole post.",
  "You are being far too sensitive.",
  "This is just how life is."
]

/** Makes it small beside something else. */
export const minimise: readonly string[] = [
  "Other people have real problems.",
  "Everyone goes through this sort of thing, and nobody makes such a fuss.",
  "It could be a lot worse.",
  "At least you have a roof over your head.",
  "In a month you won't even remember it.",
  "Nobody is going to care about this next week.",
  "At least nobody got hurt, so look on the bright side."
]

/** Tells the writer what to do. */
export const advise: readonly string[] = [
  "You should just stop dwelling on it and get on with your day.",
  "You need to toughen up and let it go.",
  "Just make a list, pick something and do it.",
  "Try going for a run instead of sitting around thinking.",
  "You should get a hobby, then you won't have time for this.",
  "Just get some sleep and stop worrying.",
  "You need to stop complaining and start acting like an adult."
]

/** Tells it once more. */
export const adviseAgain: readonly string[] = [
  "Stay off the internet for a while.",
  "Grow a thicker skin, it helps.",
  "Get over it and move on.",
  "Be positive for once.",
  "Stop feeling sorry for yourself.",
  "Calm down first, then it will look silly to you too."
]

/** Closes the door. */
export const close: readonly string[] = [
  "That's all there is to it.",
  "Problem solved.",
  "It really is that simple.",
  "When I had something like that I just dealt with it.",
  "Anyway, good luck.",
  "You'll live."
]
