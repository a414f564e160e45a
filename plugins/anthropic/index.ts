/** Anthropic's Messages, through its SDK. */
import { Effect, Redacted, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { type Host, hostedModel, hostFields } from "../../harness/model/hostedModel.ts"
import { streamingFetch } from "../../harness/model/jsonLines.ts"
import { type Fetch, pooledFetch } from "../../harness/model/pooledFetch.ts"
import { PollEvery, pollMillis } from "../../harness/model/providerConfig.ts"
import { anthropicBatches } from "./batch.ts"
import { capabilitiesOf } from "./capabilities.ts"
import { replyOf, requestOf } from "./messages.ts"

const host: Host = {
  plugin: "anthropic",
  example: "claude-haiku-4-5",
  keyVariable: "ANTHROPIC_API_KEY",
  keysAt: "https://platform.claude.com",
  urlVariable: "ANTHROPIC_BASE_URL",
  url: "https://api.anthropic.com"
}

export default definePlugin({
  name: host.plugin,
  version: "1",
  description: "Anthropic's Claude models",
  requires: [host.keyVariable],
  needsName: true,
  config: Schema.Struct({ ...hostFields, pollEvery: Schema.optionalKey(PollEvery) }),
  open: Effect.fnUntraced(function* (options) {
    const { model, key, baseUrl, account } = yield* hostedModel(host, options)
    const { default: Anthropic } = yield* Effect.promise(() => import("@anthropic-ai/sdk"))
    const clientOn = (fetch: Fetch) =>
      new Anthropic({
        apiKey: Redacted.value(key),
        baseURL: baseUrl,
        fetch,
        maxRetries: 0,
        // The harness has its own timeout, so the SDK's must not come first: the longest a timer can wait.
        timeout: 2 ** 31 - 1,
        logLevel: "off"
      })
    const client = clientOn(yield* pooledFetch)
    const capabilities = capabilitiesOf(model)
    return {
      capabilities,
      account,
      identity: () => ({ baseUrl }),
      generate: (call) =>
        Effect.flatMap(
          // Not `messages.create`: that prints a warning on every call to a model about to be retired, and its
          // types have lost the sampling parameters that older models still take.
          fromSdk(key, (signal) =>
            client.post("/v1/messages", { body: requestOf({ ...call, model }, capabilities), signal })
          ),
          replyOf
        ),
      batch: anthropicBatches({
        client: clientOn(streamingFetch),
        key,
        body: (call) => requestOf({ ...call, model }, capabilities),
        pollMillis: pollMillis(options.config.pollEvery)
      })
    }
  })
})
