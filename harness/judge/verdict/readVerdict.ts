/**
 * Reads a judge's answer strictly: a value only where the answer states one and one only. What is quoted from the
 * judged texts, hedged, denied, asked or contradicted is not the verdict; then the judge is asked again.
 */
import { onStep, type Scale } from "../../study/Instrument.ts"
import { type Claim, offScale, same } from "./claim.ts"
import { fold } from "./fold.ts"
import { jsonObjects } from "./jsonObjects.ts"
import { partOf, reasonIn, scoreIn } from "./jsonVerdict.ts"
import { proseVerdict } from "./proseVerdict.ts"
import type { ReadVerdict } from "./Verdict.ts"

/** What the answer is read against. */
export interface ReadOptions {
  readonly scale: Scale
  /** The dimension's name, which a judge may use for the key of its score. */
  readonly dimension: string
  /** Several dimensions were asked in one call: the score must stand under this one's name. */
  readonly joint: boolean
  /** What was judged: JSON that stands there word for word is a quotation and never the verdict. */
  readonly material: readonly string[]
}

const unreadable = (reason: string): ReadVerdict => ({ _tag: "Unreadable", reason })

/** Reasoning that a model shows before its answer is not its answer. One that never ends hides all that follows. */
const withoutThoughts = (text: string): string =>
  text
    .replaceAll(/<(think|thinking|thought|reasoning|scratchpad)>.*?<\/\1>/gis, "")
    .replace(/^.*<\/(?:think|thinking)>/is, "")
    .replace(/<(?:think|thinking|thought|reasoning|scratchpad)>.*$/is, "")

const packed = (text: string): string => text.replaceAll(/\s+/g, "")

/** Where the digits of a score stand, by its key; only where it stands once. */
const placeOf = (text: string, value: number): number | undefined => {
  const places = [...text.matchAll(new RegExp(String.raw`"[^"]*"\s*:\s*"?(${value})(?![\d.])`, "g"))]
  return places.length === 1 ? places[0]!.index + places[0]![0].lastIndexOf(places[0]![1]!) : undefined
}

/** An object that breaks off or cannot be parsed: the score counts if it stands there complete, and once. */
const fromFragment = (text: string, dimension: string): Claim | undefined => {
  const key = `(?:score|rating|final_score|${dimension.replaceAll(/[^\p{L}\p{N}]/gu, "[ _-]?")})`
  const found = [
    ...text.matchAll(
      new RegExp(
        String.raw`["']?(?<![\p{L}])${key}["']?\s*[:=]\s*(?:"(-?\d+(?:\.\d+)?)"|(-?\d+(?:[.,](?!\d{3}(?!\d))\d+)?)(?=\s*(?:,(?!\s*\d)|[}\n])))`,
        "giu"
      )
    )
  ]
  const values = new Set(found.map((match) => Number((match[1] ?? match[2]!).replace(",", "."))))
  return values.size === 1 ? { value: [...values][0]!, outOf: undefined } : undefined
}

/** Reads the verdict of one dimension from an answer. */
export const readVerdict = (answer: string, options: ReadOptions): ReadVerdict => {
  const { scale, dimension, joint, material } = options
  const text = withoutThoughts(answer)
  const known = material.map(packed)
  const objects = jsonObjects(text)
  let rest = text
  const claims: Claim[] = []
  let rationale = ""
  let refused: string | undefined
  for (const { value, from, to } of objects) {
    const part = text.slice(from, to)
    rest = rest.replace(part, "\n")
    // Shorter pieces, such as a pair of empty brackets, are in any text.
    if (packed(part).length >= 5 && known.some((whole) => whole.includes(packed(part)))) continue
    const about = joint ? partOf(value, dimension) : value
    const said = value === undefined && !joint ? fromFragment(part, dimension) : scoreIn(about, dimension)
    if (said === "several") return unreadable("the answer holds several scores")
    if (said === "no number") refused = "the score is not a number"
    if (typeof said === "object") claims.push(said)
    if (rationale === "") rationale = reasonIn(about)
  }
  const [first] = claims
  if (first !== undefined && !claims.every((claim) => same(claim, first))) {
    return unreadable("the answer holds several scores")
  }
  if (first === undefined && refused !== undefined) return unreadable(refused)
  // In a joint answer a score in words could be of any dimension.
  const prose = joint ? undefined : proseVerdict(fold(rest), scale, dimension)
  if (prose === "several") return unreadable("the answer states several scores")
  if (first !== undefined && prose !== undefined && !same(prose, first)) {
    return unreadable("the answer states another score beside its JSON")
  }
  const claim = first ?? prose
  if (claim === undefined) return unreadable("no score was found in the answer")
  const reason = offScale(claim, scale)
  const why = rationale === "" ? rest.trim() : rationale
  if (reason !== undefined) return { _tag: "OffScale", reason, rationale: why }
  return {
    _tag: "Scored",
    value: onStep(scale, claim.value),
    rationale: why,
    at: first === undefined || joint ? undefined : placeOf(answer, claim.value)
  }
}
