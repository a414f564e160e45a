import { assert, describe, it } from "@effect/vitest"
import * as CostLimit from "../../harness/model/CostLimit.ts"
import { negotiate } from "../../harness/model/negotiate.ts"
import { costOf, priceIn } from "../../harness/model/Prices.ts"

const list = {
  as_of: "2026-01-01",
  models: { "big-1": { input: 2, output: 8, cached_input: 0.5 }, small: { input: 1, output: 1 } }
}

describe("prices", () => {
  it("are found by name, and by name without the date of a snapshot", () => {
    assert.strictEqual(priceIn(list, "big-1")?.output, 8)
    assert.strictEqual(priceIn(list, "big-1-2026-01-31")?.output, 8)
    assert.strictEqual(priceIn(list, "big-1-20260131")?.output, 8)
    assert.isUndefined(priceIn(list, "big"))
    assert.isUndefined(priceIn(list, "constructor"))
    assert.strictEqual(priceIn({ ...list, models: { "*": { input: 0, output: 0 } } }, "any")?.input, 0)
  })

  it("count cached tokens at their own price, and an uncounted answer as unknown", () => {
    const price = list.models["big-1"]
    assert.approximately(
      costOf(price, { inputTokens: 1000, outputTokens: 500, cachedTokens: 400 })!,
      (600 * 2 + 400 * 0.5 + 500 * 8) / 1e6,
      1e-15
    )
    assert.approximately(
      costOf(list.models.small, { inputTokens: 10, outputTokens: 5, cachedTokens: 4 })!,
      15e-6,
      1e-15
    )
    assert.isUndefined(costOf(price, undefined))
    assert.isUndefined(costOf(price, { inputTokens: 5 }))
  })
})

describe("a cost limit", () => {
  it("counts what is in flight, settles it, and once passed lets nothing through", () => {
    const limit = CostLimit.make(1, 0.2)
    assert.isTrue(limit.reserve(0.5))
    assert.isFalse(limit.reserve(0.5))
    limit.settle(0.5, 0.1)
    assert.approximately(limit.spent(), 0.3, 1e-12)
    assert.isFalse(limit.reserve(0.01))
    assert.isTrue(limit.reached())
  })
})

describe("negotiation", () => {
  const can = {
    seed: true,
    temperature: true,
    topP: true,
    systemPrompt: true,
    maxTokens: true,
    jsonSchema: false,
    logprobs: false,
    batch: false
  }
  const messages = [
    { role: "system", content: "Be kind." },
    { role: "user", content: "Hello" }
  ] as const

  it("sends what the model can and changes nothing", () => {
    const agreed = negotiate({ temperature: 0.5, maxTokens: 10 }, true, can)
    assert.deepStrictEqual([agreed.parameters, agreed.ignored], [{ temperature: 0.5, maxTokens: 10 }, []])
    assert.strictEqual(agreed.messages(messages), messages)
  })

  it("names what the model cannot do and leaves it out", () => {
    const unable = { ...can, seed: false, temperature: false, systemPrompt: false }
    const agreed = negotiate({ temperature: 0.5, topP: 0.9 }, true, unable)
    assert.deepStrictEqual(agreed.parameters, { topP: 0.9 })
    assert.deepStrictEqual(agreed.ignored, [
      "seed",
      "temperature 0.5",
      "system prompt (sent at the head of the user message)"
    ])
    assert.deepStrictEqual(agreed.messages(messages), [{ role: "user", content: "Be kind.\n\nHello" }])
  })
})
