/** OpenAI, through its SDK: Responses for reasoning models, Chat Completions for the others. */
import { Effect, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { streamingFetch } from "../../harness/model/jsonLines.ts"
import type { Call } from "../../harness/model/Model.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import {
  accountOf,
  checkedUrl,
  namedModel,
  PollEvery,
  pollMillis,
  requiredKey,
  setting
} from "../../harness/model/providerConfig.ts"
import { stated } from "../../harness/model/wire.ts"
import { openaiBatches } from "./batch.ts"
import { apiOf, capabilitiesOf } from "./capabilities.ts"
import { chatReply, chatRequest } from "./chat.ts"
import { openaiClient } from "./client.ts"
import { responsesReply, responsesRequest } from "./responses.ts"

const plugin = "openai"

const Config = Schema.Struct({
  /** Which API is asked; by default the one that suits the model. */
  api: Schema.optionalKey(Schema.Literals(["chat", "responses"])),
  /** How hard a reasoning model thinks: none, minimal, low, medium, high … as the model allows. */
  reasoningEffort: Schema.optionalKey(Schema.NonEmptyString),
  /** The variable that holds the key; OPENAI_API_KEY by default. */
  apiKeyEnv: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what OPENAI_BASE_URL says, else OpenAI's own. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what OPENAI_ORG_ID says. */
  organization: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what OPENAI_PROJECT_ID says. */
  project: Schema.optionalKey(Schema.NonEmptyString),
  /** Seconds between the first looks at a batch; 30 by default, and longer as it takes longer. */
  pollEvery: Schema.optionalKey(PollEvery)
})

export default definePlugin({
  name: plugin,
  version: "1",
  description: "OpenAI's models",
  requires: ["OPENAI_API_KEY"],
  needsName: true,
  config: Config,
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const model = yield* namedModel(plugin, options.model, "gpt-4.1-mini")
    const variable = config.apiKeyEnv ?? "OPENAI_API_KEY"
    const key = yield* requiredKey(plugin, variable, "keys are made at https://platform.openai.com/api-keys")
    const where = yield* setting(plugin, config.baseUrl, "OPENAI_BASE_URL")
    const baseUrl = yield* checkedUrl(plugin, where ?? "https://api.openai.com/v1")
    const account = {
      key,
      baseUrl,
      organization: yield* setting(plugin, config.organization, "OPENAI_ORG_ID"),
      project: yield* setting(plugin, config.project, "OPENAI_PROJECT_ID")
    }
    const client = yield* openaiClient({ ...account, fetch: yield* pooledFetch })
    const api = config.api ?? apiOf(model)
    const capabilities = capabilitiesOf(model, api)
    const effort = config.reasoningEffort
    const chat = (call: Call) => ({
      ...chatRequest({ ...call, model }, capabilities, "max_completion_tokens"),
      ...stated({ reasoning_effort: effort as "low" | undefined })
    })
    const responses = (call: Call) => responsesRequest({ ...call, model }, capabilities, effort)
    return {
      capabilities,
      account: accountOf(plugin, baseUrl, variable),
      identity: () => ({ baseUrl, api, ...stated({ effort }) }),
      generate: (call) =>
        api === "responses"
          ? Effect.flatMap(
              // Not `responses.create`: what that does to the answer breaks on one that is no JSON.
              fromSdk(key, (signal) => client.post("/responses", { body: responses(call), signal })),
              responsesReply
            )
          : Effect.flatMap(
              fromSdk(key, (signal) => client.chat.completions.create(chat(call), { signal })),
              chatReply
            ),
      batch: openaiBatches({
        client: yield* openaiClient({ ...account, fetch: streamingFetch }),
        key,
        endpoint: api === "responses" ? "/v1/responses" : "/v1/chat/completions",
        body: api === "responses" ? responses : chat,
        reply: api === "responses" ? responsesReply : chatReply,
        pollMillis: pollMillis(config.pollEvery)
      })
    }
  })
})
