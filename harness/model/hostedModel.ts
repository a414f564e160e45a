/** A model at a provider that has an address and keys of its own: what its plugin has to know before any call. */
import { Effect, Schema } from "effect"
import { accountOf, checkedUrl, namedModel, requiredKey, setting } from "./providerConfig.ts"

/** A provider as its plugin knows it. */
export interface Host {
  readonly plugin: string
  /** The name of a model, for the error where none is named. */
  readonly example: string
  readonly keyVariable: string
  /** Where keys are made, for the error where there is none. */
  readonly keysAt: string
  readonly urlVariable: string
  readonly url: string
}

/** What a study may say otherwise, as fields of a plugin's config schema. */
export const hostFields = {
  /** The variable that holds the key; the host's `keyVariable` by default. */
  apiKeyEnv: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what the host's `urlVariable` says, else its `url`. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString)
}

/** The model's name, its key and base URL, all checked, and the account whose limits its calls share. */
export const hostedModel = Effect.fnUntraced(function* (
  host: Host,
  asked: {
    readonly model: string
    readonly config: { readonly apiKeyEnv?: string; readonly baseUrl?: string }
  }
) {
  const { plugin } = host
  const model = yield* namedModel(plugin, asked.model, host.example)
  const variable = asked.config.apiKeyEnv ?? host.keyVariable
  const key = yield* requiredKey(plugin, variable, `keys are made at ${host.keysAt}`)
  const stated = yield* setting(plugin, asked.config.baseUrl, host.urlVariable)
  const baseUrl = yield* checkedUrl(plugin, stated ?? host.url)
  return { model, key, baseUrl, account: accountOf(plugin, baseUrl, variable) }
})
