import { assert, beforeAll, describe, it } from "@effect/vitest"
import { type FeatureName, featureNames, styleOf, typeToken } from "../../harness/style/features.ts"
import { openReader, type Reader } from "../../harness/style/readText.ts"

let read: Reader
beforeAll(async () => {
  read = await openReader()
})

/** A feature as a count in the text, not per 100 words. */
const counted = (text: string, feature: FeatureName): number => {
  const style = styleOf(text, read)!
  return Math.round((style[feature] * style.words) / 100)
}

describe("a text's style", () => {
  it("counts words, sentences, marks and emojis", () => {
    const text = "I hear you. That is hard! 😊👩‍👩‍👧 Is it new? So new?!"
    const style = styleOf(text, read)!
    assert.strictEqual(style.words, 11)
    assert.strictEqual(style.sentences, 4)
    assert.strictEqual(counted(text, "emojis"), 2)
    assert.strictEqual(counted(text, "exclamations"), 2)
    assert.strictEqual(counted(text, "questions"), 2)
    assert.strictEqual(counted("1 2 # *", "emojis"), 0)
  })

  it("is per 100 words: twice the same text has the same rates and twice the length", () => {
    const once = "I am so sorry. Maybe you feel sad? You should rest! "
    const [one, two] = [styleOf(once, read)!, styleOf(once + once, read)!]
    assert.strictEqual(two.words, 2 * one.words)
    for (const name of [
      "questions",
      "exclamations",
      "hedges",
      "apologies",
      "advice",
      "emotionWords"
    ] as const) {
      assert.closeTo(two[name], one[name], 1e-9, name)
      assert.isAbove(one[name], 0, name)
    }
  })

  it("finds persons with curly and straight apostrophes", () => {
    for (const text of ["I'm with you, and you're with me.", "I’m with you, and you’re with me."]) {
      assert.strictEqual(counted(text, "firstPerson"), 2, text)
      assert.strictEqual(counted(text, "secondPerson"), 2, text)
    }
    assert.strictEqual(counted("She is with them in it.", "firstPerson"), 0)
  })

  it("finds apologies, hedges, validation and emotions", () => {
    assert.strictEqual(counted("I'm sorry, I apologize, my condolences.", "apologies"), 3)
    assert.strictEqual(counted("Perhaps it seems so.", "hedges"), 2)
    assert.strictEqual(counted("It stays as it was.", "hedges"), 0)
    assert.strictEqual(counted("That makes sense, your anger is valid, and no wonder.", "validations"), 3)
    assert.strictEqual(
      counted("He was angry and worried, full of grief, and she despised him.", "emotionWords"),
      4
    )
    assert.strictEqual(counted("The train left the station at noon.", "emotionWords"), 0)
  })

  it("takes orders, modals about the reader and proposals for advice, and nothing else", () => {
    for (const text of [
      "Call your sister tomorrow.",
      "Please talk to someone.",
      "Take a walk.",
      "You should rest.",
      "You might want to write it down.",
      "I would suggest a walk.",
      "Have you tried talking to her?",
      "It might help to sleep."
    ]) {
      assert.strictEqual(counted(text, "advice"), 1, text)
    }
    for (const text of [
      "Thank you for writing.",
      "You feel alone.",
      "What should you have said?",
      "I should have known."
    ]) {
      assert.strictEqual(counted(text, "advice"), 0, text)
    }
  })

  it("counts lists and headings as Markdown means them", () => {
    const style = styleOf(
      "# Hello\n\nSome words.\n\n- one\n- two\n  - three\n\n1. four\n\n> ## Deep\n",
      read
    )!
    assert.strictEqual(style.listItems, 4)
    assert.strictEqual(style.headings, 2)
    const plain = styleOf("Not a list - really, #not a heading.", read)!
    assert.deepStrictEqual([plain.listItems, plain.headings], [0, 0])
  })

  it("knows easy from hard and kind from bitter", () => {
    const easy = styleOf("The cat sat on the mat. It was a big cat.", read)!
    const hard = styleOf(
      "Institutional considerations necessitate comprehensive organisational deliberation.",
      read
    )!
    assert.isAbove(easy.readingEase, hard.readingEase + 50)
    const kind = styleOf("What a wonderful, lovely day, I love it.", read)!
    const bitter = styleOf("What a terrible, awful day, I hate it.", read)!
    assert.isAbove(kind.sentiment, 0)
    assert.isBelow(bitter.sentiment, 0)
  })

  it("does not choke on what a broken model may write", () => {
    const began = performance.now()
    for (const text of [
      ">".repeat(9000),
      "- ".repeat(9000),
      "*a_".repeat(20000),
      "a".repeat(90000),
      "[".repeat(90000)
    ]) {
      styleOf(`${text} words`, read)
    }
    assert.isBelow(performance.now() - began, 10_000)
  })

  it("is not there without a word, and finite for odd texts", () => {
    for (const text of ["", " \n", "😊", "…"]) assert.isUndefined(styleOf(text, read))
    for (const text of [
      "a",
      "__proto__ constructor",
      "我很难过。",
      "\u202eabc\u0000",
      "a ".repeat(3000),
      "#".repeat(500)
    ]) {
      const style = styleOf(text, read)
      if (style === undefined) continue
      for (const name of featureNames)
        assert.isTrue(Number.isFinite(style[name]), `${name}: ${text.slice(0, 20)}`)
    }
  })
})

describe("the type–token ratio", () => {
  it("is the plain share up to 50 words and a moving average beyond", () => {
    assert.strictEqual(typeToken(["a", "b", "a", "c"]), 0.75)
    assert.strictEqual(typeToken([]), 0)
    const words = Array.from({ length: 130 }, (_, i) => `w${(i * i) % 37}`)
    let total = 0
    for (let i = 0; i + 50 <= words.length; i++) total += new Set(words.slice(i, i + 50)).size / 50
    assert.closeTo(typeToken(words), total / 81, 1e-12)
  })
})
