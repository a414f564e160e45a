/**
 * The gate as annotations of a GitHub Actions step: workflow commands, one a line. What stands in them is data, so
 * whatever could end a command or begin another is escaped as the runner's own toolkit does.
 */
import { visible } from "../leaderboard/visible.ts"
import type { GateResult } from "./GateResult.ts"
import { criterionSentence, headline, moreSentence, remarks } from "./sentences.ts"

const data = (text: string): string =>
  visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")

const level: Record<GateResult["answer"], string> = { pass: "notice", fail: "error", inconclusive: "warning" }

/** Lines for stderr, which the runner reads as it reads stdout. */
export const renderAnnotations = (result: GateResult): readonly string[] => {
  const line = (answer: GateResult["answer"], title: string, text: string) =>
    `::${level[answer]} title=${property(title)}::${data(text)}`
  const open = result.criteria.filter((one) => one.answer !== "pass")
  const more = result.more === undefined ? [] : [moreSentence(result.more, result.paired)]
  return [
    line(
      result.answer,
      "warmline gate",
      [headline(result), ...more, ...remarks(result)].join(". ").replaceAll("..", ".")
    ),
    ...open.map((one) => line(one.answer, `warmline gate: ${one.metric}`, criterionSentence(one)))
  ]
}
