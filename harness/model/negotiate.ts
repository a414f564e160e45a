/** What a study asks against what a model can do. Nothing is dropped in silence: it is named and kept. */
import type { Parameters } from "../study/Source.ts"
import type { Message } from "../study/Template.ts"
import type { Capabilities } from "./Model.ts"

/** What is really sent, and what of the wish is not. */
export interface Negotiated {
  readonly parameters: Parameters
  /** Names of what the model cannot do, as the manifest shows them; empty when everything is honoured. */
  readonly ignored: readonly string[]
  /** Rewrites messages for a model without a system prompt: its text goes before the user's, on its own lines. */
  readonly messages: (messages: readonly Message[]) => readonly Message[]
}

const asIs = (messages: readonly Message[]) => messages

const withoutSystem = (messages: readonly Message[]): readonly Message[] => {
  const system = messages.filter((message) => message.role === "system").map((message) => message.content)
  const rest = messages.filter((message) => message.role !== "system")
  const [first, ...others] = rest
  return first === undefined || system.length === 0
    ? messages
    : [{ ...first, content: [...system, first.content].join("\n\n") }, ...others]
}

/**
 * Compares a wish with capabilities. Every study wishes for a seed (its own, derived); `system` says whether
 * any of its conditions has a system text.
 */
export const negotiate = (asked: Parameters, system: boolean, can: Capabilities): Negotiated => {
  const ignored: string[] = []
  const sent: { -readonly [K in keyof Parameters]: Parameters[K] } = { ...asked }
  if (!can.seed) ignored.push("seed")
  for (const name of ["temperature", "topP", "maxTokens"] as const) {
    if (asked[name] !== undefined && !can[name]) {
      ignored.push(`${name} ${asked[name]}`)
      delete sent[name]
    }
  }
  const merged = system && !can.systemPrompt
  if (merged) ignored.push("system prompt (sent at the head of the user message)")
  return { parameters: sent, ignored, messages: merged ? withoutSystem : asIs }
}
