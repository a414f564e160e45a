import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Check } from "../../harness/model/conformance.ts"
import { emptyFolder, start } from "./warmline.ts"

/** Takes 1.4 s for one answer, and lets go of its timer when `onAbort` says so. */
const slow = (onAbort: string) => `import { definePlugin } from "warmline"
export default definePlugin({
  name: "slow",
  version: "1",
  generate: ({ seed, signal }) => new Promise((resolve) => {
    const timer = setTimeout(() => resolve("I hear you."), seed === 31 ? 1400 : 1)
    signal.addEventListener("abort", () => ${onAbort})
  })
})
`

const check = (onAbort: string, ...more: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    writeFileSync(join(folder, "slow.ts"), slow(onAbort))
    return yield* start(folder, ["plugin", "check", "./slow.ts", ...more])
  }).pipe(Effect.scoped)

describe("warmline plugin check", () => {
  it.live("passes a plugin that stops when it is cancelled", () =>
    Effect.gen(function* () {
      const { code, stdout, stderr } = yield* check("clearTimeout(timer)")
      assert.strictEqual(code, 0, stdout + stderr)
      assert.match(stdout, /^pass {2}stops when it is cancelled {2,}everything let go within \d+ ms$/m)
      assert.match(stdout, /^8 passed, 0 failed, 2 skipped$/m)
    })
  )

  it.live("finds one that does not, with exit code 1", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* check("{}", "--json")
      const failed = (JSON.parse(stdout) as readonly Check[]).filter(({ status }) => status === "fail")
      assert.deepStrictEqual(
        failed.map(({ name }) => name),
        ["stops when it is cancelled"]
      )
      assert.match(failed[0]!.detail, /pass `signal` on/)
      assert.strictEqual(code, 1)
    })
  )
})
