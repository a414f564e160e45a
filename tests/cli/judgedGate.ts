/** A gate by a judge of the fake provider: a run of a model as it was, with its baseline, and what candidates need. */
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { type JudgeCharacter, judgeAnswer } from "../provider/judge.ts"
import { startProvider } from "../provider/server.ts"
import { buildBin } from "./built.ts"
import { start } from "./warmline.ts"

/** A model in versions; the tag says how good an answer is: as-it-was, reworded (as good), colder, cold. */
const mine = `
import { definePlugin } from "warmline"
const words = { "as-it-was": "It sounds as if", reworded: "I hear that", colder: "Well,", cold: "So what," }
export default definePlugin({
  name: "mine",
  version: "1",
  generate: ({ model, about }) => {
    const nth = Number(about.post.match(/\\d+$/)[0])
    const good = 3.4 + (nth % 5) * 0.3
    const less = model === "cold" ? 2 : model === "colder" && nth % 4 === 0 ? 1.2 : 0
    return words[model] + " " + about.post + " weighs on you. [[q=" + (good - less).toFixed(1) + "]]"
  }
})
`

const study = (sources: string) => `
name: judged
title: Judged
seed: 1
suites: [{ suite: anger }, { suite: grief }]
conditions: [bare]
sources: [${sources}]
raters: [openai/gpt-4.1]
instruments: [perceived-empathy]
`

/** What a test has: a folder, the judge (whose character may be changed), and the command in its environment. */
export const judgedGate = async () => {
  const folder = mkdtempSync(join(tmpdir(), "warmline-judged-gate-"))
  // Many commands a test: the bundle starts in a third of the time that the sources take.
  const built = buildBin()
  let character: JudgeCharacter = { noise: 0.3 }
  const provider = await startProvider({ answer: (ask) => judgeAnswer(character)(ask) })
  const env = {
    OPENAI_BASE_URL: provider.baseUrl("openai"),
    OPENAI_API_KEY: "k",
    GITHUB_ACTIONS: "",
    GITHUB_STEP_SUMMARY: ""
  }
  const command = (args: readonly string[], more: Record<string, string> = {}) =>
    start(folder, args, undefined, { ...env, ...more }, built.bin)
  const done = async (args: readonly string[]) => {
    const ended = await Effect.runPromise(command(args))
    assert.strictEqual(ended.code, 0, ended.stderr)
    return ended
  }
  writeFileSync(join(folder, "mine.ts"), mine)
  writeFileSync(join(folder, "before.yaml"), study("./mine.ts/as-it-was"))
  writeFileSync(join(folder, "after.yaml"), study("./mine.ts/reworded, ./mine.ts/colder, ./mine.ts/cold"))
  writeFileSync(join(folder, "alone.yaml"), study("./mine.ts/reworded"))
  const quiet = ["--limit", "12", "--display", "none"]
  await done(["run", "before.yaml", "--store", "before.db", ...quiet])
  await done(["baseline", "save", "--store", "before.db", "-o", "base.json"])
  return {
    folder,
    provider,
    command,
    /** Changes the judge behind the name. */
    become: (changed: JudgeCharacter) => {
      character = { noise: 0.3, ...changed }
    },
    /** The candidates' run, in a store of its own as a CI job has it. */
    runCandidates: (store: string, more: readonly string[] = [], file = "after.yaml") =>
      done(["run", file, "--store", store, ...quiet, ...more]),
    /** The same candidates, judged already: a store with the same rows. */
    copyStore: (from: string, to: string) => {
      for (const ending of ["", "-wal"]) {
        if (existsSync(join(folder, from + ending)))
          copyFileSync(join(folder, from + ending), join(folder, to + ending))
      }
    },
    gate: (store: string, args: readonly string[], more: Record<string, string> = {}) =>
      command(
        [
          "gate",
          "--store",
          store,
          "--baseline",
          "base.json",
          "--margin",
          "0.5",
          "--display",
          "none",
          ...args
        ],
        more
      ),
    close: async () => {
      await provider.close()
      built.remove()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
