/** What a server that speaks OpenAI's format can do: everything, unless the study says otherwise. */
import { Schema } from "effect"
import type { Capabilities } from "../../harness/model/Model.ts"

/** What a study may say of its server. */
export const ClaimedCapabilities = Schema.Struct({
  seed: Schema.optionalKey(Schema.Boolean),
  temperature: Schema.optionalKey(Schema.Boolean),
  topP: Schema.optionalKey(Schema.Boolean),
  systemPrompt: Schema.optionalKey(Schema.Boolean),
  maxTokens: Schema.optionalKey(Schema.Boolean),
  jsonSchema: Schema.optionalKey(Schema.Boolean),
  logprobs: Schema.optionalKey(Schema.Boolean)
})

/** What is taken to be so. */
export const capabilitiesOf = (claimed: typeof ClaimedCapabilities.Type = {}): Capabilities => ({
  seed: true,
  temperature: true,
  topP: true,
  systemPrompt: true,
  maxTokens: true,
  jsonSchema: true,
  logprobs: true,
  batch: false,
  ...claimed
})
