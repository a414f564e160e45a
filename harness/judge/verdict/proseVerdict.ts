/** The score that a judge states in words: found by how scores are stated, never by a number being there. */
import type { Scale } from "../../study/Instrument.ts"
import { type Claim, claimOf, same } from "./claim.ts"
import { numberOf, numberPattern } from "./number.ts"
import { ownWords, withoutScale } from "./ownWords.ts"
import { correction, counted } from "./proseWords.ts"
import { emphatic, labelled, selfEvident, stars } from "./statements.ts"

// What is put aside ("not a 4") is no grade, and neither is what is counted.
const putAside =
  /(?<!\p{L})(?:not|rather than|instead of|nicht|pas|non|no)\s+(?:(?:a|an|eine?|une?|un|una)\s+)?$/iu

/** The numbers in a text that could be grades. */
const numbersIn = (text: string): readonly (number | undefined)[] =>
  [...text.matchAll(new RegExp(numberPattern, "giu"))]
    .filter(
      ({ 0: digits, index }) =>
        !counted.test(text.slice(index + digits.length)) && !putAside.test(text.slice(0, index))
    )
    .map(([digits]) => numberOf(digits))

// What may stand before a number that is the whole answer: ", a solid 4".
const opening = new RegExp(
  String.raw`^(?:[\s,;:.…*"']|-(?!\d))*(?:(?:so|thus|therefore|hence|also|donc|así que|easily|clearly|definitely|certainly|surely|simply|overall)[,\s]+)?(?:(?:a|an|eine?|une?|una|um)\s+)?${emphatic}(?=-?\d)`,
  "iu"
)
// A minus belongs to its number.
const opened = (line: string): string => (/^\s*-\d/.test(line) ? line : line.replace(opening, ""))

/** A number alone in the first or last line, or at the head of the answer before a reason. */
const bare = (text: string): Claim | undefined => {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const whole = lines[0] === undefined ? undefined : claimOf(opened(lines[0]))
  const ends = [lines[0], lines.at(-1)].flatMap((line) => {
    const claim = line !== undefined && /^\P{L}*$/u.test(line) ? claimOf(line) : undefined
    return claim === undefined ? [] : [claim]
  })
  const candidates = [...ends, ...(whole === undefined ? [] : [whole])]
  const [first] = candidates
  if (first === undefined || !candidates.every((claim) => same(claim, first))) return undefined
  // Any other number leaves it open which is meant.
  return numbersIn(text).every((value) => value === first.value || value === first.outOf) ? first : undefined
}

/** The one score that the judge states in its own words; `several` when it states more, `undefined` when none plainly. */
export const proseVerdict = (
  text: string,
  scale: Scale,
  dimension: string
): Claim | "several" | undefined => {
  const clean = withoutScale(ownWords(text), scale)
  const { list, open } = labelled(clean, dimension, scale)
  const star = stars(clean, scale)
  const stated = [...list, ...selfEvident(clean, scale)]
  const finals = stated.filter((one) => one.final)
  const decisive = finals.length > 0 ? finals : stated
  const [first] = decisive
  if (first === undefined) {
    if (star !== undefined && !open) return star
    return open || correction.test(clean) ? undefined : bare(clean)
  }
  if (!decisive.every((one) => same(one, first))) return "several"
  if (star !== undefined && !same(star, first)) return "several"
  const outOf = decisive.find((one) => one.outOf !== undefined)?.outOf
  // Another number in the same sentence may be the grade of something else, or a second thought.
  const beside = decisive.some(({ end }) =>
    numbersIn(clean.slice(end).split(/[.!?\n。]/)[0]!).some(
      (value) => value !== first.value && value !== outOf
    )
  )
  if (beside) return "several"
  // Taken back, or another number put after it: only the judge knows which it means.
  const last = Math.max(...decisive.map(({ end }) => end))
  const others = numbersIn(clean.slice(last)).some((value) => value !== first.value && value !== outOf)
  if (others && correction.test(clean)) return "several"
  if (finals.length > 0 && stated.some((one) => one.at > last && !same(one, first))) return "several"
  return { value: first.value, outOf }
}
