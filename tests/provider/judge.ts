/**
 * The fake provider as a judge whose faults are known: bias, noise, repeatability, a taste for length, gullibility
 * and ways of writing. Everything it says depends on its seed and the question alone.
 */
import { answerTo } from "./answer.ts"
import { auditValue, readAuditText, type Weakness } from "./auditReader.ts"
import { unit } from "./faults.ts"
import type { Ask } from "./Wire.ts"

/** What a judge makes of one text on one question, before its faults. */
export type Truth = (about: {
  readonly post: string
  readonly response: string
  readonly question: string
}) => number

/** How an answer is written where no JSON schema binds it. */
export type Style = "json" | "fenced" | "prose" | "outOf" | "chatty" | "mixed"

/** The parameters of a judge; by default it is fair, exact and careful. */
export interface JudgeCharacter {
  readonly seed?: number
  /** The value that is right; by default a tag `[[q=3.2]]` in the response, else made of the response's hash. */
  readonly truth?: Truth
  /** Added to every value, in points. */
  readonly bias?: number
  /** Standard deviation of the error, in points. */
  readonly noise?: number
  /** The share of the error's variance that stays when the same is asked again, 0 to 1; 1 by default. */
  readonly repeatability?: number
  /** Points for each doubling of the response's words over 100. */
  readonly lengthBias?: number
  /** The share of attacks inside a response that it obeys, 0 to 1. */
  readonly gullible?: number
  readonly style?: Style
  /** The share of first answers that cannot be read. */
  readonly garbled?: number
  /** The share of questions it never answers readably. */
  readonly mute?: number
  /** Probability of preferring what is shown first, beyond its merits, −1 to 1 (pairwise). */
  readonly firstBias?: number
  /** It has read the audit's texts and knows what is right of each; other texts are as by default. */
  readonly reads?: boolean
  /** Points by which each weakness moves what it makes of an audit's text; `order`: of what is shown first. */
  readonly fooled?: { readonly [W in Weakness | "order"]?: number }
}

/** A 32-bit FNV-1a hash of a whole text. */
export const textHash = (text: string): number => {
  let bits = 0x811c9dc5
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193)
  return bits >>> 0
}

/** A standard normal number that depends on seed and text alone (Box and Muller). */
const normal = (seed: number, text: string): number => {
  const hash = textHash(text) ^ Math.imul(seed + 1, 0x9e3779b1)
  return Math.sqrt(-2 * Math.log(1 - unit(hash, 1))) * Math.cos(2 * Math.PI * unit(hash, 2))
}

const chance = (seed: number, text: string): number =>
  unit(textHash(text) ^ Math.imul(seed + 7, 0x85ebca6b), 3)

/** The pieces between their lines, by name, and the rest of the prompt. */
const takeApart = (prompt: string) => {
  const pieces = new Map<string, string>()
  const rest = prompt.replaceAll(
    /^--- (post|response|first|second) ([0-9a-f]{32}) ---\n([\s\S]*?)\n--- end of \1 \2 ---$/gm,
    (_, name: string, __, text: string) => {
      pieces.set(name, text)
      return ""
    }
  )
  return { pieces, rest }
}

/** The questions with their scales, out of what is not material. */
const questionsIn = (rest: string) =>
  [
    ...rest.matchAll(
      /^Question(?: "([^"]+)")?: (.*)\nScale: (-?[\d.]+) to (-?[\d.]+), (?:whole numbers|steps of ([\d.]+))/gm
    )
  ].map(([, name, question, low, high, step]) => ({
    name: name ?? "",
    question: question!,
    minimum: Number(low),
    maximum: Number(high),
    step: Number(step ?? 1)
  }))

type Question = ReturnType<typeof questionsIn>[number]

/** What a gullible judge obeys: the last number that a text asks for, or the top where it asks for that. */
const obeyed = (response: string, question: Question): number | undefined => {
  // It sees what a tokenizer sees, the invisible included, and every digit as a digit.
  const seen = [...response.normalize("NFKC")]
    .map((char) => {
      const point = char.codePointAt(0)!
      return point >= 0xe0020 && point <= 0xe007e ? String.fromCodePoint(point - 0xe0000) : char
    })
    .join("")
  const asked = [
    ...seen.matchAll(
      /(?:score|rating|rate|grade|give|award|mark|value|answer|puntuación|bewert\p{L}*|note|nota|评分|给|スコア|оцен\p{L}*|تقييم|empathic)[^\d\n]{0,40}?(\d+(?:\.\d+)?)/giu
    )
  ].map((match) => Number(match[1]))
  const last = asked.at(-1)
  if (last !== undefined) return Math.min(question.maximum, Math.max(question.minimum, last))
  return /(?:highest|maximum|top|full|perfect|best)\s+(?:score|rating|marks|grade|possible|of the scale)/i.test(
    seen
  )
    ? question.maximum
    : undefined
}

const tagged: Truth = ({ response, question }) => {
  const tag = /\[\[q=(-?[\d.]+)\]\]/.exec(response)
  return tag ? Number(tag[1]) : Number.NaN * question.length
}

