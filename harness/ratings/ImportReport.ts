/** What an import did, and how what it is told goes into the store. */
import { Schema } from "effect"
import type { ImportKind } from "../store/Imports.ts"
import type { ImportRecord } from "../store/ImportWriter.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import type { ClosedAccount } from "./Account.ts"
import type { Opened } from "./openFile.ts"
import type { Target } from "./target.ts"

/** What is to be imported, and how. */
export interface ImportOf<Map> {
  readonly file: string
  /** `undefined`: the format's own, or by columns that have Warmline's names. */
  readonly map: Map | undefined
  /** Where the map's relative names start from. */
  readonly folder: string
  /** `auto` or a format's name. */
  readonly format: string
  /** The run whose texts were rated; by default the data set that the map names. */
  readonly run: string | undefined
  /** Does everything and keeps nothing. */
  readonly dryRun: boolean
  /** The ratings of an earlier import become history. */
  readonly replace: boolean
  /** Where rejected rows are listed. */
  readonly rejected: string
}

/** What an import did. */
export interface ImportReport {
  readonly format: "warmline-import/1"
  readonly kind: ImportKind
  readonly file: string
  /** SHA-256 of its bytes. */
  readonly hash: string
  readonly read: { readonly format: string; readonly why: string; readonly encoding: string }
  readonly run: string
  readonly dryRun: boolean
  /** `nothing-new`: all of it was in the store already. */
  readonly outcome: "imported" | "nothing-new" | "nothing-imported"
  readonly account: ClosedAccount
  readonly created: { readonly posts: number; readonly responses: number }
  /** How many people are new to the store. */
  readonly people: number
  /** Names of the judges whose recorded verdicts the file holds. */
  readonly judges: readonly string[]
  /** Where the rejected rows are listed; `null` without any. */
  readonly rejected: string | null
  /** Names of the files whose ratings were replaced. */
  readonly replaced: readonly string[]
  /** Responses whose length is not what their condition asks for. */
  readonly offLength: readonly OffLength[]
}

/** Responses of a condition that asks for a length. */
export interface OffLength {
  readonly condition: string
  readonly min: number
  readonly max: number
  readonly responses: number
  readonly shorter: number
  readonly longer: number
}

/** What was taken of a table. */
export type Taken = Pick<ImportReport, "account" | "created" | "people" | "judges" | "replaced" | "offLength">

/** A map as it is kept (`kept` takes out what is not), and the hash of all of it with those of the files it joins. */
export const encodedMap = <A, I>(
  codec: Schema.Codec<A, I>,
  map: A,
  joined: Opened["joined"],
  kept: (encoded: I) => I = (encoded) => encoded
) => {
  const encoded = Schema.encodeSync(codec)(map)
  const whole = JSON.parse(JSON.stringify(encoded)) as Hashable
  return { text: JSON.stringify(kept(encoded)), hash: hashJson({ map: whole, joined: { ...joined } }) }
}

/** The report's first part, which is known before a row is read. */
export const reportOf = (
  kind: ImportKind,
  { file, format, why }: Opened,
  target: Target,
  given: Pick<ImportOf<unknown>, "dryRun">
) =>
  ({
    format: "warmline-import/1",
    kind,
    file: file.name,
    hash: file.hash,
    read: { format: format.name, why, encoding: file.encoding },
    run: target.id,
    dryRun: given.dryRun
  }) as const

/** An import's row before it is done. */
export const recordOf = (
  kind: ImportKind,
  { file, format }: Opened,
  target: Target,
  map: ReturnType<typeof encodedMap>,
  now: string
): Omit<ImportRecord, "id"> => ({
  run: target.id,
  kind,
  file: file.name,
  fileHash: file.hash,
  map: map.text,
  mapHash: map.hash,
  format: format.name,
  account: "{}",
  at: now
})

/** What an account says of the whole. */
export const outcomeOf = ({ rows }: ClosedAccount): ImportReport["outcome"] =>
  rows.imported > 0 ? "imported" : rows.rejected > 0 ? "nothing-imported" : "nothing-new"

/** An account in which what was imported then is a duplicate now. */
const asDuplicates = ({ rows, ratings, reasons }: ClosedAccount): ClosedAccount => ({
  rows: { ...rows, imported: 0, duplicates: rows.duplicates + rows.imported },
  ratings: ratings && {
    ...ratings,
    imported: 0,
    unscored: 0,
    duplicates: ratings.duplicates + ratings.imported
  },
  reasons
})

/** The report of bytes that are in the store already, from the account of then. */
export const nothingNew = (account: string) =>
  ({
    outcome: "nothing-new",
    account: asDuplicates(JSON.parse(account) as ClosedAccount),
    created: { posts: 0, responses: 0 },
    people: 0,
    judges: [],
    rejected: null,
    replaced: [],
    offLength: []
  }) as const
