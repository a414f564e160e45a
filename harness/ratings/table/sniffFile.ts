/** What has to be known of a file before it is read: its hash, its encoding, how it begins. */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { basename } from "node:path"
import { TextDecoder } from "node:util"
import { Effect } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import type { ContentHash } from "../../study/Ids.ts"

/** How a file's bytes are text. `latin1` is read as Windows-1252, as everybody who says Latin-1 means it. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1"

/** A file, looked at once from end to end. */
export interface Sniffed {
  readonly path: string
  /** Its name without the folder. */
  readonly name: string
  /** SHA-256 of its bytes. */
  readonly hash: ContentHash
  readonly encoding: Encoding
  /** Its first 64 KB as text, without a byte order mark. */
  readonly start: string
}

const START = 65_536

/** A decoder of a file's bytes; a byte order mark is not part of the text. */
export const decoderOf = (encoding: Encoding): TextDecoder =>
  new TextDecoder(encoding === "latin1" ? "windows-1252" : encoding)

/** A NUL ends texts in the store, so it becomes the character for what cannot be shown. */
export const withoutNul = (text: string): string =>
  text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text

/** UTF-16 by its byte order mark, or since every other byte of Latin letters is 0; `undefined` when it is none. */
const sixteen = (begin: Buffer): "utf-16le" | "utf-16be" | undefined => {
  if (begin[0] === 0xff && begin[1] === 0xfe) return "utf-16le"
  if (begin[0] === 0xfe && begin[1] === 0xff) return "utf-16be"
  const zeros = [0, 0]
  for (const [index, byte] of begin.entries()) if (byte === 0) zeros[index % 2]!++
  const half = begin.length / 4
  return zeros[1]! > half && zeros[0]! < zeros[1]! / 8
    ? "utf-16le"
    : zeros[0]! > half && zeros[1]! < zeros[0]! / 8
      ? "utf-16be"
      : undefined
}

const read = async (path: string, told: Encoding | undefined, signal: AbortSignal): Promise<Sniffed> => {
  const hash = createHash("sha256")
  const strict = new TextDecoder("utf-8", { fatal: true })
  let utf8 = true
  let begin: Buffer = Buffer.alloc(0)
  let bytes = 0
  for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    if (begin.length < START) begin = Buffer.concat([begin, chunk.subarray(0, START - begin.length)])
    if (!utf8) continue
    try {
      strict.decode(chunk, { stream: true })
    } catch {
      utf8 = false
    }
  }
  if (bytes === 0) throw new FileError({ place: path, reason: "empty", mend: "check the file" })
  const encoding = told ?? sixteen(begin) ?? (utf8 ? "utf-8" : "latin1")
  return {
    path,
    name: basename(path),
    hash: hash.digest("hex") as ContentHash,
    encoding,
    start: decoderOf(encoding).decode(begin, { stream: true })
  }
}

/** A file's text, some of it at a time. */
export async function* textOf({
  path,
  encoding
}: Pick<Sniffed, "path" | "encoding">): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const text = withoutNul(decoder.decode(chunk, { stream: true }))
    if (text !== "") yield text
  }
  const last = withoutNul(decoder.decode())
  if (last !== "") yield last
}

/** Why a file could not be read, for people. */
export const unreadable =
  (path: string) =>
  (cause: unknown): FileError => {
    if (cause instanceof FileError) return cause
    const { code, message } = cause as { readonly code?: string; readonly message?: string }
    if (code === "ENOENT")
      return new FileError({ place: path, reason: "no such file", mend: "check the path" })
    if (code === "EISDIR")
      return new FileError({ place: path, reason: "a folder, not a file", mend: "name a file" })
    return new FileError({
      place: path,
      reason: `cannot be read: ${message ?? cause}`,
      mend: "correct the file"
    })
  }

/** Reads a file once. UTF-8 unless its bytes are not, or a byte order mark or `told` says else. */
export const sniffFile = Effect.fn("Ratings.sniffFile")((path: string, told?: Encoding) =>
  Effect.tryPromise({ try: (signal) => read(path, told, signal), catch: unreadable(path) })
)
