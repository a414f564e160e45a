import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { importSuite } from "../../harness/catalog/importSuite.ts"
import { openSuite } from "../../harness/catalog/SuiteFolder.ts"
import { SuiteMap } from "../../harness/catalog/SuiteMap.ts"
import { decodeYaml } from "../../harness/catalog/YamlFile.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "warmline-import-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
)

/** The map that the documentation shows. */
const documented = () => {
  const page = readFileSync(new URL("../../docs/suites.md", import.meta.url), "utf8")
  return /```yaml\n([\s\S]*?)```/.exec(page)![1]!
}

const header = "name: s\ntitle: S\nprovenance: the tests\n"

const imported = (name: string, text: string | Uint8Array, map: string) =>
  Effect.gen(function* () {
    const folder = yield* temporary
    writeFileSync(join(folder, name), text)
    const result = yield* importSuite(
      join(folder, name),
      yield* decodeYaml(SuiteMap, map, "map.yaml"),
      join(folder, "out")
    )
    const suite = yield* openSuite(join(folder, "out"))
    return { result, header: suite.header, posts: yield* Stream.runCollect(suite.posts) }
  }).pipe(Effect.scoped, Effect.provide(NodeServicesLayer))

/** The shape of the iEval file, with situations made up for this test. */
const nested = JSON.stringify([
  {
    part: 0,
    positive: { conv_id: "hit:1_conv:2", emotion: "proud", prompt: "I fixed the fence all by myself." },
    negative: { conv_id: "hit:3_conv:4", emotion: "lonely", prompt: "Nobody came on Sunday." }
  },
  {
    part: 1,
    positive: { conv_id: "hit:5_conv:6", emotion: "joyful", prompt: "The dog came back." },
    negative: { conv_id: "hit:7_conv:8", emotion: "afraid", prompt: "The letter is still closed." }
  }
])

describe("importing a suite", () => {
  it.effect("follows the documented map through nested JSON, and what is not there is not stated", () =>
    Effect.gen(function* () {
      const { result, posts, header } = yield* imported("data.json", nested, documented())
      assert.deepStrictEqual([result.imported, result.unusualLength], [4, 4])
      assert.deepStrictEqual(
        posts.map((post) => post.id as string),
        ["hit:1_conv:2", "hit:5_conv:6", "hit:3_conv:4", "hit:7_conv:8"]
      )
      assert.deepStrictEqual(posts[2]!.emotions, ["lonely"])
      assert.strictEqual(posts[2]!.body, "Nobody came on Sunday.")
      assert.strictEqual(posts[2]!.severity, "not stated")
      assert.match(header.provenance, /Svikhnushina/)
    })
  )

  it.effect(
    "reads CSV records, not lines: quotes, line breaks, a byte-order mark, CRLF, ids of 20 digits",
    () =>
      Effect.gen(function* () {
        const csv =
          '\uFEFF id ,text,crisis\r\n12345678901234567890,"one ""two""\r\nthree",yes\r\n2,plain,no\r\n'
        const { posts } = yield* imported(
          "data.csv",
          csv,
          `${header}fields: { id: id, body: text, crisis: crisis }`
        )
        assert.deepStrictEqual(
          posts.map((post) => [post.id as string, post.body, post.crisis]),
          [
            ["12345678901234567890", 'one "two"\r\nthree', true],
            ["2", "plain", false]
          ]
        )
      })
  )

  it.effect("names the line of an item that is no post, and writes nothing", () =>
    Effect.gen(function* () {
      const cases = [
        ["a.jsonl", '{"id":"1","b":"x"}\n{"id":"2"}\n', /a\.jsonl:2: no body at b; correct fields\.body/],
        ["a.jsonl", '{"id":"1","b":"x"}\n{"id":"1","b":"y"}\n', /a\.jsonl:2: id 1 stands at .*:1 too/],
        ["a.jsonl", '{"id":"1","b":"x"}\nnot json\n', /a\.jsonl:2: not JSON/],
        ["a.jsonl", "", /holds no items/],
        ["a.csv", 'id,b\n1,"open\n', /a\.csv/],
        ["a.txt", "x", /neither \.json, \.jsonl nor \.csv/]
      ] as const
      for (const [name, text, expected] of cases) {
        const error = yield* Effect.flip(imported(name, text, `${header}fields: { id: id, body: b }`))
        assert.match(error.message, expected)
        assert.notInclude(error.message, "\n")
      }
    })
  )

  it.effect("reads lines that end in any usual way, and texts with line separators of Unicode in them", () =>
    Effect.gen(function* () {
      const text = '{"id":"1","b":"one\u2028two"}\r\n\r\n{"id":"2","b":"three"}'
      const { posts } = yield* imported("a.jsonl", text, `${header}fields: { id: id, body: b }`)
      assert.deepStrictEqual(
        posts.map(({ id, body }) => [id as string, body]),
        [
          ["1", "one\u2028two"],
          ["2", "three"]
        ]
      )
    })
  )

  it.effect("refuses a mapped field that matches nothing, and a value that is none of the known", () =>
    Effect.gen(function* () {
      const text = '{"id":"1","b":"x","s":"awful"}\n'
      const unmatched = yield* Effect.flip(
        imported("a.jsonl", text, `${header}fields: { id: id, body: b, title: headline }`)
      )
      assert.match(unmatched.message, /nothing matches fields\.title/)
      const unknown = yield* Effect.flip(
        imported("a.jsonl", text, `${header}fields: { id: id, body: b, severity: s }`)
      )
      assert.match(unknown.message, /a\.jsonl:1: severity: .*awful/)
    })
  )

  it.effect("refuses a map with a misspelt key, naming line and column", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(imported("a.jsonl", "", `${header}feilds: { id: id, body: b }`))
      assert.match(error.message, /map\.yaml:\d+:\d+ /)
    })
  )
})
