/** A tool whose files are known: how to tell one, how it is read, and which of its columns mean what everywhere. */
import type { Effect } from "effect"
import type { FileError } from "../../catalog/FileError.ts"
import type { RatingsMap, SkipRule } from "../RatingsMap.ts"
import type { Sniffed } from "../table/sniffFile.ts"
import type { Table } from "../table/Table.ts"

/** What a map may say of how a file is read. */
export type Reading = Pick<RatingsMap, "delimiter" | "items">

/** What a tool's own columns say, where the map says nothing else. Only columns that the file has are used. */
export interface Preset {
  readonly rater?: string
  readonly submission?: RatingsMap["submission"]
  readonly skip?: readonly SkipRule[]
  /** Which columns hold answers, where their names say so. */
  readonly answers?: RegExp
}

/** One format. */
export interface Format {
  readonly name: string
  readonly title: string
  /** Why a file looks like one of these; `undefined` when it does not. `value` is a JSON file's, parsed. */
  readonly recognise: (file: Sniffed, peek: Peek) => string | undefined
  readonly open: (file: Sniffed, reading: Reading) => Effect.Effect<Table, FileError>
  readonly preset: Preset
  /** Where everything stands, in a format whose files are all alike. */
  readonly map?: typeof RatingsMap.Encoded
}

/** A first look at a file: the names in its first record, or its JSON value. */
export type Peek =
  | {
      readonly _tag: "Csv"
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly _tag: "Json"; readonly value: unknown }
  /** The values of its first lines. */
  | { readonly _tag: "Jsonl"; readonly values: readonly unknown[] }
