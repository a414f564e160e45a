import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { verifyPlan, verifyPrompts } from "../../harness/leaderboard/verify.ts"
import { RunManifest } from "../../harness/run/Manifest.ts"
import { hashJson } from "../../harness/study/Hash.ts"
import type { RunId } from "../../harness/study/Ids.ts"

const file = new URL("../../results/quick/leaderboard.json", import.meta.url)
const { manifest: stated } = JSON.parse(readFileSync(file, "utf8")) as { readonly manifest: unknown }
const manifest = Schema.decodeUnknownSync(RunManifest)(stated)
const results = (of: RunManifest) => verifyPlan(of).map(({ what, result }) => [what, result])

describe("verify", () => {
  it("recomputes a plan's hash and the run's id from the manifest alone", () => {
    const same = [
      ["plan", "same"],
      ["run id", "same"]
    ]
    assert.deepStrictEqual(results(manifest), same)
    const [first] = manifest.instruments
    // Ratings that were imported on a questionnaire that the run did not ask.
    assert.deepStrictEqual(results({ ...manifest, instruments: [...manifest.instruments, first!] }), same)
    const changes: readonly Partial<RunManifest>[] = [
      { seed: manifest.seed + 1 },
      { epochs: 2 },
      { instruments: [...manifest.instruments].reverse() },
      { sources: manifest.sources.slice(1) },
      { sources: manifest.sources.map((source) => ({ ...source, version: "9" })) },
      { raters: [] },
      { suites: manifest.suites.slice(1) }
    ]
    for (const change of changes)
      assert.deepStrictEqual(
        results({ ...manifest, ...change })[0],
        ["plan", "changed"],
        JSON.stringify(change)
      )
    assert.deepStrictEqual(results({ ...manifest, run: "quick-00000000" as RunId })[1], ["run id", "changed"])
  })

  it("knows data that came by import by its name", () => {
    const plan = hashJson({ import: "survey" })
    const imported: RunManifest = {
      ...manifest,
      run: `survey-${plan.slice(0, 8)}` as RunId,
      plan,
      study: { name: "survey", title: "A survey" },
      sources: manifest.sources.map((source) => ({ ...source, plugin: "import" }))
    }
    assert.deepStrictEqual(results(imported)[0], ["plan", "same"])
    assert.deepStrictEqual(results({ ...imported, sources: manifest.sources })[0], ["plan", "changed"])
  })

  it("recomputes the hash of a judge's prompt from its words", () => {
    const texts = { system: "You judge.", user: "{{response}}", again: "Once more." }
    const judge = (hash: string) =>
      ({ id: "j", prompt: { name: "rubric", hash, texts } }) as unknown as NonNullable<
        RunManifest["judges"]
      >[number]
    const of = (hash: string) => verifyPrompts({ judges: [judge(hash)] })[0]
    assert.strictEqual(of(hashJson(texts))?.result, "same")
    assert.strictEqual(of(hashJson({ ...texts, again: "" }))?.result, "changed")
  })
})
