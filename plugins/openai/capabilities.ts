/** What OpenAI's models can do, by their names: `o1` to `o9` and `gpt-5` and up reason, others do not. */
import type { Capabilities } from "../../harness/model/Model.ts"

/** How a model is asked. */
export type Api = "chat" | "responses"

/** Whether a model reasons before it answers (`gpt-5-chat-latest` and its like do not). */
export const reasons = (model: string): boolean => {
  const name = model.replace(/^ft:/, "")
  if (/-chat(-|$)/.test(name)) return false
  const generation = /^gpt-(\d+)/.exec(name)?.[1]
  return /^o\d/.test(name) || (generation !== undefined && Number(generation) >= 5)
}

/** OpenAI's own reasoning models are at home in Responses; the others take a seed in Chat Completions only. */
export const apiOf = (model: string): Api => (reasons(model) ? "responses" : "chat")

/** What can be asked of a model through an API. */
export const capabilitiesOf = (model: string, api: Api): Capabilities => {
  const samples = !reasons(model)
  return {
    seed: api === "chat",
    temperature: samples,
    topP: samples,
    systemPrompt: true,
    maxTokens: true,
    // Structured outputs came with GPT-4o.
    jsonSchema: !/^(gpt-3|gpt-4($|-))/.test(model),
    logprobs: samples,
    batch: true
  }
}
