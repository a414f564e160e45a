import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Random from "../../harness/stats/Random.ts"
import { callKey, deriveSeed } from "../../harness/study/CallKey.ts"
import { Condition, conditionHash } from "../../harness/study/Condition.ts"
import { canonicalJson, hashJson } from "../../harness/study/Hash.ts"
import { ConditionName, PostId, SuiteName } from "../../harness/study/Ids.ts"
import { Instrument, isOnScale, oriented } from "../../harness/study/Instrument.ts"
import { Post, postHash } from "../../harness/study/Post.ts"
import { wordCount } from "../../harness/study/Response.ts"
import { SuiteHasher } from "../../harness/study/Suite.ts"
import { checkCondition, renderCondition } from "../../harness/study/Template.ts"

const post = (fields: { id?: string; title?: string; body?: string }) =>
  Schema.decodeUnknownSync(Post)({ id: "p1", title: "A title", body: "A body.", ...fields })

const condition = (fields: Partial<{ system: string; user: string; length: { min: number; max: number } }>) =>
  new Condition({
    name: ConditionName.make("test"),
    title: "Test",
    description: "For the tests",
    user: "{{post}}",
    ...fields
  })

describe("canonical JSON", () => {
  it("does not depend on the order of keys and leaves undefined out", () => {
    assert.strictEqual(canonicalJson({ b: 1, a: [true, null], c: undefined }), '{"a":[true,null],"b":1}')
    assert.strictEqual(hashJson({ a: 1, b: 2 }), hashJson({ b: 2, a: 1 }))
  })

  it("refuses numbers that JSON has no word for", () => {
    assert.throws(() => canonicalJson({ a: Number.NaN }), TypeError)
  })
})

describe("a post", () => {
  it("needs only id and body; the rest is not stated", () => {
    const bare = Schema.decodeUnknownSync(Post)({ id: "x", body: "y" })
    assert.strictEqual(bare.severity, "not stated")
    assert.strictEqual(bare.crisis, "not stated")
    assert.deepStrictEqual(bare.emotions, [])
  })

  it("has an id of one printable line", () => {
    for (const id of ["", " x", "a\nb", "a\u0000b", "x".repeat(201)]) {
      assert.isFalse(Schema.is(PostId)(id), JSON.stringify(id))
    }
    assert.isTrue(Schema.is(PostId)("hit:5673_conv:11347"))
  })

  it("is hashed by what is read of it, not by its labels", () => {
    const one = post({})
    const relabelled = new Post({ ...one, severity: "severe" })
    assert.strictEqual(postHash(one), postHash(relabelled))
    assert.notStrictEqual(postHash(one), postHash(post({ body: "Another body." })))
  })
})

describe("a suite's hash", () => {
  const hash = (posts: readonly Post[]) => {
    const hasher = new SuiteHasher(SuiteName.make("s"))
    for (const entry of posts) hasher.add(entry)
    return hasher.digest()
  }

  it("changes with a text, an id and the order", () => {
    const a = post({ id: "a" })
    const b = post({ id: "b", body: "Other." })
    const all = [hash([a, b]), hash([b, a]), hash([a]), hash([a, post({ id: "c", body: "Other." })])]
    assert.strictEqual(new Set(all).size, 4)
  })
})

describe("a condition", () => {
  it("fills its placeholders once: braces in a post stay as they are", () => {
    const tricky = post({ body: "They said {{title}} and {{post}}." })
    const [system, user] = renderCondition(
      condition({
        system: "{{min_words}} to {{max_words}} words on {{domain}}",
        length: { min: 100, max: 150 }
      }),
      tricky,
      "anger"
    )
    assert.deepStrictEqual(system, { role: "system", content: "100 to 150 words on anger" })
    assert.deepStrictEqual(user, { role: "user", content: "A title\n\nThey said {{title}} and {{post}}." })
  })

  it("refuses an unknown placeholder, a missing post and a length that is not given", () => {
    assert.match(
      checkCondition(condition({ user: "{{psot}}" }))!.message,
      /unknown placeholder \{\{psot\}\}.*post/
    )
    assert.match(checkCondition(condition({ user: "Hello" }))!.message, /the post is missing/)
    assert.match(checkCondition(condition({ system: "{{min_words}}" }))!.message, /needs a length/)
    assert.isUndefined(checkCondition(condition({})))
  })

  it("is hashed by what is said, not by its title", () => {
    const one = condition({})
    assert.strictEqual(conditionHash(one), conditionHash(new Condition({ ...one, title: "Other" })))
    assert.notStrictEqual(conditionHash(one), conditionHash(condition({ user: "{{body}}" })))
  })
})

