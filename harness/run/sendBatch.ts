/** One batch on its way to the provider: a failure may hide that it arrived, and handing it in again would pay twice. */
import { Duration, Effect, Schedule } from "effect"
import type { BatchApi, BatchHandle } from "../model/BatchApi.ts"
import type { CallPolicy } from "../model/CallPolicy.ts"
import { type ModelError, TimedOut } from "../model/ModelError.ts"

/** Uploads are large: one that takes longer than this is given up and looked for. */
const LONGEST_UPLOAD = Duration.minutes(10)

/** Failures that another try may mend. */
export const passing = new Set(["RateLimited", "Unavailable", "TimedOut", "Malformed"])

/** A provider that answers so has not taken anything. */
const turnedDown = new Set(["Rejected", "ContentFiltered", "RateLimited"])

/** What became of handing in; `Unknown`: the provider may have it, and asking elsewhere could pay twice. */
type Sent =
  | { readonly _tag: "Taken"; readonly id: string }
  | { readonly _tag: "TurnedDown" | "Unknown"; readonly error: ModelError }

/** Gives up after a time. */
export const within = <A>(time: Duration.Duration, effect: Effect.Effect<A, ModelError>) =>
  Effect.timeoutOrElse(effect, {
    duration: time,
    orElse: () => Effect.fail(new TimedOut({ message: `no answer within ${Duration.format(time)}` }))
  })

/** Tries again what may be mended, `times` times. */
export const patiently = <A>(effect: Effect.Effect<A, ModelError>, times: number) =>
  Effect.retry(effect, {
    schedule: Schedule.min([Schedule.exponential("500 millis"), Schedule.spaced("30 seconds")]).pipe(
      Schedule.jittered
    ),
    times,
    while: ({ _tag }) => passing.has(_tag)
  })

/** Hands a written-down batch in. A failure may hide that it arrived, so it is looked for before the next try. */
export const sendBatch = (
  api: BatchApi,
  handle: BatchHandle,
  lines: readonly string[],
  options: CallPolicy,
  left = options.maxRetries
): Effect.Effect<Sent> => {
  const again = (error: ModelError, none: Sent): Effect.Effect<Sent> =>
    left === 0
      ? Effect.succeed(none)
      : Effect.delay(
          Effect.suspend(() => sendBatch(api, handle, lines, options, left - 1)),
          Math.max(2000, ("retryAfterMillis" in error ? error.retryAfterMillis : undefined) ?? 0)
        )
  return Effect.matchEffect(within(LONGEST_UPLOAD, api.submit(handle, lines)), {
    onSuccess: (id): Effect.Effect<Sent> => Effect.succeed({ _tag: "Taken", id }),
    onFailure: (error) => {
      if (error._tag === "RateLimited") return again(error, { _tag: "TurnedDown", error })
      if (turnedDown.has(error._tag)) return Effect.succeed<Sent>({ _tag: "TurnedDown", error })
      return Effect.matchEffect(patiently(within(options.timeout, api.find(handle)), options.maxRetries), {
        onSuccess: (id) =>
          id === undefined
            ? again(error, { _tag: "TurnedDown", error })
            : Effect.succeed<Sent>({ _tag: "Taken", id }),
        onFailure: () => Effect.succeed<Sent>({ _tag: "Unknown", error })
      })
    }
  })
}
