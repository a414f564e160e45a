/** An interrupted call is gone at the server too, within a second, whatever the SDK. */
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Scope } from "effect"
import { scopedProvider } from "../provider/Provider.ts"
import { call, openAt, opened, subjectNames, subjects } from "./subjects.ts"

const inFlight = 16

describe("interruption aborts what is in flight at the socket", () => {
  for (const name of subjectNames) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { model, provider } = yield* opened(subjects[name], { faults: { hang: 1 } })
        const fiber = yield* Effect.forkChild(
          Effect.forEach(
            Array.from({ length: inFlight }, (_, n) => n),
            (n) => model.generate(call(`question ${n}`)),
            { concurrency: "unbounded" }
          )
        )
        while (provider.counters.inFlight < inFlight) yield* Effect.sleep(5)
        const started = performance.now()
        yield* Fiber.interrupt(fiber)
        while (provider.counters.aborted < inFlight) yield* Effect.sleep(5)
        assert.isBelow(performance.now() - started, 1000)
        assert.strictEqual(provider.counters.inFlight, 0)
      }).pipe(Effect.scoped)
    )
  }

  it.live("in the middle of a body too", () =>
    Effect.gen(function* () {
      const { model, provider } = yield* opened(subjects["openai chat"], {
        faults: { slow: 1 },
        slowMillis: 60_000
      })
      let begun = false
      const onHeaders = () => {
        begun = true
      }
      subscribe("undici:request:headers", onHeaders)
      yield* Effect.addFinalizer(() => Effect.sync(() => unsubscribe("undici:request:headers", onHeaders)))
      const fiber = yield* Effect.forkChild(model.generate(call("slowly")))
      while (!begun) yield* Effect.sleep(5)
      yield* Fiber.interrupt(fiber)
      while (provider.counters.aborted < 1) yield* Effect.sleep(5)
      assert.strictEqual(provider.counters.inFlight, 0)
    }).pipe(Effect.scoped)
  )

  it.live("when the model's scope closes", () =>
    Effect.gen(function* () {
      const provider = yield* scopedProvider({ faults: { hang: 1 } })
      const scope = yield* Scope.make()
      const model = yield* openAt(subjects["openai chat"], provider).pipe(Scope.provide(scope))
      const fiber = yield* Effect.forkChild(Effect.result(model.generate(call("Are you there?"))))
      while (provider.counters.inFlight < 1) yield* Effect.sleep(5)
      yield* Scope.close(scope, Exit.void)
      const result = yield* Fiber.join(fiber)
      assert.strictEqual(result._tag === "Failure" && result.failure._tag, "Unavailable")
      while (provider.counters.aborted < 1) yield* Effect.sleep(5)
    }).pipe(Effect.scoped)
  )
})
