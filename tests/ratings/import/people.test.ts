import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { ask, Desk, everyRating, ratings, test } from "./importing.ts"

const text = "post: post\nsource: source\ninstrument: perceived-empathy\n"

/** The store's files hold a name nowhere; what the test itself laid beside them is not the store. */
const nowhere = Effect.fn(function* (...names: readonly string[]) {
  const { folder } = yield* Desk
  const stored = readdirSync(folder).filter((file) => /^(store\.db|identity)/.test(file))
  assert.isAbove(stored.length, 1)
  const bytes = Buffer.concat(stored.map((file) => readFileSync(join(folder, file)))).toString("latin1")
  for (const name of names) assert.notInclude(bytes, name)
})

describe("names of people", () => {
  test("in the names of raters' files stay out of the store; their files belong together by name:", () =>
    Effect.gen(function* () {
      const map = `name: ours\nrater: $file\n${text}ratings: [{ value: grade }]`
      const bob = "grade,source,post\n2,m1,p1\n"
      yield* ratings("Ann Planted.csv", "post,source,grade\np1,m1,4\n", map)
      yield* ratings("Bob Planted.csv", bob, map)
      assert.strictEqual((yield* ratings("Bob Planted.csv", bob, map)).outcome, "nothing-new")
      const again = yield* ratings("Bob Planted.csv", "grade,source,post\n3,m1,p1\n", map, { replace: true })
      assert.deepStrictEqual(again.replaced, ["Bob Planted.csv"])
      assert.deepStrictEqual(yield* everyRating, ["p1|m1|empathic|3", "p1|m1|empathic|4"])
      yield* nowhere("Planted")
    }))

  test("need a name for the data set where each has a file", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        ratings("ann.csv", "post,source,grade\np1,m1,4\n", `rater: $file\n${text}ratings: [{ value: grade }]`)
      )
      assert.match(String((error as Error).message), /add name: to the map/)
    }))

  test("in a map stay out of the store", () =>
    Effect.gen(function* () {
      yield* ratings(
        "a.csv",
        "post,source,Ann Planted\np1,m1,4\n",
        `${text}ratings: [{ raters: [Ann Planted] }]`
      )
      yield* ratings(
        "b.csv",
        "post,source,grade,who\np1,m1,4,Ann Planted\np1,m1,5,Cy Planted\n",
        `${text}rater: { column: who, names: { Ann Planted: Planted One } }\nskip: [{ rule: left, column: who, is: [Cy Planted] }]\nratings: [{ value: grade }]`
      )
      yield* ratings(
        "c.csv",
        "post,source,Bo Planted_x\np1,m1,4\n",
        `${text}ratings: [{ columns: "{rater}_x", parts: { rater: { Bo Planted: { rater: Planted B } } } }]`
      )
      yield* ratings(
        "d.csv",
        "post,source,grade\np1,m1,4\n",
        `${text}rater: { value: Di Planted }\nratings: [{ value: grade }]`
      )
      assert.deepStrictEqual(yield* ask("SELECT COUNT(*) FROM rating"), ["4"])
      yield* nowhere("Planted")
    }))
})
