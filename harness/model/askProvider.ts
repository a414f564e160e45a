/** One request through a provider's SDK: interruption aborts it, and what it throws is typed. */
import { Clock, Effect, Redacted } from "effect"
import type { ModelError } from "./ModelError.ts"
import { errorFromThrown } from "./thrown.ts"

/** Runs what an SDK promises; the signal aborts when the effect is interrupted. `key` is kept out of messages. */
export const fromSdk = <A>(
  key: Redacted.Redacted | undefined,
  send: (signal: AbortSignal) => PromiseLike<A>
): Effect.Effect<A, ModelError> =>
  Effect.catch(Effect.tryPromise({ try: send, catch: (thrown) => thrown }), (thrown) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.fail(errorFromThrown(thrown, { now, secrets: key === undefined ? [] : [Redacted.value(key)] }))
    )
  )
