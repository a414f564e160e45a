/** Anthropic's Message Batches: half the price, within a day; the name of a request comes back with its answer. */
import type Anthropic from "@anthropic-ai/sdk"
import { Effect, type Redacted, Schema, Stream } from "effect"
import { fromSdk } from "../../harness/model/askProvider.ts"
import type { BatchApi, BatchHandle, BatchLine, BatchLook } from "../../harness/model/BatchApi.ts"
import { jsonLines } from "../../harness/model/jsonLines.ts"
import type { Call } from "../../harness/model/Model.ts"
import type { ModelError } from "../../harness/model/ModelError.ts"
import { oneLine } from "../../harness/model/thrown.ts"
import { WireCount, WireText, wireReader } from "../../harness/model/wire.ts"
import { replyOf } from "./messages.ts"

const Counts = Schema.Struct({
  processing: WireCount,
  succeeded: WireCount,
  errored: WireCount,
  canceled: WireCount,
  expired: WireCount
})
const readBatch = wireReader(
  Schema.Struct({
    id: Schema.String,
    processing_status: Schema.String,
    cancel_initiated_at: WireText,
    request_counts: Counts
  })
)

const lookOf = (answer: unknown): Effect.Effect<BatchLook, ModelError> =>
  Effect.map(readBatch(answer), ({ id, processing_status, request_counts: counts }) => ({
    id,
    // in_progress, canceling, ended.
    state:
      processing_status !== "ended"
        ? "running"
        : (counts.canceled ?? 0) > 0
          ? "cancelled"
          : (counts.expired ?? 0) > 0
            ? "expired"
            : "ended",
    done: counts.succeeded ?? 0,
    failed: (counts.errored ?? 0) + (counts.canceled ?? 0) + (counts.expired ?? 0)
  }))

const decodeLine = Schema.decodeUnknownOption(
  Schema.Struct({
    custom_id: Schema.String,
    result: Schema.Struct({
      type: Schema.String,
      message: Schema.optionalKey(Schema.Unknown),
      error: Schema.optionalKey(
        Schema.Struct({ error: Schema.optionalKey(Schema.Struct({ type: WireText, message: WireText })) })
      )
    })
  })
)

const readLine = (line: unknown): Effect.Effect<BatchLine> => {
  const read = decodeLine(line)
  if (read._tag === "None") return Effect.succeed({ _tag: "Broken" })
  const { custom_id: key, result } = read.value
  const refused = (reason: string): BatchLine => ({ _tag: "Refused", key, reason: oneLine(reason) })
  if (result.type !== "succeeded") {
    return Effect.succeed(refused(result.error?.error?.message ?? result.type))
  }
  return Effect.match(replyOf(result.message), {
    onSuccess: (reply): BatchLine => ({ _tag: "Answered", key, reply }),
    onFailure: (wrong) => refused(wrong.message)
  })
}

/** Clocks may differ by some minutes. */
const skewMillis = 300_000

/** A batch has no place for a name: it is known by its size and by when it came. Its lines tell whether it is ours. */
const mayBe = (
  { requests, since, others }: BatchHandle,
  batch: { readonly id: string; readonly created_at: string; readonly request_counts: object }
): boolean =>
  !others.has(batch.id) &&
  Date.parse(batch.created_at) >= since - skewMillis &&
  Object.values(batch.request_counts).reduce((sum: number, n) => sum + Number(n ?? 0), 0) === requests

/** Batches of a model. `client` must stream answers. */
export const anthropicBatches = (options: {
  readonly client: Anthropic
  readonly key: Redacted.Redacted
  readonly body: (call: Call) => unknown
  readonly pollMillis: number
}): BatchApi => {
  const { client, key, body, pollMillis } = options
  const { batches } = client.messages
  const ask = <A>(send: (signal: AbortSignal) => PromiseLike<A>) => fromSdk(key, send)
  return {
    // https://platform.claude.com/docs/en/build-with-claude/batch-processing
    share: 0.5,
    mostRequests: 100_000,
    mostBytes: 256_000_000,
    pollMillis,
    line: (id, call) => JSON.stringify({ custom_id: id, params: body(call) }),
    submit: (_, lines) =>
      Effect.map(
        Effect.flatMap(
          // Not `batches.create`: that would have every line parsed and written again.
          ask((signal) =>
            client.post("/v1/messages/batches", {
              body: `{"requests":[${lines.join(",")}]}`,
              headers: { "content-type": "application/json" },
              signal
            })
          ),
          lookOf
        ),
        ({ id }) => id
      ),
    find: (handle) =>
      ask(async (signal) => {
        let found: string | undefined
        for await (const batch of batches.list({ limit: 100 }, { signal })) {
          if (Date.parse(batch.created_at) < handle.since - skewMillis) break
          // The newest come first: of several that may be it, the one that came soonest after it was tried.
          if (mayBe(handle, batch)) found = batch.id
        }
        return found
      }),
    look: (id) =>
      Effect.flatMap(
        ask((signal) => batches.retrieve(id, {}, { signal })),
        lookOf
      ),
    // Not `batches.results`: that follows a URL of the answer's, with the key.
    results: ({ id }) =>
      jsonLines(
        ask((signal) =>
          client.get<Response>(`/v1/messages/batches/${encodeURIComponent(id)}/results`, {
            headers: { accept: "application/x-jsonl" },
            __binaryResponse: true,
            signal
          })
        )
      ).pipe(Stream.mapEffect(readLine)),
    cancel: (id) => Effect.asVoid(ask((signal) => batches.cancel(id, {}, { signal })))
  }
}
