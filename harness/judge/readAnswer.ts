/** What one answer of a judge comes to on every dimension it was asked about. */

import { postText } from "../study/Post.ts"
import type { Outcome } from "../study/Response.ts"
import type { Asked } from "./question.ts"
import { expectedValue } from "./verdict/expectedValue.ts"
import { readVerdict } from "./verdict/readVerdict.ts"
import type { DimensionVerdict } from "./verdict/Verdict.ts"

/** An answer as far as a verdict is read from it. */
export interface Answer {
  readonly text: string
  readonly outcome: Outcome
  readonly logprobs: unknown
}

const unscored = (dimension: string, reason: string, rationale = ""): DimensionVerdict => ({
  dimension,
  value: null,
  unscored: reason,
  expected: null,
  rationale
})

/** Verdicts of all dimensions, or none when the judge is to be asked again. `last`: it will not be. */
export const readAnswer = (asked: Asked, answer: Answer, last: boolean): readonly DimensionVerdict[] => {
  const { dimensions, item } = asked
  if (answer.outcome === "content_filter") {
    return dimensions.map(({ name }) => unscored(name, "the provider's filter stopped the judge"))
  }
  const silent =
    answer.outcome === "refusal"
      ? "the judge refused"
      : answer.outcome === "empty"
        ? "the judge answered nothing"
        : undefined
  const names = dimensions.map(({ name }) => name)
  const material = [postText(item.post), item.response]
  const verdicts: DimensionVerdict[] = []
  for (const dimension of dimensions) {
    const { name, scale } = dimension
    const read =
      silent === undefined
        ? readVerdict(answer.text, { scale, dimension: name, joint: names.length > 1, material })
        : ({ _tag: "Unreadable", reason: silent } as const)
    if (read._tag === "Unreadable") {
      if (!last) return []
      verdicts.push(unscored(name, `${read.reason} (asked twice)`))
    } else if (read._tag === "OffScale") {
      verdicts.push(unscored(name, read.reason, read.rationale))
    } else {
      verdicts.push({
        dimension: name,
        value: read.value,
        unscored: null,
        expected: read.at === undefined ? null : expectedValue(answer.text, read.at, answer.logprobs, scale),
        rationale: read.rationale
      })
    }
  }
  return verdicts
}
