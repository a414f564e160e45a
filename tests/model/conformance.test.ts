/** Plugins with one planted fault each: `plugin check` finds it under its name. */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect } from "effect"
import { type Check, conformance } from "../../harness/model/conformance.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import type { Call, Plugin } from "../../harness/model/Model.ts"
import { Rejected } from "../../harness/model/ModelError.ts"

const key = "planted-0123456789"
const said = ({ messages, seed }: Call) => `${seed}: ${messages.at(-1)?.content.slice(0, 200)}`
const pause = (millis: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, millis)
    signal?.addEventListener("abort", () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

/** Counts the timers of its process, and a test runner has some: tested in one of its own (tests/cli). */
const cancelled = "stops when it is cancelled"

const failedChecks = (plugin: Plugin) =>
  Effect.gen(function* () {
    const model = yield* plugin.open!({ model: "m", config: {}, folder: "." })
    const checks: readonly Check[] = yield* conformance(plugin, model, "m")
    return checks
      .filter(({ name, status }) => status === "fail" && name !== cancelled)
      .map(({ name }) => name)
  }).pipe(
    Effect.scoped,
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ PLANTED_KEY: key })))
  )

let asked = 0
let shared = ""
const planted: readonly (readonly [string, Plugin, readonly string[]])[] = [
  [
    "a good plugin",
    definePlugin({
      name: "good",
      capabilities: { seed: true },
      generate: async (call) => {
        await pause(30, call.signal)
        if (call.model !== "m") throw Object.assign(new Error("no such model"), { status: 404 })
        return said(call)
      }
    }),
    []
  ],
  [
    "one that throws strings",
    definePlugin({
      name: "strings",
      generate: (call) => {
        if (call.model !== "m") throw "boom"
        return said(call)
      }
    }),
    ["types its errors"]
  ],
  [
    "one that tells its key",
    definePlugin({
      name: "teller",
      requires: ["PLANTED_KEY"],
      open: () =>
        Effect.succeed({
          generate: (call: Call) =>
            call.model === "m"
              ? Effect.succeed(said(call))
              : Effect.fail(new Rejected({ message: `refused with ${key}`, reason: "not found" }))
        })
    }),
    ["no secret in any error"]
  ],
  [
    "one that claims a seed and rolls dice",
    definePlugin({
      name: "dice",
      capabilities: { seed: true },
      generate: (call) => `${said(call)} ${++asked}`
    }),
    ["the same seed, the same answer"]
  ],
  [
    "one that breaks on long posts",
    definePlugin({
      name: "short",
      generate: (call) => {
        if (call.messages.at(-1)!.content.length > 20_000) throw new RangeError("too long")
        return said(call)
      }
    }),
    ["answers a post of 30 KB"]
  ],
  [
    "one that breaks on Unicode",
    definePlugin({ name: "latin", generate: (call) => btoa(call.messages.at(-1)!.content) }),
    ["answers Unicode of every kind"]
  ],
  [
    "one that answers a number",
    definePlugin({
      name: "number",
      generate: (call) => (call.messages.at(-1)!.content === "" ? (42 as unknown as string) : said(call))
    }),
    ["survives an empty post"]
  ],
  [
    "one whose calls share a variable",
    definePlugin({
      name: "shared",
      generate: async (call) => {
        shared = said(call)
        await pause(5, call.signal)
        return shared
      }
    }),
    ["32 calls at once"]
  ]
]

describe("plugin check", () => {
  for (const [name, plugin, expected] of planted) {
    it.live(`finds in ${name}: ${expected[0] ?? "nothing"}`, () =>
      Effect.map(failedChecks(plugin), (failed) => assert.deepStrictEqual(failed, [...expected]))
    )
  }
})
