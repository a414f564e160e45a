/** What the raters of a gate say of the baseline's texts now. */
import { Effect } from "effect"
import { Ratings } from "../store/Ratings.ts"
import { type AgainOptions, againRun } from "./againRun.ts"
import { readTexts, type ScoredText } from "./readTexts.ts"
import { openRun } from "./Subject.ts"

/** The baseline's texts with today's scores. */
export interface RatedAgain {
  readonly texts: readonly ScoredText[]
  /** Ratings that failed and are tried again by the next gate. */
  readonly failed: number
  /** ISO time of the newest of these ratings; `undefined` without any. */
  readonly ratedAt: string | undefined
  /** Of judges only. */
  readonly judging?: {
    /** Calls made just now. */
    readonly calls: number
    /** US dollars of this gate over all its starts; `null` when a price or a number of tokens is not known. */
    readonly cost: number | null
    /** Verdicts that the cost limit held back. */
    readonly held: number
    /** Why calls failed, with how often, most often first. */
    readonly reasons: readonly { readonly reason: string; readonly n: number }[]
  }
}

/** Reads them from the gate's store. */
export const readAgain = Effect.fn("Gate.readAgain")(function* (
  options: AgainOptions,
  kind: "judge" | "proxy"
) {
  const { source, condition } = options.baseline
  const run = againRun(options)
  const { texts } = yield* readTexts(yield* openRun(run), source.id, condition.definition.name)
  const span = yield* (yield* Ratings).span(run, kind)
  return { texts, ratedAt: span?.newest }
})
