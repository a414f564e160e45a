/** What every source plugin must stand: the checks behind `warmline plugin check`. */
import { Duration, Effect, Fiber, Redacted, Result, Schema } from "effect"
import { canonicalJson } from "../study/Hash.ts"
import * as AdaptiveLimit from "./AdaptiveLimit.ts"
import { ask, patience } from "./CallPolicy.ts"
import type { Call, Model, Plugin } from "./Model.ts"
import { ModelError } from "./ModelError.ts"
import { optionalKey } from "./providerConfig.ts"

/** One check's result, for a row of the table. */
export interface Check {
  readonly name: string
  /** `skip`: the plugin does not claim it, or it could not be seen. */
  readonly status: "pass" | "fail" | "skip"
  readonly detail: string
}

const plain =
  "My brother moved out on Sunday and took the dog. The flat is so quiet that I keep the radio on."
const unicode =
  "Σήμερα 😔👨‍👩‍👧‍👦 كنت وحيدًا 今天我很难过 e\u0301 \u202Ertl\u202C ẞ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 “quotes” {{braces}} <b>&amp;</b>"
const long = "I keep going over that one evening in the kitchen, again and again. ".repeat(460)

const callOf = (model: string, body: string, seed = 11): Call => ({
  model,
  messages: [
    { role: "system", content: "Answer with empathy, in a few sentences." },
    { role: "user", content: body }
  ],
  parameters: {},
  seed,
  epoch: 1,
  about: { suite: "conformance", post: `post-${seed}`, condition: "base" }
})

const isModelError = Schema.is(ModelError)

/** How long a cancelled call may keep a timer or a socket. */
const longestCancel = 1000

interface Subject {
  readonly plugin: string
  readonly model: Model
  readonly name: string
  /** Values of the environment variables that the plugin needs. */
  readonly secrets: readonly string[]
  readonly errors: string[]
}

const unforgiving = patience({ maxRetries: 0, timeout: Duration.seconds(60) })

const asked = ({ plugin, model, errors }: Subject, call: Call) =>
  Effect.result(
    ask({ plugin, model, call, patience: unforgiving, limit: AdaptiveLimit.make(64), budget: Effect.void })
  ).pipe(
    Effect.tap((result) => {
      if (Result.isFailure(result)) errors.push(canonicalJson(JSON.parse(JSON.stringify(result.failure))))
      return Effect.void
    })
  )

const told = (result: Result.Result<{ readonly reply: { readonly text: string } }, ModelError>): string =>
  Result.isFailure(result)
    ? `${result.failure._tag}: ${result.failure.message}`
    : `${result.success.reply.text.length.toLocaleString("en")} characters`

/** Passes when a text comes back. */
const answers = (name: string, body: string) => (subject: Subject) =>
  Effect.map(asked(subject, callOf(subject.name, body)), (result): Check => {
    const ok = Result.isSuccess(result) && result.success.reply.text.trim() !== ""
    return { name, status: ok ? "pass" : "fail", detail: told(result) }
  })

/** Passes with a text, even an empty one, or a typed error that is not the plugin's own fault. */
const survives = (name: string, model: (subject: Subject) => string, body: string) => (subject: Subject) =>
  Effect.map(asked(subject, callOf(model(subject), body)), (result): Check => {
    const fault =
      Result.isFailure(result) && (result.failure._tag === "PluginFault" || !isModelError(result.failure))
    return { name, status: fault ? "fail" : "pass", detail: told(result) }
  })

const deterministic = (subject: Subject) =>
  Effect.gen(function* () {
    const name = "the same seed, the same answer"
    if (!subject.model.capabilities.seed) {
      return { name, status: "skip", detail: "capabilities do not claim a seed" } satisfies Check
    }
    const first = yield* asked(subject, callOf(subject.name, plain, 21))
    const second = yield* asked(subject, callOf(subject.name, plain, 21))
    const same =
      Result.isSuccess(first) &&
      Result.isSuccess(second) &&
      first.success.reply.text === second.success.reply.text
    return {
      name,
      status: same ? "pass" : "fail",
      detail: same ? "two calls agree" : "two calls with one seed differ: do not claim seed, or pass it on"
    } satisfies Check
  })

const differing = Array.from({ length: 8 }, (_, index) => `${plain} It is day ${index + 1} without them.`)

