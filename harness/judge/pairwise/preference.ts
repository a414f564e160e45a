/** The verdict between two responses: five grades, read strictly. */
import type { Json } from "../../study/Hash.ts"
import type { Instrument } from "../../study/Instrument.ts"
import { fold } from "../verdict/fold.ts"
import { jsonObjects } from "../verdict/jsonObjects.ts"

/** From +2 (the first is much better) to −2 (the second is). */
export const grades = {
  "first much better": 2,
  "first better": 1,
  equal: 0,
  "second better": -1,
  "second much better": -2
} as const
export type Grade = keyof typeof grades

const names = Object.keys(grades) as readonly Grade[]

/** The answer as a schema. */
export const preferenceSchema: Json = {
  type: "object",
  properties: { rationale: { type: "string" }, verdict: { type: "string", enum: names } },
  required: ["rationale", "verdict"],
  additionalProperties: false
}

/** The question: which does better on the whole questionnaire. */
export const preferenceQuestion = (instrument: Instrument): string =>
  [
    `Which response does better, all of this taken together?`,
    ...instrument.dimensions.map(
      ({ question, direction }) => `- ${question}${direction === "reversed" ? " (less is better)" : ""}`
    )
  ].join("\n")

/** The form that is asked for. */
export const preferenceAnswer = `Answer with one JSON object and nothing else: {"rationale": "one or two sentences", "verdict": one of ${names
  .map((name) => JSON.stringify(name))
  .join(", ")}}`

const gradeOf = (value: unknown): Grade | undefined =>
  typeof value === "string"
    ? names.find((name) => name === fold(value).trim().toLowerCase().replaceAll("_", " "))
    : undefined

const packed = (text: string) => text.replaceAll(/\s+/g, "")

/** The one grade that an answer states, or `undefined`. JSON that stands word for word in the texts is a quotation. */
export const readPreference = (answer: string, material: readonly string[]): Grade | undefined => {
  const known = material.map(packed)
  const text = answer.replaceAll(/<(think|thinking)>.*?<\/\1>/gis, "")
  const found = jsonObjects(text)
    .filter(({ from, to }) => !known.some((whole) => whole.includes(packed(text.slice(from, to)))))
    .map(({ value }) => (value as { readonly verdict?: unknown } | undefined)?.verdict)
  if (found.length === 0) return gradeOf(text.replaceAll(/[*"`.]/g, ""))
  const grade = gradeOf(found[0])
  return found.every((value) => gradeOf(value) === grade) ? grade : undefined
}
