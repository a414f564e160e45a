/** Reads a judge's answer strictly. */
import type { Scale } from "../../study/Instrument.ts"
import type { ReadVerdict } from "./Verdict.ts"

/** What the answer is read against. */
export interface ReadOptions {
  readonly scale: Scale
  /** The dimension's name, which a judge may use for the key of its score. */
  readonly dimension: string
  /** Several dimensions were asked in one call: the score must stand under this one's name. */
  readonly joint: boolean
  /** What was judged: JSON that stands there word for word is a quotation and never the verdict. */
  readonly material: readonly string[]
}

/** Reads the verdict of one dimension from an answer. */
export const readVerdict = (_text: string, _options: ReadOptions): ReadVerdict => ({
  _tag: "Unreadable",
  reason: "no verdict found"
})
