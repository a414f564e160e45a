import { assert, describe, it } from "@effect/vitest"
import { Malformed } from "../../harness/model/ModelError.ts"
import { errorFromThrown, oneLine } from "../../harness/model/thrown.ts"

const error = (message: string, fields: object) => Object.assign(new Error(message), fields)
const key = "plantedkey0123456789abcdef"

describe("errorFromThrown", () => {
  const cases: readonly (readonly [what: string, thrown: unknown, tag: string, reason?: string])[] = [
    ["a 429 by `status`", error("slow down", { status: 429 }), "RateLimited"],
    ["a 429 by `statusCode`", error("slow down", { statusCode: 429 }), "RateLimited"],
    ["a 429 by `status_code`", error("slow down", { status_code: 429 }), "RateLimited"],
    ["a 429 by `response`", error("slow down", { response: { status: 429 } }), "RateLimited"],
    ["408", error("late", { status: 408 }), "Unavailable"],
    ["503", error("down", { status: 503 }), "Unavailable"],
    ["529", error("overloaded", { status: 529 }), "Unavailable"],
    ["400", error("no", { status: 400 }), "Rejected", "bad request"],
    ["422", error("no", { status: 422 }), "Rejected", "bad request"],
    ["401", error("no", { status: 401 }), "Rejected", "auth"],
    ["402", error("pay", { status: 402 }), "Rejected", "auth"],
    ["403", error("no", { status: 403 }), "Rejected", "auth"],
    ["404", error("no", { status: 404 }), "Rejected", "not found"],
    ["a redirect", error("moved", { status: 301 }), "Rejected", "bad request"],
    ["a 200 that an SDK could not read", error("unexpected", { statusCode: 200 }), "Malformed"],
    ["an empty account", error("429 quota", { status: 429, code: "insufficient_quota" }), "Rejected", "auth"],
    [
      "an empty account in a body",
      error("429", { statusCode: 429, body: '{"error":{"type":"insufficient_quota"}}' }),
      "Rejected",
      "auth"
    ],
    [
      "Anthropic's empty account",
      error("Your credit balance is too low", { status: 400 }),
      "Rejected",
      "auth"
    ],
    ["a filter by its code", error("400", { status: 400, code: "content_filter" }), "ContentFiltered"],
    [
      "Azure's filter",
      error("400", { status: 400, error: { innererror: { code: "ResponsibleAIPolicyViolation" } } }),
      "ContentFiltered"
    ],
    [
      "Anthropic's filter",
      error("Output blocked by content filtering policy", { status: 400 }),
      "ContentFiltered"
    ],
    ["a refused connection", error("connect", { code: "ECONNREFUSED" }), "Unavailable"],
    [
      "a lost connection two causes deep",
      error("Connection error.", {
        cause: error("fetch failed", { cause: error("", { code: "UND_ERR_SOCKET" }) })
      }),
      "Unavailable"
    ],
    ["a bad certificate", error("self-signed", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "Unavailable"],
    ["what is no HTTP", error("Parse Error", { code: "HPE_INVALID_CONSTANT" }), "Malformed"],
    ["broken JSON", new SyntaxError("Unexpected end of JSON input"), "Malformed"],
    ["broken JSON inside another error", new Error("invalid", { cause: new SyntaxError("x") }), "Malformed"],
    ["fetch's own words", new TypeError("terminated"), "Unavailable"],
    ["an abort", error("aborted", { name: "AbortError" }), "TimedOut"],
    ["a typed error", new Malformed({ message: "x" }), "Malformed"],
    [
      "a typed error inside an SDK's",
      new Error("SDK", { cause: new Malformed({ message: "x" }) }),
      "Malformed"
    ],
    ["a mistake in the plugin", new TypeError("x is not a function"), "PluginFault"],
    ["a string", "out of order", "PluginFault"],
    ["nothing", undefined, "PluginFault"]
  ]
  for (const [what, thrown, tag, reason] of cases) {
    it(`types ${what}`, () => {
      const typed = errorFromThrown(thrown)
      assert.strictEqual(typed._tag, tag, typed.message)
      if (reason !== undefined) assert.propertyVal(typed, "reason", reason)
    })
  }

  it("takes the wait from headers of either shape, for 503 too", () => {
    const plain = errorFromThrown(error("down", { status: 503, headers: { "retry-after": "3" } }))
    const real = errorFromThrown(error("slow", { status: 429, headers: new Headers({ "retry-after": "3" }) }))
    for (const typed of [plain, real]) {
      assert.strictEqual("retryAfterMillis" in typed && typed.retryAfterMillis, 3000)
    }
  })

  it("stops at a cause that is its own cause", () => {
    const loop = new Error("loop")
    loop.cause = loop
    assert.strictEqual(errorFromThrown(loop)._tag, "PluginFault")
  })

  it("keeps the key out of every kind of message", () => {
    const secrets = [key]
    for (const fields of [{ status: 401 }, { status: 429 }, { status: 500 }, { code: "ECONNRESET" }, {}]) {
      const typed = errorFromThrown(error(`the key ${key} was sent`, fields), { secrets })
      assert.notInclude(typed.message, key)
      assert.include(typed.message, "[redacted]")
    }
  })
})

describe("oneLine", () => {
  it("blots before it cuts, so that no half of a key is left at the end", () => {
    const text = `${"x".repeat(290)} ${key}`
    assert.notInclude(oneLine(text, [key]), "planted")
  })

  it("blots keys of the usual shapes without knowing them", () => {
    const line = oneLine("Authorization: Bearer abc.def-123\n sk-proj-abcdefgh1234")
    assert.strictEqual(line, "Authorization: Bearer [redacted] [redacted]")
  })
})
