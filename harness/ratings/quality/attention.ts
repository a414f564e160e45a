/** Questions with a known answer: who misses more of them than allowed. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
import { people } from "./people.ts"
import type { Rule } from "./Rule.ts"

/** Numbers are compared as numbers, so that `2` and `2.0` are one answer. */
const same = (given: string, expected: string | number): boolean => {
  const text = given.trim()
  if (typeof expected === "string" && text === expected.trim()) return true
  return text !== "" && String(expected).trim() !== "" && Number(text) === Number(expected)
}

export const attention: Rule<"attention"> = {
  name: "attention",
  version: 1,
  says: ({ checks, allowed }) =>
    `failed more than ${allowed} of ${checks.length} attention check${checks.length === 1 ? "" : "s"} (${checks
      .map(({ question, expected }) => `${question} = ${expected.join(" or ")}`)
      .join("; ")})`,
  find: (sheet, _kept, { checks, allowed }) => {
    const hits = new Map<number, string>()
    const asked = people(sheet)
    const absent = checks.find(({ question }) =>
      asked.every((s) => !sheet.submissions[s]!.answers.has(question))
    )
    // A check that nobody was asked is a slip of the name; passing everybody would hide it.
    if (absent !== undefined) return notEstimable(`no submission has an answer to "${absent.question}"`)
    for (const s of asked) {
      const { answers } = sheet.submissions[s]!
      const failed = checks.filter(({ question, expected }) => {
        const given = answers.get(question)
        return given !== undefined && !expected.some((value) => same(given, value))
      })
      if (failed.length > allowed) {
        hits.set(
          s,
          failed.map(({ question }) => `${question} answered "${answers.get(question)!.trim()}"`).join("; ")
        )
      }
    }
    return estimable(hits)
  }
}
