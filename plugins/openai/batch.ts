/** OpenAI's Batch API: a file of requests in, files of results out, half the price, within a day. */
import { Effect, type Redacted, Schema, Stream } from "effect"
import type OpenAI from "openai"
import { fromSdk } from "../../harness/model/askProvider.ts"
import type { BatchApi, BatchLine, BatchLook } from "../../harness/model/BatchApi.ts"
import { jsonLines } from "../../harness/model/jsonLines.ts"
import type { Call, Reply } from "../../harness/model/Model.ts"
import type { ModelError } from "../../harness/model/ModelError.ts"
import { oneLine } from "../../harness/model/thrown.ts"
import { WireCount, WireText, wireReader } from "../../harness/model/wire.ts"

const Batch = Schema.Struct({
  id: Schema.String,
  status: Schema.String,
  output_file_id: WireText,
  error_file_id: WireText,
  request_counts: Schema.optionalKey(
    Schema.NullOr(Schema.Struct({ completed: WireCount, failed: WireCount }))
  ),
  errors: Schema.optionalKey(
    Schema.NullOr(
      Schema.Struct({
        data: Schema.optionalKey(
          Schema.NullOr(Schema.Array(Schema.Struct({ code: WireText, message: WireText })))
        )
      })
    )
  )
})

const states: Record<string, BatchLook["state"]> = {
  completed: "ended",
  expired: "expired",
  cancelled: "cancelled",
  failed: "failed"
}

const readBatch = wireReader(Batch)

const lookOf = (answer: unknown): Effect.Effect<BatchLook, ModelError> =>
  Effect.map(readBatch(answer), ({ id, status, request_counts, output_file_id, error_file_id, errors }) => ({
    id,
    // validating, in_progress, finalizing, cancelling.
    state: states[status] ?? "running",
    done: request_counts?.completed ?? 0,
    failed: request_counts?.failed ?? 0,
    files: [output_file_id, error_file_id].filter((file) => typeof file === "string"),
    reason: errors?.data?.map(({ code, message }) => oneLine(`${code ?? ""} ${message ?? ""}`)).join("; ")
  }))

const decodeLine = Schema.decodeUnknownOption(
  Schema.Struct({
    custom_id: Schema.String,
    response: Schema.optionalKey(
      Schema.NullOr(Schema.Struct({ status_code: Schema.Int, body: Schema.Unknown }))
    ),
    error: Schema.optionalKey(Schema.NullOr(Schema.Struct({ code: WireText, message: WireText })))
  })
)

/** Reads lines of output and error files; `reply` reads the answer in one. */
const readLine =
  (reply: (answer: unknown) => Effect.Effect<Reply, ModelError>) =>
  (line: unknown): Effect.Effect<BatchLine> => {
    const read = decodeLine(line)
    if (read._tag === "None") return Effect.succeed({ _tag: "Broken" })
    const { custom_id: key, response, error } = read.value
    const refused = (reason: string): BatchLine => ({ _tag: "Refused", key, reason: oneLine(reason) })
    if (error) return Effect.succeed(refused(error.message ?? error.code ?? "failed"))
    if (response?.status_code !== 200) {
      return Effect.succeed(refused(`status ${response?.status_code ?? "unknown"}`))
    }
    return Effect.match(reply(response.body), {
      onSuccess: (answer): BatchLine => ({ _tag: "Answered", key, reply: answer }),
      onFailure: (wrong) => refused(wrong.message)
    })
  }

/** Batches of a model. `client` must take uploads and stream answers. */
export const openaiBatches = (options: {
  readonly client: OpenAI
  readonly key: Redacted.Redacted
  readonly endpoint: "/v1/chat/completions" | "/v1/responses"
  readonly body: (call: Call) => unknown
  readonly reply: (answer: unknown) => Effect.Effect<Reply, ModelError>
  readonly pollMillis: number
}): BatchApi => {
  const { client, key, endpoint, body, reply, pollMillis } = options
  const ask = <A>(send: (signal: AbortSignal) => PromiseLike<A>) => fromSdk(key, send)
  return {
    // https://developers.openai.com/api/docs/guides/batch
    share: 0.5,
    mostRequests: 50_000,
    mostBytes: 200_000_000,
    pollMillis,
    line: (id, call) => JSON.stringify({ custom_id: id, method: "POST", url: endpoint, body: body(call) }),
    submit: Effect.fnUntraced(function* ({ name }, lines) {
      const parts = lines.map((line) => `${line}\n`)
      const file = yield* ask((signal) =>
        client.files.create(
          {
            file: new File(parts, `warmline-${name}.jsonl`, { type: "application/jsonl" }),
            purpose: "batch"
          },
          { signal }
        )
      )
      const made = yield* ask((signal) =>
        client.batches.create(
          { input_file_id: file.id, endpoint, completion_window: "24h", metadata: { warmline: name } },
          { signal }
        )
      )
      return (yield* lookOf(made)).id
    }),
    find: ({ name, since }) =>
      ask(async (signal) => {
        for await (const batch of client.batches.list({ limit: 100 }, { signal })) {
          if (batch.metadata?.warmline === name) return batch.id
          // The newest come first. Clocks may differ by some minutes.
          if (batch.created_at * 1000 < since - 3_600_000) return undefined
        }
        return undefined
      }),
    look: (id) =>
      Effect.flatMap(
        ask((signal) => client.batches.retrieve(id, { signal })),
        lookOf
      ),
    results: ({ files = [] }) =>
      Stream.fromIterable(files).pipe(
        Stream.flatMap((file) => jsonLines(ask((signal) => client.files.content(file, { signal })))),
        Stream.mapEffect(readLine(reply))
      ),
    cancel: (id) => Effect.asVoid(ask((signal) => client.batches.cancel(id, { signal })))
  }
}
