/** What a provider's README says is done, word for word: its commands run, and its sources answer in a study. */
import { spawn } from "node:child_process"
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, sources } from "../cli/warmline.ts"
import { scopedProvider } from "../provider/Provider.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const key = "a-key-of-the-readme"

/** `npx warmline` means this checkout's; a daemon is there already, and knows what is pulled. */
const shims = {
  npx: `#!/bin/sh\n[ "$1" = warmline ] || exit 3\nshift\nexec "${process.execPath}" "${sources}" "$@"\n`,
  ollama: `#!/bin/sh\ncase "$*" in serve|"pull llama3.2") ;; *) exit 3 ;; esac\n`
}

/** A provider's README, the name of its wire, and the models that its command and its study ask. */
const pages = [
  ["openai", "openai", ["gpt-4.1-mini", "gpt-5"]],
  ["anthropic", "anthropic", ["claude-haiku-4-5"]],
  ["mistral", "mistral", ["mistral-small-2506"]],
  ["ollama", "ollama", ["llama3.2"]],
  [
    "openai-compatible",
    "openai",
    ["Qwen/Qwen3-8B", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "my-deployment"]
  ]
] as const

describe("the README of", () => {
  for (const [plugin, wire, models] of pages) {
    it.live(plugin, () =>
      Effect.gen(function* () {
        const page = readFileSync(join(root, "plugins", plugin, "README.md"), "utf8")
        const folder = yield* emptyFolder
        // Only this key is let in, so the page's way of setting it is the one that works.
        const provider = yield* scopedProvider({
          ...(plugin === "ollama" ? {} : { keys: [key] }),
          remember: 1000
        })
        const url = provider.baseUrl(wire)
        for (const [name, text] of Object.entries(shims)) {
          writeFileSync(join(folder, name), text)
          chmodSync(join(folder, name), 0o755)
        }
        // What a reader puts in for themselves: a key for `…`, the address of their server.
        const mine = (text: string) =>
          text
            .replaceAll(/(_KEY=)…/g, `$1${key}`)
            .replaceAll(/(org-|proj_)…/g, "$1mine")
            .replaceAll(/https?:\/\/(?:…|box:|localhost:|api\.together|NAME\.)\S*/g, url)
        const inherited = Object.fromEntries(
          Object.entries(process.env).filter(([name]) => !/_(?:KEY|BASE_URL|ID)$/.test(name))
        )
        const run = (script: string, environment: Record<string, string> = {}) =>
          Effect.callback<{ readonly code: number | null; readonly said: string }>((resume) => {
            const child = spawn("sh", ["-e", "-c", script], {
              cwd: folder,
              env: {
                ...inherited,
                PATH: `${folder}:${dirname(process.execPath)}:${process.env.PATH}`,
                NO_COLOR: "1",
                OPENAI_BASE_URL: url,
                ANTHROPIC_BASE_URL: url,
                MISTRAL_BASE_URL: url,
                OLLAMA_HOST: url,
                ...environment
              }
            })
            let said = ""
            child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text))
            child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text))
            child.on("close", (code) => resume(Effect.succeed({ code, said })))
          })

        const [commandsPart = ""] = page.split("```")
        const commands = [...commandsPart.matchAll(/^ {4}\S.*$/gm)].map(([line]) => line.trim())
        assert.isAbove(commands.filter((line) => line.startsWith("npx warmline run ")).length, 0)
        const { code, said } = yield* run(mine(commands.join("\n")))
        assert.strictEqual(code, 0, said)
        assert.notInclude(said, key)
        const [result] = readdirSync(join(folder, "results"))
        const csv = readFileSync(join(folder, "results", result!, "leaderboard.csv"), "utf8")
        assert.include(csv, `${plugin}/${models[0]}`)
        // Six suites, five posts of each.
        assert.strictEqual(provider.counters.requests, 30)

        const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!)
        assert.strictEqual(blocks.length, 1)
        const study = `name: readme\ntitle: README\nseed: 1\nsuites: [anger]\nconditions: [bare]\nraters: [lexical]\ninstruments: [perceived-empathy]\n`
        writeFileSync(join(folder, "study.yaml"), study + mine(blocks[0]!))
        const variables = { MY_OTHER_KEY: key, TOGETHER_API_KEY: key, AZURE_OPENAI_API_KEY: key }
        // The first of openai-compatible's takes the variable of the plugin's own.
        const studied = yield* run("npx warmline run study.yaml --limit 2", {
          ...variables,
          OPENAI_COMPATIBLE_API_KEY: key
        })
        assert.strictEqual(studied.code, 0, studied.said)
        assert.notMatch(studied.said, /failure/)
        const asked = new Set(provider.requests.map(({ body }) => body.model))
        assert.sameMembers([...asked], [...models])
      }).pipe(Effect.scoped)
    )
  }
})
