/** What stands around every call, whichever plugin answers it: a timeout, retries, and a look at the answer. */
import { Clock, Duration, Effect, Ref, Schedule } from "effect"
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

const retried = new Set(["RateLimited", "Unavailable", "TimedOut", "Malformed"])

/** Exponential from half a second with jitter, at most 30 s apart, and at least what the provider asked for. */
const schedule = (maxRetries: number) =>
  Schedule.min([Schedule.exponential("500 millis"), Schedule.spaced("30 seconds")]).pipe(
    Schedule.jittered,
    Schedule.upTo({ times: maxRetries }),
    Schedule.setInputType<ModelError>(),
    Schedule.while(({ input }) => retried.has(input._tag)),
    Schedule.modifyDelay(({ duration, input }) =>
      Effect.succeed(
        "retryAfterMillis" in input && input.retryAfterMillis !== undefined
          ? Duration.max(duration, Duration.millis(input.retryAfterMillis))
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

/** Asks the model once, with patience. Fails with the last error when the tries are used up. */
export const ask = Effect.fnUntraced(function* (model: Model, call: Call, policy: CallPolicy) {
  const started = yield* Clock.currentTimeMillis
  const attempts = yield* Ref.make(0)
  const reply = yield* Ref.update(attempts, (n) => n + 1).pipe(
    Effect.andThen(model.generate(call)),
    Effect.timeoutOrElse({
      duration: policy.timeout,
      orElse: () =>
        Effect.fail(new TimedOut({ message: `no answer within ${Duration.format(policy.timeout)}` }))
    }),
    Effect.flatMap(checkLength),
    // A plugin that dies instead of failing must not take the run with it.
    Effect.catchDefect((defect) =>
      Effect.fail(
        new PluginFault({ message: `the plugin died: ${defect instanceof Error ? defect.message : defect}` })
      )
    ),
    Effect.retry(schedule(policy.maxRetries))
  )
  const millis = (yield* Clock.currentTimeMillis) - started
  return { reply, attempts: yield* Ref.get(attempts), millis } satisfies Answered
})
