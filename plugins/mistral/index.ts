/** Mistral's chat completions, through its SDK. */
import { Effect, Redacted, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import type { Capabilities } from "../../harness/model/Model.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import {
  accountOf,
  checkedUrl,
  namedModel,
  requiredKey,
  setting
} from "../../harness/model/providerConfig.ts"
import { replyOf, requestOf } from "./chat.ts"

const plugin = "mistral"

const Config = Schema.Struct({
  /** The variable that holds the key; MISTRAL_API_KEY by default. */
  apiKeyEnv: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what MISTRAL_BASE_URL says, else Mistral's own. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString)
})

const capabilities: Capabilities = {
  seed: true,
  temperature: true,
  topP: true,
  systemPrompt: true,
  maxTokens: true,
  jsonSchema: true,
  logprobs: false,
  batch: false
}

export default definePlugin({
  name: plugin,
  version: "1",
  description: "Mistral's models",
  requires: ["MISTRAL_API_KEY"],
  needsName: true,
  config: Config,
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const model = yield* namedModel(plugin, options.model, "mistral-small-latest")
    const variable = config.apiKeyEnv ?? "MISTRAL_API_KEY"
    const key = yield* requiredKey(plugin, variable, "keys are made at https://console.mistral.ai")
    const where = yield* setting(plugin, config.baseUrl, "MISTRAL_BASE_URL")
    const baseUrl = yield* checkedUrl(plugin, where ?? "https://api.mistral.ai")
    // Its parts, not the whole: the SDK's main module loads every endpoint it has and takes twice as long.
    const [{ MistralCore }, { HTTPClient }, { chatComplete }] = yield* Effect.promise(() =>
      Promise.all([
        import("@mistralai/mistralai/core.js"),
        import("@mistralai/mistralai/lib/http.js"),
        import("@mistralai/mistralai/funcs/chatComplete.js")
      ])
    )
    const fetch = yield* pooledFetch
    const client = new MistralCore({
      apiKey: Redacted.value(key),
      serverURL: baseUrl,
      httpClient: new HTTPClient({ fetcher: fetch }),
      retryConfig: { strategy: "none" }
    })
    return {
      capabilities,
      account: accountOf(plugin, baseUrl, variable),
      identity: () => ({ baseUrl }),
      generate: (call) =>
        Effect.flatMap(
          fromSdk(key, async (signal) => {
            // With a signal of ours the SDK sets no timeout of its own.
            const result = await chatComplete(client, requestOf({ ...call, model }), { signal })
            if (!result.ok) throw result.error
            return result.value
          }),
          replyOf
        )
    }
  })
})
