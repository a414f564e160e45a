/** What Anthropic's models can do, by the version in their names. */
import type { Capabilities } from "../../harness/model/Model.ts"

/** `claude-sonnet-4-5-20250929` is 4.5, `claude-3-5-haiku-latest` is 3.5; a name without a version is the newest. */
export const versionOf = (model: string): number => {
  const found = /^claude-(?:[a-z]+-)*(\d+)(?:[-.](\d{1,2})(?!\d))?/.exec(model)
  return found ? Number(`${found[1]}.${found[2] ?? 0}`) : Number.POSITIVE_INFINITY
}

/** There is no seed and there are no log-probabilities; from 4.7 on sampling parameters are refused with a 400. */
export const capabilitiesOf = (model: string): Capabilities => {
  const version = versionOf(model)
  return {
    seed: false,
    temperature: version < 4.7,
    topP: version < 4.7,
    systemPrompt: true,
    maxTokens: true,
    // Structured outputs came with 4.5 (and Opus 4.1).
    jsonSchema: version >= 4.5 || /^claude-opus-4-1/.test(model),
    logprobs: false,
    batch: true
  }
}
