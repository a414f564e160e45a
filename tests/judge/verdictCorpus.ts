/** A thousand recorded verdicts with the values they should come to, filled in from shapes by a fixed seed. */
import type { Scale } from "../../harness/study/Instrument.ts"
import { unit } from "../provider/faults.ts"
import { english } from "./shapes/english.ts"
import { json } from "./shapes/json.ts"
import { languages } from "./shapes/languages.ts"
import { unscored } from "./shapes/unscored.ts"

/** One recorded verdict. `expected` is `null` where there must be no value. */
export interface Recorded {
  readonly text: string
  readonly scale: Scale
  readonly dimension: string
  readonly expected: number | null
  /** The shape it was made from. */
  readonly shape: string
}

const scales: readonly Scale[] = [
  { minimum: 1, maximum: 5, step: 1, anchors: {} },
  { minimum: 1, maximum: 7, step: 1, anchors: {} },
  { minimum: 0, maximum: 2, step: 1, anchors: {} },
  { minimum: 0, maximum: 3, step: 1, anchors: {} }
]

const words = ["zero", "one", "two", "three", "four", "five", "six", "seven"]
const reasons = [
  "It takes up what the writer says.",
  "The response names the feeling, and stays with it.",
  "Kind, but general.",
  "It gives advice that nobody asked for."
]
const dimensions = ["empathic", "validating-emotions", "emotional-reactions", "cared-for"]

const inScript = (n: number, zero: number) => String.fromCodePoint(zero + n)

const fill = (shape: string, scale: Scale, n: number, ordinal: number): string => {
  const { minimum: min, maximum: max } = scale
  const other = n === min ? n + 1 : n - 1
  const dimension = dimensions[ordinal % dimensions.length]!
  const values: Record<string, string> = {
    n: String(n),
    other: String(other),
    over: String(max + 4),
    min: String(min),
    max: String(max),
    word: words[n]!,
    maxword: words[max]!,
    why: reasons[ordinal % reasons.length]!,
    dim: dimension,
    Dim: dimension[0]!.toUpperCase() + dimension.slice(1),
    fullwidth: inScript(n, 0xff10),
    arabic: inScript(n, 0x0660),
    arabicmax: inScript(max, 0x0660),
    devanagari: inScript(n, 0x0966),
    keycap: `${n}\ufe0f\u20e3`,
    stars: "★".repeat(n) + "☆".repeat(max - n)
  }
  return shape.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** Shapes with half points, on a scale that has them and on one that has not. */
const halves = [
  "{n}.5",
  "{n},5",
  "{n}½",
  "Score: {n}.5",
  "Score: {n}.5/5",
  "Bewertung: {n},5",
  "Note : {n},5 sur 5",
  '{"score": {n}.5}',
  '{"score": "{n}.5"}',
  "I give it {n} and a half.",
  "{n}.5 out of 5",
  "评分：{n}.5",
  "Оценка: {n},5",
  "I would rate it {n}.5."
]

/** All recorded verdicts: every shape at least once, and as many as make up `size`. */
export const recordedVerdicts = (size = 1000, seed = 20240327): readonly Recorded[] => {
  const plain = [...json, ...english, ...Object.values(languages).flat()].map((shape) => ({
    shape,
    scored: true
  }))
  const shapes = [...plain, ...unscored.map((shape) => ({ shape, scored: false }))]
  const recorded: Recorded[] = []
  for (const [index, shape] of halves.entries()) {
    for (const step of [0.5, 1]) {
      const n = 1 + (index % 4)
      const scale = { minimum: 1, maximum: 5, step, anchors: {} }
      const text = fill(shape, scale, n, index)
      recorded.push({
        text,
        scale,
        dimension: dimensions[index % 4]!,
        expected: step === 0.5 ? n + 0.5 : null,
        shape
      })
    }
  }
  for (let ordinal = 0; recorded.length < size; ordinal++) {
    const { shape, scored } = shapes[ordinal % shapes.length]!
    const scale = scales[ordinal < shapes.length ? 0 : Math.floor(unit(seed, 2 * ordinal) * scales.length)]!
    const range = scale.maximum - scale.minimum + 1
    const n = scale.minimum + Math.floor(unit(seed, 2 * ordinal + 1) * range)
    recorded.push({
      text: fill(shape, scale, n, ordinal),
      scale,
      dimension: dimensions[ordinal % dimensions.length]!,
      expected: scored ? n : null,
      shape
    })
  }
  return recorded
}

/** How many hand-written shapes there are, and in how many languages. */
export const shapeCount = {
  shapes:
    json.length + english.length + Object.values(languages).flat().length + unscored.length + halves.length,
  languages: 1 + Object.keys(languages).length
}
