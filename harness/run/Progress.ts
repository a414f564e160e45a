/** What a run tells while it runs. Counting is here; drawing is the command line's. */
import { Context, Layer } from "effect"

/** Where a stage stands. */
export interface StageState {
  /** `generate` or `rate`. */
  readonly stage: string
  readonly total: number
  /** Found done at the start of this process. */
  resumed: number
  /** Done in this process. */
  done: number
  /** Failed for good in this process. */
  failed: number
  /** US dollars so far; `undefined` while some price is unknown. */
  cost: number | undefined
  /** What it waits for, if anything. */
  note?: string
}

export class Progress extends Context.Service<
  Progress,
  {
    /** Opens a stage, or one within another; the state is updated in place, for speed. */
    readonly begin: (stage: string, total: number) => StageState
    /** Closes it; its last state stays on the screen. */
    readonly end: (state: StageState) => void
  }
>()("warmline/Progress") {
  /** Says nothing. */
  static readonly layerSilent = Layer.succeed(
    Progress,
    Progress.of({
      begin: (stage, total) => ({ stage, total, resumed: 0, done: 0, failed: 0, cost: 0 }),
      end: () => {}
    })
  )
}
