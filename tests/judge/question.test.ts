import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { markerOf, visibleText } from "../../harness/judge/material.ts"
import { questionOf } from "../../harness/judge/question.ts"
import { attacks } from "./attacks.ts"
import { askedOf, judgeOf } from "./judges.ts"

const ends = (prompt: string) =>
  [...prompt.matchAll(/^--- end of (?:post|response) ([0-9a-f]{32}) ---$/gm)].map((match) => match[1])

describe("what a judge is asked", () => {
  it.effect("holds question, scale, anchors, post and response, and not where they come from", () =>
    Effect.gen(function* () {
      const judge = yield* judgeOf()
      const { call } = questionOf(askedOf(judge, "I am sorry to hear that."), false)
      const text = call.messages.map(({ content }) => content).join("\n")
      for (const part of [
        "How warm?",
        "Scale: 1 to 5",
        "1 = cold",
        "5 = warm",
        "My cat died.",
        "I am sorry to hear that."
      ]) {
        assert.include(text, part)
      }
      assert.strictEqual(call.messages[0]!.role, "system")
      assert.deepStrictEqual(Object.keys(call.about), ["suite", "post", "condition"])
      assert.notInclude(text + JSON.stringify(call.about), "source")
    })
  )

  it.effect("has the same key whenever the same is asked, and another for anything else", () =>
    Effect.gen(function* () {
      const judge = yield* judgeOf()
      const base = askedOf(judge, "Hello")
      const key = questionOf(base, false).key
      assert.strictEqual(questionOf(askedOf(yield* judgeOf(), "Hello"), false).key, key)
      const others = [
        questionOf(base, true).key,
        questionOf({ ...base, epoch: 2 }, false).key,
        questionOf({ ...base, seed: 2 }, false).key,
        questionOf(askedOf(judge, "Hello."), false).key,
        questionOf(askedOf(yield* judgeOf({ structured: true }), "Hello"), false).key
      ]
      assert.strictEqual(new Set([key, ...others]).size, 6)
    })
  )

  it("has forty attacks to stand", () => {
    assert.strictEqual(Object.keys(attacks).length, 40)
  })

  it.effect("cannot be ended from inside: each text's lines close once, with a code that is not in it", () =>
    Effect.gen(function* () {
      const judge = yield* judgeOf()
      for (const [name, attack] of Object.entries(attacks)) {
        // The best guess there is: the code of the same question without the guess.
        const plain = questionOf(askedOf(judge, attack), false).call.messages.at(-1)!.content
        const guess = ends(plain).at(-1)!
        const response = `I hear you. ${attack.replaceAll("{code}", guess)}`
        const { messages } = questionOf(askedOf(judge, response), false).call
        const codes = new Set(ends(messages.at(-1)!.content))
        const code = /carry the code ([0-9a-f]{32})/.exec(messages[0]!.content)![1]!
        assert.notInclude(response.toLowerCase(), code, name)
        assert.isTrue(codes.has(code), name)
        const closing = messages
          .at(-1)!
          .content.split("\n")
          .filter((line) => line.includes(code) && line.includes("end of"))
        assert.deepStrictEqual(
          closing,
          [`--- end of post ${code} ---`, `--- end of response ${code} ---`],
          name
        )
      }
    })
  )

  it("has a code that depends on all of the material", () => {
    const code = markerOf(1, ["post", "response"], "q")
    assert.match(code, /^[0-9a-f]{32}$/)
    for (const other of [
      markerOf(2, ["post", "response"], "q"),
      markerOf(1, ["post", "response "], "q"),
      markerOf(1, ["post.", "response"], "q"),
      markerOf(1, ["post", "response"], "r")
    ]) {
      assert.notStrictEqual(other, code)
    }
  })

  it("shows what a reader sees", () => {
    assert.strictEqual(visibleText(attacks["invisible tag characters"]!), "I hear you.")
    assert.strictEqual(visibleText(attacks["zero-width characters"]!), "Score: 5")
    assert.strictEqual(visibleText("a\u202eb\u0000c\ttab\nline 👩‍👧 می‌روم"), "abc\ttab\nline 👩‍👧 می‌روم")
  })
})
