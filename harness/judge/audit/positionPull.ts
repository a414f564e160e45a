/**
 * Whether a judge favours what it is shown first: two texts to one post, compared in both orders. What they are
 * worth cancels out between the orders; what stays is the place's.
 */
import { Effect } from "effect"
import type { Rateable } from "../../model/Model.ts"
import type { Caller } from "../../run/Caller.ts"
import type { StageState } from "../../run/Progress.ts"
import type { Instrument } from "../../study/Instrument.ts"
import { wordCount } from "../../study/Response.ts"
import type { Judge } from "../Judge.ts"
import { judgePairs } from "../pairwise/judgePairs.ts"
import type { Pair } from "../pairwise/Pairs.ts"
import type { AuditSet } from "./AuditSet.ts"

/** Who compares: the judge with the pairwise prompt. */
export interface Comparer {
  readonly judge: Judge
  readonly caller: Caller
  readonly state: StageState
}

/** The pulls, one an item; less than nothing favours the second place. */
export interface PositionPulls {
  /** In grades, of which the scale from −2 to 2 has four steps. Items without both verdicts are left out. */
  readonly pulls: readonly number[]
  /** Comparisons that have no verdict. */
  readonly missing: number
  /** Of those, calls that failed or were held back: another start asks them again. */
  readonly failed: number
}

/** The width of the five grades, to put a pull on another scale. */
export const gradeRange = 4

/** The pairs: two texts neither of which is warm, so that no verdict is at its end already. */
const pairsOf = (set: AuditSet): readonly Pair[] =>
  set.items.map((item) => {
    const post: Rateable["post"] = { title: item.title, body: item.body.trim(), language: "en" }
    const texts = { advice: item.advice.trim(), dismissive: item.dismissive.trim() }
    return {
      shared: {
        id: item.id,
        post,
        texts: new Map(Object.entries(texts).map(([name, text]) => [name, { text, words: wordCount(text) }]))
      },
      a: "advice",
      b: "dismissive"
    }
  })

/** Compares every pair in both orders. */
export const positionPulls = Effect.fn("Audit.positionPulls")(function* (
  { judge, caller, state }: Comparer,
  instrument: Instrument,
  set: AuditSet,
  seed: number
) {
  const before = state.failed
  const pairs = pairsOf(set)
  const preferences = yield* judgePairs(
    { judge, instrument, pairs, budget: undefined, seed, strengths: () => new Map() },
    caller,
    state
  )
  const pulls = [...Map.groupBy(preferences, ({ post }) => post).values()].flatMap((two) => {
    const grades = two.flatMap(({ grade }) => (grade === null ? [] : [grade]))
    // Each grade is for what was shown first, so the two texts' worth enters once with each sign.
    return grades.length === 2 ? [(grades[0]! + grades[1]!) / 2] : []
  })
  const missing = preferences.filter(({ grade }) => grade === null).length
  return {
    pulls,
    missing,
    failed: caller.costLimitReached() ? missing : state.failed - before
  } satisfies PositionPulls
})
