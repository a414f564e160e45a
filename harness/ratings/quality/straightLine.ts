/**
 * The same point of the scale again and again: the longest unbroken run of a submission's answers, the "long
 * string" of Johnson (2005), Journal of Research in Personality 39, 103–129.
 */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import type { Rule } from "./Rule.ts"
import type { Sheet } from "./Sheet.ts"

/** Answers with a value, and the longest run of one point. Points are counted from the scale's end, so that
 * the leftmost buttons of two scales are the same point. */
const longestRun = (sheet: Sheet, s: number): { readonly run: number; readonly answers: number } => {
  let answers = 0
  let run = 0
  let longest = 0
  let last = Number.NaN
  for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
    const value = sheet.value[i]!
    if (Number.isNaN(value)) continue
    const { minimum, step } = sheet.questions[sheet.question[i]!]!
    const point = Math.round((value - minimum) / step)
    answers++
    run = point === last ? run + 1 : 1
    last = point
    longest = Math.max(longest, run)
  }
  return { run: longest, answers }
}

export const straightLine: Rule<"straight-line"> = {
  name: "straight-line",
  version: 1,
  says: ({ longest, answers }) =>
    `one unbroken run of the same point makes up ${Number((100 * longest).toFixed(1))} % or more of at least ${answers} answers`,
  find: (sheet, _kept, { longest, answers: least }) => {
    const hits = new Map<number, string>()
    let usable = 0
    for (const s of sheet.submissions.keys()) {
      const { run, answers } = longestRun(sheet, s)
      if (answers < least) continue
      usable++
      if (run >= longest * answers - 1e-9) hits.set(s, `${run} of ${answers} answers in a row are the same`)
    }
    return usable === 0
      ? notEstimable(`no submission has ${least} answers, too few to tell`)
      : estimable(hits)
  }
}
