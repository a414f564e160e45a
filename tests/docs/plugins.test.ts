/** What docs/plugins.md says is done, word for word: its files are written, its commands run. */
import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, sources } from "../cli/warmline.ts"
import { startProvider } from "../provider/server.ts"

const page = readFileSync(new URL("../../docs/plugins.md", import.meta.url), "utf8")
const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
  language: language!,
  file: file!,
  text: text!
}))

/** `npx warmline` means this checkout's. */
const npx = `#!/bin/sh\n[ "$1" = warmline ] || exit 3\nshift\nexec "${process.execPath}" "${sources}" "$@"\n`

describe("docs/plugins.md", () => {
  it.live("leads from nothing to rows in a leaderboard", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const provider = yield* Effect.acquireRelease(
        Effect.promise(() => startProvider({ keys: ["a-key-of-the-docs"] })),
        (server) => Effect.promise(() => server.close())
      )
      mkdirSync(join(folder, "shim"))
      writeFileSync(join(folder, "shim", "npx"), npx)
      chmodSync(join(folder, "shim", "npx"), 0o755)
      // The only thing changed in what the page says: the address of the server.
      const served = (text: string) => text.replaceAll("http://127.0.0.1:8000/v1", provider.baseUrl("openai"))
      const run = (script: string) =>
        Effect.callback<{ readonly code: number | null; readonly said: string }>((resume) => {
          const child = spawn("sh", ["-e", "-c", script], {
            cwd: folder,
            env: {
              ...process.env,
              PATH: `${join(folder, "shim")}:${dirname(process.execPath)}:${process.env.PATH}`,
              CHAT_KEY: "a-key-of-the-docs",
              npm_config_offline: "true",
              npm_config_audit: "false",
              npm_config_fund: "false"
            }
          })
          let said = ""
          child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text))
          child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text))
          child.on("close", (code) => resume(Effect.succeed({ code, said })))
        })
      let commands = 0
      for (const { language, file, text } of blocks) {
        if (file !== "") {
          mkdirSync(dirname(join(folder, file)), { recursive: true })
          writeFileSync(join(folder, file), served(text))
        } else if (language === "sh") {
          commands += text.trim().split("\n").length
          const { code, said } = yield* run(text)
          assert.strictEqual(code, 0, said)
          if (text.includes("plugin check")) assert.notMatch(said, /^fail/m)
        } else assert.fail(`a block of ${language} without a file name`)
      }
      assert.strictEqual(commands, 7)
      const rows = (result: string) => {
        const { answered, planned } = JSON.parse(
          readFileSync(join(folder, "results", result, "leaderboard.json"), "utf8")
        ) as { answered: number; planned: number }
        assert.isAbove(answered, 0)
        assert.strictEqual(answered, planned)
        return readFileSync(join(folder, "results", result, "leaderboard.csv"), "utf8")
      }
      assert.match(rows("first"), /my-model/)
      assert.match(rows("full"), /mine/)
      assert.match(rows("shared"), /listener\/quiet/)
    }).pipe(Effect.scoped)
  )

  it("starts with a plugin of five lines", () => {
    assert.strictEqual(blocks[0]!.text.trim().split("\n").length, 5)
  })
})
