import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

const post = (id: string) => `  - { id: ${id}, body: "Something happened." }\n`

const study = (fields: string) => `name: mine
title: Mine
seed: 1
suites: [./mine]
conditions: [bare]
instruments: [perceived-empathy]
${fields}`

/** Runs in a folder with these files; every complaint is one line on stderr, without a stack trace. */
const complaint = (files: Record<string, string>, args: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    mkdirSync(join(folder, "mine"))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const result = yield* start(folder, args)
    const lines = result.stderr
      .trim()
      .split("\n")
      .filter((line) => line.startsWith("warmline: "))
    assert.notMatch(result.stderr, /\n\s+at /)
    return { ...result, lines }
  }).pipe(Effect.scoped)

const suite = `name: mine\ntitle: Mine\nprovenance: the tests\nposts:\n${post("a")}${post("b")}`

describe("bad input is one clear line with the mend", () => {
  const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown suite", ["run", "--suite", "parentin"], /parentin: no such suite; did you mean parenting\?/],
    ["an unknown study", ["run", "qick"], /qick: no such study; did you mean quick\?/],
    ["an unknown condition", ["run", "--condition", "bass"], /bass: no such condition; did you mean base\?/],
    [
      "an unknown instrument",
      ["run", "--instrument", "NOPE!"],
      /--instrument NOPE!: no such name; known are /
    ],
    [
      "an unknown shipped plugin",
      ["run", "--model", "reflectiv"],
      /--model reflectiv: no such plugin; did you mean reflective\?/
    ],
    [
      "an unknown package",
      ["run", "--model", "my-plugin/large"],
      /my-plugin: no such plugin; .*warmline-plugin-my-plugin must be installed/
    ],
    [
      "a plugin file that is not there",
      ["run", "--model", "./nothing.ts"],
      /nothing\.ts: no such file; check the path/
    ],
    ["an unknown flag", ["run", "--modle", "x"], /--modle .*--model.*; see warmline run --help/],
    ["a number that is none", ["run", "--limit", "many"], /limit/],
    ["a number out of range", ["run", "--epochs", "0"], /epochs/],
    ["an unknown command", ["rnu"], /rnu.*run.*; see warmline --help/]
  ]
  for (const [name, args, expected] of usage) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { code, lines, stderr } = yield* complaint({}, args)
        assert.strictEqual(lines.length, 1, stderr)
        assert.match(lines[0]!, expected)
        assert.strictEqual(code, 2)
      })
    )
  }

  it.live("a study with a misspelt key, by line and column", () =>
    Effect.gen(function* () {
      const { code, lines } = yield* complaint({ "study.yaml": study("sourses: [eliza]\n") }, [
        "run",
        "./study.yaml"
      ])
      assert.match(lines[0]!, /study\.yaml:\d+:\d+ /)
      assert.strictEqual(code, 2)
    })
  )

  it.live("a suite in which an id stands twice", () =>
    Effect.gen(function* () {
      const files = { "study.yaml": study("sources: [eliza]\n"), "mine/suite.yaml": suite + post("a") }
      const { code, lines } = yield* complaint(files, ["run", "study.yaml"])
      assert.match(lines[0]!, /post id a stands twice; give each post an id of its own/)
      assert.strictEqual(code, 2)
    })
  )

  it.live("a file that is no plugin, and one that does not compile", () =>
    Effect.gen(function* () {
      const files = {
        "study.yaml": study("sources: [./plugin.ts]\n"),
        "mine/suite.yaml": suite,
        "plugin.ts": "export const x = 1\nexport default { hello: 1 }"
      }
      const none = yield* complaint(files, ["run", "study.yaml"])
      assert.match(none.lines[0]!, /exports no plugin; write `export default definePlugin/)
      const broken = yield* complaint({ ...files, "plugin.ts": "export default {" }, ["run", "study.yaml"])
      assert.match(broken.lines[0]!, /plugin\.ts: cannot be loaded/)
      assert.deepStrictEqual([none.code, broken.code], [2, 2])
    })
  )

  const answers: readonly (readonly [string, string, RegExp])[] = [
    [
      "throws",
      'throw new TypeError("boom is not a function")',
      /the plugin threw TypeError: boom is not a function/
    ],
    ["returns nothing", "", /answered nothing \(undefined\); return a string or \{ text \}/],
    ["returns 1 MB", 'return "x".repeat(1048576)', /the answer has 1,048,576 characters; at most 100,000/]
  ]
  for (const [name, body, expected] of answers) {
    it.live(`a plugin that ${name}: the others' rows are kept, the table is printed, the code is 1`, () =>
      Effect.gen(function* () {
        const files = {
          "study.yaml": study("sources: [./plugin.ts, eliza]\nraters: [lexical]\n"),
          "mine/suite.yaml": suite,
          "plugin.ts": `import { definePlugin } from "warmline"\nexport default definePlugin({ name: "bad", generate: () => { ${body} } })`
        }
        const { code, stdout } = yield* complaint(files, ["run", "study.yaml", "--display", "none"])
        assert.strictEqual(code, 1)
        assert.match(stdout.replaceAll(/\s+/g, " "), expected)
        assert.match(stdout, /eliza/)
      })
    )
  }

  it.live("a store that cannot be opened", () =>
    Effect.gen(function* () {
      const { code, lines } = yield* complaint({ "store.db": "this is not a database, not even nearly" }, [
        "leaderboard",
        "--store",
        "store.db"
      ])
      assert.match(lines[0]!, /store.*; /)
      assert.strictEqual(code, 1)
    })
  )

  it.live("shows where only when asked", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const { stderr } = yield* start(folder, ["run", "qick", "--log-level", "debug"])
      assert.match(stderr, /\n\s+at /)
    }).pipe(Effect.scoped)
  )
})
