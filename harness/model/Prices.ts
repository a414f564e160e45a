/**
 * What calls cost: US dollars per million tokens, from `plugins/<plugin>/prices.yaml` and a file of the
 * user's. A price that is not known is unknown, never 0.
 */
import { Schema } from "effect"
import type { Usage } from "../study/Response.ts"

const amount = Schema.Finite.pipe(Schema.check(Schema.isGreaterThanOrEqualTo(0)))

/** US dollars per million tokens. */
export const Price = Schema.Struct({
  input: amount,
  output: amount,
  /** Input tokens that the provider had cached; by default as `input`. */
  cached_input: Schema.optionalKey(amount)
})
export type Price = typeof Price.Type

/** A `prices.yaml`. A model may be named with its date or without; `"*"` stands for every other model. */
export const PriceList = Schema.Struct({
  /** The day the prices were looked up, ISO. */
  as_of: Schema.NonEmptyString,
  /** Where. */
  source: Schema.optionalKey(Schema.String),
  models: Schema.Record(Schema.String, Price)
})
export type PriceList = typeof PriceList.Type

/** The price of a model in a list: by its name, by its name without the date of a snapshot, or by `"*"`. */
export const priceIn = (list: PriceList, model: string): Price | undefined => {
  const undated = model.replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$/, "")
  for (const name of [model, undated, "*"]) if (Object.hasOwn(list.models, name)) return list.models[name]
  return undefined
}

/** US dollars of one answer; `undefined` when the provider did not count the tokens. */
export const costOf = (price: Price, usage: Usage | undefined): number | undefined => {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return undefined
  const cached = Math.min(usage.cachedTokens ?? 0, usage.inputTokens)
  const fresh = usage.inputTokens - cached
  return (
    (fresh * price.input + cached * (price.cached_input ?? price.input) + usage.outputTokens * price.output) /
    1e6
  )
}

/** Tokens of a text before anyone has counted them: four characters a token, an estimate for English. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4)
