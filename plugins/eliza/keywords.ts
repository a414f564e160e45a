/** All keywords of the script. Data only; see `script.ts`. */
import { keywordsOfSelf } from "./keywordsOfSelf.ts"
import type { Keyword } from "./script.ts"

export const keywords: readonly Keyword[] = [
  ...keywordsOfSelf,
  {
    words: ["computer", "computers", "machine", "chatbot", "robot"],
    rank: 50,
    rules: [
      {
        when: "0",
        say: [
          "Do machines trouble you?",
          "What has a machine to do with what you write about?",
          "Does it bother you that something like me should listen?"
        ]
      }
    ]
  },
  {
    words: ["like", "alike", "same"],
    rank: 10,
    rules: [
      {
        when: "0 @be 0 [like alike same] 0",
        say: [
          "In what way is that so?",
          "What likeness do you see there?",
          "What other connections come to your mind?",
          "Could there really be some connection?"
        ]
      },
      { when: "0", say: [":next"] }
    ]
  },
  {
    words: ["remember", "remembered"],
    rank: 5,
    rules: [
      {
        when: "0 you [remember remembered] 0",
        say: [
          "Do you often think of {4}?",
          "What else comes back when you think of {4}?",
          "Why does {4} come back to you just now?"
        ]
      },
      { when: "0", say: [":next"] }
    ]
  },
  {
    words: ["dream", "dreams", "dreamt", "dreamed", "nightmare", "nightmares"],
    rank: 4,
    rules: [
      {
        when: "0 you [dreamt dreamed] 0",
        say: ["Really, {4}?", "Have you ever pictured {4} while you were awake?"]
      },
      {
        when: "0",
        say: ["What does that dream suggest to you?", "Who appears in your dreams?", "Do you dream often?"]
      }
    ]
  },
  {
    words: ["if"],
    rank: 3,
    rules: [
      {
        when: "0 if 0",
        say: [
          "Do you think it likely that {3}?",
          "Do you wish that {3}?",
          "What would follow, if {3}?",
          "Really, if {3}?"
        ]
      }
    ]
  },
  {
    words: ["everyone", "everybody", "nobody", "noone"],
    rank: 2,
    rules: [
      {
        when: "0 [everyone everybody nobody noone] 0",
        say: [
          "Really, {2}?",
          "Surely not {2}. Whom do you have in mind?",
          "Can you think of one person in particular?",
          "Who, for example?"
        ]
      }
    ]
  },
  {
    words: ["always"],
    rank: 1,
    rules: [
      {
        when: "0",
        say: ["Can you think of one time in particular?", "When, for example?", "Really, always?"]
      }
    ]
  },
  {
    words: ["because"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: [
          "Is that the real reason?",
          "Do any other reasons come to mind?",
          "What else might that reason explain?"
        ]
      }
    ]
  },
  {
    words: ["sorry"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: ["Please do not be sorry.", "What do you feel when you say sorry?", "No one here asks for that."]
      }
    ]
  },
  {
    words: ["perhaps", "maybe"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: ["You do not seem quite certain.", "Why only perhaps?", "Can you not be more sure of it?"]
      }
    ]
  },
  {
    words: ["why", "what", "how", "when"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: [
          "What answer would please you most?",
          "What do you think yourself?",
          "What comes to your mind when you ask that?"
        ]
      }
    ]
  },
  {
    words: ["you", "your"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: ["We were speaking of you, not of me.", "You are not really speaking of me, are you?"]
      }
    ]
  },
  {
    words: ["we", "our", "us"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: [
          "Who do you mean by we?",
          "And you yourself, apart from the others?",
          "How long has that been so?"
        ]
      }
    ]
  },
  {
    words: ["no", "not", "never"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: [
          "You put that in the negative. Why?",
          "Why not?",
          "Are you saying so to be strict with yourself?"
        ]
      }
    ]
  },
  {
    words: ["he", "she", "they", "him", "her", "them"],
    rank: 0,
    rules: [
      {
        when: "0",
        say: [
          "Tell me more about this person.",
          "What does this person mean to you?",
          "How do you see yourself beside them?"
        ]
      }
    ]
  }
]
