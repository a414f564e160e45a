/** The keywords of the script by which the writer speaks of themselves. Data only; see `script.ts`. */
import type { Keyword } from "./script.ts"

export const keywordsOfSelf: readonly Keyword[] = [
  {
    words: ["my"],
    rank: 2,
    rules: [
      {
        when: "0 your @family 0",
        say: [
          "Tell me more about your {3}.",
          "What else comes to mind when you think of your {3}?",
          "Your {3}. Who else in your family belongs to this?",
          "What would your {3} say, if I were to ask?"
        ]
      },
      {
        when: "0 your 0",
        say: [
          "Your {3}?",
          "Why do you say your {3}?",
          "When you write your {3}, what comes to mind first?",
          "Does that suggest anything else that is yours?"
        ]
      }
    ],
    memory: {
      when: "0 your 0",
      say: [
        "Let us go back to where you wrote: your {3}.",
        "Earlier you wrote of your {3}.",
        "Has that anything to do with what you wrote of your {3}?"
      ]
    }
  },
  {
    words: ["was"],
    rank: 2,
    rules: [
      {
        when: "0 you were 0 @sad 0",
        say: ["What made you {5}?", "Are you still {5}?", "And before you were {5}, how was it then?"]
      },
      {
        when: "0 you were 0 @happy 0",
        say: ["What made you {5}?", "How is it to have been {5}?", "Who shared it when you were {5}?"]
      },
      {
        when: "0 you were 0",
        say: [
          "Why do you tell me just now that you were {4}?",
          "You were {4}?",
          "What does it suggest to you that you were {4}?"
        ]
      },
      { when: "0", say: [":next"] }
    ]
  },
  {
    words: ["i", "am"],
    rank: 1,
    rules: [
      {
        when: "0 you [want need wanted needed] 0",
        say: [
          "What would it mean to you, {4}?",
          "Why do you want {4}?",
          "Suppose it came soon, {4}. What then?",
          "What if it never came, {4}?"
        ]
      },
      {
        when: "0 you are 0 @sad 0",
        say: [
          "I am sorry to hear that you are {5}.",
          "Can you tell what made you {5}?",
          "Do you suppose that writing here will help you not to be {5}?"
        ]
      },
      {
        when: "0 you are 0 @happy 0",
        say: ["What makes you {5} just now?", "How did you come to be {5}?", "Can you tell why you are {5}?"]
      },
      {
        when: "0 you are 0",
        say: [
          "Is it because you are {4} that you write to me?",
          "How long have you been {4}?",
          "Do you think it usual to be {4}?"
        ]
      },
      {
        when: "0 you feel 0",
        say: [
          "Tell me more about such feelings.",
          "Do you often feel {4}?",
          "When else do you feel {4}?",
          "What does feeling {4} remind you of?"
        ]
      },
      {
        when: "0 you felt 0",
        say: ["Do you still feel {4}?", "When else have you felt {4}?", "Where does that feeling come from?"]
      },
      {
        when: "0 you @belief you 0",
        say: ["Do you really {3} so?", "You are not quite sure that you {5}?", "Do you doubt that you {5}?"]
      },
      {
        when: "0 you [can't couldn't] 0",
        say: [
          "How do you know that you {3} {4}?",
          "What would it be like to {4}?",
          "What stands in the way, that you {3} {4}?"
        ]
      },
      {
        when: "0 you don't 0",
        say: ["Why don't you {4}?", "Do you wish to {4}?", "Does it trouble you that you don't {4}?"]
      },
      {
        when: "0 you [hate love miss fear] 0",
        say: [
          "Do you only {3} {4}, or is there something more?",
          "What does it say about you that you {3} {4}?",
          "Since when do you {3} {4}?"
        ]
      },
      {
        when: "0 you 0",
        say: [
          "You say that you {3}?",
          "Can you say more about that, how you {3}?",
          "How is it for you to write that you {3}?"
        ]
      }
    ]
  }
]
