/** What has to be known of the judges behind a table: whose texts each left out, and each one's own means. */
import type { RunManifest } from "../run/Manifest.ts"
import type { Scores } from "./collect.ts"
import { decimals } from "./formatNumber.ts"

const meanOf = (values: Float64Array, source: number, width: number): number => {
  let sum = 0
  let n = 0
  for (let at = source; at < values.length; at += width) {
    if (Number.isNaN(values[at]!)) continue
    sum += values[at]!
    n++
  }
  return sum / n
}

/** Notes under a table of judges: judge × source where there are several, and families left out or let in. */
export const judgeNotes = (
  scores: Scores,
  sources: readonly string[],
  manifest: RunManifest
): readonly string[] => {
  const notes: string[] = []
  if (scores.byRater.size > 1) {
    for (const [rater, values] of scores.byRater) {
      const means = sources.map((source, index) => [source, meanOf(values, index, sources.length)] as const)
      const said = means.map(
        ([source, mean]) => `${source} ${Number.isNaN(mean) ? "not rated" : decimals(mean, 2)}`
      )
      notes.push(`Mean by ${rater} alone: ${said.join(", ")}.`)
    }
  }
  for (const judge of manifest.judges ?? []) {
    if (!scores.raters.includes(judge.id)) continue
    if (judge.excluded.length > 0) {
      notes.push(
        `${judge.id} did not rate its own family (${judge.family ?? "the same model"}): ${judge.excluded.join(", ")}; its severity is taken out as a fixed effect.`
      )
    }
    if (judge.own.length > 0) {
      notes.push(
        `${judge.id} rated its own family too (--allow-self): ${judge.own.join(", ")}. Judges favour their own.`
      )
    }
  }
  return notes
}
