/**
 * The gate as JUnit XML, the form that every CI system shows as tests: one case a criterion. A criterion that is
 * broken is a failure, one that stays open an error, since an open gate is not a pass.
 */
import { escapeHtml } from "../leaderboard/markup.ts"
import { visible } from "../leaderboard/visible.ts"
import type { GateCriterion, GateResult } from "./GateResult.ts"
import { criterionSentence, headline, moreSentence, ratedBy, remarks } from "./sentences.ts"

// XML 1.0 has no word for these, not even as references; whatever else acts is made visible already.
const unfit = /[\uFFFE\uFFFF]/g

const x = (text: string): string => escapeHtml(visible(text)).replace(unfit, "\uFFFD")

const caseOf = (result: GateResult, one: GateCriterion): readonly string[] => {
  const head = `    <testcase name="${x(one.metric)}" classname="${x(`warmline gate.${result.candidate.source}`)}" time="0"`
  const said = criterionSentence(one)
  const more = one.more === undefined ? "" : ` ${moreSentence(one.more, one.posts)}`
  if (one.answer === "pass")
    return [`${head}>`, `      <system-out>${x(said)}</system-out>`, "    </testcase>"]
  const [tag, type] = one.answer === "fail" ? ["failure", "fail"] : ["error", "inconclusive"]
  return [
    `${head}>`,
    `      <${tag} type="${type}" message="${x(said)}">${x(said + more)}</${tag}>`,
    "    </testcase>"
  ]
}

/** The document. */
export const renderJunit = (result: GateResult): string => {
  const { criteria, answer } = result
  const held = criteria.every((one) => one.answer === "pass")
  // What is there would pass, but too much is missing: that has to be a case of its own, or all would be green.
  const incomplete = answer === "inconclusive" && held
  const n = (of: GateCriterion["answer"]) => criteria.filter((one) => one.answer === of).length
  const counts = `tests="${criteria.length + Number(incomplete)}" failures="${n("fail")}" errors="${n("inconclusive") + Number(incomplete)}"`
  const said = headline(result)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} time="0">`,
    `  <testsuite name="warmline gate" ${counts} skipped="0" time="0">`,
    "    <properties>",
    ...Object.entries({
      answer,
      candidate: `${result.candidate.run} ${result.candidate.source}`,
      baseline: `${result.baseline.run} ${result.baseline.source}`,
      "baseline-hash": result.baseline.hash,
      condition: result.condition,
      raters: ratedBy(result)
    }).map(([name, value]) => `      <property name="${name}" value="${x(value)}"/>`),
    "    </properties>",
    ...criteria.flatMap((one) => caseOf(result, one)),
    ...(incomplete
      ? [
          `    <testcase name="${result.stale ? "drift" : "completeness"}" classname="warmline gate" time="0">`,
          `      <error type="inconclusive" message="${x(said)}">${x(remarks(result).join(" "))}</error>`,
          "    </testcase>"
        ]
      : []),
    `    <system-out>${x([said, ...remarks(result)].join(" "))}</system-out>`,
    "  </testsuite>",
    "</testsuites>"
  ].join("\n")}\n`
}
