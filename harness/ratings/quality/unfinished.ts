/** Submissions that were not finished. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import type { Rule } from "./Rule.ts"

export const unfinished: Rule<"unfinished"> = {
  name: "unfinished",
  version: 1,
  says: () => "the submission was not finished",
  find: (sheet) => {
    const known = [...sheet.submissions.keys()].filter((s) => sheet.submissions[s]!.finished !== null)
    if (known.length === 0) return notEstimable("no file says which submissions were finished")
    return estimable(
      new Map(known.filter((s) => sheet.submissions[s]!.finished === false).map((s) => [s, "not finished"]))
    )
  }
}
