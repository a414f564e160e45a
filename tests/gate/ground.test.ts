import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schema } from "effect"
import { Baseline, isSealed, raterHash, sealed } from "../../harness/gate/Baseline.ts"
import { prepare } from "../../harness/gate/prepare.ts"
import { rateAgain } from "../../harness/gate/rateAgain.ts"
import { openRun } from "../../harness/gate/Subject.ts"
import { differences } from "../../harness/gate/sameGround.ts"
import { takeBaseline } from "../../harness/gate/takeBaseline.ts"
import { weigh } from "../../harness/gate/weigh.ts"
import { definePlugin, type FunctionPlugin } from "../../harness/model/definePlugin.ts"
import { rate } from "../../harness/run/rate.ts"
import * as Store from "../../harness/store/Store.ts"
import { begin, generate, layerOf, patience, type World } from "../run/study.ts"

/** Whole numbers by a post's text, so that posts differ. */
const level = (text: string) => 2 + (text.length % 3)

/** Every text answered as this source would, rated by a rater that is `drift` points kinder than at first. */
const world = (source: string, shift: number, state: { drift: number }, posts = 40): World => {
  const plugin: FunctionPlugin = {
    name: source,
    kind: "program",
    generate: ({ about }) =>
      about.post === "post-7" && source === "shy"
        ? { text: "", finish: "refusal" }
        : `${"x".repeat(about.post.length)}${shift}`
  }
  return {
    posts: Array.from({ length: posts }, (_, i) => `post-${i}`),
    sources: [plugin],
    raters: [
      definePlugin({
        name: "mood",
        version: "1",
        description: "Rates by the text, and by its mood",
        instruments: ["warmth"],
        rate: (_, { response }) => ({ warm: level(response) + Number(response.at(-1)) / 5 + state.drift })
      })
    ]
  }
}

const complete = Effect.fn(function* (of: World) {
  const plan = yield* begin(of)
  yield* generate(plan, patience)
  yield* rate(plan)
  return plan.runId
})

const nothing = { run: undefined, source: undefined, condition: undefined }

const saved = (of: World) =>
  Effect.andThen(complete(of), takeBaseline(nothing)).pipe(Effect.scoped, Effect.provide(layerOf(of)))

const gated = (of: World, baseline: Baseline, given: { readonly metrics?: readonly string[] } = {}) =>
  Effect.gen(function* () {
    yield* complete(of)
    const prepared = yield* prepare({
      run: undefined,
      source: undefined,
      baseline,
      file: "baseline.json",
      margin: 0.2,
      metrics: given.metrics ?? [],
      maxRisk: undefined,
      maxMissing: 0.01,
      only: [],
      folder: ".",
      exemplars: undefined,
      prices: undefined,
      strict: false
    })
    const again = yield* rateAgain({ baseline, ...prepared }).pipe(
      Effect.provide(Layer.fresh(Store.layer(":memory:")), { local: true })
    )
    return weigh(prepared, again)
  }).pipe(Effect.scoped, Effect.provide(layerOf(of)))

describe("a gate over runs", () => {
  it.effect("does not take a drifted rater for a changed model, and says how far it drifted", () =>
    Effect.gen(function* () {
      const mood = { drift: 0 }
      const baseline = yield* saved(world("old", 0, mood))
      mood.drift = -1
      const result = yield* gated(world("new", 0, mood), baseline)
      assert.strictEqual(result.answer, "pass")
      assert.strictEqual(result.criteria[0]!.seen!.estimate, 0)
      assert.closeTo(result.drift[0]!.estimate, -1, 1e-9)
      assert.strictEqual(result.paired, 40)
    })
  )

  it.effect("sees a model that changed through the drift", () =>
    Effect.gen(function* () {
      const mood = { drift: -1 }
      const baseline = yield* saved(world("old", 5, mood))
      mood.drift = 0
      const result = yield* gated(world("new", 0, mood), baseline)
      assert.strictEqual(result.answer, "fail")
      assert.closeTo(result.criteria[0]!.seen!.estimate, -1, 1e-9)
    })
  )

  it.effect("counts posts that the candidate refused, and does not pass for want of them", () =>
    Effect.gen(function* () {
      const mood = { drift: 0 }
      const baseline = yield* saved(world("old", 0, mood))
      const result = yield* gated(world("shy", 0, mood), baseline)
      assert.strictEqual(result.answer, "inconclusive")
      assert.deepStrictEqual(result.missing, [{ reason: "refused by the model", posts: 1 }])
      assert.match(result.notes[0]!, /1 of 40 posts are missing/)
    })
  )

  it.effect("says so when a run is measured against itself", () =>
    Effect.gen(function* () {
      const mood = { drift: 0 }
      const same = world("old", 0, mood)
      const result = yield* gated(same, yield* saved(same))
      assert.strictEqual(result.answer, "pass")
      assert.match(result.notes.join(), /nothing was asked anew/)
    })
  )

  it.effect("refuses other posts and unknown metrics in one line", () =>
    Effect.gen(function* () {
      const mood = { drift: 0 }
      const baseline = yield* saved(world("old", 0, mood))
      const other = yield* Effect.flip(gated(world("new", 0, mood, 30), baseline))
      assert.match(
        other.message,
        /^baseline\.json: .*suite suite has other posts \(\w{8} with 40 in the baseline, \w{8} with 30 in the run\)/
      )
      const metric = yield* Effect.flip(gated(world("new", 0, mood), baseline, { metrics: ["warmt"] }))
      assert.match(metric.message, /no such metric; did you mean warmth\?/)
    })
  )
})

