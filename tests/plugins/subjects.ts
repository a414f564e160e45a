/** The SDKs under test, each opened by its plugin against a fake provider of its own. */
import { ConfigProvider, Effect } from "effect"
import type { Call, Model, Plugin } from "../../harness/model/Model.ts"
import type { Json } from "../../harness/study/Hash.ts"
import anthropic from "../../plugins/anthropic/index.ts"
import mistral from "../../plugins/mistral/index.ts"
import ollama from "../../plugins/ollama/index.ts"
import openai from "../../plugins/openai/index.ts"
import openaiCompatible from "../../plugins/openai-compatible/index.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider, ProviderOptions } from "../provider/server.ts"
import type { Wire } from "../provider/Wire.ts"

/** A key of no usual shape, so that only its being known can keep it out of a message. */
export const plantedKey = "plantedkey0123456789abcdef"

/** One way of asking. */
export interface Subject {
  readonly plugin: Plugin
  readonly wire: Wire["name"]
  readonly model: string
  readonly config: { readonly [key: string]: Json }
}

/** The four SDKs; OpenAI's with both of its APIs and as a stranger's server. */
export const subjects = {
  "openai chat": { plugin: openai, wire: "openai", model: "gpt-4.1-mini", config: {} },
  "openai responses": { plugin: openai, wire: "openai", model: "gpt-5-mini", config: {} },
  "openai-compatible": { plugin: openaiCompatible, wire: "openai", model: "qwen3", config: {} },
  anthropic: { plugin: anthropic, wire: "anthropic", model: "claude-haiku-4-5", config: {} },
  mistral: { plugin: mistral, wire: "mistral", model: "mistral-small-latest", config: {} },
  ollama: { plugin: ollama, wire: "ollama", model: "llama3.2", config: {} }
} as const satisfies Record<string, Subject>

/** The name of one. */
export type SubjectName = keyof typeof subjects

/** All names, for tables. */
export const subjectNames = Object.keys(subjects) as readonly SubjectName[]

/** A call with one question. */
export const call = (question: string, more: Partial<Call> = {}): Call => ({
  model: "",
  messages: [
    { role: "system", content: "You are a kind listener." },
    { role: "user", content: question }
  ],
  parameters: {},
  seed: 7,
  epoch: 1,
  about: { suite: "test", post: "p1", condition: "base" },
  ...more
})

/** An environment that holds these variables and no others. */
export const environment = (variables: Record<string, string>) =>
  Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromUnknown(variables))

/** Every key variable set to the planted key. */
export const keys = {
  OPENAI_API_KEY: plantedKey,
  OPENAI_COMPATIBLE_API_KEY: plantedKey,
  ANTHROPIC_API_KEY: plantedKey,
  MISTRAL_API_KEY: plantedKey,
  OLLAMA_API_KEY: plantedKey
}

/** Opens a model of a subject at a provider. */
export const openAt = (subject: Subject, provider: Pick<Provider, "baseUrl">) =>
  subject.plugin.open!({
    model: subject.model,
    config: { baseUrl: provider.baseUrl(subject.wire), ...subject.config },
    folder: "."
  }).pipe(environment(keys))

/** A provider that behaves so, and the model opened at it; both end with the scope. */
export const opened = Effect.fnUntraced(function* (subject: Subject, options: ProviderOptions = {}) {
  const provider = yield* scopedProvider({ remember: 20, ...options })
  const model: Model = yield* openAt(subject, provider)
  return { provider, model }
})
