/**
 * What is missing and why: texts a rater was never meant to see are missing by design and tell nothing; a
 * missing value inside what they were meant to rate is a fault of the rater or of the file.
 */
import type { RuleParameters } from "../../study/QualityRules.ts"
import type { Sheet } from "./Sheet.ts"

/** Which texts a rater was meant to rate. */
export type MeantDesign = RuleParameters["missing-inside"]["design"]

/** One rater's share, in ratings (text × question). */
export interface RaterMissing {
  readonly rater: number
  readonly meant: number
  readonly given: number
  /** Of the instruments this rater used, over all texts: what they were not meant to rate. */
  readonly byDesign: number
}

const texts = (sheet: Sheet, own: ReadonlySet<number>, design: MeantDesign): ReadonlySet<number> => {
  if (design === "as-rated") return own
  if (design === "complete") return new Set(sheet.texts.keys())
  const place = (text: number) => {
    const { post, condition, epoch } = sheet.texts[text]!
    return JSON.stringify([post, condition, epoch])
  }
  const places = new Set([...own].map(place))
  return new Set([...sheet.texts.keys()].filter((text) => places.has(place(text))))
}

/** Counts of everyone, over those of their submissions that are kept. */
export const missing = (sheet: Sheet, kept: Uint8Array, design: MeantDesign): readonly RaterMissing[] => {
  const own = new Map<number, { texts: Set<number>; given: Set<number>; instruments: Set<string> }>()
  const width = sheet.questions.length
  for (const s of sheet.submissions.keys()) {
    if (kept[s] === 0) continue
    const { rater } = sheet.submissions[s]!
    const seen = own.get(rater) ?? { texts: new Set(), given: new Set(), instruments: new Set() }
    own.set(rater, seen)
    for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
      const question = sheet.question[i]!
      seen.texts.add(sheet.text[i]!)
      seen.instruments.add(sheet.questions[question]!.instrument)
      if (!Number.isNaN(sheet.value[i])) seen.given.add(sheet.text[i]! * width + question)
    }
  }
  return [...own].map(([rater, seen]) => {
    const questions = sheet.questions.filter(({ instrument }) => seen.instruments.has(instrument)).length
    const meant = texts(sheet, seen.texts, design).size * questions
    return { rater, meant, given: seen.given.size, byDesign: sheet.texts.length * questions - meant }
  })
}
