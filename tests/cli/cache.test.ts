import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { CachedModel } from "../../harness/store/CachedCalls.ts"
import { storedRows } from "./storedRows.ts"
import { emptyFolder, start } from "./warmline.ts"

const run = ["run", "--suite", "anger", "--limit", "2", "--display", "none"]

describe("cache", () => {
  it.live("lists what is kept, and takes away only what no run uses", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const cache = (...args: readonly string[]) => start(folder, ["cache", ...args])
      yield* start(folder, run)
      const first = storedRows(folder)
      assert.strictEqual(first.calls, 6)
      assert.match((yield* cache("prune")).stdout, /^0 calls that no run uses were taken away/)
      assert.deepStrictEqual(storedRows(folder), first)

      // Asked anew, the older answers stay beside the newer ones, and no run uses them any more.
      yield* start(folder, [...run, "--no-cache"])
      assert.strictEqual(storedRows(folder).calls, 12)
      const models = JSON.parse((yield* cache("list", "--json")).stdout) as readonly CachedModel[]
      assert.deepStrictEqual(
        models.map(({ plugin, calls, unused, runs }) => [plugin, calls, unused, runs]),
        [
          ["dismissive", 4, 2, 1],
          ["eliza", 4, 2, 1],
          ["reflective", 4, 2, 1]
        ]
      )
      assert.match((yield* cache("prune", "--dry-run")).stdout, /^6 calls are used by no run/)
      assert.match((yield* cache("prune", "--older-than", "1")).stdout, /^0 calls/)
      assert.match((yield* cache("prune", "--plugin", "eliza")).stdout, /^2 calls/)
      assert.match((yield* cache("prune")).stdout, /^4 calls that no run uses were taken away/)
      assert.deepStrictEqual(storedRows(folder), first)

      const again = yield* start(folder, run)
      assert.match(again.stdout, /0 calls were made/)
      const listed = yield* cache("list")
      assert.match(listed.stdout, /^ {2}dismissive +2 calls, 0 unused +in 1 run +/)
    }).pipe(Effect.scoped)
  )
})
