/** Raters whose ratings do not go with those of the others of their group. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import { leaveOneOut } from "./LeaveOneOut.ts"
import type { Rule } from "./Rule.ts"

export const farFromOthers: Rule<"far-from-others"> = {
  name: "far-from-others",
  version: 1,
  says: ({ below, overlap }) =>
    `correlates under ${below} with the mean of the others of the group (from ${overlap} shared ratings)`,
  find: (sheet, kept, { below, overlap }) => {
    const all = leaveOneOut(sheet, kept)
    const shared = [...all.values()].map((entry) => entry.overlap)
    if (shared.every((n) => n === 0)) return notEstimable("no text has two raters of one group")
    if (shared.every((n) => n < overlap)) {
      return notEstimable(`nobody shares ${overlap} ratings with others`)
    }
    const hits = new Map<number, string>()
    for (const s of sheet.submissions.keys()) {
      const entry = all.get(sheet.submissions[s]!.rater)
      // Who never varies has no correlation: that is the straight line's matter.
      if (entry === undefined || entry.r === null || entry.overlap < overlap) continue
      if (entry.r < below)
        hits.set(s, `r = ${entry.r.toFixed(2)} with the others over ${entry.overlap} ratings`)
    }
    return estimable(hits)
  }
}
