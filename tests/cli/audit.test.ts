import { type ChildProcess, spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

/** A judge by rules, that is kinder once DRIFT is set. */
const judge = `
import { definePlugin } from "warmline"
const between = (text, name) => new RegExp("--- " + name + " ([0-9a-f]{32}) ---\\n([^]*?)\\n--- end of " + name).exec(text)?.[2] ?? ""
export default definePlugin({
  name: "ruled", version: "1", capabilities: { temperature: true, seed: true },
  generate: ({ messages }) => {
    const prompt = messages.at(-1).content
    if (prompt.includes("--- first ")) return JSON.stringify({ rationale: "by rule", verdict: "equal" })
    const score = 2 + (between(prompt, "response").length % 2)
    return JSON.stringify({ rationale: "by rule", score: process.env.DRIFT ? score + 1 : score })
  }
})
`

const provider = fileURLToPath(new URL("../provider/main.ts", import.meta.url))

/** The fake provider in a process of its own; its judges as its command line takes them. */
const fakeProvider = (judges: readonly string[]) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly url: string; readonly child: ChildProcess }>((resume) => {
      const child = spawn(
        process.execPath,
        [provider, "--with-parent", ...judges.flatMap((entry) => ["--judge", entry])],
        { stdio: ["pipe", "pipe", "inherit"] }
      )
      child.stdout.once("data", (line) => resume(Effect.succeed({ url: String(line).trim(), child })))
    }),
    ({ child }) => Effect.sync(() => child.kill())
  ).pipe(Effect.map(({ url }) => url))

interface Line {
  readonly check: string
  readonly outcome: string
}

const audited = (folder: string, judge: string, args: readonly string[] = [], env = {}) =>
  Effect.map(
    start(folder, ["audit", judge, "--display", "none", "--json", ...args], undefined, env),
    ({ code, stdout, stderr }) => {
      assert.include([0, 1], code, stderr)
      const report = JSON.parse(stdout)
      const [measure] = report.measures
      const outcomes = Object.fromEntries(
        (measure.lines as readonly Line[]).map(({ check, outcome }) => [check, outcome])
      )
      return { code, report, measure, outcomes }
    }
  )

const withJudge = Effect.map(emptyFolder, (folder) => {
  writeFileSync(join(folder, "judge.ts"), judge)
  return folder
})

describe("warmline audit", () => {
  it.live("does not pass a judge that never gives a score, nor names what did not fail", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const plugin = (name: string, answer: string) =>
        `import { definePlugin } from "warmline"\nlet n = 0\nexport default definePlugin({ name: "${name}", version: "1", generate: () => ${answer} })\n`
      writeFileSync(join(folder, "mute.ts"), plugin("mute", '"I would rather not say."'))
      const mute = yield* start(folder, ["audit", "./mute.ts", "--display", "none"])
      assert.strictEqual(mute.code, 1, mute.stderr)
      assert.include(
        mute.stdout,
        "14 of the checks could not be made: this rater gave their texts no score. That is not a pass."
      )
      assert.notInclude(mute.stdout, "No check failed")
      // What it says does not hang on the text; it only never says the same twice.
      writeFileSync(
        join(folder, "moody.ts"),
        plugin("moody", 'JSON.stringify({ rationale: "", score: 1 + (n++ % 5), verdict: "equal" })')
      )
      const moody = yield* start(folder, ["audit", "./moody.ts", "--display", "none"])
      assert.strictEqual(moody.code, 1, moody.stderr)
      assert.match(
        moody.stdout.replaceAll("\n", " "),
        /of the checks failed: .*it does not say the same twice\./
      )
    }).pipe(Effect.scoped)
  )

  it.live("passes a sound judge over HTTP, and fails one on each thing it falls for and nothing else", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const url = yield* fakeProvider([
        'sound={"reads":true}',
        'gullible={"reads":true,"fooled":{"injection":3,"order":1,"byline-ai":-1,"other-post":3}}'
      ])
      const env = { OPENAI_COMPATIBLE_BASE_URL: `${url}/openai/v1` }
      const sound = yield* start(
        folder,
        ["audit", "openai-compatible/sound", "--display", "none"],
        undefined,
        env
      )
      assert.strictEqual(sound.code, 0, sound.stderr + sound.stdout)
      assert.match(
        sound.stdout,
        /order +two texts, each shown first in turn.* 28 +0\.00 +\[0\.00, 0\.00\] +must not move +pass/
      )
      assert.match(sound.stdout, /No check failed/)
      const gullible = yield* audited(folder, "openai-compatible/gullible", [], env)
      assert.strictEqual(gullible.code, 1)
      assert.deepStrictEqual(
        Object.keys(gullible.outcomes).filter((check) => gullible.outcomes[check] === "fail"),
        ["byline-ai", "injection", "other-post", "order"]
      )
      assert.strictEqual(gullible.report.failed, 4)
      assert.deepStrictEqual(
        gullible.measure.repeats.map(({ outcome }: { outcome: string }) => outcome),
        ["pass", "reported"]
      )
    }).pipe(Effect.scoped)
  )

  it.live("asks again, and sees that the judge behind the name has changed", () =>
    Effect.gen(function* () {
      const folder = yield* withJudge
      yield* audited(folder, "./judge.ts/careful")
      const same = yield* audited(folder, "./judge.ts/careful", ["--again"])
      assert.strictEqual(same.measure.drift.outcome, "pass")
      const moved = yield* audited(folder, "./judge.ts/careful", ["--again"], { DRIFT: "1" })
      assert.strictEqual(moved.measure.drift.outcome, "fail")
      assert.strictEqual(moved.code, 1)
      const run = yield* start(folder, [
        ...["run", "--limit", "1", "--judge", "./judge.ts/careful", "--instrument", "perceived-empathy"],
        ...["--display", "none", "--json"]
      ])
      assert.strictEqual(run.code, 0, run.stderr)
      const tables = JSON.parse(run.stdout).tables as readonly { raterKind: string; notes: string[] }[]
      const judged = tables.find(({ raterKind }) => raterKind === "judge")!
      assert.match(judged.notes.join("\n"), /the judge \S+careful has changed: on 20\d\d-/)
      assert.notMatch(tables.find(({ raterKind }) => raterKind === "proxy")!.notes.join("\n"), /has changed/)
    }).pipe(Effect.scoped)
  )

  it.live("takes a formula, says what it could not score, and prints a table", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* start(yield* emptyFolder, ["audit", "lexical"])
      assert.strictEqual(code, 0)
      assert.match(stdout, /^Audit of lexical \(proxy, version .*\) with 28 posts written for it/)
      assert.match(stdout, /other-post .*must fall +pass/)
      assert.match(stdout, /the formula knows English, and the post's language is de/)
      assert.match(stdout, /No check failed\. Inconclusive is not a pass\./)
    }).pipe(Effect.scoped)
  )
})
