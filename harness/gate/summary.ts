/** The gate as Markdown, for a step summary or a comment on a pull request. */
import { count, difference, points, probability } from "../leaderboard/formatNumber.ts"
import { escapeMarkdown as e } from "../leaderboard/markdown.ts"
import type { GateCriterion, GateResult } from "./GateResult.ts"
import { criterionSentence, headline, moreSentence, ratedBy, remarks } from "./sentences.ts"

const sign: Record<GateResult["answer"], string> = { pass: "✅", fail: "❌", inconclusive: "⚠️" }

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`

const cells = (one: GateCriterion): readonly string[] => {
  const show = one.kind === "margin" ? difference : points
  return [
    `${sign[one.answer]} ${one.answer}`,
    e(one.metric),
    one.baseline === null ? "–" : points(one.baseline),
    one.candidate === null ? "–" : points(one.candidate),
    one.seen === null ? "–" : show(one.seen.estimate),
    one.seen === null ? "–" : `${show(one.seen.lower)} to ${show(one.seen.upper)}`,
    one.kind === "margin" ? `above ${difference(-one.allowed)}` : `at most ${points(one.allowed)}`,
    probability(one.pAdjusted),
    count(one.posts)
  ]
}

/** Headline, table, what would settle it, and what else has to be known. */
export const renderSummary = (result: GateResult): string => {
  const { candidate, baseline, criteria, more } = result
  const said = remarks(result)
  return `${[
    `## ${sign[result.answer]} ${e(headline(result))}`,
    "",
    row([
      "Answer",
      "Metric",
      "Baseline",
      "Candidate",
      "Estimate",
      "One-sided 95 % bounds",
      "Asked for",
      "p (worse)",
      "Posts"
    ]),
    row(["---", "---", "---:", "---:", "---:", "---", "---", "---:", "---:"]),
    ...criteria.map((one) => row(cells(one))),
    "",
    ...criteria.map((one) => `- ${e(criterionSentence(one))}`),
    ...(more === undefined ? [] : [`- ${e(moreSentence(more, result.paired))}`]),
    ...said.map((remark) => `- ${e(remark)}`),
    "",
    e(
      `Candidate ${candidate.source} of run ${candidate.run}, baseline ${baseline.source} of run ${baseline.run} (saved ${baseline.savedAt.slice(0, 10)}, ${baseline.hash.slice(0, 8)}), condition ${result.condition}. The texts of both are scored by ${ratedBy(result)}, paired by post, every domain weighing the same.`
    ),
    ...(result.raterKind === "proxy"
      ? ["", "A proxy is a formula over the words: it guards a pipeline and does not measure empathy."]
      : []),
    ""
  ].join("\n")}\n`
}