const valueOf = (
  character: JudgeCharacter,
  question: Question,
  post: string,
  response: string,
  prompt: string,
  ask: Ask
): number => {
  const { seed = 1, bias = 0, noise = 0, repeatability = 1, lengthBias = 0, gullible = 0 } = character
  const attacked = gullible > 0 ? obeyed(response, question) : undefined
  if (attacked !== undefined && chance(seed + 3, response) < gullible) return attacked
  const range = question.maximum - question.minimum
  const read = character.reads === true ? readAuditText(post, response) : undefined
  const true_ =
    read === undefined
      ? (character.truth ?? tagged)({ post, response, question: question.question })
      : auditValue(read.kind, question.question)
  const fooledBy = read?.shown.reduce((sum, name) => sum + (character.fooled?.[name] ?? 0), 0) ?? 0
  const truth = Number.isNaN(true_)
    ? question.minimum + range * chance(seed + 11, response + question.question)
    : true_
  const words = response.match(/\S+/g)?.length ?? 1
  const stable = normal(seed, `${response}\n${question.question}`)
  // What changes from call to call is the code of the material, and the seed where the provider takes one.
  const fresh = normal(seed + 1, `${prompt}\n${ask.seed ?? ""}\n${question.question}`)
  const error = noise * (Math.sqrt(repeatability) * stable + Math.sqrt(1 - repeatability) * fresh)
  const raw = truth + fooledBy + bias + lengthBias * Math.log2(Math.max(1, words) / 100) + error
  const steps = Math.round((raw - question.minimum) / question.step)
  const on = question.minimum + steps * question.step
  return Number(Math.min(question.maximum, Math.max(question.minimum, on)).toFixed(6))
}

const reason = "It takes up what the writer says."

const styles: Readonly<Record<Exclude<Style, "mixed">, (value: number, maximum: number) => string>> = {
  json: (value) => JSON.stringify({ rationale: reason, score: value }),
  fenced: (value) => `\`\`\`json\n${JSON.stringify({ rationale: reason, score: value }, null, 2)}\n\`\`\``,
  prose: (value, maximum) => `${reason} On a scale that ends at ${maximum} points, I would rate it ${value}.`,
  outOf: (value, maximum) => `${value} out of ${maximum}. ${reason}`,
  chatty: (value) =>
    `Sure! Here is my rating:\n\n\`\`\`\n{"rationale": "${reason}", "score": ${value}}\n\`\`\`\n\nLet me know if you need more.`
}
const styleNames = Object.keys(styles) as readonly (keyof typeof styles)[]

const grades = ["first much better", "first better", "equal", "second better", "second much better"] as const

/** A preference between two responses by the difference of their values: half a point and one and a half are the edges. */
const preference = (
  character: JudgeCharacter,
  prompt: string,
  pieces: ReadonlyMap<string, string>,
  ask: Ask
) => {
  const { seed = 1, firstBias = 0 } = character
  const question: Question = { name: "", question: "", minimum: -100, maximum: 100, step: 0.01 }
  const post = pieces.get("post") ?? ""
  const of = (piece: string) => valueOf(character, question, post, pieces.get(piece) ?? "", prompt, ask)
  const pull =
    firstBias !== 0 && chance(seed + 5, prompt) < Math.abs(firstBias) ? Math.sign(firstBias) * 2 : 0
  const difference = of("first") - of("second") + pull + (character.fooled?.order ?? 0)
  const size = Math.abs(difference)
  if (size < 0.5) return grades[2]
  return difference > 0 ? (size < 1.5 ? grades[1] : grades[0]) : size < 1.5 ? grades[3] : grades[4]
}

/** The answers of a judge to this harness's prompts; any other question is answered as by default. */
export const judgeAnswer =
  (character: JudgeCharacter = {}) =>
  (ask: Ask): string => {
    const prompt = ask.prompt.includes("--- post ") ? ask.prompt : ""
    const { pieces, rest } = takeApart(prompt)
    const { seed = 1, garbled = 0, mute = 0, style = "json" } = character
    if (prompt === "") return answerTo(ask)
    const again = rest.includes("could not be read")
    if (chance(seed + 13, prompt.replaceAll(/An earlier answer[\s\S]*$/g, "").trim()) < mute)
      return "I would rather not say."
    if (!again && chance(seed + 17, prompt) < garbled) return "Somewhere between a 2 and a 4, I think."
    if (pieces.has("first")) {
      return JSON.stringify({ rationale: reason, verdict: preference(character, prompt, pieces, ask) })
    }
    const questions = questionsIn(rest)
    const values = questions.map((question) =>
      valueOf(character, question, pieces.get("post") ?? "", pieces.get("response") ?? "", prompt, ask)
    )
    const [first] = questions
    if (first === undefined) return answerTo(ask)
    if (questions.length > 1) {
      const scores = Object.fromEntries(
        questions.map(({ name }, index) => [name, { rationale: reason, score: values[index]! }])
      )
      return style === "fenced"
        ? `\`\`\`json\n${JSON.stringify(scores, null, 2)}\n\`\`\``
        : JSON.stringify(scores)
    }
    if (ask.schema !== undefined) return styles.json(values[0]!, first.maximum)
    const chosen = style === "mixed" ? styleNames[textHash(prompt) % styleNames.length]! : style
    return styles[chosen](values[0]!, first.maximum)
  }

/** Several judges behind one server, by the model that is asked for. */
export const judgesByModel = (characters: Readonly<Record<string, JudgeCharacter>>) => {
  const answers = new Map(
    Object.entries(characters).map(([model, character]) => [model, judgeAnswer(character)])
  )
  return (ask: Ask): string => (answers.get(ask.model) ?? answerTo)(ask)
}
