/**
 * A span for each call after OpenTelemetry's semantic conventions for generative AI (client spans): what was
 * asked of which model and what it took, never the texts and never a key.
 */
import { Context, Effect } from "effect"
import type { Call, Reply } from "./Model.ts"
import type { ModelError } from "./ModelError.ts"

/** Whether calls make spans; off unless an exporter is set up, so that nobody pays for what nobody reads. */
export const CallSpans = Context.Reference<boolean>("warmline/CallSpans", { defaultValue: () => false })

const given = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))

const asked = (plugin: string, call: Call) =>
  given({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": plugin,
    "gen_ai.request.model": call.model === "" ? plugin : call.model,
    "gen_ai.request.seed": call.seed,
    "gen_ai.request.temperature": call.parameters.temperature,
    "gen_ai.request.top_p": call.parameters.topP,
    "gen_ai.request.max_tokens": call.parameters.maxTokens,
    "warmline.suite": call.about.suite,
    "warmline.post": call.about.post,
    "warmline.condition": call.about.condition,
    "warmline.epoch": call.epoch
  })

const answered = (reply: Reply) =>
  given({
    "gen_ai.response.model": reply.served?.model,
    "gen_ai.response.id": reply.served?.id,
    "gen_ai.response.finish_reasons": reply.finish === undefined ? undefined : [reply.finish],
    "gen_ai.usage.input_tokens": reply.usage?.inputTokens,
    "gen_ai.usage.output_tokens": reply.usage?.outputTokens
  })

/** Puts one request into a span of its own, where spans are on. */
export const inSpan = (
  plugin: string,
  call: Call,
  request: Effect.Effect<Reply, ModelError>
): Effect.Effect<Reply, ModelError> =>
  Effect.flatMap(CallSpans, (on) =>
    on
      ? request.pipe(
          Effect.tap((reply) => Effect.annotateCurrentSpan(answered(reply))),
          Effect.tapError((error) => Effect.annotateCurrentSpan({ "error.type": error._tag })),
          Effect.withSpan(`chat ${call.model === "" ? plugin : call.model}`, {
            kind: "client",
            attributes: asked(plugin, call)
          })
        )
      : request
  )
