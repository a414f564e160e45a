import { assert, describe } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { Catalog } from "../../../harness/catalog/Catalog.ts"
import { ask, everyRating, ratings, responses, test } from "./importing.ts"

/** A post of a shipped suite. */
const firstPost = Effect.gen(function* () {
  const { posts } = yield* (yield* Catalog).suite("anger", ".")
  return (yield* Stream.runCollect(Stream.take(posts, 1))).map(({ id }) => id as string)
})

const message = (error: unknown) => String((error as Error).message)
const shipped = ask(
  "SELECT rp.suite, rp.domain, rp.post, LENGTH(p.body) > 100 FROM run_post rp JOIN post p ON p.id = rp.post_id"
)

describe("warmline import responses", () => {
  test("finds posts of shipped suites by id and checks the length that the condition asks for", () =>
    Effect.gen(function* () {
      const [id] = yield* firstPost
      const long = Array.from({ length: 110 }, () => "word").join(" ")
      const report = yield* responses(
        "people.csv",
        `post,writer,condition,words\n${id},counsellor-1,base,${long}\n${id},counsellor-2,base,Too short.\n`,
        "{ name: people, post: post, source: writer, condition: condition, text: words, kind: human, suite: { value: anger } }"
      )
      assert.deepStrictEqual(report.account.rows, {
        read: 2,
        imported: 2,
        duplicates: 0,
        rejected: 0,
        skipped: {}
      })
      assert.deepStrictEqual(
        report.offLength.map(({ condition, responses, shorter, longer }) => ({
          condition,
          responses,
          shorter,
          longer
        })),
        [{ condition: "base", responses: 2, shorter: 1, longer: 0 }]
      )
      assert.deepStrictEqual(yield* shipped, [`anger|anger|${id}|1`])
      assert.deepStrictEqual(yield* ask("SELECT DISTINCT author FROM call"), ["human"])
    }))

  test("brings posts of its own as suites, and ratings find the texts by their ids", () =>
    Effect.gen(function* () {
      const map =
        "{ name: own, response: id, post: nr, body: story, domain: topic, source: by, text: text, kind: { column: kind } }"
      const content =
        "id,nr,story,topic,by,text,kind\na1,1,My dog died.,grief,m1,I am sorry.,model\na2,1,My dog died.,grief,ann,Oh no.,human\na3,2,I was fired.,work,m1,That hurts.,model\n"
      const report = yield* responses("r.csv", content, map)
      assert.deepStrictEqual(report.created, { posts: 2, responses: 3 })
      assert.deepStrictEqual(yield* ask("SELECT suite, post FROM run_post"), ["grief|1", "work|2"])
      const rated = yield* ratings(
        "g.csv",
        "who,text,empathic\nbob,a2,5\nbob,a3,4\nbob,a9,4\n",
        "{ name: own, rater: who, response: text, instrument: perceived-empathy, ratings: [{ value: empathic }] }"
      )
      assert.deepStrictEqual(yield* everyRating, ["1|ann|empathic|5", "2|m1|empathic|4"])
      assert.deepStrictEqual(rated.account.reasons, [{ reason: 'no response "a9" is known', n: 1 }])
    }))

  test("gives their words to texts and posts that only ratings knew of", () =>
    Effect.gen(function* () {
      yield* ratings(
        "g.csv",
        "who,item,by,grade\nbob,p1,ann,5\n",
        "{ name: later, rater: who, post: item, source: by, instrument: perceived-empathy, ratings: [{ value: grade }] }"
      )
      assert.deepStrictEqual(yield* ask("SELECT outcome FROM call"), ["no_text"])
      const report = yield* responses(
        "r.csv",
        "item,story,by,text\np1,My dog died.,ann,Oh no.\n",
        "{ name: later, post: item, body: story, source: by, text: text, kind: human }"
      )
      assert.strictEqual(report.account.rows.imported, 1)
      assert.deepStrictEqual(yield* ask("SELECT outcome, author, text FROM call"), ["ok|human|Oh no."])
      assert.deepStrictEqual(yield* ask("SELECT p.body FROM run_post rp JOIN post p ON p.id = rp.post_id"), [
        "My dog died."
      ])
      assert.deepStrictEqual(yield* ask("SELECT json_extract(manifest, '$.sources[0].kind') FROM run"), [
        "human"
      ])
    }))

  test("rejects another text in a place that is taken, an unknown post, a writer who is none of the kinds", () =>
    Effect.gen(function* () {
      const map = "{ name: r, post: p, source: by, text: t, kind: { column: k } }"
      const [id] = yield* firstPost
      const report = yield* responses(
        "r.csv",
        `p,by,t,k\n${id},m,One.,model\n${id},m,Two.,model\n${id},m,One.,model\nnope,m,One.,model\n${id},x,One.,bot\n${id},m2,One.,\n`,
        map
      )
      assert.deepStrictEqual(report.account.rows, {
        read: 6,
        imported: 1,
        duplicates: 1,
        rejected: 4,
        skipped: {}
      })
      assert.isTrue(report.account.reasons.some(({ reason }) => reason.startsWith('no post "nope" in ')))
      assert.deepStrictEqual(yield* ask("SELECT COUNT(*) FROM run_post"), ["1"])
    }))

  test("never guesses who wrote a response", () =>
    Effect.gen(function* () {
      const said = yield* Effect.flip(
        responses("r.csv", "p,by,t\n1,m,One.\n", "{ post: p, source: by, text: t }")
      )
      assert.include(message(said), "add kind: human, model or program")
      const own = yield* Effect.flip(responses("s.csv", "post,source,text\n1,m,One.\n"))
      assert.include(message(own), "there is no column author")
    }))
})
