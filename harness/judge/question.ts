/** From a text and an instrument to the call that asks a judge about it. */
import type { Call, Rateable } from "../model/Model.ts"
import type { Question } from "../run/Caller.ts"
import { callKey, deriveSeed } from "../study/CallKey.ts"
import { type Hashable, hashJson, type Json } from "../study/Hash.ts"
import type { Dimension, Instrument } from "../study/Instrument.ts"
import { postText } from "../study/Post.ts"
import type { Message } from "../study/Template.ts"
import { exemplarText } from "./Exemplars.ts"
import type { Judge } from "./Judge.ts"
import { fillPrompt } from "./JudgePrompt.ts"
import { enclose, markerOf } from "./material.ts"
import { answerText, questionText, verdictSchema } from "./verdict/verdictSchema.ts"

/** What is put to a judge in one exchange: a text, and one dimension or all of an instrument. */
export interface Asked {
  readonly judge: Judge
  readonly instrument: Instrument
  readonly dimensions: readonly Dimension[]
  /** Post and response; nothing else of where they come from is known here. */
  readonly item: Rateable
  /** Counts repeated verdicts from 1. */
  readonly epoch: number
  /** The study's. */
  readonly seed: number
}

/** The dimensions of an instrument as they are asked: one by one, or all in one call. */
export const dimensionGroups = (instrument: Instrument, joint: boolean): readonly (readonly Dimension[])[] =>
  joint ? [instrument.dimensions] : instrument.dimensions.map((dimension) => [dimension])

/** Puts messages to a judge's model, with all that its answer depends on in the key. */
export const questionTo = (
  judge: Judge,
  messages: readonly Message[],
  seed: number,
  epoch: number,
  about: Call["about"],
  schema: Json
): Question => {
  const { source, structured, settings } = judge
  const sent = source.negotiated.messages(messages)
  const jsonSchema = structured ? schema : undefined
  const logprobs = settings.logprobs ? true : undefined
  const call: Call = {
    model: source.modelName,
    messages: sent,
    parameters: source.negotiated.parameters,
    seed,
    epoch,
    about,
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
    ...(logprobs === undefined ? {} : { logprobs })
  }
  const extra: Hashable = {
    identity: source.model.identity(call) as Hashable | undefined,
    jsonSchema,
    logprobs
  }
  return {
    source,
    call,
    key: callKey({
      plugin: source.plugin,
      pluginVersion: source.version,
      model: source.modelName,
      messages: sent,
      parameters: source.negotiated.parameters,
      seed,
      epoch,
      // `undefined` is left out of the key, as canonical JSON has no word for it.
      extra: extra as Json
    })
  }
}

/** The call of an exchange; `again` is the second one, after an answer that could not be read. */
export const questionOf = (asked: Asked, again: boolean): Question => {
  const { judge, instrument, dimensions, item, epoch, seed } = asked
  const { prompt, exemplars } = judge.settings
  const post = postText(item.post)
  const names = dimensions.map((dimension) => dimension.name)
  const code = markerOf(seed, [post, item.response], [instrument.name, names, epoch])
  const values = {
    marker: code,
    instructions: instrument.instructions,
    exemplars: exemplarText(exemplars, instrument.name, dimensions),
    post: enclose("post", code, post),
    response: enclose("response", code, item.response),
    questions: questionText(dimensions),
    answer: answerText(dimensions)
  }
  const user = fillPrompt(prompt.user, values)
  const text = hashJson([post, item.response])
  return questionTo(
    judge,
    [
      { role: "system", content: fillPrompt(prompt.system, values) },
      { role: "user", content: again ? `${user}\n\n${prompt.again}` : user }
    ],
    deriveSeed(seed, "judge", text, instrument.name, names.join("+"), epoch, again ? 2 : 1),
    epoch,
    { suite: "judged", post: text.slice(0, 16), condition: `${instrument.name}/${names.join("+")}` },
    verdictSchema(dimensions)
  )
}
