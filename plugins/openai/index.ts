/** OpenAI, through its SDK: Responses for reasoning models, Chat Completions for the others. */
import { Effect, Schema } from "effect"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { type Host, hostedModel, hostFields } from "../../harness/model/hostedModel.ts"
import { streamingFetch } from "../../harness/model/jsonLines.ts"
import type { Call } from "../../harness/model/Model.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import { PollEvery, pollMillis, setting } from "../../harness/model/providerConfig.ts"
import { stated } from "../../harness/model/wire.ts"
import { openaiBatches } from "./batch.ts"
import { apiOf, capabilitiesOf } from "./capabilities.ts"
import { askChat, chatReply, chatRequest } from "./chat.ts"
import { openaiClient } from "./client.ts"
import { askResponses, responsesReply, responsesRequest } from "./responses.ts"

const host: Host = {
  plugin: "openai",
  example: "gpt-4.1-mini",
  keyVariable: "OPENAI_API_KEY",
  keysAt: "https://platform.openai.com/api-keys",
  urlVariable: "OPENAI_BASE_URL",
  url: "https://api.openai.com/v1"
}

const Config = Schema.Struct({
  /** Which API is asked; by default the one that suits the model. */
  api: Schema.optionalKey(Schema.Literals(["chat", "responses"])),
  /** How hard a reasoning model thinks: none, minimal, low, medium, high … as the model allows. */
  reasoningEffort: Schema.optionalKey(Schema.NonEmptyString),
  ...hostFields,
  /** By default what OPENAI_ORG_ID says. */
  organization: Schema.optionalKey(Schema.NonEmptyString),
  /** By default what OPENAI_PROJECT_ID says. */
  project: Schema.optionalKey(Schema.NonEmptyString),
  /** Seconds between the first looks at a batch; 30 by default, and longer as it takes longer. */
  pollEvery: Schema.optionalKey(PollEvery)
})

export default definePlugin({
  name: host.plugin,
  version: "1",
  description: "OpenAI's models",
  requires: [host.keyVariable],
  needsName: true,
  config: Config,
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const { model, key, baseUrl, account } = yield* hostedModel(host, { ...options, config })
    const at = {
      key,
      baseUrl,
      organization: yield* setting(host.plugin, config.organization, "OPENAI_ORG_ID"),
      project: yield* setting(host.plugin, config.project, "OPENAI_PROJECT_ID")
    }
    const client = yield* openaiClient({ ...at, fetch: yield* pooledFetch })
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
      account,
      identity: () => ({ baseUrl, api, ...stated({ effort }) }),
      generate: (call) =>
        api === "responses" ? askResponses(client, key, responses(call)) : askChat(client, key, chat(call)),
      batch: openaiBatches({
        client: yield* openaiClient({ ...at, fetch: streamingFetch }),
        key,
        endpoint: api === "responses" ? "/v1/responses" : "/v1/chat/completions",
        body: api === "responses" ? responses : chat,
        reply: api === "responses" ? responsesReply : chatReply,
        pollMillis: pollMillis(config.pollEvery)
      })
    }
  })
})