describe("what differs between a baseline and a run", () => {
  it.effect("is named for suite, condition, instrument and rater, each by its hash", () =>
    Effect.gen(function* () {
      const of = world("old", 0, { drift: 0 })
      const { baseline, manifest } = yield* Effect.gen(function* () {
        yield* complete(of)
        return { baseline: yield* takeBaseline(nothing), manifest: yield* openRun(undefined) }
      }).pipe(Effect.scoped, Effect.provide(layerOf(of)))
      const used = { instruments: ["warmth"], kind: "proxy" as const }
      const told = (change: Partial<typeof manifest>) =>
        differences(baseline, { ...manifest, ...change }, used).join("; ")
      assert.strictEqual(told({}), "")
      const hash = "0".repeat(64) as never
      const [suite, condition, instrument, rater] = [
        manifest.suites[0]!,
        manifest.conditions[0]!,
        manifest.instruments[0]!,
        manifest.raters[0]!
      ]
      assert.match(told({ suites: [{ ...suite, hash }] }), /suite suite has other posts/)
      assert.match(told({ suites: [{ ...suite, domain: "else" }] }), /counts for another domain/)
      assert.match(told({ suites: [suite, { ...suite, name: "more" }] }), /suite more is in the run alone/)
      assert.match(told({ suites: [] }), /suite suite is in the baseline alone/)
      const asked = { ...condition.definition, user: "Say something to {{post}}" } as never
      assert.match(
        told({ conditions: [{ hash, definition: asked }] }),
        /condition bare asks otherwise in user/
      )
      const questions = { ...instrument.definition, instructions: "Judge." } as never
      assert.match(
        told({ instruments: [{ hash, definition: questions }] }),
        /instrument warmth differs in instructions/
      )
      assert.match(
        told({ raters: [{ ...rater, version: "2" }] }),
        /proxy mood is another one \(version "1" in the baseline, "2" in the run\)/
      )
      assert.match(
        told({ raters: [{ ...rater, config: { a: 1 } }] }),
        /config null in the baseline, {"a":1} in the run/
      )
      assert.match(told({ raters: [rater, { ...rater, id: "two" }] }), /proxy two is in the run alone/)
      assert.match(told({ raters: [] }), /proxy mood is in the baseline alone/)
      // Where a rater's file lies and what it is called does not make it another.
      assert.strictEqual(raterHash(rater), raterHash({ ...rater, id: "x", spec: "./elsewhere.ts" }))
      assert.notStrictEqual(raterHash(rater), raterHash({ ...rater, spec: "mood/large" }))
    })
  )

  it.effect("does not go by a baseline that was edited", () =>
    Effect.gen(function* () {
      const baseline = yield* saved(world("old", 0, { drift: 0 }))
      assert.isTrue(isSealed(baseline))
      assert.isTrue(isSealed(Schema.decodeUnknownSync(Baseline)(JSON.parse(JSON.stringify(baseline)))))
      const [first, ...rest] = baseline.texts
      assert.isFalse(isSealed({ ...baseline, texts: [{ ...first, text: "kinder" }, ...rest] }))
      const { hash: _, ...content } = baseline
      assert.strictEqual(sealed(content).hash, baseline.hash)
    })
  )
})
