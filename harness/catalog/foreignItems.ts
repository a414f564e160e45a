/**
 * Items of a foreign file (JSON by path, JSONL and CSV row by row) as a stream, each with the place it stands
 * at. What a cell says is data: it is never evaluated.
 */
import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import { parse as parseCsv } from "csv-parse"
import { Effect, Stream } from "effect"
import { query } from "jsonpath-rfc9535"
import { FileError } from "./FileError.ts"

/** One item and its place, such as `posts.csv:12` or `posts.json item 3`. */
export interface ForeignItem {
  readonly place: string
  readonly item: unknown
}

const failure = (file: string) => (cause: unknown) => {
  if (cause instanceof FileError) return cause
  const error = cause as { code?: string; message?: string; lines?: number }
  const place = typeof error.lines === "number" ? `${file}:${error.lines}` : file
  return error.code === "ENOENT"
    ? new FileError({ place, reason: "no such file", mend: "check the path" })
    : new FileError({ place, reason: `cannot be read: ${error.message ?? cause}`, mend: "correct the file" })
}

/** What a path selects in a value; several matches are several values. */
export const select = (value: unknown, path: string): readonly unknown[] => {
  if (!path.startsWith("$")) {
    const own = typeof value === "object" && value !== null && Object.hasOwn(value, path)
    return own ? [(value as Record<string, unknown>)[path]] : []
  }
  return query(value as never, path) as readonly unknown[]
}

async function* jsonItems(file: string, paths: readonly string[]): AsyncGenerator<ForeignItem> {
  const value: unknown = JSON.parse((await readFile(file, "utf8")).replace(/^\uFEFF/, ""))
  let n = 0
  for (const path of paths) {
    const items = select(value, path)
    if (items.length === 0) {
      throw new FileError({
        place: file,
        reason: `${path} selects nothing`,
        mend: "correct items: in the map"
      })
    }
    for (const item of items) yield { place: `${file} item ${++n}`, item }
  }
}

/** Lines as JSON lines has them: readline would end one at U+2028 too, which may stand in a JSON text. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ""
  for await (const text of texts) {
    const lines = (rest + text).split("\n")
    rest = lines.pop()!
    yield* lines
  }
  yield rest
}

async function* jsonlItems(file: string): AsyncGenerator<ForeignItem> {
  let n = 0
  for await (const line of linesOf(createReadStream(file, "utf8"))) {
    n++
    const text = n === 1 ? line.replace(/^\uFEFF/, "") : line
    if (text.trim() === "") continue
    try {
      yield { place: `${file}:${n}`, item: JSON.parse(text) as unknown }
    } catch (cause) {
      throw new FileError({
        place: `${file}:${n}`,
        reason: `not JSON (${(cause as Error).message})`,
        mend: "correct that line"
      })
    }
  }
}

async function* csvItems(file: string): AsyncGenerator<ForeignItem> {
  const parser = createReadStream(file).pipe(
    parseCsv({
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim()),
      info: true,
      skip_empty_lines: true
    })
  )
  for await (const { record, info } of parser as AsyncIterable<{
    record: unknown
    info: { lines: number }
  }>) {
    yield { place: `${file}:${info.lines}`, item: record }
  }
}

/** Opens a file by its ending; `items` are JSON paths for a `.json` file. */
export const foreignItems = (
  file: string,
  items: readonly string[]
): Stream.Stream<ForeignItem, FileError> => {
  const ending = file.toLowerCase().split(".").pop()
  const open = (): AsyncGenerator<ForeignItem> | undefined =>
    ending === "json"
      ? jsonItems(file, items)
      : ending === "jsonl" || ending === "ndjson"
        ? jsonlItems(file)
        : ending === "csv"
          ? csvItems(file)
          : undefined
  const iterable = open()
  return iterable === undefined
    ? Stream.fromEffect(
        Effect.fail(
          new FileError({
            place: file,
            reason: "neither .json, .jsonl nor .csv",
            mend: "rename or convert the file"
          })
        )
      )
    : Stream.fromAsyncIterable(iterable, failure(file))
}
