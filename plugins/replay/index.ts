/**
 * `replay`: responses that were recorded before, by a model, a program or a person, from a JSONL or CSV file.
 * Who wrote them is what the file says and nothing else. The file is read once, when a study opens the source.
 */
import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { extname, resolve } from "node:path"
import { Effect, Schema } from "effect"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { PluginError, Rejected } from "../../harness/model/ModelError.ts"
import { oneLine } from "../../harness/model/thrown.ts"
import { Recording } from "./Recording.ts"
import { RecordingError } from "./RecordingError.ts"
import { csvRows, jsonlRows } from "./rows.ts"

const Config = Schema.Struct({
  /** The recorded file, absolute or from the folder of the study file. */
  file: Schema.NonEmptyString
})

const wrong = (place: string, reason: string, mend: string) =>
  new PluginError({ plugin: "replay", reason: oneLine(`${place}: ${reason}`), mend: oneLine(mend) })

const at = (file: string, line: number | undefined) => (line === undefined ? file : `${file}:${line}`)

const readers: { readonly [ending: string]: typeof jsonlRows } = {
  ".jsonl": jsonlRows,
  ".ndjson": jsonlRows,
  ".csv": csvRows
}

const read = Effect.fn("Replay.read")(function* (file: string, path: string, source: string) {
  const rowsOf = readers[extname(path).toLowerCase()]
  if (!rowsOf) return yield* wrong(file, "neither JSONL nor CSV", "name it .jsonl or .csv for what it holds")
  const bytes = yield* Effect.tryPromise({
    try: () => readFile(path),
    catch: (thrown) => {
      const code = (thrown as { readonly code?: unknown }).code
      return code === "ENOENT"
        ? wrong(file, "no such file", "check the path; it starts from the folder of the study file")
        : wrong(file, `cannot be read (${String(code)})`, "check its permissions")
    }
  })
  const recording = yield* Effect.try({
    try: () => {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n")
      return Recording.of(rowsOf(text), source)
    },
    catch: (thrown) => {
      if (thrown instanceof RecordingError) return wrong(at(file, thrown.line), thrown.message, thrown.mend)
      return wrong(file, "not UTF-8", "save it as UTF-8")
    }
  })
  return { recording, hash: createHash("sha256").update(bytes).digest("hex") }
})

export default definePlugin({
  name: "replay",
  version: "1",
  description: "Responses recorded in a JSONL or CSV file, from a model or from people",
  // A recorded answer answers to nothing: whatever a study asks for was decided when it was written.
  capabilities: { seed: true },
  config: Config,
  open: Effect.fn("Replay.open")(function* ({ config, folder, model }) {
    const { recording, hash } = yield* read(config.file, resolve(folder, config.file), model)
    return {
      kind: recording.author,
      account: `replay ${hash}`,
      identity: ({ about, epoch }) => ({ file: hash, ...about, epoch }),
      generate: ({ about, epoch }) =>
        Effect.suspend(() => {
          const found = recording.find({ ...about, epoch })
          if (found) return Effect.succeed({ text: found.text, author: found.author })
          const source = model === "" ? "" : ` of ${model}`
          return Effect.fail(
            new Rejected({
              reason: "not found",
              message: oneLine(
                `${config.file}: no response${source} to post ${about.post} of suite ${about.suite} (condition ${about.condition}, epoch ${epoch}); add a row for it`
              )
            })
          )
        })
    }
  })
})
