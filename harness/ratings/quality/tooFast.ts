/** Submissions done in less time than reading takes, measured by the median of their own file. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import { median } from "./median.ts"
import type { Rule } from "./Rule.ts"
import { ratingsOf, type Sheet } from "./Sheet.ts"

const timeOf = (sheet: Sheet, s: number, per: "submission" | "rating"): number | null => {
  const { seconds } = sheet.submissions[s]!
  if (seconds === null || !(seconds >= 0)) return null
  if (per === "submission") return seconds
  const ratings = ratingsOf(sheet, s)
  return ratings === 0 ? null : seconds / ratings
}

export const tooFast: Rule<"too-fast"> = {
  name: "too-fast",
  version: 1,
  says: ({ share, per, least }) =>
    `done in under ${Number((100 * share).toFixed(1))} % of the median time${per === "rating" ? " a rating" : ""} of the file (from ${least} timed submissions)`,
  find: (sheet, kept, { share, per, least }) => {
    const hits = new Map<number, string>()
    const timed = [...sheet.submissions.keys()].filter((s) => timeOf(sheet, s, per) !== null)
    if (timed.length === 0) return notEstimable("no file says how long a submission took")
    let usable = 0
    for (const batch of Map.groupBy(timed, (s) => sheet.submissions[s]!.batch).values()) {
      const times = batch.filter((s) => kept[s] === 1).map((s) => timeOf(sheet, s, per)!)
      if (times.length < least) continue
      usable++
      const middle = median(times)
      for (const s of batch) {
        const time = timeOf(sheet, s, per)!
        if (time < share * middle) {
          const unit = per === "rating" ? " a rating" : ""
          hits.set(s, `${Number(time.toFixed(1))} s${unit}, the median is ${Number(middle.toFixed(1))} s`)
        }
      }
    }
    return usable === 0
      ? notEstimable(`no file has ${least} timed submissions, too few for a median`)
      : estimable(hits)
  }
}
