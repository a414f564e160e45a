/** The provider's answers: short supportive texts made from the request alone, or JSON of the asked schema. */
import { unit } from "./faults.ts"
import { type Ask, fields } from "./Wire.ts"

const openings = [
  "Thank you for trusting us with this.",
  "That sounds like a lot to carry.",
  "I am glad you wrote this down.",
  "I can hear how much this weighs on you."
]
const middles = [
  "Anyone in your place would feel pulled in several directions by",
  "It makes sense that your thoughts keep going back to",
  "You have clearly put a great deal of yourself into",
  "There is nothing small about"
]
const endings = [
  "What would help you most tonight?",
  "You do not have to settle all of it at once.",
  "Is there somebody near you who knows?",
  "Whatever you decide, your feelings are a fair guide."
]

/** A 32-bit FNV-1a hash of the first characters of a text: cheap, and all that is needed here. */
const hash = (text: string): number => {
  let bits = 0x811c9dc5
  for (let at = 0; at < text.length && at < 4096; at++)
    bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193)
  return bits >>> 0
}

const pick = (list: readonly string[], seed: number, ordinal: number): string =>
  list[Math.floor(unit(seed, ordinal) * list.length)]!

/** A supportive text that takes up words of the last user message and varies with seed, model and system text. */
export const supportiveText = (ask: Ask): string => {
  const seed = hash(ask.prompt) ^ hash(ask.model) ^ hash(ask.system) ^ (ask.seed ?? 0)
  const words = ask.prompt.slice(0, 600).match(/[\p{L}’']{5,}/gu) ?? []
  const mentioned = [1, 2, 3].map((n) => (words.length > 0 ? pick(words, seed, n) : "this"))
  return `${pick(openings, seed, 4)} ${pick(middles, seed, 5)} ${mentioned[0]} and ${mentioned[1]}. I wonder how ${mentioned[2]} has been for you these last days. ${pick(endings, seed, 6)} (${(seed >>> 0).toString(36)})`
}

/** A value that a JSON Schema allows, for the keywords that a judge's schema uses. */
const valueOf = (schema: unknown, seed: number, ordinal: number): unknown => {
  const about = fields(schema)
  if (Array.isArray(about.enum)) return about.enum[Math.floor(unit(seed, ordinal) * about.enum.length)]
  if ("const" in about) return about.const
  const options = about.anyOf ?? about.oneOf
  if (Array.isArray(options)) return valueOf(options[0], seed, ordinal)
  const type = Array.isArray(about.type) ? about.type[0] : about.type
  const low = typeof about.minimum === "number" ? about.minimum : 0
  const high = typeof about.maximum === "number" ? about.maximum : low + 10
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(fields(about.properties)).map(([name, property], index) => [
          name,
          valueOf(property, seed, ordinal * 31 + index + 1)
        ])
      )
    case "array":
      return Array.from({ length: typeof about.minItems === "number" ? about.minItems : 1 }, (_, index) =>
        valueOf(about.items, seed, ordinal * 31 + index + 1)
      )
    case "integer":
      return Math.floor(low + unit(seed, ordinal) * (high - low + 1))
    case "number":
      return low + unit(seed, ordinal) * (high - low)
    case "boolean":
      return unit(seed, ordinal) < 0.5
    case "null":
      return null
    default:
      return "as the text shows"
  }
}

/** What is answered when nothing goes wrong. */
export const answerTo = (ask: Ask): string =>
  ask.schema === undefined
    ? supportiveText(ask)
    : JSON.stringify(valueOf(ask.schema, hash(ask.prompt) ^ (ask.seed ?? 0), 1))
