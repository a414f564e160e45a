import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { postText } from "../../harness/study/Post.ts"
import { wordCount } from "../../harness/study/Response.ts"
import { findEmotions } from "../../plugins/reflective/findEmotions.ts"
import { findClauses, findTopics } from "../../plugins/reflective/findSituation.ts"
import reflective from "../../plugins/reflective/index.ts"
import { respond } from "../../plugins/reflective/respond.ts"
import { turnRound } from "../../plugins/reflective/turnRound.ts"
import { answer, callAbout } from "./opened.ts"
import { posts, situations } from "./posts.ts"

const seeds = Array.from({ length: 25 }, (_, seed) => seed)
const emotionsIn = (text: string) => findEmotions(text).map(({ emotion }) => emotion.name)

describe("reflective", () => {
  it("finds the emotion that is said, not the one that is denied or only wished for", () => {
    assert.deepStrictEqual(emotionsIn("I am so angry at him"), ["anger"])
    assert.deepStrictEqual(emotionsIn("I am not angry, I am ashamed"), ["shame"])
    assert.deepStrictEqual(emotionsIn("She wished me happy birthday"), [])
    assert.deepStrictEqual(emotionsIn("The bus goes at nine"), [])
    assert.deepStrictEqual(emotionsIn("I'm hurt and so lonely"), ["hurt", "loneliness"])
    assert.strictEqual(emotionsIn("i felt so proud when my son graduated")[0], "pride")
  })

  it("lets a pleasant word in a long account of trouble not set the tone", () => {
    for (const post of posts) {
      const found = findEmotions(postText(post))
      assert.isNotEmpty(found, post.title)
      assert.isFalse(found[0]!.emotion.pleasant, post.title)
    }
  })

  it("turns a clause round with its verb", () => {
    const round = (text: string) => turnRound(text.split(" "))
    assert.strictEqual(round("I was late and my boss saw me"), "you were late and your boss saw you")
    assert.strictEqual(round("My boss was late"), "your boss was late")
    assert.strictEqual(round("I'm sure that she was tired"), "you're sure that she was tired")
    assert.strictEqual(round("we weren't asked and I wasn't told"), "you weren't asked and you weren't told")
  })

  it("says back whole clauses and leaves questions, fragments and hollow ones alone", () => {
    const of = (text: string) => findClauses(text).map((clause) => clause.text)
    assert.deepStrictEqual(of("Honestly, my sister sold the old piano."), ["your sister sold the old piano"])
    assert.deepStrictEqual(of("My sister sold the old piano?"), [])
    assert.deepStrictEqual(of("My lovely old walnut piano."), [])
    assert.deepStrictEqual(of("I guess the walnut piano was sold."), [])
    assert.deepStrictEqual(findTopics("My sister sold the old piano. My sister!"), [
      "your sister",
      "the old piano"
    ])
  })

  it("answers in 100 to 150 words, names what it found, ends with an open question", () => {
    for (const post of [...posts, ...situations]) {
      const text = postText(post)
      const found = findEmotions(text)
      for (const seed of seeds) {
        const said = respond(text, seed)
        const words = wordCount(said)
        assert.isTrue(words >= 100 && words <= 150, `${words} words: ${said}`)
        assert.notMatch(said, /[{}]|undefined/)
        assert.match(said, /\b(?:What|How|Where)\b[^.?]*\?$/)
        for (const { emotion } of found) assert.include(said, emotion.feeling)
        assert.notMatch(said, /full of \w+ and/)
        const told = [...findClauses(text).map((clause) => clause.text), ...findTopics(text)]
        assert.isTrue(
          told.some((piece) => said.includes(piece)),
          said
        )
      }
    }
  })

  it("says that it cannot tell where it finds nothing, and still has its length", () => {
    for (const seed of seeds) {
      for (const text of ["Rain again.", "", "雨が降っている。"]) {
        const said = respond(text, seed)
        assert.isAtLeast(wordCount(said), 100)
        assert.notMatch(said, /you feel (?:angry|sad|happy)/)
      }
    }
  })

  it("is glad with the glad", () => {
    for (const seed of seeds) {
      const said = respond("i was so proud when my daughter played her cello, i'm so happy for her", seed)
      assert.notMatch(said, /weighs|wears|hurts|not been easy|hardest/)
    }
  })

  it("asks about safety where the post has signs of danger, and only there", () => {
    const danger = /crisis line/
    for (const seed of seeds) {
      assert.match(respond("I keep thinking they'd be better off without me. I sit in my car.", seed), danger)
      const long = `${posts[5]!.body} Some nights i don't want to wake up.`
      assert.match(respond(long, seed), danger)
      assert.isAtMost(wordCount(respond(long, seed)), 150)
      assert.notMatch(respond(posts[5]!.body, seed), danger)
    }
  })

  it.effect("is a program, honours its seed and reads the last user message alone", () =>
    Effect.gen(function* () {
      const call = callAbout(posts[2]!, 9)
      const first = yield* answer(reflective, call)
      assert.deepStrictEqual(yield* answer(reflective, call), first)
      assert.notInclude(first.text, "canoe")
      const other = { ...call, messages: call.messages.slice(1), about: { ...call.about, post: "other" } }
      assert.deepStrictEqual(yield* answer(reflective, other), first)
      const many = yield* Effect.forEach(seeds, (seed) => answer(reflective, callAbout(posts[2]!, seed)))
      assert.isAbove(new Set(many.map(({ text }) => text)).size, 20)
      const model = yield* Effect.scoped(reflective.open!({ model: "", config: {}, folder: "." }))
      assert.strictEqual(model.kind, "program")
    })
  )
})
