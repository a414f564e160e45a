/** A gate's answer for a terminal. */

import type { GateCriterion, GateResult } from "../../gate/GateResult.ts"
import { criterionSentence, headline, moreSentence, ratedBy, remarks } from "../../gate/sentences.ts"
import { count, counted, difference, points, probability } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import { alignedTable, column } from "./alignedTable.ts"

const none = "–"
const shown = (one: GateCriterion) => (one.kind === "margin" ? difference : points)

/** Headline, the criteria as a table, what each says, and what else has to be known. */
export const gateText = (result: GateResult): string => {
  const { criteria, candidate, baseline, more } = result
  const proxy =
    result.raterKind === "proxy"
      ? ["A proxy is a formula over the words: it guards a pipeline and does not measure empathy."]
      : []
  const asked =
    result.judging === undefined
      ? []
      : [
          `${counted(result.judging.calls, "call was", "calls were")} made to judge the baseline's texts again${result.judging.cost === null ? "" : ` ($${result.judging.cost.toFixed(4)} over all starts of this gate)`}.`
        ]
  const lines = [
    headline(result),
    "",
    ...alignedTable([
      column(criteria, "metric", "left", (one) => one.metric),
      column(criteria, "answer", "left", (one) => one.answer),
      column(criteria, "baseline", "right", (one) => (one.baseline === null ? none : points(one.baseline))),
      column(criteria, "candidate", "right", (one) =>
        one.candidate === null ? none : points(one.candidate)
      ),
      column(criteria, "estimate", "right", (one) =>
        one.seen === null ? none : shown(one)(one.seen.estimate)
      ),
      column(criteria, "one-sided 95 % bounds", "left", (one) =>
        one.seen === null ? none : `${shown(one)(one.seen.lower)} to ${shown(one)(one.seen.upper)}`
      ),
      column(criteria, "asked for", "left", (one) =>
        one.kind === "margin" ? `above ${difference(-one.allowed)}` : `at most ${points(one.allowed)}`
      ),
      column(criteria, "p (worse)", "right", (one) => probability(one.pAdjusted)),
      column(criteria, "posts", "right", (one) => count(one.posts))
    ]),
    "",
    ...criteria.map(criterionSentence),
    ...(more === undefined ? [] : [moreSentence(more, result.paired)]),
    ...remarks(result),
    "",
    `Candidate ${candidate.source} of run ${candidate.run}; baseline ${baseline.source} of run ${baseline.run}, saved ${baseline.savedAt.slice(0, 10)}.`,
    `Condition ${result.condition}; texts of both scored by ${ratedBy(result)}, paired by post, every domain weighing the same.`,
    ...asked,
    ...proxy
  ]
  return `${lines.map(visible).join("\n")}\n`
}
