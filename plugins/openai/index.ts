/** OpenAI, through its SDK: Responses for reasoning models, Chat Completions for the others. */
import { Effect, Schema } from "effect"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { type Host, hostedModel, hostFields } from "../../harness/model/hostedModel.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import { setting } from "../../harness/model/providerConfig.ts"
import { stated } from "../../harness/model/wire.ts"
import { apiOf, capabilitiesOf } from "./capabilities.ts"
import { askChat, chatRequest } from "./chat.ts"
import { openaiClient } from "./client.ts"
import { askResponses, responsesRequest } from "./responses.ts"

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
  project: Schema.optionalKey(Schema.NonEmptyString)
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
    const client = yield* openaiClient({
      key,
      baseUrl,
      fetch: yield* pooledFetch,
      organization: yield* setting(host.plugin, config.organization, "OPENAI_ORG_ID"),
      project: yield* setting(host.plugin, config.project, "OPENAI_PROJECT_ID")
    })
    const api = config.api ?? apiOf(model)
    const capabilities = capabilitiesOf(model, api)
    const effort = config.reasoningEffort
    return {
      capabilities,
      account,
      identity: () => ({ baseUrl, api, ...stated({ effort }) }),
      generate: (call) => {
        const asked = { ...call, model }
        return api === "responses"
          ? askResponses(client, key, responsesRequest(asked, capabilities, effort))
          : askChat(client, key, {
              ...chatRequest(asked, capabilities, "max_completion_tokens"),
              ...stated({ reasoning_effort: effort as "low" | undefined })
            })
      }
    }
  })
})
