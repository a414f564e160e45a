/** Models on one's own machine: Ollama, through its SDK. */
import { Effect, Schema } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import { accountOf, namedModel, optionalKey } from "../../harness/model/providerConfig.ts"
import { stated } from "../../harness/model/wire.ts"
import { replyOf, requestOf } from "./chat.ts"
import { clientMaker, hostOf } from "./client.ts"
import { installed, pulled, sayPull } from "./installed.ts"

const plugin = "ollama"
const variable = "OLLAMA_API_KEY"

const Config = Schema.Struct({
  /** By default what OLLAMA_HOST says, else this machine. */
  baseUrl: Schema.optionalKey(Schema.NonEmptyString),
  /** The context window in tokens; Ollama cuts longer questions in silence, so raise it for long posts. */
  numCtx: Schema.optionalKey(Schema.Int),
  /** Whether a model that can think does; by default as the model likes. */
  think: Schema.optionalKey(Schema.Boolean)
})

export default definePlugin({
  name: plugin,
  version: "1",
  description: "models on your own machine, by Ollama",
  needsName: true,
  capabilities: {
    seed: true,
    temperature: true,
    topP: true,
    systemPrompt: true,
    maxTokens: true,
    jsonSchema: true,
    logprobs: true
  },
  config: Config,
  models: Effect.gen(function* () {
    const host = yield* hostOf(plugin, undefined)
    const key = yield* optionalKey(plugin, variable)
    return (yield* installed(host, yield* clientMaker(host, key, yield* pooledFetch))).map(({ name }) => name)
  }).pipe(Effect.scoped),
  open: Effect.fnUntraced(function* ({ config, ...options }) {
    const model = yield* namedModel(plugin, options.model, "llama3.2")
    const host = yield* hostOf(plugin, config.baseUrl)
    const key = yield* optionalKey(plugin, variable)
    const clientFor = yield* clientMaker(host, key, yield* pooledFetch)
    const { digest } = yield* pulled(host, model, clientFor)
    const reply = replyOf(digest)
    return {
      account: accountOf(plugin, host, variable),
      identity: () => stated({ digest, numCtx: config.numCtx, think: config.think }),
      generate: (call) =>
        fromSdk(key, (signal) => clientFor(signal).chat(requestOf({ ...call, model }, config))).pipe(
          Effect.flatMap(reply),
          Effect.mapError(sayPull(model))
        )
    }
  })
})
