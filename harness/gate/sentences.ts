/** What a gate says, in words: every view uses these. Names in them are data: each view escapes them its own way. */
import { count, counted, difference, listed, points, probability } from "../leaderboard/formatNumber.ts"
import { drifted } from "./drift.ts"
import type { GateCriterion, GateMore, GateResult } from "./GateResult.ts"

/** Two decimals; more where two would show a number as the bound it only comes near to. */
const near = (value: number, bound: number, show: (value: number) => string): string =>
  value !== bound && show(value) === show(bound)
    ? `${value < 0 ? "−" : show(1).startsWith("+") ? "+" : ""}${Number(Math.abs(value).toPrecision(2))}`
    : show(value)

/** The raters as a reader has to know them: a proxy is called one. */
export const ratedBy = ({ raterKind, raters }: GateResult): string =>
  `${raterKind === "proxy" ? "the PROXY" : `the ${raterKind}`}${raters.length === 1 ? "" : raterKind === "proxy" ? "S" : "s"} ${listed(raters)}`

const whole = (more: GateMore, posts: number): readonly string[] => [
  ...(more.posts === null
    ? []
    : [`${counted(more.posts, "more post")} (${count(posts + more.posts)} in all)`]),
  ...(more.epochs === undefined || more.epochs === null
    ? []
    : [`${counted(more.epochs, "more epoch")} of candidate and baseline`])
]

/** What would settle it; `posts` there are now. */
export const moreSentence = (more: GateMore, posts: number): string => {
  const ways = whole(more, posts)
  return ways.length === 0
    ? "What was seen lies so near to the bound that no number of posts below a million would decide it."
    : `About ${ways.join(", or ")} would decide it four times in five, going by what was seen.`
}

/** The verdict's one line. */
export const headline = (result: GateResult): string => {
  const { answer, candidate, baseline, criteria } = result
  const same = candidate.source === baseline.source
  const who = same ? candidate.source : `${candidate.source} against ${baseline.source}`
  const named = (of: GateResult["answer"]) =>
    listed(criteria.filter((one) => one.answer === of).map(({ metric }) => metric))
  switch (answer) {
    case "pass":
      return `PASS: ${who} keeps to ${criteria.length === 1 ? "the bound" : `all ${criteria.length} bounds`} on ${named("pass")}`
    case "fail":
      return `FAIL: ${who} is worse on ${named("fail")}`
    case "inconclusive":
      if (result.stale) return `INCONCLUSIVE: the judge has drifted since it rated ${who}`
      return named("inconclusive") === ""
        ? `INCONCLUSIVE: too many posts of ${who} are missing`
        : `INCONCLUSIVE: ${counted(result.paired, "post")} cannot tell whether ${who} is worse on ${named("inconclusive")}`
  }
}

/** What the data say of one criterion. */
export const criterionSentence = (one: GateCriterion): string => {
  const { kind, allowed, seen, metric } = one
  if (seen === null) return `${metric}: ${counted(one.posts, "post")} to compare, two are needed.`
  if (kind === "ceiling") {
    const upper = near(seen.upper, allowed, points)
    const lower = near(seen.lower, allowed, points)
    const asked = `mean ${points(seen.estimate)}, at most ${points(allowed)} allowed`
    if (one.holds) return `${metric}: ${asked}; with 95 % confidence it is not above ${upper}.`
    return one.answer === "fail"
      ? `${metric}: ${asked}; with 95 % confidence it is not below ${lower}, p ${probability(one.pAdjusted).replace(/^(?=\d)/, "= ")}.`
      : `${metric}: ${asked}; between ${lower} and ${upper} all is possible.`
  }
  const lower = near(seen.lower, -allowed, difference)
  const upper = near(seen.upper, 0, difference)
  const asked = `candidate minus baseline ${difference(seen.estimate)}, a drop of less than ${points(allowed)} allowed`
  const turned = one.turned ? " (turned round: less of it is better)" : ""
  if (one.answer === "fail") {
    return `${metric}${turned}: ${asked}; with 95 % confidence it is not above ${upper}, p ${probability(one.pAdjusted).replace(/^(?=\d)/, "= ")}.`
  }
  return one.holds
    ? `${metric}${turned}: ${asked}; with 95 % confidence it is not below ${lower}.`
    : `${metric}${turned}: ${asked}; between ${lower} and ${upper} all is possible.`
}

/** Missing posts, drift and notes: what a reader has to know beside the numbers. */
export const remarks = (result: GateResult): readonly string[] => [
  ...(result.missing.length === 0
    ? []
    : [
        `${counted(result.posts - result.paired, "post")} of ${count(result.posts)} cannot be paired: ${listed(result.missing.map(({ reason, posts }) => `${count(posts)} ${reason}`))}.`
      ]),
  ...result.drift.flatMap((entry) => {
    const { metric, estimate, lower, upper } = entry
    const who = entry.rater === undefined ? "The raters score" : `${entry.rater} scores`
    const by = `${difference(estimate)} on ${metric} (95 % interval ${difference(lower)} to ${difference(upper)})`
    if (drifted(entry)) {
      const both = result.stale ? "" : " Both sides are compared by today's scores."
      return [`${who} the baseline's own texts differently now than when it was saved: ${by}.${both}`]
    }
    return result.raterKind === "judge"
      ? [`${who} the baseline's own texts as when it was saved, as far as can be seen: ${by}.`]
      : []
  }),
  ...result.notes.map((note) => `${note[0]!.toUpperCase()}${note.slice(1)}.`)
]
