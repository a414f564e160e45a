/** The JSON that a judge is to answer with, as a schema for providers that have one and in words for all. */
import type { Json } from "../../study/Hash.ts"
import type { Dimension, Scale } from "../../study/Instrument.ts"

/** The values of a scale in order; `undefined` where there are too many to list. */
export const scaleValues = (scale: Scale): readonly number[] | undefined => {
  const steps = Math.round((scale.maximum - scale.minimum) / scale.step)
  if (steps > 40) return undefined
  // Rounded, so that 1 + 3 × 0.1 is 1.3.
  return Array.from({ length: steps + 1 }, (_, n) => Number((scale.minimum + n * scale.step).toFixed(9)))
}

const object = (properties: { readonly [name: string]: Json }): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false
})

const scoreOf = (scale: Scale): Json => {
  const values = scaleValues(scale)
  const type = Number.isInteger(scale.step) && Number.isInteger(scale.minimum) ? "integer" : "number"
  return values === undefined ? { type } : { type, enum: values }
}

// The reason comes before the score: a judge that writes it first has thought first.
const one = (dimension: Dimension): Json =>
  object({ rationale: { type: "string" }, score: scoreOf(dimension.scale) })

/** One dimension: `{ rationale, score }`. Several: such an object under each dimension's name. */
export const verdictSchema = (dimensions: readonly Dimension[]): Json =>
  dimensions.length === 1
    ? one(dimensions[0]!)
    : object(Object.fromEntries(dimensions.map((dimension) => [dimension.name, one(dimension)])))

/** The same in words. */
export const answerText = (dimensions: readonly Dimension[]): string => {
  const form = '{"rationale": "one or two sentences", "score": a number of the scale}'
  return dimensions.length === 1
    ? `Answer with one JSON object and nothing else: ${form}`
    : `Answer with one JSON object and nothing else, with such an object for each question: {${dimensions
        .map((dimension) => `"${dimension.name}": ${form}`)
        .join(", ")}}`
}

/** The questions with their scales and anchors. */
export const questionText = (dimensions: readonly Dimension[]): string =>
  dimensions
    .map(({ name, question, scale }) => {
      const step = scale.step === 1 ? "whole numbers" : `steps of ${scale.step}`
      const anchors = Object.entries(scale.anchors)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([value, meaning]) => `  ${value} = ${meaning}`)
      return [
        `Question${dimensions.length === 1 ? "" : ` "${name}"`}: ${question}`,
        `Scale: ${scale.minimum} to ${scale.maximum}, ${step}`,
        ...anchors
      ].join("\n")
    })
    .join("\n\n")
