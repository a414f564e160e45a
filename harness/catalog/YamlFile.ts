/** Reads a YAML (or JSON) file through a schema; what is wrong is said with line, column and key. */
import { Effect, FileSystem, Schema, SchemaIssue } from "effect"
import { type Document, isCollection, isMap, isNode, LineCounter, type Node, parseDocument } from "yaml"
import { FileError } from "./FileError.ts"

/** `sources[1].model`, as people read a path. */
export const keyPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    ""
  )

/** The node a path leads to, or the deepest one on the way that exists (for a key that is missing). */
const nodeAt = (document: Document, path: readonly PropertyKey[]): Node | null => {
  let node: Node | null = document.contents
  for (const part of path) {
    if (!isCollection(node)) break
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(part))
      if (!pair) break
      node = isNode(pair.value) ? pair.value : isNode(pair.key) ? pair.key : node
    } else {
      const next = node.get(part, true)
      if (!isNode(next)) break
      node = next
    }
  }
  return node
}

/** A wrong value is shown, but a whole wrong section is not. */
const shortened = (message: string) => (message.length > 200 ? `${message.slice(0, 199)}…` : message)

const describe = SchemaIssue.makeFormatterStandardSchemaV1()

/** Parses `text` as YAML and decodes it; `file` is only used in messages. */
export const decodeYaml = <S extends Schema.Codec<unknown, unknown>>(
  schema: S,
  text: string,
  file: string
): Effect.Effect<S["Type"], FileError> => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const broken = document.errors[0]
  if (broken) {
    return Effect.fail(
      new FileError({
        place: place(broken.pos[0]),
        reason: `not valid YAML: ${broken.message.split("\n")[0]}`,
        mend: "correct that line"
      })
    )
  }
  return Schema.decodeUnknownEffect(schema, { errors: "all", onExcessProperty: "error", reportInput: true })(
    document.toJS()
  ).pipe(
    Effect.mapError((error) => {
      const issues = describe(error.issue).issues
      const issue = issues[0]!
      const path = (issue.path ?? []).map((part) =>
        typeof part === "object" && part !== null && "key" in part ? part.key : part
      )
      const node = nodeAt(document, path)
      const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ""
      return new FileError({
        place: `${place(node?.range?.[0] ?? 0)}${path.length === 0 ? "" : ` ${keyPath(path)}`}`,
        reason: shortened(issue.message) + more,
        mend: "correct the key or its value"
      })
    })
  )
}

/** Reads and decodes a file. A file that is not there is said so, with what was looked for. */
export const readYaml = <S extends Schema.Codec<unknown, unknown>>(
  schema: S,
  file: string,
  mend = "check the path"
): Effect.Effect<S["Type"], FileError, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const text = yield* fs
      .readFileString(file)
      .pipe(
        Effect.mapError(
          (error) => new FileError({ place: file, reason: `cannot be read (${error.reason._tag})`, mend })
        )
      )
    return yield* decodeYaml(schema, text, file)
  })
