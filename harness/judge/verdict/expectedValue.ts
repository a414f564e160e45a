/**
 * The expected value of a score by the log-probabilities of its token: Σ v·p(v) / Σ p(v) over the values of the
 * scale among the likeliest tokens in the score's place. It says more than the score itself when a judge
 * wavers between two grades.
 */
import type { Scale } from "../../study/Instrument.ts"
import { scaleValues } from "./verdictSchema.ts"

interface Token {
  readonly token: string
  readonly logprob: number
  readonly top: readonly { readonly token: string; readonly logprob: number }[]
}

const isTokens = (logprobs: unknown): logprobs is readonly Token[] =>
  Array.isArray(logprobs) &&
  logprobs.every((entry) => typeof entry?.token === "string" && Array.isArray(entry.top))

/**
 * The expected value, or `null`: without log-probabilities, where the tokens do not make up the answer, where
 * values are more than one token long (half points), or where none of the likeliest tokens is a value.
 */
export const expectedValue = (text: string, at: number, logprobs: unknown, scale: Scale): number | null => {
  const values = scaleValues(scale)
  if (!isTokens(logprobs) || values === undefined || !values.every(Number.isInteger)) return null
  if (logprobs.map(({ token }) => token).join("") !== text) return null
  let end = 0
  const token = logprobs.find((entry) => {
    end += entry.token.length
    return end > at
  })
  if (token === undefined) return null
  // A token that holds more than the digits (`4}`) has rivals of other shapes; only the number in it counts.
  const numberIn = (part: string) => /^[^\d-]*(-?\d+)\D*$/.exec(part)?.[1]
  const mass = new Map<number, number>()
  for (const rival of token.top.length > 0 ? token.top : [token]) {
    const digits = numberIn(rival.token)
    if (digits === undefined || !values.includes(Number(digits))) continue
    mass.set(Number(digits), (mass.get(Number(digits)) ?? 0) + Math.exp(rival.logprob))
  }
  let total = 0
  let sum = 0
  for (const [value, p] of mass) {
    total += p
    sum += value * p
  }
  return total > 0 ? sum / total : null
}
