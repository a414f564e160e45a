/** From a run in the store to a baseline. */
import { Clock, Effect } from "effect"
import { latestJudges } from "../run/Manifest.ts"
import { RunError } from "../run/RunError.ts"
import { isRated } from "../study/Response.ts"
import { type Baseline, sealed } from "./Baseline.ts"
import { readTexts } from "./readTexts.ts"
import { chooseCondition, chooseSource, openRun } from "./Subject.ts"

/** What is to be kept; what is left out has to be the only one there is. */
export interface BaselineOptions {
  /** The newest unless given. */
  readonly run: string | undefined
  readonly source: string | undefined
  readonly condition: string | undefined
}

/** Takes one source's texts under one condition, with everything that a later comparison has to find the same. */
export const takeBaseline = Effect.fn("Gate.takeBaseline")(function* (options: BaselineOptions) {
  const manifest = yield* openRun(options.run)
  const source = yield* chooseSource(manifest, options.source)
  const condition = yield* chooseCondition(manifest, options.condition)
  const { texts } = yield* readTexts(manifest, source.id, condition.definition.name)
  const [first, ...rest] = texts.map(
    ({ suite, post, postHash, epoch, outcome, author, text, scores, byRater }) => ({
      suite: suite as Baseline["texts"][0]["suite"],
      post: post as Baseline["texts"][0]["post"],
      postHash,
      epoch,
      outcome,
      author,
      text,
      scores: Object.fromEntries(scores),
      ...(byRater.size === 0
        ? {}
        : { byRater: Object.fromEntries([...byRater].map(([id, own]) => [id, Object.fromEntries(own)])) })
    })
  )
  const judges = latestJudges(manifest.judges)
  const [instrument, ...instruments] = manifest.instruments
  if (first === undefined || instrument === undefined || !texts.some(({ outcome }) => isRated(outcome))) {
    return yield* new RunError({
      place: `${manifest.run}, ${source.id}`,
      reason: "there is no text to keep",
      mend: "finish the run with `warmline run`, or choose another source"
    })
  }
  return sealed({
    format: "warmline-baseline/1",
    run: manifest.run,
    savedAt: new Date(yield* Clock.currentTimeMillis).toISOString(),
    suites: manifest.suites,
    condition,
    instruments: [instrument, ...instruments],
    raters: manifest.raters,
    ...(judges.length === 0 ? {} : { judges }),
    source,
    texts: [first, ...rest]
  })
})
