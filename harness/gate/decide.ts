/**
 * The gate's three answers.
 *
 * Pass: every criterion holds (intersection–union: each at its full level, no adjustment). Fail: not a pass, and
 * some criterion is shown to be broken (Holm over all criteria). Else inconclusive: a result of its own, never a
 * pass. A pass also needs the posts to be there: a candidate that answers only what it likes is not measured.
 */
import { adjust } from "../stats/Adjust.ts"
import { type Criterion, LEVEL, type Measurement, measure } from "./Criterion.ts"
import { howManyMore, type More } from "./howManyMore.ts"

export type Answer = "pass" | "fail" | "inconclusive"

/** One criterion's part in the answer. */
export interface Finding {
  readonly criterion: Criterion
  /** Absent where fewer than two posts are paired. */
  readonly seen?: Measurement
  /** Adjusted by Holm over the criteria. */
  readonly pAdjusted: number
  readonly answer: Answer
  /** What would decide it, where it is open. */
  readonly more?: More
}

export interface Decision {
  readonly answer: Answer
  readonly findings: readonly Finding[]
  /** The largest of what the open criteria need; absent when nothing is open that more data would settle. */
  readonly more?: More
  /** Every criterion holds, but too many posts are missing for that to be a pass. */
  readonly incomplete: boolean
}

const largest = (numbers: readonly (number | null)[]): number | null =>
  numbers.includes(null) ? null : Math.max(...numbers.map(Number))

/** Decides. `complete: false` says that too many of the baseline's posts have no partner. At least one criterion. */
export const decide = (criteria: readonly Criterion[], complete = true): Decision => {
  if (criteria.length === 0) throw new RangeError("a gate needs a criterion")
  const seen = criteria.map(measure)
  const pAdjusted = adjust(
    seen.map((one) => one?.p ?? 1),
    "holm"
  )
  const holds = seen.every((one) => one?.holds === true)
  const broken = pAdjusted.map((p) => p < 1 - LEVEL)
  const answer: Answer = holds
    ? complete
      ? "pass"
      : "inconclusive"
    : broken.some(Boolean)
      ? "fail"
      : "inconclusive"
  const findings = criteria.map((criterion, i): Finding => {
    const one = seen[i]
    const own: Answer =
      answer === "fail" && broken[i] ? "fail" : one?.holds === true ? "pass" : "inconclusive"
    return {
      criterion,
      ...(one === undefined ? {} : { seen: one }),
      pAdjusted: pAdjusted[i]!,
      answer: own,
      ...(own === "inconclusive" && one !== undefined && one.se > 0
        ? { more: howManyMore(one, criteria.length) }
        : {})
    }
  })
  const open = findings.flatMap(({ more }) => (more === undefined ? [] : [more]))
  const epochs = open.flatMap((more) => (more.epochs === undefined ? [] : [more.epochs]))
  return {
    answer,
    findings,
    incomplete: holds && !complete,
    ...(answer !== "inconclusive" || open.length === 0
      ? {}
      : {
          more: {
            posts: largest(open.map((more) => more.posts)),
            ...(epochs.length === open.length ? { epochs: largest(epochs) } : {})
          }
        })
  }
}
