import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Check } from "../../harness/leaderboard/verify.ts"
import { builtBin } from "./built.ts"
import { emptyFolder, start as startBin } from "./warmline.ts"

interface Verified {
  readonly changed: number
  readonly checks: readonly Check[]
}

const found = (stdout: string) => {
  const { changed, checks } = JSON.parse(stdout) as Verified
  const of = (result: Check["result"]) =>
    checks.filter((check) => check.result === result).map(({ what }) => what)
  return { changed, of }
}

describe("verify", () => {
  // The bundle, since it starts quicker and this starts it often.
  const bin = builtBin()
  const start = (folder: string, args: readonly string[]) => startBin(folder, args, undefined, {}, bin())

  it.live(
    "finds a number, a word, a post or a baseline that was changed, and nothing where nothing was",
    () =>
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const path = (name: string) => join(folder, name)
        yield* start(folder, ["run", "--suite", "anger", "--limit", "3", "-o", "out"])
        yield* start(folder, ["baseline", "save", "--source", "eliza", "-o", "base.json"])
        const edit = (from: string, to: string, change: (text: string) => string) => {
          const before = readFileSync(path(from), "utf8")
          const after = change(before)
          assert.notStrictEqual(after, before)
          writeFileSync(path(to), after)
        }
        const verify = (file: string, ...more: readonly string[]) =>
          start(folder, ["verify", file, "--json", ...more])

        const clean = yield* verify("out/leaderboard.json")
        const byFolder = yield* verify("out")
        assert.deepStrictEqual([byFolder.code, byFolder.stdout], [0, clean.stdout])
        assert.strictEqual(clean.code, 0, clean.stderr)
        assert.strictEqual(found(clean.stdout).changed, 0)
        assert.includeMembers(found(clean.stdout).of("same"), [
          "manifest",
          "condition base",
          "plan",
          "run id",
          "instrument perceived-empathy",
          "suite anger, 3 posts",
          "table perceived-empathy, aggregate, proxy, base"
        ])

        edit("out/leaderboard.json", "number.json", (text) =>
          text.replace(/("mean": \{\s*"estimate": )([\d.]+)/, "$14.999")
        )
        const number = yield* verify("number.json")
        assert.strictEqual(number.code, 1)
        assert.strictEqual(found(number.stdout).of("changed").length, 1)
        assert.match(found(number.stdout).of("changed")[0]!, /^table /)

        edit("out/leaderboard.json", "word.json", (text) => text.replace(/How empathic/, "How kind"))
        assert.deepStrictEqual(found((yield* verify("word.json")).stdout).of("changed"), [
          "instrument perceived-empathy",
          "manifest"
        ])

        edit("out/leaderboard.json", "suite.json", (text) =>
          text.replace(/("name": "anger",[^}]*?"hash": ")\w{8}/s, "$100000000")
        )
        assert.deepStrictEqual(found((yield* verify("suite.json")).stdout).of("changed"), [
          "plan",
          "manifest",
          "suite anger, 3 posts"
        ])

        edit("out/leaderboard.json", "seed.json", (text) =>
          text.replace(/"seed": (\d+)/, (_, seed: string) => `"seed": ${Number(seed) + 1}`)
        )
        const seed = yield* verify("seed.json", "--store", "elsewhere.db")
        assert.deepStrictEqual(found(seed.stdout).of("changed"), ["plan"], "without the store too")
        edit("out/leaderboard.json", "run.json", (text) => text.replace(/"run": "quick-/, '"run": "quack-'))
        assert.deepStrictEqual(found((yield* verify("run.json")).stdout).of("changed"), ["run"])

        yield* start(folder, ["export", "-o", "data"])
        assert.strictEqual((yield* verify("data/manifest.json")).code, 0)
        edit("data/manifest.json", "data/edited.json", (text) => text.replace(/"epochs": 1/, '"epochs": 2'))
        const manifest = yield* verify("data/edited.json")
        assert.strictEqual(manifest.code, 1)
        assert.deepStrictEqual(found(manifest.stdout).of("changed"), ["plan", "manifest"])

        const alone = yield* verify("number.json", "--store", "elsewhere.db")
        assert.strictEqual(alone.code, 0, "without the store the numbers cannot be checked, and that is said")
        assert.deepStrictEqual(found(alone.stdout).of("not checked"), ["posts and tables"])

        assert.strictEqual((yield* verify("base.json")).code, 0)
        edit("base.json", "edited.json", (text) => text.replace(/"text": "/, '"text": "Well. '))
        const edited = yield* verify("edited.json")
        assert.strictEqual(edited.code, 1)
        assert.deepStrictEqual(found(edited.stdout).of("changed"), ["the file's own hash"])

        writeFileSync(path("other.json"), "[]")
        const other = yield* verify("other.json")
        assert.notStrictEqual(other.code, 0)
        assert.match(other.stderr, /other\.json: is no leaderboard, baseline or manifest; name a/)
        assert.strictEqual(other.stderr.trim().split("\n").length, 1)
      }).pipe(Effect.scoped)
  )
})
