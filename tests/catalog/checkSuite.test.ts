import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { checkSuites, readingEase, spreadOf } from "../../harness/catalog/checkSuite.ts"
import { nearDuplicates } from "../../harness/catalog/nearDuplicates.ts"
import { personalDataIn } from "../../harness/catalog/personalData.ts"
import { Post } from "../../harness/study/Post.ts"
import { SuiteHeader } from "../../harness/study/Suite.ts"

const suite = (...posts: readonly { id: string; body: string }[]) => ({
  header: Schema.decodeUnknownSync(SuiteHeader)({
    name: "s",
    title: "S",
    provenance: "the tests",
    canary: "here"
  }),
  posts: posts.map((post) => Schema.decodeUnknownSync(Post)(post))
})

const long = Array.from({ length: 100 }, (_, i) => `word${i}`).join(" ")

describe("personal data", () => {
  it("is found in the shapes people write it", () => {
    const kinds = (text: string) => personalDataIn(text).map((found) => found.kind)
    assert.deepStrictEqual(kinds("write to me.too+x@mail.example.org please"), ["e-mail"])
    assert.deepStrictEqual(kinds("me (at) mail.example"), ["e-mail"])
    assert.deepStrictEqual(kinds("call +49 (171) 555-0123 tonight"), ["telephone"])
    assert.deepStrictEqual(kinds("I am @somebody_there and r/SomePlace knows"), ["handle", "handle"])
    assert.deepStrictEqual(kinds("see https://example.org/x"), ["link"])
  })

  it("is not seen in dates, ages, times and sums", () => {
    for (const text of [
      "on 12.03.2021 at 10:30",
      "2021-03-12",
      "$1,200,000 and 12 000 in 2 years",
      "34 messages, 17 calls",
      "24/7"
    ]) {
      assert.deepStrictEqual(personalDataIn(text), [], text)
    }
  })
})

describe("near duplicates", () => {
  it("are pairs with common five-word runs, whatever their case and punctuation", () => {
    const [pair, ...others] = nearDuplicates([
      { name: "a", body: "My sister stopped answering the phone after the wedding in May." },
      { name: "b", body: "my sister stopped answering the phone... after the wedding, in June" },
      { name: "c", body: "The landlord sold the house and nobody told us until the boxes came." }
    ])
    assert.deepStrictEqual([pair!.a, pair!.b, others.length], ["a", "b", 0])
    // Seven runs each, six of them common: 6 of 8.
    assert.approximately(pair!.share, 6 / 8, 1e-12)
  })
})

describe("checking suites", () => {
  it("finds ids that stand twice, copies across suites, lengths and missing canaries", () => {
    const one = suite({ id: "a", body: long }, { id: "a", body: "far too short" })
    const two = {
      ...suite({ id: "b", body: long }),
      header: Schema.decodeUnknownSync(SuiteHeader)({ name: "t", title: "T", provenance: "x" })
    }
    const reasons = checkSuites([one, two]).map(
      (finding) => `${finding.level} ${finding.post} ${finding.reason}`
    )
    assert.include(reasons, "error a this id stands twice")
    assert.include(reasons, "warning a 3 words; 80 to 300 are usual")
    assert.include(reasons, "error a the same text as t/b")
    assert.isTrue(reasons.some((reason) => reason.includes("no canary string")))
  })

  it("measures reading ease as Flesch does", () => {
    // 6 words, 1 sentence, 6 syllables: 206.835 − 1.015 × 6 − 84.6 × 1.
    assert.approximately(readingEase("The cat sat on the mat."), 206.835 - 6.09 - 84.6, 1e-9)
  })

  it("prints a spread that counts every label", () => {
    const spread = spreadOf(suite({ id: "a", body: long }, { id: "b", body: `${long} more` }))
    assert.deepStrictEqual([spread.posts, spread.words.min, spread.words.max], [2, 100, 101])
    assert.deepStrictEqual(spread.fault, { "not stated": 2 })
  })
})
