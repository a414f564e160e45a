/**
 * Judges texts that belong to no run (an audit's fixed set, a frozen set for drift): calls are kept by their keys
 * like any other, so the same set is never paid for twice, and verdicts are handed back rather than stored.
 */
import { Effect, Stream } from "effect"
import type { Rateable } from "../model/Model.ts"
import type { ModelError } from "../model/ModelError.ts"
import type { Caller } from "../run/Caller.ts"
import type { StageState } from "../run/Progress.ts"
import { Judgements } from "../store/Judgements.ts"
import type { Instrument } from "../study/Instrument.ts"
import { exchange } from "./exchange.ts"
import type { Judge } from "./Judge.ts"
import { type Asked, dimensionGroups } from "./question.ts"
import type { DimensionVerdict } from "./verdict/Verdict.ts"

/** What to judge, by whom. */
export interface JudgeTexts {
  readonly judge: Judge
  readonly instrument: Instrument
  readonly items: readonly Rateable[]
  /** Repeated verdicts on each text. */
  readonly epochs: number
  readonly seed: number
}

/** One verdict, or why the call failed; `item` is the index of the text, epochs count from 1. */
export type TextVerdict = { readonly item: number; readonly epoch: number } & (
  | (DimensionVerdict & { readonly _tag: "Judged"; readonly asked: number })
  | { readonly _tag: "Failed"; readonly dimension: string; readonly error: ModelError }
  | { readonly _tag: "Held"; readonly dimension: string }
)

/** Asks about every text, dimension and epoch; the results come in that order. */
export const judgeTexts = Effect.fn("Judge.judgeTexts")(function* (
  { judge, instrument, items, epochs, seed }: JudgeTexts,
  caller: Caller,
  state: StageState
) {
  const judgements = yield* Judgements
  const { fresh, maxConnections } = caller.options
  const asked: (Asked & { readonly index: number })[] = []
  for (const [index, item] of items.entries()) {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      for (const dimensions of dimensionGroups(instrument, judge.settings.joint)) {
        asked.push({ judge, instrument, dimensions, item, epoch, seed, index })
      }
    }
  }
  return yield* Stream.fromIterable(asked).pipe(
    Stream.mapEffect(
      (entry) =>
        exchange(entry, {
          caller,
          state,
          find: (key) =>
            fresh
              ? Effect.succeed(undefined)
              : Effect.map(judgements.found([key]), (found) => found.get(key)),
          keep: ({ call }) => (call === undefined ? Effect.void : judgements.keepCall(call, fresh))
        }).pipe(
          Effect.map((end): readonly TextVerdict[] => {
            if (end._tag === "Failed") state.failed++
            else if (end._tag === "Judged") state.done++
            const place = { item: entry.index, epoch: entry.epoch }
            return end._tag === "Judged"
              ? end.verdicts.map((verdict) => ({ ...place, ...verdict, _tag: "Judged", asked: end.asked }))
              : entry.dimensions.map(({ name }) =>
                  end._tag === "Failed"
                    ? { ...place, _tag: "Failed", dimension: name, error: end.error }
                    : { ...place, _tag: "Held", dimension: name }
                )
          })
        ),
      { concurrency: maxConnections }
    ),
    Stream.flatMap(Stream.fromIterable),
    Stream.runCollect
  )
})
