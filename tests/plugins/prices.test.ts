/** The price lists that ship with plugins. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { parse } from "yaml"
import { PriceList, priceIn } from "../../harness/model/Prices.ts"

const plugins = new URL("../../plugins/", import.meta.url)
const listOf = (name: string) => new URL(`${name}/prices.yaml`, plugins)
const read = (name: string) =>
  Schema.decodeUnknownEffect(PriceList, { onExcessProperty: "error" })(
    parse(readFileSync(listOf(name), "utf8"))
  )

describe("shipped prices", () => {
  for (const name of readdirSync(plugins).filter((name) => existsSync(listOf(name)))) {
    it.effect(`of ${name} are dated, and no price is 0 or upside down`, () =>
      Effect.gen(function* () {
        const list = yield* read(name)
        assert.match(list.as_of, /^\d{4}-\d{2}-\d{2}$/)
        assert.notProperty(list.models, "*", "what is not listed is unknown")
        for (const [model, { input, output, cached_input }] of Object.entries(list.models)) {
          assert.ok(input > 0 && output >= input, model)
          if (cached_input !== undefined) assert.ok(cached_input > 0 && cached_input < input, model)
        }
      })
    )
  }

  it.effect("know the models that the READMEs run, with and without a date", () =>
    Effect.gen(function* () {
      assert.strictEqual(priceIn(yield* read("openai"), "gpt-4.1-mini-2025-04-14")?.output, 1.6)
      assert.strictEqual(priceIn(yield* read("anthropic"), "claude-haiku-4-5-20251001")?.output, 5)
      assert.strictEqual(priceIn(yield* read("mistral"), "mistral-small-2506")?.output, 0.3)
      assert.isUndefined(priceIn(yield* read("mistral"), "mistral-small-latest"))
    })
  )
})
