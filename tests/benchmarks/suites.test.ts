import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect, Layer, Stream } from "effect"
import { Catalog } from "../../harness/catalog/Catalog.ts"
import { checkSuites, type ReadSuite } from "../../harness/catalog/checkSuite.ts"
import { wordsOf } from "../../harness/catalog/nearDuplicates.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const paper = ["parenting", "relationships", "workplace", "anger", "anxiety", "covid-19"]
const catalog = Catalog.layer(root).pipe(Layer.provide(NodeServicesLayer))

const readAll = Effect.gen(function* () {
  const service = yield* Catalog
  return yield* Effect.forEach(yield* service.names("suites"), (name) =>
    Effect.gen(function* () {
      const suite = yield* service.suite(name, root)
      return { header: suite.header, posts: yield* Stream.runCollect(suite.posts) } satisfies ReadSuite
    })
  )
}).pipe(Effect.provide(catalog))

describe("the shipped suites", () => {
  it.effect("are the paper's six domains and two more, 20 posts each", () =>
    Effect.gen(function* () {
      const suites = yield* readAll
      assert.strictEqual(suites.length, 8)
      for (const name of paper)
        assert.isTrue(
          suites.some((suite) => suite.header.name === name),
          name
        )
      for (const { header, posts } of suites) assert.strictEqual(posts.length, 20, header.name)
    })
  )

  it.effect("pass their own check without a finding", () =>
    Effect.gen(function* () {
      const findings = checkSuites(yield* readAll)
      assert.deepStrictEqual(findings, [])
    })
  )

  it.effect("say that they are fiction, and each carries a canary of its own", () =>
    Effect.gen(function* () {
      const suites = yield* readAll
      for (const { header } of suites) assert.match(header.provenance, /written for the Warmline project/i)
      assert.strictEqual(new Set(suites.map((suite) => suite.header.canary)).size, 8)
    })
  )

  it.effect("mark the first five of the first three domains as Study 1, and no others", () =>
    Effect.gen(function* () {
      const marked = (yield* readAll).flatMap(({ posts }) =>
        posts.filter((post) => post.marks.includes("study-1")).map((post) => post.id as string)
      )
      const expected = ["parenting", "relationships", "workplace"].flatMap((domain) =>
        [1, 2, 3, 4, 5].map((n) => `${domain}-0${n}`)
      )
      assert.deepStrictEqual(marked.toSorted(), expected.toSorted())
    })
  )

  it.effect("hold writers at fault and crises, with a note on each crisis", () =>
    Effect.gen(function* () {
      const posts = (yield* readAll).flatMap((suite) => suite.posts)
      assert.isAtLeast(posts.filter((post) => post.fault === "shared" || post.fault === "writer").length, 6)
      const crises = posts.filter((post) => post.crisis === true)
      assert.isAtLeast(crises.length, 6)
      for (const post of crises) {
        assert.isDefined(post.contentNote, post.id)
        assert.strictEqual(post.severity, "severe", post.id)
      }
      for (const post of posts) assert.notStrictEqual(post.crisis, "not stated")
    })
  )

  it.effect("are in the first person, and no two begin alike", () =>
    Effect.gen(function* () {
      const posts = (yield* readAll).flatMap((suite) => suite.posts)
      const openings = posts.map((post) => wordsOf(post.body).slice(0, 4).join(" "))
      assert.strictEqual(new Set(openings).size, posts.length)
      for (const post of posts) {
        assert.isTrue(
          wordsOf(post.body).some((word) => /^(i|i'm|im|i’m|i've|i'd|i'll|my|me|mine|we|our|us)$/.test(word)),
          post.id
        )
      }
    })
  )

  it.effect("agree with the table that planned them", () =>
    Effect.gen(function* () {
      const posts = new Map(
        (yield* readAll).flatMap((suite) => suite.posts).map((post) => [post.id as string, post])
      )
      const rows = parse(readFileSync(`${root}/benchmarks/suites/coverage.csv`, "utf8"), {
        columns: true
      }) as Record<string, string>[]
      assert.strictEqual(rows.length, 160)
      for (const row of rows) {
        const post = posts.get(row.id!)!
        assert.deepStrictEqual(
          [post.emotions.join("; "), post.severity, post.fault, post.seeks, String(post.crisis)],
          [row.emotions, row.severity, row.fault, row.seeks, row.crisis],
          row.id
        )
      }
    })
  )
})
