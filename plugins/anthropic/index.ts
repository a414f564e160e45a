/** Anthropic's Messages, through its SDK. */
import { Effect, Redacted, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { streamingFetch } from "../../harness/model/jsonLines.ts"
import { type Fetch, pooledFetch } from "../../harness/model/pooledFetch.ts"
import {
  accountOf,
  checkedUrl,
  namedModel,
  PollEvery,
  pollMillis,
  requiredKey,
  setting
} from "../../harness/model/providerConfig.ts"
import { anthropicBatches } from "./batch.ts"
import { capabilitiesOf } from "./capabilities.ts"
import { replyOf, requestOf } from "./messages.ts"

const plugin = "anthropic"

const Config = Schema.Struct({
  /** The variable that holds the key; ANTHROPIC_API_KEY by default. */
  apiKeyEnv: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what ANTHROPIC_BASE_URL says, else Anthropic's own. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString),
  /** Seconds between the first looks at a batch; 30 by default, and longer as it takes longer. */
  pollEvery: Schema.optionalKey(PollEvery)
})

export default definePlugin({
  name: plugin,
  version: "1",
  description: "Anthropic's Claude models",
  requires: ["ANTHROPIC_API_KEY"],
  needsName: true,
  config: Config,
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const model = yield* namedModel(plugin, options.model, "claude-haiku-4-5")
    const variable = config.apiKeyEnv ?? "ANTHROPIC_API_KEY"
    const key = yield* requiredKey(plugin, variable, "keys are made at https://platform.claude.com")
    const where = yield* setting(plugin, config.baseUrl, "ANTHROPIC_BASE_URL")
    const baseUrl = yield* checkedUrl(plugin, where ?? "https://api.anthropic.com")
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
      account: accountOf(plugin, baseUrl, variable),
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
        pollMillis: pollMillis(config.pollEvery)
      })
    }
  })
})
