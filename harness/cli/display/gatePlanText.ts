/** `warmline gate --dry-run` for a terminal: what rating the baseline's texts again would take. */
import type { Prepared } from "../../gate/prepare.ts"
import type { JudgeEstimate } from "../../judge/estimateJudging.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import { isRated } from "../../study/Response.ts"
import { judgeLine, money, totalOf } from "./judgeEstimates.ts"

/** Who would be compared with what, and what each judge would be asked. */
export const gatePlanText = (
  { options, manifest, source, kind, counting }: Prepared,
  estimates: readonly JudgeEstimate[]
): string => {
  const { baseline, file } = options
  const texts = baseline.texts.filter(({ outcome }) => isRated(outcome)).length
  const lines = [
    `Gate of ${source.id} in run ${manifest.run} against ${baseline.source.id} in ${file}: the baseline's ${counted(texts, "text")} would be rated again`,
    ...(kind === "judge"
      ? [
          ...estimates.map(judgeLine),
          `In all ${money(totalOf(estimates))}. Tokens are estimated at four characters each.`
        ]
      : counting.map((id) => `  proxy   ${id}: a formula, which costs nothing`)),
    "Nothing was asked."
  ]
  return `${lines.map(visible).join("\n")}\n`
}
