/** Any server that speaks OpenAI's Chat Completions: vLLM, LM Studio, llama.cpp, Together, Azure. */
import { Effect, Redacted, Schema } from "effect"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { PluginError } from "../../harness/model/ModelError.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import {
  accountOf,
  checkedUrl,
  namedModel,
  optionalKey,
  setting
} from "../../harness/model/providerConfig.ts"
import { askChat, chatRequest } from "../openai/chat.ts"
import { openaiClient } from "../openai/client.ts"
import { ClaimedCapabilities, capabilitiesOf } from "./capabilities.ts"

const plugin = "openai-compatible"

const Config = Schema.Struct({
  /** Up to and with `/v1`; by default what OPENAI_COMPATIBLE_BASE_URL says. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString),
  /** The variable that holds the key, if the server wants one. */
  apiKeyEnv: Schema.optionalKey(Schema.NonEmptyString),
  /** What this server cannot do (or can): `{ logprobs: false }`. */
  capabilities: Schema.optionalKey(ClaimedCapabilities),
  /** The name under which the server takes the limit on tokens. */
  maxTokensName: Schema.optionalKey(Schema.Literals(["max_tokens", "max_completion_tokens"]))
})

export default definePlugin({
  name: plugin,
  version: "1",
  description: "any server with OpenAI's Chat Completions: vLLM, LM Studio, llama.cpp, Together, Azure",
  needsName: true,
  config: Config,
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const model = yield* namedModel(plugin, options.model, "some-model")
    const stated = yield* setting(plugin, config.baseUrl, "OPENAI_COMPATIBLE_BASE_URL")
    if (stated === undefined) {
      return yield* new PluginError({
        plugin,
        reason: "no base URL",
        mend: "set OPENAI_COMPATIBLE_BASE_URL, or baseUrl under config: in the study file, to one like http://localhost:8000/v1"
      })
    }
    const baseUrl = yield* checkedUrl(plugin, stated)
    const variable = config.apiKeyEnv ?? "OPENAI_COMPATIBLE_API_KEY"
    const key = yield* optionalKey(plugin, variable)
    const client = yield* openaiClient({
      // The SDK insists on a key; a server without one does not look at it.
      key: key ?? Redacted.make("none"),
      baseUrl,
      fetch: yield* pooledFetch
    })
    const capabilities = capabilitiesOf(config.capabilities)
    const maxTokens = config.maxTokensName ?? "max_tokens"
    return {
      capabilities,
      account: accountOf(plugin, baseUrl, variable),
      identity: () => ({ baseUrl, maxTokens, ...(config.capabilities ?? {}) }),
      generate: (call) => askChat(client, key, chatRequest({ ...call, model }, capabilities, maxTokens))
    }
  })
})
