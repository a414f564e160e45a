/** A study as a command means it. */
import type { PriceList } from "../model/Prices.ts"
import type { StudyFile } from "../study/Study.ts"

/** A study with where it came from; flags of the command line are already in it. */
export interface StudyAt {
  readonly file: string
  readonly folder: string
  readonly study: StudyFile
  /** Use only the first posts of each suite. */
  readonly limit: number | undefined
  /** What a model cannot do is an error rather than a note. */
  readonly strict: boolean
  /** Prices of the user's, by source specification; they go before the shipped ones. */
  readonly prices: PriceList | undefined
}
