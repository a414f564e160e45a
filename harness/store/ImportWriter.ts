/**
 * What an import adds, written in one transaction: posts, responses, people, their sittings and ratings. Ids are
 * given out by the import itself, so that rows go in by thousands and in any order of files.
 */
import { Context, Effect, Layer, Stream } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Outcome } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import type { ImportKind } from "./Imports.ts"
import { orStoreError, type StoreError } from "./StoreError.ts"

/** A post of a run that is there already. */
export interface KnownPost {
  readonly ordinal: number
  readonly suite: string
  readonly domain: string
  readonly post: string
  readonly hash: string
  /** Whether its words are there. */
  readonly known: boolean
}

/** A response of a run that is there already. */
export interface KnownResponse {
  readonly callId: number
  readonly ordinal: number
  readonly source: string
  readonly condition: string
  readonly epoch: number
  readonly outcome: Outcome
  readonly text: string
}

/** A rating that a person gave before. */
export interface KnownRating {
  readonly callId: number
  readonly raterId: number
  readonly dimensionId: number
  readonly value: number | null
  readonly key: string
}

/** The last id given out in each table. */
export interface LastIds {
  call: number
  rater: number
  submission: number
  import: number
}

/** The version of judges whose verdicts were imported: what they were asked, and how, is not known. */
export const importedVersion = "imported"

/** A cell of a row that is written. */
type Cell = string | number | null

/** Rows to write, by table, each in the order of `columns`. Tables that others refer to come first. */
export const columns = {
  post: ["hash", "title", "body", "language"],
  run_post: ["run_id", "ordinal", "suite", "domain", "post", "post_id", "labels"],
  call: [
    "id",
    "key",
    "revision",
    "plugin",
    "plugin_version",
    "model",
    "seed",
    "epoch",
    "outcome",
    "text",
    "words",
    "author",
    "detail",
    "attempts",
    "millis",
    "created_at"
  ],
  response: ["run_id", "ordinal", "source", "condition", "epoch", "call_id"],
  response_name: ["run_id", "name", "call_id"],
  rater: ["id", "name", "kind", "version"],
  submission: [
    "id",
    "import_id",
    "rater_id",
    "key",
    "place",
    "panel",
    "seconds",
    "started_at",
    "ended_at",
    "progress",
    "finished",
    "preview",
    "status",
    "kept"
  ],
  attention: ["submission_id", "name", "value", "expected", "passed"],
  rating: [
    "call_id",
    "rater_id",
    "dimension_id",
    "epoch",
    "value",
    "unscored",
    "created_at",
    "submission_id",
    "blinding",
    "seconds"
  ]
} as const

/** A table that an import writes to. */
export type ImportTable = keyof typeof columns

/** Where a column's value is not what the row says but the id of what it names. */
const expressions: Readonly<Record<string, string>> = {
  "run_post.post_id": "(SELECT id FROM post WHERE hash = value->>5)"
}

const statements = Object.fromEntries(
  Object.entries(columns).map(([table, names]) => [
    table,
    `INSERT INTO ${table} (${names.join(", ")}) SELECT ${names
      .map((name, index) => expressions[`${table}.${name}`] ?? `value->>${index}`)
      .join(", ")} FROM json_each(?)${table === "post" ? " WHERE true ON CONFLICT (hash) DO NOTHING" : ""}`
  ])
) as Record<ImportTable, string>

/** Sees all rows, a few at a time in memory. */
const each = <A>(rows: Stream.Stream<A, SqlError.SqlError>, see: (row: A) => void) =>
  Stream.runForEachArray(rows, (some) => Effect.sync(() => some.forEach(see))).pipe(orStoreError)

/** An import's own row. */
export interface ImportRecord {
  readonly id: number
  readonly run: RunId
  readonly kind: ImportKind
  readonly file: string
  readonly fileHash: string
  readonly map: string
  readonly mapHash: string
  readonly format: string
  readonly account: string
  readonly at: string
}

export class ImportWriter extends Context.Service<
  ImportWriter,
  {
    /** Everything within is kept, or nothing is. */
    readonly transaction: <A, E, R>(body: Effect.Effect<A, E, R>) => Effect.Effect<A, E | StoreError, R>
    readonly lastIds: Effect.Effect<LastIds, StoreError>
    readonly posts: (run: RunId) => Effect.Effect<readonly KnownPost[], StoreError>
    /** Calls `see` with each response of the run. */
    readonly eachResponse: (
      run: RunId,
      see: (response: KnownResponse) => void
    ) => Effect.Effect<void, StoreError>
    /** Call ids by the names that earlier files gave to responses. */
    readonly names: (run: RunId) => Effect.Effect<ReadonlyMap<string, number>, StoreError>
    /** Ids of all people by their pseudonyms. */
    readonly people: Effect.Effect<ReadonlyMap<string, number>, StoreError>
    /** The same of judges whose verdicts were imported. */
    readonly judges: Effect.Effect<ReadonlyMap<string, number>, StoreError>
    /** Calls `see` with each of people's live ratings of the run's texts. */
    readonly eachRating: (run: RunId, see: (rating: KnownRating) => void) => Effect.Effect<void, StoreError>
    readonly write: (
      table: ImportTable,
      rows: readonly (readonly Cell[])[]
    ) => Effect.Effect<void, StoreError>
    /** Gives a text to responses that only ratings knew of. */
    readonly fillTexts: (
      texts: readonly {
        readonly callId: number
        readonly text: string
        readonly words: number
        readonly author: SourceKind
      }[]
    ) => Effect.Effect<void, StoreError>
    /** Gives their words to posts that were only named. */
    readonly fillPosts: (
      run: RunId,
      posts: readonly { readonly ordinal: number; readonly hash: string }[]
    ) => Effect.Effect<void, StoreError>
    readonly begin: (record: ImportRecord) => Effect.Effect<void, StoreError>
    readonly end: (id: number, account: string) => Effect.Effect<void, StoreError>
    /** Makes the ratings of earlier imports history. */
    readonly supersede: (ids: readonly number[], by: number, at: string) => Effect.Effect<void, StoreError>
  }
