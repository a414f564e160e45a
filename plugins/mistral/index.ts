/** Mistral's chat completions, through its SDK. */
import { Effect, Redacted, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { type Host, hostedModel, hostFields } from "../../harness/model/hostedModel.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import { replyOf, requestOf } from "./chat.ts"

const host: Host = {
  plugin: "mistral",
  example: "mistral-small-latest",
  keyVariable: "MISTRAL_API_KEY",
  keysAt: "https://console.mistral.ai",
  urlVariable: "MISTRAL_BASE_URL",
  url: "https://api.mistral.ai"
}

export default definePlugin({
  name: host.plugin,
  version: "1",
  description: "Mistral's models",
  requires: [host.keyVariable],
  needsName: true,
  capabilities: {
    seed: true,
    temperature: true,
    topP: true,
    systemPrompt: true,
    maxTokens: true,
    jsonSchema: true
  },
  config: Schema.Struct(hostFields),
  open: Effect.fnUntraced(function* (options) {
    const { model, key, baseUrl, account } = yield* hostedModel(host, options)
    // Its parts, not the whole: the SDK's main module loads every endpoint it has and takes twice as long.
    const [{ MistralCore }, { HTTPClient }, { chatComplete }] = yield* Effect.promise(() =>
      Promise.all([
        import("@mistralai/mistralai/core.js"),
        import("@mistralai/mistralai/lib/http.js"),
        import("@mistralai/mistralai/funcs/chatComplete.js")
      ])
    )
    const client = new MistralCore({
      apiKey: Redacted.value(key),
      serverURL: baseUrl,
      httpClient: new HTTPClient({ fetcher: yield* pooledFetch }),
      retryConfig: { strategy: "none" }
    })
    return {
      account,
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
