import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { decompose, parsePattern, partsUsed, reassemble } from "../../plugins/eliza/decompose.ts"
import eliza from "../../plugins/eliza/index.ts"
import { keywords } from "../../plugins/eliza/keywords.ts"
import { respond } from "../../plugins/eliza/respond.ts"
import { answer, callAbout } from "./opened.ts"
import { posts, situations } from "./posts.ts"

const seeds = Array.from({ length: 40 }, (_, seed) => seed)

describe("eliza", () => {
  it("takes a phrase apart as the pattern says", () => {
    assert.deepStrictEqual(decompose("0 you are 0", ["well", "you", "are", "so", "tired"]), [
      ["well"],
      ["you"],
      ["are"],
      ["so", "tired"]
    ])
    assert.deepStrictEqual(decompose("0 your @family 1", ["your", "Mother", "left"]), [
      [],
      ["your"],
      ["Mother"],
      ["left"]
    ])
    assert.strictEqual(decompose("you 2", ["you", "left"]), undefined)
    assert.deepStrictEqual(decompose("0 [want need] 0", ["need", "rest"]), [[], ["need"], ["rest"]])
    assert.strictEqual(reassemble("what if {4}?", [[], [], [], ["it", "rained"]]), "What if it rained?")
  })

  it("has a script whose patterns parse and whose reassemblies name parts that are there", () => {
    for (const keyword of keywords) {
      for (const rule of [...keyword.rules, ...(keyword.memory ? [keyword.memory] : [])]) {
        const parts = parsePattern(rule.when).length
        for (const say of rule.say) {
          for (const part of partsUsed(say)) assert.isTrue(part >= 1 && part <= parts, `${rule.when}: ${say}`)
        }
      }
    }
  })

  it("hears the keyword of the highest rank, wherever it stands", () => {
    for (const seed of seeds) {
      const said = respond("My sister left, I am sad. They say a computer can help. I was alone.", seed)
      assert.match(said, /machine|something like me/i)
    }
  })

  it("turns first and second person round", () => {
    const said = new Set(seeds.map((seed) => respond("If I told you about my boat", seed)))
    assert.isTrue(
      [...said].some((text) => text.includes("you told me about your boat")),
      [...said].join(" | ")
    )
    for (const text of said) assert.notMatch(text, /\bmy boat\b/)
    const were = seeds.map((seed) => respond("I was late", seed)).join(" ")
    assert.include(were, "you were late")
    assert.notInclude(were, "you was")
  })

  it("comes back to what was remembered: by itself, and after the answer to a long post", () => {
    const long = "I dream. It rains. He left. They shout. It is late. My violin is broken."
    for (const seed of seeds) assert.match(respond(long, seed), /dream.*\?.*violin is broken/is)
    assert.notMatch(respond("I dream. My violin is broken.", 1), /violin/)
  })

  it("says something where no keyword is heard", () => {
    assert.isNotEmpty(respond("Rain again.", 3))
    assert.isNotEmpty(respond("", 3))
    assert.isNotEmpty(respond("雨が降っている。", 3))
  })

  it.effect("is a program, honours its seed and reads the last user message alone", () =>
    Effect.gen(function* () {
      const post = posts[0]!
      const call = callAbout(post, 5)
      const first = yield* answer(eliza, call)
      assert.deepStrictEqual(yield* answer(eliza, call), first)
      const other = { ...call, messages: call.messages.slice(1), about: { ...call.about, post: "other" } }
      assert.deepStrictEqual(yield* answer(eliza, other), first)
      const many = yield* Effect.forEach(seeds, (seed) => answer(eliza, callAbout(post, seed)))
      assert.isAbove(new Set(many.map(({ text }) => text)).size, 5)
      const model = yield* Effect.scoped(eliza.open!({ model: "", config: {}, folder: "." }))
      assert.strictEqual(model.kind, "program")
      assert.isTrue(model.capabilities.seed)
    })
  )

  it("answers every kind of post in a few sentences without leaving a slot open", () => {
    for (const { body } of [...posts, ...situations]) {
      for (const seed of seeds.slice(0, 10)) {
        const said = respond(body, seed)
        assert.notMatch(said, /[{}]|undefined|:next/)
        assert.isBelow(said.split(/\s+/).length, 60)
        assert.match(said, /^[\p{Lu}\p{N}].*[.?]$/u)
      }
    }
  })
})