>()("warmline/ImportWriter") {
  static readonly layer = Layer.effect(
    ImportWriter,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const knownRaters = (kind: RaterKind, version: string) =>
        sql<{ name: string; id: number }>`SELECT name, id FROM rater
          WHERE kind = ${kind} AND version = ${version}`.pipe(
          Effect.map((rows) => new Map(rows.map(({ name, id }) => [name, id]))),
          orStoreError
        )
      return ImportWriter.of({
        transaction: (body) => orStoreError(sql.withTransaction(body)) as never,
        lastIds: sql<LastIds>`SELECT
            (SELECT COALESCE(MAX(id), 0) FROM call) AS call,
            (SELECT COALESCE(MAX(id), 0) FROM rater) AS rater,
            (SELECT COALESCE(MAX(id), 0) FROM submission) AS submission,
            (SELECT COALESCE(MAX(id), 0) FROM import) AS import`.pipe(
          Effect.map((rows) => ({ ...rows[0]! })),
          orStoreError
        ),
        posts: (run) =>
          sql<
            Omit<KnownPost, "known"> & { known: number }
          >`SELECT rp.ordinal, rp.suite, rp.domain, rp.post, p.hash,
              p.body <> '' AS known
            FROM run_post rp JOIN post p ON p.id = rp.post_id
            WHERE rp.run_id = ${run} ORDER BY rp.ordinal`.pipe(
            Effect.map((rows) => rows.map((row) => ({ ...row, known: row.known === 1 }))),
            orStoreError
          ),
        eachResponse: (run, see) =>
          each(
            sql<KnownResponse>`SELECT r.call_id AS "callId", r.ordinal, r.source, r.condition, r.epoch, c.outcome,
              c.text
            FROM response r JOIN call c ON c.id = r.call_id WHERE r.run_id = ${run}`.stream,
            see
          ),
        names: (run) =>
          sql<{ name: string; id: number }>`SELECT name, call_id AS id FROM response_name
            WHERE run_id = ${run}`.pipe(
            Effect.map((rows) => new Map(rows.map(({ name, id }) => [name, id]))),
            orStoreError
          ),
        people: knownRaters("human", ""),
        judges: knownRaters("judge", importedVersion),
        eachRating: (run, see) =>
          each(
            sql<KnownRating>`SELECT g.call_id AS "callId", g.rater_id AS "raterId",
              g.dimension_id AS "dimensionId", g.value, s.key
            FROM import i JOIN submission s ON s.import_id = i.id JOIN rating g ON g.submission_id = s.id
            WHERE i.run_id = ${run} AND i.superseded_at IS NULL`.stream,
            see
          ),
        write: (table, rows) =>
          rows.length === 0
            ? Effect.void
            : orStoreError(Effect.asVoid(sql.unsafe(statements[table], [JSON.stringify(rows)]).raw)),
        fillTexts: (texts) =>
          Effect.forEach(
            texts,
            ({ callId, text, words, author }) =>
              sql`UPDATE call SET text = ${text}, words = ${words}, author = ${author}, outcome = 'ok'
                WHERE id = ${callId}`,
            { discard: true }
          ).pipe(orStoreError),
        fillPosts: (run, posts) =>
          Effect.forEach(
            posts,
            ({ ordinal, hash }) =>
              sql`UPDATE run_post SET post_id = (SELECT id FROM post WHERE hash = ${hash})
                WHERE run_id = ${run} AND ordinal = ${ordinal}`,
            { discard: true }
          ).pipe(orStoreError),
        begin: (record) =>
          sql`INSERT INTO import ${sql.insert({
            id: record.id,
            run_id: record.run,
            kind: record.kind,
            file: record.file,
            file_hash: record.fileHash,
            map: record.map,
            map_hash: record.mapHash,
            format: record.format,
            account: record.account,
            imported_at: record.at
          })}`.pipe(Effect.asVoid, orStoreError),
        end: (id, account) =>
          sql`UPDATE import SET account = ${account} WHERE id = ${id}`.pipe(Effect.asVoid, orStoreError),
        supersede: (ids, by, at) =>
          Effect.gen(function* () {
            if (ids.length === 0) return
            const of = sql`SELECT id FROM submission WHERE ${sql.in("import_id", ids)}`
            yield* sql`INSERT INTO superseded_rating (submission_id, call_id, dimension_id, epoch, value, unscored,
                blinding, seconds, created_at)
              SELECT submission_id, call_id, dimension_id, epoch, value, unscored, blinding, seconds, created_at
              FROM rating WHERE submission_id IN (${of})`
            yield* sql`DELETE FROM rating WHERE submission_id IN (${of})`
            yield* sql`UPDATE import SET superseded_at = ${at}, superseded_by = ${by} WHERE ${sql.in("id", ids)}`
          }).pipe(orStoreError)
      })
    })
  )
}
