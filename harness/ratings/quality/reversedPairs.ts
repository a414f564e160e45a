/** Pairs of dimensions that ask for the same thing, once the other way round: answers that contradict. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import type { Rule } from "./Rule.ts"
import type { Sheet } from "./Sheet.ts"

/** By text, the value of a question in a submission. */
const valuesOf = (sheet: Sheet, s: number, question: number): ReadonlyMap<number, number> => {
  const values = new Map<number, number>()
  for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
    if (sheet.question[i] === question && !Number.isNaN(sheet.value[i]))
      values.set(sheet.text[i]!, sheet.value[i]!)
  }
  return values
}

export const reversedPairs: Rule<"reversed-pairs"> = {
  name: "reversed-pairs",
  version: 1,
  says: ({ pairs, slack, most }) =>
    `more than ${Number((100 * most).toFixed(1))} % of the pairs ${pairs
      .map(({ dimension, reversed }) => `${dimension} and ${reversed}`)
      .join(", ")} contradict by over ${slack} point${slack === 1 ? "" : "s"}`,
  find: (sheet, _kept, { pairs, slack, most }) => {
    const find = (instrument: string, dimension: string) =>
      sheet.questions.findIndex((q) => q.instrument === instrument && q.dimension === dimension)
    const indices = pairs.map(({ instrument, dimension, reversed }) => ({
      one: find(instrument, dimension),
      other: find(instrument, reversed),
      pair: `${instrument}: ${dimension} and ${reversed}`
    }))
    const absent = indices.find(({ one, other }) => one < 0 || other < 0)
    if (absent !== undefined) return notEstimable(`nobody rated the pair ${absent.pair}`)
    const hits = new Map<number, string>()
    for (const s of sheet.submissions.keys()) {
      let asked = 0
      let contradicting = 0
      for (const { one, other } of indices) {
        const { minimum, maximum } = sheet.questions[other]!
        const second = valuesOf(sheet, s, other)
        for (const [text, value] of valuesOf(sheet, s, one)) {
          const turned = second.get(text)
          if (turned === undefined) continue
          asked++
          if (Math.abs(value - (minimum + maximum - turned)) > slack + 1e-9) contradicting++
        }
      }
      if (asked > 0 && contradicting / asked > most + 1e-12) {
        hits.set(s, `${contradicting} of ${asked} pairs contradict`)
      }
    }
    return estimable(hits)
  }
}
