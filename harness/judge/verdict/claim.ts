/** A claim that the score is some value, found in an answer, and whether the value is one of the scale's. */
import { isOnScale, type Scale } from "../../study/Instrument.ts"
import { ceilingPattern, numberOf, plainNumberPattern } from "./number.ts"

/** `outOf` is what it was said to be out of, where that was said. */
export interface Claim {
  readonly value: number
  readonly outOf: number | undefined
}

/** Between a score and what it is out of. */
export const overPattern = String.raw`(?:\s*\/\s*|\s+\(?(?:(?:points?|stars?)\s+)?out\s+of\s+(?:a\s+(?:possible|maximum(?:\s+of)?)\s+)?|\s+of\s+the\s+(?=\S+\s+(?:points?|stars?)(?!\p{L}))|\s+(?:von|sur|de|su|из|van(?:\s+de)?|na|z|of|av|em|from|от|daripada|trên|üzerinden|من|में\s+से)\s+)`

const atom = new RegExp(
  String.raw`^\s*[[("']*(${plainNumberPattern})(?:${overPattern}(${ceilingPattern}))?[\])"']*\s*(?:(?:points?|stars?|分|点|점|punkte?n?|points|puntos?|pontos?|punti|балл\p{L}*|punkt\p{L}*|puan)(?!\p{L}))?\s*(?:[-:,;.(|].*)?$`,
  "isu"
)

/** Reads a value that stands by itself: `4`, `4/5`, `4 out of 5`, `"4 (very empathic)"`, `four`. */
export const claimOf = (text: string): Claim | undefined => {
  const match = atom.exec(text)
  if (!match) return undefined
  const value = numberOf(match[1]!)
  // A second number behind a dash or comma (`3-4`, `4, maybe 5`) leaves open which is meant.
  const rest = text.slice(text.indexOf(match[1]!) + match[1]!.length + (match[2] === undefined ? 0 : 1))
  if (value === undefined) return undefined
  if (match[2] === undefined && /\d/.test(rest)) return undefined
  return { value, outOf: match[2] === undefined ? undefined : numberOf(match[2]) }
}

/** Why a claim is no value of the scale, or `undefined` when it is one. */
export const offScale = ({ value, outOf }: Claim, scale: Scale): string | undefined => {
  const wanted = `the scale ${scale.minimum} to ${scale.maximum}${scale.step === 1 ? "" : ` in steps of ${scale.step}`}`
  if (outOf !== undefined && outOf !== scale.maximum) return `${value} out of ${outOf} is not on ${wanted}`
  return isOnScale(scale, value) ? undefined : `${value} is not on ${wanted}`
}

/** Whether two claims say the same. */
export const same = (a: Claim, b: Claim): boolean =>
  a.value === b.value && (a.outOf === b.outOf || a.outOf === undefined || b.outOf === undefined)
