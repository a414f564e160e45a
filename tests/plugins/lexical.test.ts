import { existsSync, readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { parse } from "yaml"
import { Instrument } from "../../harness/study/Instrument.ts"
import { postText } from "../../harness/study/Post.ts"
import dismissive from "../../plugins/dismissive/index.ts"
import eliza from "../../plugins/eliza/index.ts"
import { featuresOf } from "../../plugins/lexical/features.ts"
import { familyOf } from "../../plugins/lexical/feelings.ts"
import lexical from "../../plugins/lexical/index.ts"
import { sentencesOf, stem, weightOf } from "../../plugins/lexical/words.ts"
import reflective from "../../plugins/reflective/index.ts"
import { empathy, mean, pairedT, rate, texts } from "./opened.ts"
import { posts, situations, type TestPost } from "./posts.ts"

const benchmarks = new URL("../../benchmarks/", import.meta.url)
const suitesFolder = new URL("suites/", benchmarks)

const suites: readonly (readonly [name: string, about: readonly TestPost[]])[] = [
  ["the test posts", posts],
  ...(existsSync(suitesFolder) ? readdirSync(suitesFolder) : [])
    .map((name) => [name, new URL(`${name}/suite.yaml`, suitesFolder)] as const)
    .filter(([, file]) => existsSync(file))
    .map(([name, file]) => {
      const suite = parse(readFileSync(file, "utf8")) as { readonly posts?: readonly TestPost[] }
      return [name, suite.posts ?? []] as const
    })
    .filter(([, about]) => about.length >= 12)
]

/** Every response goes to the next post. */
const shuffled = (responses: readonly string[]) =>
  responses.map((_, index) => responses[(index + 1) % responses.length]!)

const withoutFeelings = (response: string) =>
  response.replace(/[a-z]+/gi, (word) => (familyOf(word.toLowerCase()) ? "" : word))

const grief = {
  title: "",
  body: "My grandfather died in June. I am so sad. I can't go into his workshop, I cry at the lathe and the shavings."
}

const neutral = "Here is a reply with several words that belong to nothing at all."

const empathic = (post: TestPost, response: string) =>
  Effect.map(empathy([post], [response]), (values) => values[0]!)

describe("lexical on the embedded sources", () => {
  for (const [name, about] of suites) {
    it.effect(`${name}: orders the controls, and reflective answers belong to their posts`, () =>
      Effect.gen(function* () {
        const answers = yield* texts(reflective, about)
        const inPlace = yield* empathy(about, answers)
        const low = yield* empathy(about, yield* texts(dismissive, about))
        const between = yield* empathy(about, yield* texts(eliza, about))
        const elsewhere = yield* empathy(about, shuffled(answers))
        const bare = yield* empathy(about, answers.map(withoutFeelings))
        assert.isAbove(pairedT(inPlace, low), 10)
        assert.isAbove(pairedT(inPlace, between), 3)
        assert.isAbove(pairedT(between, low), 3)
        assert.isAbove(pairedT(inPlace, elsewhere), 3)
        assert.isAbove(mean(inPlace) - mean(elsewhere), 0.4)
        assert.isAbove(pairedT(inPlace, bare), 3)
        assert.isAbove(mean(inPlace) - mean(bare), 0.2)
      })
    )
  }

  it.effect("does so on short situations, half of them pleasant", () =>
    Effect.gen(function* () {
      const answers = yield* texts(reflective, situations)
      const inPlace = yield* empathy(situations, answers)
      assert.isAbove(pairedT(inPlace, yield* empathy(situations, shuffled(answers))), 3)
      assert.isAbove(pairedT(inPlace, yield* empathy(situations, yield* texts(dismissive, situations))), 3)
    })
  )
})

describe("lexical, the formula", () => {
  it.effect("gives what README.md says for all and for nothing", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* empathic(grief, neutral), 1.67)
      const response =
        "It makes sense that you feel sad, and I am sorry that your grandfather died. " +
        "The workshop, the lathe and the shavings. What was he like?"
      const found = featuresOf(grief.body, response)
      assert.deepStrictEqual(found, {
        emotion: 1,
        reflection: 1,
        question: 1,
        validation: 1,
        advice: 0,
        dismissal: 0,
        selfFocus: 0
      })
      assert.strictEqual(yield* empathic(grief, response), 4.7)
      const bad = "At least he was old, so get over it. You should move on. Just stop. Try tea."
      const sum = -1.6 - 1.2 - 1.8
      assert.strictEqual(yield* empathic(grief, bad), Math.round((1 + 4 / (1 + Math.exp(-sum))) * 100) / 100)
    })
  )

  it("weighs naming the right feeling against naming many", () => {
    const emotion = (response: string) => featuresOf("I am sad.", response).emotion
    assert.strictEqual(emotion("You are sad."), 1)
    assert.approximately(emotion("You are sad and angry."), 1 / 1.5, 1e-12)
    assert.approximately(emotion("Sad, angry, jealous, ashamed, numb."), 1 / 3, 1e-12)
    assert.strictEqual(emotion("You are angry."), 0.25)
    assert.strictEqual(emotion("You are proud."), 0)
    assert.strictEqual(emotion("You."), 0)
    assert.strictEqual(featuresOf("The bus goes at nine.", "You are sad.").emotion, 0.5)
    assert.strictEqual(featuresOf("I cried in the car.", "You are sad.").emotion, 1)
  })

  it("takes word for word what is rare for more than what is frequent", () => {
    assert.strictEqual(weightOf("lathe"), 1)
    assert.strictEqual(weightOf("mother"), 0.2)
    assert.strictEqual(weightOf("would"), 0)
    assert.strictEqual(stem("shavings"), stem("shaving"))
    assert.strictEqual(stem("stopped"), stem("stopping"))
    assert.deepStrictEqual(sentencesOf("one. two? three\nfour 1.5 five"), [
      "one.",
      "two?",
      "three",
      "four 1.5 five"
    ])
  })

  it("knows questions, advice, dismissal and self-focus", () => {
    const of = (response: string, post = "I am sad.") => featuresOf(post, response)
    assert.strictEqual(of("What was it like?").question, 1)
    assert.strictEqual(of("If you like, tell me more.").question, 0.7)
    assert.strictEqual(of("Did it hurt?").question, 0.4)
    assert.strictEqual(of("What did you expect?").question, 0)
    assert.strictEqual(of("What? What? What? What?").question, 0.5)
    assert.strictEqual(of("You should sleep. Try tea. Have you tried yoga?").advice, 1)
    assert.strictEqual(of("You should sleep. Try tea. Have you tried yoga?", "Any advice?").advice, 0.5)
    assert.strictEqual(of("You do not have to sleep. Take all the room you need.").advice, 0)
    assert.strictEqual(of("It is not a big deal, get over it.").dismissal, 1)
    assert.strictEqual(of("You are not a bad mother.").dismissal, 0)
    assert.strictEqual(of("When I lost my job I cried. My wife helped.").selfFocus, 1)
    assert.strictEqual(of("I hear how much you miss him.").selfFocus, 0)
  })

  it.effect("is not pleased by length, repetition, lists or a pasted post", () =>
    Effect.gen(function* () {
      const padding =
        " Weather, gravel, ferries, turnips and municipal accounting have a rich history across several provinces." +
        " Basalt columns form where lava cools evenly, and geologists measure hexagons with brass calipers." +
        " Medieval guilds regulated candles, saddles, barrels and ropes, while canals linked distant quarries." +
        " Copper wires conduct; glass insulates; granite merely waits beneath juniper, heather and moss."
      const padded: number[] = []
      const plain: number[] = []
      for (const [index, response] of (yield* texts(reflective, posts)).entries()) {
        const post = posts[index]!
        const once = yield* empathic(post, response)
        assert.isAtMost(yield* empathic(post, `${response} ${response}`), once)
        const longer = yield* empathic(post, response + padding)
        assert.isAtMost(longer, once)
        padded.push(longer)
        plain.push(once)
        const pasted = yield* empathic(post, postText(post))
        assert.isBelow(pasted, 2)
        assert.isBelow(yield* empathic(post, `${neutral} ${postText(post)}`), 2)
      }
      assert.isBelow(
        yield* empathic(grief, "Sad angry hurt lonely numb ashamed guilty scared jealous tired."),
        2.2
      )
    })
  )

  it.effect("stays on the scales of its instruments and names all of their dimensions", () =>
    Effect.gen(function* () {
      for (const name of ["perceived-empathy", "lend-an-ear"]) {
        const file = readFileSync(new URL(`instruments/${name}.yaml`, benchmarks), "utf8")
        const instrument = yield* Schema.decodeUnknownEffect(Instrument)(parse(file))
        for (const source of [reflective, eliza, dismissive]) {
          const answers = yield* texts(source, posts)
          for (const [index, response] of answers.entries()) {
            const verdict = yield* rate(name, posts[index]!, response)
            assert.sameMembers(
              Object.keys(verdict),
              instrument.dimensions.map((dimension) => dimension.name)
            )
            for (const { name: dimension, scale } of instrument.dimensions) {
              const value = verdict[dimension]
              if (typeof value !== "number") assert.fail(`${dimension} is unscored`)
              assert.isTrue(value >= scale.minimum && value <= scale.maximum, `${dimension} ${value}`)
              assert.strictEqual(value, Math.round(value * 100) / 100)
            }
          }
        }
      }
    })
  )

  it.effect("says why it does not score another language, and refuses an instrument it does not know", () =>
    Effect.gen(function* () {
      const verdict = yield* rate("lend-an-ear", grief, neutral, "de")
      assert.strictEqual(Object.keys(verdict).length, 6)
      for (const said of Object.values(verdict)) assert.match(JSON.stringify(said), /English.*de/)
      assert.isNumber((yield* rate("perceived-empathy", grief, neutral, "en-GB")).empathic)
      const error = yield* Effect.flip(rate("epitome", grief, neutral))
      assert.match(error.message, /epitome/)
      assert.isUndefined(lexical.open)
    })
  )
})
