/** What stands around every call, whichever plugin answers it: a timeout, retries, and a look at the answer. */
import { Clock, Duration, Effect, Schedule } from "effect"
import type { AdaptiveLimit } from "./AdaptiveLimit.ts"
import { inSpan } from "./callSpan.ts"
import type { Call, Model, Reply } from "./Model.ts"
import { type Malformed, type ModelError, PluginFault, TimedOut } from "./ModelError.ts"

/** How patient the harness is. */
export interface CallPolicy {
  /** Tries after the first; 0 is honoured. */
  readonly maxRetries: number
  /** For one request. */
  readonly timeout: Duration.Duration
}

/** An answer and what it took. */
export interface Answered {
  readonly reply: Reply
  /** Requests made, at least 1. */
  readonly attempts: number
  /** From the first request to the answer, waits included. */
  readonly millis: number
}

/** Longer answers are refused: no rater could read one, and a store of them could not be searched. */
export const longestAnswer = 100_000

const retried = new Set(["Unavailable", "TimedOut", "Malformed"])

/** Tries after a 429. Being asked for patience is no failure, so these do not use up `maxRetries`. */
const mostRateLimited = 100

/** A provider that asks for hours is asked again after this long: quotas are raised, and runs are watched. */
const longestWait = Duration.minutes(5)

/** Exponential from half a second with jitter, at most 30 s apart, and at least what the provider asked for. */
const patiently = (times: number, retriable: (error: ModelError) => boolean) =>
  Schedule.min([Schedule.exponential("500 millis"), Schedule.spaced("30 seconds")]).pipe(
    Schedule.jittered,
    Schedule.upTo({ times }),
    Schedule.setInputType<ModelError>(),
    Schedule.while(({ input }) => retriable(input)),
    Schedule.modifyDelay(({ duration, input }) =>
      Effect.succeed(
        "retryAfterMillis" in input && input.retryAfterMillis !== undefined
          ? Duration.min(longestWait, Duration.max(duration, Duration.millis(input.retryAfterMillis)))
          : duration
      )
    )
  )

const checkLength = (reply: Reply): Effect.Effect<Reply, PluginFault | Malformed> =>
  reply.text.length > longestAnswer
    ? Effect.fail(
        new PluginFault({
          message: `the answer has ${reply.text.length.toLocaleString("en")} characters; at most ${longestAnswer.toLocaleString("en")} are kept, so ask for less (maxTokens)`
        })
      )
    : Effect.succeed(reply)

/** A policy with its schedules made, once for all calls of a run. */
export interface Patience {
  readonly timeout: Duration.Duration
  readonly rateLimited: ReturnType<typeof patiently>
  readonly failed: ReturnType<typeof patiently>
}

/** Makes the schedules of a policy. */
export const patience = (policy: CallPolicy): Patience => ({
  timeout: policy.timeout,
  rateLimited: patiently(
    policy.maxRetries === 0 ? 0 : mostRateLimited,
    (error) => error._tag === "RateLimited"
  ),
  failed: patiently(policy.maxRetries, (error) => retried.has(error._tag))
})

/** One question and everything that decides how it is put. */
export interface Asking {
  /** The plugin's name, for traces and logs. */
  readonly plugin: string
  readonly model: Model
  readonly call: Call
  readonly patience: Patience
  readonly limit: AdaptiveLimit
  /** Waits for the account's budget of the minute, before each request and outside its turn. */
  readonly budget: Effect.Effect<void>
  /** Shared by the calls of a source: once its key is refused, those whose turn comes later do not set out. */
  readonly standing?: Standing
}

/** Whether there is any point in asking a source. */
export interface Standing {
  /** The refusal of its key. */
  refused: ModelError | undefined
}

/**
 * Asks the model once, with patience: each request takes its turn within `limit`, waits between tries happen
 * outside it. Fails with the last error when the tries are used up.
 */
export const ask = Effect.fnUntraced(function* ({
  plugin,
  model,
  call,
  patience,
  limit,
  budget,
  standing
}: Asking) {
  const started = yield* Clock.currentTimeMillis
  let attempts = 0
  const request = Effect.suspend(() => {
    if (standing?.refused) return Effect.fail(standing.refused)
    attempts++
    return inSpan(plugin, call, model.generate(call))
  }).pipe(
    Effect.timeoutOrElse({
      duration: patience.timeout,
      orElse: () =>
        Effect.fail(new TimedOut({ message: `no answer within ${Duration.format(patience.timeout)}` }))
    }),
    Effect.flatMap(checkLength),
    // A plugin that dies instead of failing must not take the run with it.
    Effect.catchDefect((defect) =>
      Effect.fail(
        new PluginFault({ message: `the plugin died: ${defect instanceof Error ? defect.message : defect}` })
      )
    ),
    Effect.tapError((error) => {
      // Within the turn, before the next call gets it.
      if (standing && error._tag === "Rejected" && error.reason === "auth") standing.refused = error
      return Effect.logDebug("a request failed", {
        plugin,
        model: call.model,
        post: call.about.post,
        attempt: attempts,
        kind: error._tag,
        message: error.message
      })
    })
  )
  const turn = limit.within(request)
  const reply = yield* (budget === Effect.void ? turn : Effect.andThen(budget, turn)).pipe(
    Effect.retry(patience.rateLimited),
    Effect.retry(patience.failed)
  )
  const millis = (yield* Clock.currentTimeMillis) - started
  return { reply, attempts, millis } satisfies Answered
})
