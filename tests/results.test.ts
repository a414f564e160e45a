import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { Leaderboard } from "../harness/leaderboard/Leaderboard.ts"
import { readEvidence } from "../harness/leaderboard/page/evidence.ts"
import { renderPage } from "../harness/leaderboard/page.ts"
import * as Store from "../harness/store/Store.ts"
import { emptyFolder, start } from "./cli/warmline.ts"
import { NodeServicesLayer } from "./nodeServices.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>
}

const stale = "results/quick is not what this version makes: `npm run results`, look at it, commit it"

/** A leaderboard's file without what differs from machine to machine and from start to start. */
const steady = (text: string): string =>
  text
    .replace(/"(finishedAt|startedAt)": "[^"]+"/g, '"$1": "…"')
    .replace(/"software": \{[\s\S]*?\n {4}\}/, '"software": "…"')

describe("results/quick", () => {
  it.live("is what `npm start` makes, byte by byte but for times and the machine", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      // The words of `npm start`, with its study and its folder where they are now.
      const words = scripts.start!.split(" ").slice(2)
      assert.deepStrictEqual(words, ["run", "benchmarks/studies/quick.yaml", "-o", "results/local"])
      const made = yield* start(folder, ["run", join(root, words[1]!), "-o", "out", "--display", "none"])
      assert.strictEqual(made.code, 0, made.stderr)
      const committed = (name: string) => readFileSync(join(root, "results/quick", name), "utf8")
      const fresh = (name: string) => readFileSync(join(folder, "out", name), "utf8")
      for (const name of ["leaderboard.csv", "leaderboard.md", "badge.svg"])
        assert.strictEqual(fresh(name), committed(name), stale)
      assert.strictEqual(steady(fresh("leaderboard.json")), steady(committed("leaderboard.json")), stale)
      assert.notStrictEqual(fresh("leaderboard.json"), committed("leaderboard.json"), "it was made just now")

      // The page is made again of the committed numbers and times, with this run's texts and ratings.
      const leaderboard = Schema.decodeUnknownSync(Schema.fromJsonString(Leaderboard))(
        committed("leaderboard.json")
      )
      const evidence = yield* readEvidence(leaderboard).pipe(
        Effect.provide(Store.layer(join(folder, ".warmline/store.db"))),
        Effect.provide(NodeServicesLayer)
      )
      const page = yield* Effect.promise(() => renderPage(leaderboard, evidence))
      assert.isTrue(page === committed("leaderboard.html"), stale)
    }).pipe(Effect.scoped)
  )

  it.live("passes `warmline verify`", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const file = join(root, "results/quick/leaderboard.json")
      const { code, stdout } = yield* start(folder, ["verify", file, "--json"])
      assert.strictEqual(code, 0)
      assert.match(stdout, /"what": "condition base",\s+"result": "same"/)
    }).pipe(Effect.scoped)
  )

  it("is in the README, with a picture that is small enough", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8")
    const named = [...readme.matchAll(/\]\(((?:docs|results)\/[^)#]+\.(?:png|svg|md))\)/g)].map(
      (match) => match[1]!
    )
    assert.includeMembers(named, [
      "docs/leaderboard.png",
      "results/quick/badge.svg",
      "results/quick/leaderboard.md"
    ])
    for (const name of named) assert.isTrue(existsSync(join(root, name)), name)
    assert.isBelow(statSync(join(root, "docs/leaderboard.png")).size, 300_000)
    assert.isBelow(statSync(join(root, "results/quick/leaderboard.html")).size, 3_000_000)
  })
})
