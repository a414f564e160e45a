/** A `Response` whose whole body has arrived: what a client of JSON reads, without streams. */
import type { Buffer } from "node:buffer"
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib"

/** Headers as they were received, names in lower case. */
export type RawHeaders = { readonly [name: string]: string | readonly string[] | undefined }

const joined = (value: string | readonly string[]): string =>
  typeof value === "string" ? value : value.join(", ")

/** The reading half of `Headers`. */
export class ReceivedHeaders {
  readonly #raw: RawHeaders
  constructor(raw: RawHeaders) {
    this.#raw = raw
  }
  get(name: string): string | null {
    const value = this.#raw[name.toLowerCase()]
    return value === undefined ? null : joined(value)
  }
  has(name: string): boolean {
    return this.#raw[name.toLowerCase()] !== undefined
  }
  getSetCookie(): string[] {
    const value = this.#raw["set-cookie"]
    return value === undefined ? [] : typeof value === "string" ? [value] : [...value]
  }
  *entries(): IterableIterator<[string, string]> {
    for (const name of Object.keys(this.#raw)) yield [name, joined(this.#raw[name] ?? "")]
  }
  *keys(): IterableIterator<string> {
    yield* Object.keys(this.#raw)
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value
  }
  forEach(each: (value: string, name: string) => void): void {
    for (const [name, value] of this.entries()) each(value, name)
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries()
  }
}

/** The most that a compressed body may unfold to: 32 MiB. */
export const mostBytes = 32 * 1024 * 1024

const unfold = (body: Buffer, encoding: string): Buffer => {
  const options = { maxOutputLength: mostBytes }
  switch (encoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return gunzipSync(body, options)
    case "deflate":
      return inflateSync(body, options)
    case "br":
      return brotliDecompressSync(body, options)
    default:
      return body
  }
}

/** The half of `Response` that SDKs read when they do not stream. */
export class BufferedResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: ReceivedHeaders
  readonly body = null
  readonly redirected = false
  readonly type = "default"
  #bytes: Buffer
  #encoding: string | null

  constructor(status: number, statusText: string, url: string, headers: RawHeaders, bytes: Buffer) {
    this.status = status
    this.statusText = statusText
    this.url = url
    this.headers = new ReceivedHeaders(headers)
    this.#bytes = bytes
    this.#encoding = this.headers.get("content-encoding")
  }
  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }
  get bodyUsed(): boolean {
    return false
  }
  async bytes(): Promise<Uint8Array> {
    if (this.#encoding !== null) {
      this.#bytes = unfold(this.#bytes, this.#encoding)
      this.#encoding = null
    }
    return this.#bytes
  }
  async text(): Promise<string> {
    const bytes = this.#encoding === null ? this.#bytes : ((await this.bytes()) as Buffer)
    const text = bytes.toString("utf8")
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.bytes()).buffer as ArrayBuffer
  }
  /** The body can be read any number of times, so a copy is the thing itself. */
  clone(): this {
    return this
  }
}
