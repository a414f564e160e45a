/** Questions with a known answer: who misses more of them than allowed. */
import { estimable, notEstimable } from "../../stats/Estimable.ts"
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
    checks === undefined
      ? `failed more than ${allowed} of the attention checks that the import names`
      : `failed more than ${allowed} of ${checks.length} attention check${checks.length === 1 ? "" : "s"} (${checks
          .map(({ question, expected }) => `${question} = ${expected.join(" or ")}`)
          .join("; ")})`,
  find: ({ submissions }, _kept, { checks, allowed }) => {
    if (submissions.every(({ answers }) => answers.size === 0)) {
      return notEstimable("no file has attention checks")
    }
    const absent = checks?.find(({ question }) => submissions.every(({ answers }) => !answers.has(question)))
    // A check that nobody was asked is a slip of the name; passing everybody would hide it.
    if (absent !== undefined) return notEstimable(`no submission has an answer to "${absent.question}"`)
    const expected = checks && new Map(checks.map((check) => [check.question, check.expected]))
    const hits = new Map<number, string>()
    for (const [s, { answers }] of submissions.entries()) {
      const failed = [...answers].filter(([question, { value, passed }]) => {
        if (expected === undefined) return !passed
        return expected.get(question)?.some((one) => same(value, one)) === false
      })
      if (failed.length > allowed) {
        hits.set(
          s,
          failed.map(([question, { value }]) => `${question} answered "${value.trim()}"`).join("; ")
        )
      }
    }
    return estimable(hits)
  }
}
