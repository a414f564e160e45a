/** Words on a scale as numbers: only where they say their number, are an instrument's anchors, or are a known family. */
import type { Scale } from "../../study/Instrument.ts"

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

/** `5 - Very empathic`, `5: very`, `(5) very`. */
const leading = /^\(?([+-]?\d+(?:\.\d+)?)\)?\s*[-\u2013\u2014:.)=]\s*\D/
/** `Very empathic (5)`, `very empathic = 5`. */
const trailing = /\D\s*[(=]\s*([+-]?\d+(?:\.\d+)?)\)?$/

/** Points of scales that survey tools offer ready-made, lowest first; each may be said in several ways. */
const families: readonly (readonly (readonly string[])[])[] = [
  [
    ["strongly disagree", "completely disagree"],
    ["disagree", "somewhat disagree"],
    ["neither agree nor disagree", "neutral", "undecided"],
    ["agree", "somewhat agree"],
    ["strongly agree", "completely agree"]
  ],
  [
    ["strongly disagree", "completely disagree"],
    ["disagree"],
    ["somewhat disagree", "slightly disagree"],
    ["neither agree nor disagree", "neutral", "undecided"],
    ["somewhat agree", "slightly agree"],
    ["agree"],
    ["strongly agree", "completely agree"]
  ],
  [["not at all"], ["slightly", "a little"], ["moderately", "somewhat"], ["very", "quite"], ["extremely"]],
  [["never"], ["rarely"], ["sometimes"], ["often"], ["always"]],
  [["very poor"], ["poor"], ["fair"], ["good"], ["very good", "excellent"]]
]

/** The words that all labels end with, such as `empathic`. */
const sharedEnd = (labels: readonly string[]): string => {
  const [first = []] = labels.map((label) => label.split(" ").reverse())
  let n = 0
  while (n < first.length - 1 && labels.every((label) => label.split(" ").reverse()[n] === first[n])) n++
  return first.slice(0, n).reverse().join(" ")
}

const byFamily = (labels: readonly string[], scale: Scale): readonly number[] | undefined => {
  const said = labels.map(plain)
  const end = said.length > 1 ? sharedEnd(said) : ""
  const short = said.map((label) => (end === "" ? label : label.slice(0, -end.length).trim()))
  for (const family of families) {
    if (family.length !== (scale.maximum - scale.minimum) / scale.step + 1) continue
    for (const words of [said, short]) {
      const points = words.map((label) => family.findIndex((ways) => ways.includes(label)))
      if (points.every((point) => point >= 0) && new Set(points).size === points.length)
        return points.map((point) => scale.minimum + point * scale.step)
    }
  }
  return undefined
}

const byAnchors = (labels: readonly string[], scale: Scale): readonly number[] | undefined => {
  const anchors = new Map(Object.entries(scale.anchors).map(([value, text]) => [plain(text), Number(value)]))
  const points = labels.map((label) => anchors.get(plain(label)))
  return points.every((point) => point !== undefined) ? points : undefined
}

const byNumbers = (labels: readonly string[]): readonly number[] | undefined => {
  const points = labels.map((label) => (leading.exec(label) ?? trailing.exec(label))?.[1])
  return points.every((point) => point !== undefined) && new Set(points).size === points.length
    ? points.map(Number)
    : undefined
}

/** What labels count as; `undefined` where that is not clear. `scale` is not known while the instrument is not. */
export const wordedScale = (
  labels: readonly string[],
  scale: Scale | undefined
): Readonly<Record<string, number>> | undefined => {
  const points =
    byNumbers(labels) ??
    (scale === undefined ? undefined : (byAnchors(labels, scale) ?? byFamily(labels, scale)))
  if (points === undefined || labels.length === 0) return undefined
  return Object.fromEntries(
    labels.map((label, index) => [label, points[index]!] as const).sort(([, a], [, b]) => a - b)
  )
}
