import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { csvLine } from "../../harness/leaderboard/csvLine.ts"
import { slug } from "../../harness/leaderboard/slug.ts"
import { builtBin } from "../cli/built.ts"
import { emptyFolder, start as startBin } from "../cli/warmline.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const page = readFileSync(join(root, "docs/exports.md"), "utf8")

/** The commands of the page, with the run and the file that are there. */
const commands = (run: string): readonly (readonly string[])[] =>
  [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap((match) => match[1]!.trim().split("\n"))
    .map((line) =>
      line
        .replace(/\s+#.*/, "")
        .replace(/quick-[0-9a-f]{8}/, run)
        .replace("results/quick/", "out/")
        .split(" ")
        .slice(1)
    )

describe("docs/exports.md", () => {
  const bin = builtBin()
  const start = (folder: string, args: readonly string[]) => startBin(folder, args, undefined, {}, bin())

  it.live("has commands that work, and names the files that they write", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const made = yield* start(folder, [
        "run",
        "--suite",
        "anger",
        "--limit",
        "2",
        "--display",
        "none",
        "-o",
        "out"
      ])
      assert.strictEqual(made.code, 0, made.stderr)
      const run = /quick-[0-9a-f]{8}/.exec(readFileSync(join(folder, "out/leaderboard.json"), "utf8"))![0]
      const all = commands(run)
      assert.strictEqual(all.length, 5)
      for (const args of [...all, ["export", "--format", "inspect", "-o", "logs"]]) {
        const { code, stderr } = yield* start(folder, args)
        assert.strictEqual(code, 0, `${args.join(" ")}: ${stderr}`)
      }
      const table = [...page.matchAll(/^\| `([^`]+)` /gm)].map((match) => match[1]!)
      assert.deepStrictEqual(readdirSync(join(folder, "out")).sort(), table.sort())
      assert.deepStrictEqual(readdirSync(join(folder, "data")).sort(), [
        "manifest.json",
        "posts.parquet",
        "ratings.parquet",
        "responses.parquet"
      ])
      assert.deepStrictEqual(readdirSync(join(folder, "public")).sort(), [
        "domains",
        "index.html",
        "leaderboards",
        "sources"
      ])
    }).pipe(Effect.scoped)
  )

  it("says what is done to texts and names", () => {
    const signs = /begins with ([^,]+(?:, `[^`]+`)* or `.`)/.exec(page)![1]!
    for (const [, sign] of signs.matchAll(/`(.)`/g))
      assert.strictEqual(csvLine([`${sign}1`]), `'${sign}1\r\n`)
    assert.strictEqual([...signs.matchAll(/`(.)`/g)].length, 6)
    assert.include(page, `(\`My Model\` is at \`${slug("My Model")}.html\`)`)
  })
})
