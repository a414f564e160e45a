import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

const text = readFileSync(new URL("../../docs/judges-checked.md", import.meta.url), "utf8")

/** Commands of the page's shell blocks; those on RUN are tested where a run is made. */
const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap((match) => match[1]!.trim().split("\n"))
  .filter((line) => line.startsWith("npx warmline") && !line.includes("RUN"))

describe("docs/judges-checked.md", () => {
  it.live("has commands that work, one after the other", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      assert.isAtLeast(commands.length, 2)
      for (const command of commands) {
        const { code, stdout, stderr } = yield* start(folder, command.split(" ").slice(2))
        assert.strictEqual(code, 0, `${command}\n${stderr}`)
        if (command.endsWith("--again")) assert.match(stdout, /Since 20.*unchanged/)
      }
    }).pipe(Effect.scoped)
  )
})
