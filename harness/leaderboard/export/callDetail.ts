/** What is kept of a reply beside its text, read back; and what the reply cost. */
import { Option, Schema } from "effect"
import { FinishReason } from "../../model/Model.ts"
import { costOf, type Price } from "../../model/Prices.ts"
import type { StoredAnswer } from "../../store/Exports.ts"
import { Usage } from "../../study/Response.ts"

const text = Schema.optionalKey(Schema.String)

/** As `detailOf` of the run writes it; without what exports leave out. */
export const CallDetail = Schema.Struct({
  finish: Schema.optionalKey(FinishReason),
  usage: Schema.optionalKey(Usage),
  share: Schema.optionalKey(Schema.Finite),
  served: Schema.optionalKey(Schema.Struct({ model: text, fingerprint: text, id: text }))
})
export type CallDetail = typeof CallDetail.Type

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(CallDetail))

/** Nothing where the store's JSON is of another shape. */
export const detailOf = ({ detail }: Pick<StoredAnswer, "detail">): CallDetail =>
  Option.getOrElse(decode(detail), () => ({}))

/** By the ids of a run's sources. `free`: a program or a person; `undefined`: not known. */
export type SourcePrices = ReadonlyMap<string, Price | "free" | undefined>

/** US dollars of one answer; `undefined` where the price or the tokens are not known, never 0 for that. */
export const answerCost = (
  { source }: Pick<StoredAnswer, "source">,
  { usage, share = 1 }: CallDetail,
  prices: SourcePrices
): number | undefined => {
  const price = prices.get(source)
  if (price === "free") return 0
  const full = price && costOf(price, usage)
  return full === undefined ? undefined : full * share
}
