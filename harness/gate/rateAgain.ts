/**
 * Has the proxies of a run rate a baseline's texts now, beside the candidate's. The scores that the baseline was
 * saved with are not used.
 */
import { Effect } from "effect"
import type { ManifestRater } from "../run/Manifest.ts"
import { openRater, type PlannedRater } from "../run/openRater.ts"
import { RunError } from "../run/RunError.ts"
import { rate } from "../run/rate.ts"
import type { Instrument } from "../study/Instrument.ts"
import { type AgainOptions, beginAgain } from "./againRun.ts"
import { type RatedAgain, readAgain } from "./readAgain.ts"

/** Opens the raters of a manifest; files among them start from `folder`. One that has changed since is refused. */
export const openRaters = (raters: readonly ManifestRater[], folder: string) =>
  Effect.forEach(
    raters,
    Effect.fn("Gate.openRater")(function* (rater) {
      const opened = yield* openRater(
        { folder },
        {
          id: rater.id as never,
          model: rater.spec ?? rater.plugin,
          parameters: {},
          config: rater.config ?? {}
        }
      )
      if (opened.version !== rater.version || opened.kind !== rater.kind) {
        return yield* new RunError({
          place: `${rater.kind} ${rater.id}`,
          reason: `it has changed since the run (version ${rater.version} then, ${opened.version} now)`,
          mend: "run the study again, so that candidate and baseline are rated by the same one"
        })
      }
      return opened
    })
  )

/** The baseline's texts with the scores that the proxies give them now, and how many ratings failed. */
export const rateAgain = Effect.fn("Gate.rateAgain")(function* (
  options: AgainOptions & {
    readonly raters: readonly PlannedRater[]
    readonly instruments: readonly Instrument[]
  }
) {
  const run = yield* beginAgain(options)
  const { failed } = yield* rate({ runId: run, raters: options.raters, instruments: options.instruments })
  return { ...(yield* readAgain(options, "proxy")), failed } satisfies RatedAgain
})
