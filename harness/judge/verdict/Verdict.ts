/** What an answer of a judge says of one dimension, read strictly: a value, a reason, or nothing that can be read. */

/** Read from one answer. */
export type ReadVerdict =
  | {
      readonly _tag: "Scored"
      readonly value: number
      readonly rationale: string
      /** Where the score's digits begin in the answer, where that is known; for log-probabilities. */
      readonly at: number | undefined
    }
  /** It can be read and is no value of the scale. */
  | { readonly _tag: "OffScale"; readonly reason: string; readonly rationale: string }
  /** It cannot be read: the judge is asked again once. */
  | { readonly _tag: "Unreadable"; readonly reason: string }

/** What is kept of a judge's view of one dimension. Exactly one of `value` and `unscored` is not null. */
export interface DimensionVerdict {
  readonly dimension: string
  readonly value: number | null
  readonly unscored: string | null
  /** Expected value over the scale by the log-probabilities of the score's token. */
  readonly expected: number | null
  readonly rationale: string
}
