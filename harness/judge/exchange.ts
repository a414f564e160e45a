/** One exchange with a judge: asked, read, asked again once when the answer cannot be read. */
import { Effect } from "effect"
import type { ModelError } from "../model/ModelError.ts"
import type { Caller } from "../run/Caller.ts"
import type { StageState } from "../run/Progress.ts"
import type { CallRow } from "../store/callRows.ts"
import type { FoundCall } from "../store/foundCalls.ts"
import type { StoreError } from "../store/StoreError.ts"
import { type Asked, questionOf } from "./question.ts"
import { type Answer, readAnswer } from "./readAnswer.ts"
import type { DimensionVerdict } from "./verdict/Verdict.ts"

/** One step of an exchange, to be kept: the call if it is new, and what it said if that can be read. */
export interface Step {
  readonly key: string
  /** 1, or 2 when it was asked again. */
  readonly asked: number
  readonly call: CallRow | undefined
  /** Empty when the judge is to be asked again. */
  readonly verdicts: readonly DimensionVerdict[]
}

/** What an exchange needs of the store and the run. */
export interface ExchangeIo {
  readonly caller: Caller
  readonly state: Pick<StageState, "cost">
  readonly find: (key: string) => Effect.Effect<FoundCall | undefined, StoreError>
  readonly keep: (step: Step) => Effect.Effect<void, StoreError>
}

/** How an exchange ended. `made` counts calls that were really made. */
export type Exchanged =
  | {
      readonly _tag: "Judged"
      readonly verdicts: readonly DimensionVerdict[]
      readonly asked: number
      readonly made: number
    }
  | { readonly _tag: "Failed"; readonly error: ModelError; readonly made: number }
  /** The cost limit holds it back. */
  | { readonly _tag: "Held"; readonly made: number }

/** Asks a judge about one text. A verdict is a value or an unscored with its reason, never a default. */
export const exchange = Effect.fnUntraced(function* (
  asked: Asked,
  io: ExchangeIo
): Effect.fn.Return<Exchanged, StoreError> {
  let made = 0
  for (const time of [1, 2]) {
    const question = questionOf(asked, time === 2)
    const found = yield* io.find(question.key)
    const stepOf = (answer: Answer, call: CallRow | undefined): Step => ({
      key: question.key,
      asked: time,
      call,
      verdicts: readAnswer(asked, answer, time === 2)
    })
    if (found !== undefined) {
      const step = stepOf(found, undefined)
      if (step.verdicts.length === 0) continue
      yield* io.keep(step)
      return { _tag: "Judged", verdicts: step.verdicts, asked: time, made }
    }
    const outcome = yield* io.caller.perform(question, io.state, (call, reply) => {
      const step = stepOf({ text: call.text, outcome: call.outcome, logprobs: reply.logprobs }, call)
      return Effect.as(io.keep(step), step.verdicts)
    })
    if (outcome._tag === "Failed") return { _tag: "Failed", error: outcome.error, made }
    if (outcome._tag === "Held") return { _tag: "Held", made }
    made++
    if (outcome.value.length > 0) return { _tag: "Judged", verdicts: outcome.value, asked: time, made }
  }
  return yield* Effect.die(new Error("the second answer of a judge is always taken"))
})
