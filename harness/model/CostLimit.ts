/**
 * A hard stop: no call sets out unless what is spent, what is in flight and this call together stay within the
 * limit. Calls in flight are reserved at their estimate and settled at their cost.
 */

/** The money of one run. */
export interface CostLimit {
  /** Reserves the estimate of a call; false when the limit would be passed, and from then on. */
  readonly reserve: (estimate: number) => boolean
  /** Replaces an estimate by what the call cost. */
  readonly settle: (estimate: number, cost: number) => void
  readonly spent: () => number
  readonly reached: () => boolean
}

/** Makes a limit in US dollars; `spent` is what earlier starts of the run have spent. */
export const make = (limit: number, spent: number): CostLimit => {
  let settled = spent
  let reserved = 0
  let reached = false
  return {
    reserve: (estimate) => {
      // Once passed it stays so: a cheaper call must not slip through while dearer ones wait.
      if (reached || settled + reserved + estimate > limit) reached = true
      else reserved += estimate
      return !reached
    },
    settle: (estimate, cost) => {
      reserved -= estimate
      settled += cost
    },
    spent: () => settled,
    reached: () => reached
  }
}
