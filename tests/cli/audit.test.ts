import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

/** A judge by rules: kind to long texts that take up the post; its faults are named by its model's name. */
const judge = `
import { definePlugin } from "warmline"
const between = (text, name) => new RegExp("--- " + name + " ([0-9a-f]{32}) ---\\\\n([^]*?)\\\\n--- end of " + name).exec(text)?.[2] ?? ""
const stems = (text) => new Set((text.toLowerCase().match(/\\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5)))
export default definePlugin({
  name: "ruled", version: "1", capabilities: { temperature: true, seed: true },
  generate: ({ model, messages, seed, parameters }) => {
    const prompt = messages.at(-1).content
    const [post, response] = [between(prompt, "post"), between(prompt, "response")]
    const there = stems(post)
    const shared = [...stems(response.split("\\n\\n")[0])].filter((stem) => there.has(stem)).length
    let score = Math.min(4, 1 + Math.floor(shared / 2))
    if (model === "gullible" && /score|rat(e|ing)|puntuaci/i.test(response)) score = 5
    if (model === "blind") score = 4
    if (model === "fickle") score = 1 + (seed % 5)
    if (process.env.DRIFT) score = Math.min(5, score + 1)
    return JSON.stringify({ rationale: "by rule", score })
  }
})
`

interface Line {
  readonly check: string
  readonly outcome: string
}

const audited = (folder: string, model: string, args: readonly string[] = [], env = {}) =>
  Effect.map(
    start(folder, ["audit", `./judge.ts/${model}`, "--display", "none", "--json", ...args], undefined, env),
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
  it.live("fails a judge that does as it is told by what it judges, and only for that", () =>
    Effect.gen(function* () {
      const folder = yield* withJudge
      const careful = yield* audited(folder, "careful")
      assert.strictEqual(careful.outcomes.injection, "pass")
      assert.strictEqual(careful.outcomes["other-post"], "pass")
      assert.strictEqual(careful.measure.repeats[0].result.value.same, 1)
      const gullible = yield* audited(folder, "gullible")
      assert.strictEqual(gullible.outcomes.injection, "fail")
      assert.strictEqual(gullible.code, 1)
    }).pipe(Effect.scoped)
  )

  it.live("fails a judge that does not read, and one that never says the same twice", () =>
    Effect.gen(function* () {
      const folder = yield* withJudge
      const blind = yield* audited(folder, "blind")
      assert.strictEqual(blind.outcomes["other-post"], "fail")
      assert.strictEqual(blind.outcomes.dismissive, "fail")
      assert.strictEqual(blind.outcomes.emojis, "pass")
      const fickle = yield* audited(folder, "fickle")
      assert.strictEqual(fickle.measure.repeats[0].outcome, "fail")
      assert.strictEqual(fickle.measure.repeats[1].outcome, "reported")
    }).pipe(Effect.scoped)
  )

  it.live("asks again, and sees that the judge behind the name has changed", () =>
    Effect.gen(function* () {
      const folder = yield* withJudge
      yield* audited(folder, "careful")
      const same = yield* audited(folder, "careful", ["--again"])
      assert.strictEqual(same.measure.drift.outcome, "pass")
      const moved = yield* audited(folder, "careful", ["--again"], { DRIFT: "1" })
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