/** Passes when 32 calls at once are answered, and none with what another of them gets when it is asked alone. */
const together = (subject: Subject) =>
  Effect.gen(function* () {
    const calls = Array.from({ length: 32 }, (_, index) => index % differing.length)
    const put = (which: number) => asked(subject, callOf(subject.name, differing[which]!, 100 + which))
    const alone = (yield* Effect.forEach(differing, (_, which) => put(which))).map((result) =>
      Result.isSuccess(result) ? result.success.reply.text : undefined
    )
    const results = yield* Effect.forEach(calls, put, { concurrency: "unbounded" })
    const failed = results.filter(Result.isFailure)
    const mixed = results.filter((result, index) => {
      if (Result.isFailure(result)) return false
      const { text } = result.success.reply
      return text !== alone[calls[index]!] && alone.includes(text)
    })
    const detail =
      failed.length > 0
        ? `${failed.length} failed, the first with ${told(failed[0]!)}`
        : mixed.length > 0
          ? `${mixed.length} got the answer to another call: keep nothing between calls`
          : "all answered, each its own"
    const status = failed.length + mixed.length === 0 ? "pass" : "fail"
    return { name: "32 calls at once", status, detail } satisfies Check
  })

/**
 * What keeps the process alive: timers, sockets and the like, as Node counts them. Counted in a turn of its own,
 * since a timer counts for as long as the code that it started runs.
 */
const resources = Effect.callback<number>((resume) => {
  const turn = setImmediate(() => {
    const kinds = process.getActiveResourcesInfo()
    const held = kinds.filter((kind) => !/^(TTYWrap|PipeWrap|Immediate|CloseReq|FSReq)/.test(kind))
    resume(Effect.succeed(held.length))
  })
  return Effect.sync(() => clearImmediate(turn))
})

const cancellation = (subject: Subject) =>
  Effect.gen(function* () {
    const name = "stops when it is cancelled"
    const before = yield* resources
    // Asked without the harness's timeout, whose timer would be let go in the plugin's place.
    const fiber = yield* Effect.forkChild(
      Effect.exit(subject.model.generate(callOf(subject.name, plain, 31)))
    )
    yield* Effect.sleep("10 millis")
    const during = yield* resources
    if (fiber.pollUnsafe() !== undefined || during <= before) {
      yield* Fiber.await(fiber)
      return { name, status: "skip", detail: "it answers too fast to be cancelled" } satisfies Check
    }
    yield* Fiber.interrupt(fiber)
    // Keep-alive sockets of a pool may stay; the request's own timer or socket must go.
    const started = performance.now()
    let after = yield* resources
    while (after >= during && performance.now() - started < longestCancel) {
      yield* Effect.sleep("20 millis")
      after = yield* resources
    }
    const waited = performance.now() - started
    const stopped = after < during
    return {
      name,
      status: stopped ? "pass" : "fail",
      detail: stopped
        ? `everything let go within ${Math.round(waited)} ms`
        : `still busy ${longestCancel} ms after the cancel: pass \`signal\` on to what you call`
    } satisfies Check
  })

const secrecy = (subject: Subject) =>
  Effect.sync((): Check => {
    const name = "no secret in any error"
    if (subject.secrets.length === 0) return { name, status: "skip", detail: "it needs no key" }
    const leaked = subject.errors.some((error) => subject.secrets.some((secret) => error.includes(secret)))
    return {
      name,
      status: leaked ? "fail" : "pass",
      detail: leaked ? "a key stands in an error's text" : `${subject.errors.length} errors looked at`
    }
  })

/** In order; the secrets are looked for in the errors of all the others. */
const checks = [
  answers("answers a post", plain),
  answers("answers Unicode of every kind", unicode),
  answers("answers a post of 30 KB", long),
  survives("survives an empty post", ({ name }) => name, ""),
  survives("types its errors", () => "no-such-model-of-any-kind", plain),
  deterministic,
  together,
  cancellation,
  secrecy
]

/** Runs all checks on an opened model. `name` is the model's name behind the plugin. */
export const conformance = Effect.fn("Model.conformance")(function* (
  plugin: Plugin,
  model: Model,
  name: string
) {
  const keys = yield* Effect.forEach(plugin.requires, (variable) =>
    Effect.orElseSucceed(optionalKey(plugin.name, variable), () => undefined)
  )
  const secrets = keys.flatMap((key) => (key === undefined ? [] : [Redacted.value(key)]))
  const subject: Subject = { plugin: plugin.name, model, name, secrets, errors: [] }
  const results: Check[] = [
    { name: "loads", status: "pass", detail: `${plugin.name}, version ${plugin.version}` }
  ]
  for (const check of checks) results.push(yield* check(subject))
  return results
})
