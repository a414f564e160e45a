/**
 * Content hashes: SHA-256 over canonical JSON (keys sorted by code unit, no white space, `undefined` left
 * out; RFC 8785 for the values used here), so that a hash depends on what a thing says and on nothing else.
 */
import { hash } from "node:crypto"
import type { Schema } from "effect"
import type { ContentHash } from "./Ids.ts"

/** A JSON value. */
export type Json = Schema.Json

/** What canonical JSON can say: a JSON value whose fields may also be `undefined`, which leaves them out. */
export type Hashable =
  | null
  | boolean
  | number
  | string
  | readonly Hashable[]
  | { readonly [key: string]: Hashable | undefined }

/** The one JSON text of a value. Throws a `TypeError` on a number that JSON has no word for. */
export const canonicalJson = (value: Hashable): string => {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no word for ${value}`)
    return JSON.stringify(value)
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const field = value[key]
    if (field !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(field)}`)
  }
  return `{${parts.join(",")}}`
}

// `Array.isArray` does not narrow a readonly array away from an object type.
const isArray = (value: object): value is readonly Hashable[] => Array.isArray(value)

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export const hashText = (text: string): ContentHash => hash("sha256", text, "hex") as ContentHash

/** SHA-256 of a value's canonical JSON, in hex. */
export const hashJson = (value: Hashable): ContentHash => hashText(canonicalJson(value))
