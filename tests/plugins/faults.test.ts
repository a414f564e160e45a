/** Every fault on every SDK, over real sockets: which error or outcome it becomes. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import type { FinishReason } from "../../harness/model/Model.ts"
import type { ModelError } from "../../harness/model/ModelError.ts"
import { type Fault, faultNames } from "../provider/faults.ts"
import { call, opened, plantedKey, type SubjectName, subjectNames, subjects } from "./subjects.ts"

/** What a fault must become. */
type Expected =
  | { readonly finish: FinishReason; readonly text?: RegExp }
  | {
      readonly error: ModelError["_tag"]
      readonly reason?: "auth" | "bad request" | "not found"
      /** Bounds of the wait asked for, ms. */
      readonly after?: readonly [number, number]
    }
  | "interrupted"

/** The wait that the provider asks for in these tests. Dates are whole seconds, so they may ask for more. */
const asked = 2000
const exactly = [asked, asked] as const
const roughly = [asked, asked + 2000] as const

const everywhere: { readonly [F in Fault]: Expected } = {
  "rate-limit": { error: "RateLimited", after: exactly },
  "rate-limit-date": { error: "RateLimited", after: roughly },
  "rate-limit-reset": { error: "RateLimited", after: exactly },
  quota: { error: "Rejected", reason: "auth" },
  "server-error": { error: "Unavailable" },
  overloaded: { error: "Unavailable" },
  drop: { error: "Unavailable" },
  malformed: { error: "Malformed" },
  hang: "interrupted",
  slow: { finish: "stop", text: /^echo/ },
  empty: { finish: "stop", text: /^$/ },
  refusal: { finish: "refusal", text: /can't help/ },
  "content-filter": { finish: "content_filter" },
  "prompt-filter": { error: "ContentFiltered" },
  length: { finish: "length", text: /^echo/ },
  "wrong-type": { error: "Malformed" },
  duplicate: { finish: "stop", text: /^echo/ },
  unauthorized: { error: "Rejected", reason: "auth" },
  "not-found": { error: "Rejected", reason: "not found" },
  "bad-request": { error: "Rejected", reason: "bad request" }
}

/** Where a format has no word of its own for a thing. */
const particular: { readonly [S in SubjectName]?: { readonly [F in Fault]?: Expected } } = {
  anthropic: {
    "rate-limit-reset": { error: "RateLimited", after: roughly },
    "content-filter": { finish: "refusal" }
  },
  mistral: {
    refusal: { finish: "stop", text: /can't help/ },
    "content-filter": { finish: "stop" }
  },
  ollama: {
    "rate-limit-reset": { error: "RateLimited", after: roughly },
    quota: { error: "RateLimited" },
    refusal: { finish: "stop", text: /can't help/ },
    "content-filter": { finish: "stop" }
  }
}

const behaviour = (fault: Fault) => ({
  faults: { [fault]: 1 },
  retryAfterMillis: asked,
  slowMillis: 60,
  answer: (ask: { readonly prompt: string }) => `echo: ${ask.prompt}, and this goes on for a while after that`
})

const check = Effect.fnUntraced(function* (name: SubjectName, fault: Fault) {
  const expected = particular[name]?.[fault] ?? everywhere[fault]
  const { model, provider } = yield* opened(subjects[name], behaviour(fault))
  if (expected === "interrupted") {
    const fiber = yield* Effect.forkChild(model.generate(call("Are you there?")))
    while (provider.counters.inFlight === 0) yield* Effect.sleep(5)
    yield* Fiber.interrupt(fiber)
    while (provider.counters.aborted === 0) yield* Effect.sleep(5)
    assert.strictEqual(provider.counters.inFlight, 0)
    return
  }
  const result = yield* Effect.result(model.generate(call("My brother moved out")))
  assert.strictEqual(provider.counters.requests, 1, "the SDK tried again of its own accord")
  if ("finish" in expected) {
    assert.strictEqual(result._tag, "Success", String(result._tag === "Failure" && result.failure.message))
    if (result._tag !== "Success") return
    assert.strictEqual(result.success.finish, expected.finish)
    assert.match(result.success.text, expected.text ?? /./)
    return
  }
  assert.strictEqual(result._tag, "Failure")
  if (result._tag !== "Failure") return
  const error = result.failure
  assert.strictEqual(error._tag, expected.error, error.message)
  if (expected.reason !== undefined) {
    assert.strictEqual(error._tag === "Rejected" && error.reason, expected.reason, error.message)
  }
  if (expected.after !== undefined) {
    const after = error._tag === "RateLimited" ? error.retryAfterMillis : undefined
    assert.ok(
      after !== undefined && after >= expected.after[0] && after <= expected.after[1],
      `asked to wait ${after} ms`
    )
  }
  assert.notInclude(error.message, plantedKey)
  assert.notInclude(error.message, "\n")
})

for (const name of subjectNames) {
  describe(`${name} meets`, () => {
    for (const fault of faultNames) {
      it.live(fault, () => Effect.scoped(check(name, fault)))
    }
  })
}

describe("a duplicate delivery", () => {
  for (const name of subjectNames) {
    it.live(`is never taken for the answer to the next question (${name})`, () =>
      Effect.gen(function* () {
        const { model, provider } = yield* opened(subjects[name], behaviour("duplicate"))
        const questions = Array.from({ length: 24 }, (_, n) => `question ${n}`)
        const replies = yield* Effect.forEach(questions, (question) => model.generate(call(question)), {
          concurrency: 3
        })
        replies.forEach((reply, n) => {
          assert.ok(reply.text.startsWith(`echo: question ${n},`), reply.text)
        })
        assert.strictEqual(provider.counters.requests, questions.length)
      }).pipe(Effect.scoped)
    )
  }
})
