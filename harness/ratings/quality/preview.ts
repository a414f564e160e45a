/** Rows that the survey's author made while trying it out. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import type { Rule } from "./Rule.ts"

export const preview: Rule<"preview"> = {
  name: "preview",
  version: 1,
  says: () => "a preview or test of the survey, not a participant",
  find: (sheet) => {
    const known = [...sheet.submissions.keys()].filter((s) => sheet.submissions[s]!.preview !== null)
    if (known.length === 0) return notEstimable("no file says which rows are previews")
    return estimable(new Map(known.filter((s) => sheet.submissions[s]!.preview).map((s) => [s, "a preview"])))
  }
}
