/** Judges for tests that need no server: a model as a function, the shipped prompt, an instrument of one question. */
import { Effect } from "effect"
import { type Judge, type JudgeSettings, makeJudge } from "../../harness/judge/Judge.ts"
import { readPrompt, rubric } from "../../harness/judge/JudgePrompt.ts"
import type { Asked } from "../../harness/judge/question.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import type { Call } from "../../harness/model/Model.ts"
import { negotiate } from "../../harness/model/negotiate.ts"
import type { PlannedSource } from "../../harness/run/openSource.ts"
import { DimensionName, InstrumentName } from "../../harness/study/Ids.ts"
import { Instrument } from "../../harness/study/Instrument.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

const scale = { minimum: 1, maximum: 5, step: 1, anchors: { 1: "cold", 5: "warm" } }

/** One dimension, 1 to 5. */
export const warmth = new Instrument({
  name: InstrumentName.make("warmth"),
  title: "Warmth",
  instructions: "Read the post, then the response.",
  dimensions: [
    { name: DimensionName.make("warm"), question: "How warm?", scale, direction: "higher-is-better" }
  ],
  aggregate: "mean",
  citation: "Made for the tests"
})

/** An opened model out of a function. */
export const modelOf = (
  name: string,
  generate: (call: Call) => string | Promise<string>,
  can: { readonly structured?: boolean } = {}
): Effect.Effect<PlannedSource> =>
  Effect.gen(function* () {
    const plugin = definePlugin({
      name,
      version: "1",
      generate,
      capabilities: { seed: true, temperature: true, jsonSchema: can.structured ?? false }
    })
    const model = yield* plugin.open!({ model: "m", config: {}, folder: "." })
    return {
      id: `${name}/m`,
      plugin: name,
      version: "1",
      modelName: "m",
      asked: { temperature: 0 },
      config: {},
      model,
      negotiated: negotiate({ temperature: 0 }, true, model.capabilities),
      price: { input: 1, output: 1 }
    } satisfies PlannedSource
  }).pipe(Effect.scoped, Effect.orDie)

/** How judges are asked, with the shipped prompt. */
export const settingsOf = (more: Partial<JudgeSettings> = {}) =>
  Effect.map(
    readPrompt("rubric", ".", rubric),
    (prompt): JudgeSettings => ({ prompt, exemplars: undefined, joint: false, logprobs: true, ...more })
  ).pipe(Effect.provide(NodeServicesLayer), Effect.orDie)

/** A judge of no family. */
export const judgeOf = (
  options: {
    readonly generate?: (call: Call) => string | Promise<string>
    readonly structured?: boolean
    readonly settings?: Partial<JudgeSettings>
  } = {}
): Effect.Effect<Judge> =>
  Effect.gen(function* () {
    const { generate = () => '{"rationale": "", "score": 3}', structured = false } = options
    const source = yield* modelOf("judge", generate, { structured })
    return makeJudge(source, yield* settingsOf(options.settings), undefined)
  })

/** A question about a response to a post of three words. */
export const askedOf = (judge: Judge, response: string): Asked => ({
  judge,
  instrument: warmth,
  dimensions: warmth.dimensions,
  item: { post: { title: "", body: "My cat died.", language: "en" }, response },
  epoch: 1,
  seed: 1
})
