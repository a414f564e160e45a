/** One person, several submissions: the first that counts stays. */
import { estimable } from "../../stats/Estimable.ts"
import type { Rule } from "./Rule.ts"
import type { Sheet } from "./Sheet.ts"

const textsOf = (sheet: Sheet, s: number): readonly number[] =>
  Array.from(sheet.text.subarray(sheet.start[s]!, sheet.start[s + 1]!))

export const duplicatePerson: Rule<"duplicate-person"> = {
  name: "duplicate-person",
  version: 1,
  says: ({ count }) =>
    count === "any"
      ? "a person's second and later submissions"
      : "a person's later submission that rates a text they rated before",
  find: (sheet, kept, { count }) => {
    const hits = new Map<number, string>()
    const seen = new Map<number, Set<number>>()
    for (const s of sheet.submissions.keys()) {
      // A preview or an unfinished row of the same person must not push out the one that counts.
      if (kept[s] === 0) continue
      const { rater } = sheet.submissions[s]!
      const before = seen.get(rater)
      const texts = textsOf(sheet, s)
      const again = before === undefined ? 0 : new Set(texts.filter((text) => before.has(text))).size
      if (before !== undefined && (count === "any" || again > 0)) {
        hits.set(s, again === 0 ? "a later submission" : `rated ${again} of their texts before`)
        continue
      }
      seen.set(rater, new Set([...(before ?? []), ...texts]))
    }
    return estimable(hits)
  }
}
