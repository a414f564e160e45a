/** What a rule of data quality is. */
import type { Estimable } from "../../stats/Estimable.ts"
import type { RuleName, RuleParameters } from "../../study/QualityRules.ts"
import type { Sheet } from "./Sheet.ts"

/** Submissions that a rule hits, each with the reason in a few words. */
export type Hits = ReadonlyMap<number, string>

/** One rule. */
export interface Rule<Name extends RuleName> {
  readonly name: Name
  /** Raised when the same data would be hit differently, so that marks say which rule made them. */
  readonly version: number
  /** What it excludes, with its thresholds, in one line. */
  readonly says: (parameters: RuleParameters[Name]) => string
  /**
   * The hits among all submissions. `kept[s]` is 1 for the submissions that no rule before it excluded: only
   * these are the measure (a median, the others' mean). Not estimable where the data cannot tell.
   */
  readonly find: (sheet: Sheet, kept: Uint8Array, parameters: RuleParameters[Name]) => Estimable<Hits>
}