describe("a call's key and seed", () => {
  const identity = {
    plugin: "p",
    pluginVersion: "1",
    model: "m",
    messages: [{ role: "user", content: "hello" }] as const,
    parameters: { temperature: 0.5 },
    seed: 1,
    epoch: 1
  }

  it("differs when anything that decides the answer differs", () => {
    const keys = [
      callKey(identity),
      callKey({ ...identity, plugin: "q" }),
      callKey({ ...identity, pluginVersion: "2" }),
      callKey({ ...identity, model: "n" }),
      callKey({ ...identity, messages: [{ role: "user", content: "hullo" }] }),
      callKey({ ...identity, parameters: {} }),
      callKey({ ...identity, seed: 2 }),
      callKey({ ...identity, epoch: 2 }),
      callKey({ ...identity, extra: { file: "x" } })
    ]
    assert.strictEqual(new Set(keys).size, keys.length)
    assert.strictEqual(callKey(identity), callKey({ ...identity }))
  })

  it("gives seeds of 31 bits that do not run into each other", () => {
    assert.strictEqual(deriveSeed(1, "a", "b"), deriveSeed(1, "a", "b"))
    assert.notStrictEqual(deriveSeed(1, "a", "b"), deriveSeed(1, "ab", ""))
    assert.notStrictEqual(deriveSeed(1, "a"), deriveSeed(2, "a"))
    for (let i = 0; i < 200; i++) assert.isAtMost(deriveSeed(i, "x"), 2 ** 31 - 1)
  })
})

describe("an instrument", () => {
  const dimension = Schema.decodeUnknownSync(Instrument)({
    name: "i",
    title: "I",
    instructions: "Rate.",
    dimensions: [
      { name: "d", question: "How?", scale: { minimum: 1, maximum: 5, step: 0.5 }, direction: "reversed" }
    ],
    aggregate: "mean",
    citation: "none"
  }).dimensions[0]

  it("knows what is on its scale and turns a reversed value round", () => {
    assert.deepStrictEqual(
      [1, 2.5, 5].map((x) => isOnScale(dimension.scale, x)),
      [true, true, true]
    )
    assert.deepStrictEqual(
      [0.5, 2.3, 5.5, Number.NaN].map((x) => isOnScale(dimension.scale, x)),
      [false, false, false, false]
    )
    assert.strictEqual(oriented(dimension, 2), 4)
  })
})

describe("a text's words", () => {
  it("are counted in ASCII as Unicode segments them, where marks join and where they do not", () => {
    const alphabet = ["a", "B", "3", "7", "_", "'", ".", ",", ";", ":", " ", "-", "\n", "x", '"', "!"]
    const random = Random.make(5)
    const texts = Array.from({ length: 3000 }, () =>
      Array.from({ length: random.below(14) }, () => alphabet[random.below(alphabet.length)]).join("")
    )
    texts.push("it's e.g. 3.5 a.m. 1,000 a,b x_y _ __a 5'4 rock'n'roll end. 'quoted' 3a.b4 a.1 1.a")
    for (const text of texts) {
      const segments = [...new Intl.Segmenter("und", { granularity: "word" }).segment(text)]
      const expected = segments.filter((segment) => segment.isWordLike).length
      assert.strictEqual(wordCount(text), expected, JSON.stringify(text))
    }
  })

  it("are counted in any script", () => {
    assert.strictEqual(wordCount("I'm sorry — that hurts."), 4)
    assert.strictEqual(wordCount(""), 0)
    assert.isAbove(wordCount("我很难过"), 1)
  })
})
