/** What an Ollama has installed, and what to do where there is no Ollama. */
import { Effect, Schema } from "effect"
import type { Ollama } from "ollama"
import { fromSdk } from "../../harness/model/askProvider.ts"
import { type ModelError, PluginError, Rejected, TimedOut } from "../../harness/model/ModelError.ts"
import { wireReader } from "../../harness/model/wire.ts"

const plugin = "ollama"

const read = wireReader(
  Schema.Struct({
    models: Schema.Array(Schema.Struct({ name: Schema.String, digest: Schema.optionalKey(Schema.String) }))
  })
)

/** A name without a tag means `latest`. */
export const tagged = (model: string): string => (model.includes(":") ? model : `${model}:latest`)

/** Is it a wrong address, a sleeping daemon, or something else? In one line either way. */
const unreachable = (host: string, error: ModelError) =>
  new PluginError(
    error._tag === "Unavailable" || error._tag === "TimedOut"
      ? {
          plugin,
          reason: `nothing answers at ${host}`,
          mend: "is Ollama running? start it with `ollama serve`, or set OLLAMA_HOST to where it runs"
        }
      : {
          plugin,
          reason: `what answers at ${host} is no Ollama (${error.message})`,
          mend: "set OLLAMA_HOST to where Ollama runs"
        }
  )

/** Names (with their tags) and digests of the installed models. */
export const installed = (host: string, clientFor: (signal: AbortSignal) => Ollama) =>
  fromSdk(undefined, (signal) => clientFor(signal).list()).pipe(
    Effect.flatMap(read),
    Effect.map(({ models }) => models),
    Effect.timeoutOrElse({
      duration: "5 seconds",
      orElse: () => Effect.fail(new TimedOut({ message: "no answer within 5 seconds" }))
    }),
    Effect.mapError((error) => unreachable(host, error))
  )

/** The one that is named, or an error that says how to get it. */
export const pulled = Effect.fnUntraced(function* (
  host: string,
  model: string,
  clientFor: (signal: AbortSignal) => Ollama
) {
  const models = yield* installed(host, clientFor)
  const found = models.find(({ name }) => name === tagged(model))
  if (found) return found
  const names = models.map(({ name }) => name)
  return yield* new PluginError({
    plugin,
    reason: `the model ${model} is not pulled (${names.length > 0 ? `there are ${names.join(", ")}` : "there is none yet"})`,
    mend: `get it with \`ollama pull ${model}\``
  })
})

/** A model that is gone since it was opened: the daemon's words, and how to get it back. */
export const sayPull =
  (model: string) =>
  (error: ModelError): ModelError =>
    error._tag === "Rejected" && error.reason === "not found"
      ? new Rejected({
          message: `${error.message}; get it with \`ollama pull ${model}\``,
          reason: "not found"
        })
      : error
