/** Raters who left out too much of what they were meant to rate. */
import { estimable } from "../../stats/Estimable.ts"
import { missing } from "./Missing.ts"
import type { Rule } from "./Rule.ts"

const meantWords = {
  "as-rated": "the texts they rated at all",
  "all-sources": "every source on each post they rated",
  complete: "every text"
} as const

export const missingInside: Rule<"missing-inside"> = {
  name: "missing-inside",
  version: 1,
  says: ({ most, design }) =>
    `over ${Number((100 * most).toFixed(1))} % of the meant ratings are missing (meant: ${meantWords[design]})`,
  find: (sheet, kept, { most, design }) => {
    const reasons = new Map<number, string>()
    for (const { rater, meant, given } of missing(sheet, kept, design)) {
      if (meant > 0 && (meant - given) / meant > most + 1e-12) {
        reasons.set(rater, `${meant - given} of ${meant} meant ratings are missing`)
      }
    }
    return estimable(
      new Map(
        [...sheet.submissions.keys()].flatMap((s) => {
          const reason = reasons.get(sheet.submissions[s]!.rater)
          return reason === undefined ? [] : [[s, reason] as const]
        })
      )
    )
  }
}
