/** Runs and the posts they are about. */
import { Array as Arr, Context, Effect, Layer, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId, SuiteName } from "../study/Ids.ts"
import { type Post, postHash } from "../study/Post.ts"
import { orStoreError, StoreError } from "./StoreError.ts"

/** What is kept of a run beside its rows; the manifest is the run's own JSON. */
export interface RunRow {
  readonly id: RunId
  readonly study: string
  readonly manifest: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

/** What a slice of a leaderboard needs to know of a post. */
export interface PostLabels {
  readonly emotions: readonly string[]
  readonly severity: string
  readonly seeks: string
  readonly fault: string
  readonly crisis: boolean | "not stated"
  readonly contentNote?: string
}

/** A post as a run uses it. `ordinal` counts from 0 in the order of the study. */
export interface RunPost {
  readonly ordinal: number
  readonly suite: SuiteName
  readonly domain: SuiteName
  readonly post: string
  readonly postId: number
  readonly title: string
  readonly body: string
  readonly language: string
  readonly labels: PostLabels
}

/** How many posts are read or written at a time: memory depends on this and not on the study's size. */
const page = 200

const labelsOf = (post: Post): PostLabels => ({
  emotions: post.emotions,
  severity: post.severity,
  seeks: post.seeks,
  fault: post.fault,
  crisis: post.crisis,
  ...(post.contentNote === undefined ? {} : { contentNote: post.contentNote })
})

export class Runs extends Context.Service<
  Runs,
  {
    /** Makes the run if it is new; a run of the same plan keeps its start and its rows. */
    readonly begin: (run: {
      readonly id: RunId
      readonly study: string
      readonly manifest: string
      readonly at: string
    }) => Effect.Effect<RunRow, StoreError>
    readonly setManifest: (id: RunId, manifest: string) => Effect.Effect<void, StoreError>
    readonly finish: (id: RunId, at: string) => Effect.Effect<void, StoreError>
    readonly get: (id: string) => Effect.Effect<Option.Option<RunRow>, StoreError>
    /** The run, or an error that says which there are. */
    readonly named: (id: string) => Effect.Effect<RunRow, StoreError>
    /** Newest first. */
    readonly list: Effect.Effect<readonly RunRow[], StoreError>
    /** Adds posts in order, in pages; posts that are there already are left as they are. */
    readonly addPosts: <E>(
      id: RunId,
      posts: Stream.Stream<{ readonly suite: SuiteName; readonly domain: SuiteName; readonly post: Post }, E>
    ) => Effect.Effect<void, E | StoreError>
    readonly countPosts: (id: RunId) => Effect.Effect<number, StoreError>
    /** Posts in order, a page at a time. */
    readonly postPages: (id: RunId) => Stream.Stream<readonly RunPost[], StoreError>
  }
>()("warmline/Runs") {
  static readonly layer = Layer.effect(
    Runs,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient

      const get = (id: string) =>
        sql<RunRow>`SELECT id, study, manifest, started_at AS "startedAt", finished_at AS "finishedAt"
          FROM run WHERE id = ${id}`.pipe(Effect.map((rows) => Option.fromNullishOr(rows[0])))

      const addPage = Effect.fn("Runs.addPage")(function* (
        id: RunId,
        entries: Arr.NonEmptyReadonlyArray<
          readonly [{ suite: SuiteName; domain: SuiteName; post: Post }, number]
        >
      ) {
        const texts = Arr.map(entries, ([{ post }]) => ({
          hash: postHash(post),
          title: post.title,
          body: post.body,
          language: post.language
        }))
        yield* sql`INSERT INTO post ${sql.insert(texts)} ON CONFLICT (hash) DO NOTHING`
        const known = yield* sql<{ id: number; hash: string }>`SELECT id, hash FROM post
          WHERE ${sql.in(
            "hash",
            texts.map((text) => text.hash)
          )}`
        const ids = new Map<string, number>(known.map((row) => [row.hash, row.id]))
        const rows = Arr.map(entries, ([{ suite, domain, post }, ordinal], index) => ({
          run_id: id,
          ordinal,
          suite,
          domain,
          post: post.id,
          post_id: ids.get(texts[index]!.hash)!,
          labels: JSON.stringify(labelsOf(post))
        }))
        yield* sql`INSERT INTO run_post ${sql.insert(rows)} ON CONFLICT (run_id, ordinal) DO NOTHING`
      })

      const readPage = (id: RunId, after: number) =>
        sql<
          Omit<RunPost, "labels"> & { readonly labels: string }
        >`SELECT rp.ordinal, rp.suite, rp.domain, rp.post,
            rp.post_id AS "postId", p.title, p.body, p.language, rp.labels
          FROM run_post rp JOIN post p ON p.id = rp.post_id
          WHERE rp.run_id = ${id} AND rp.ordinal > ${after} ORDER BY rp.ordinal LIMIT ${page}`.pipe(
          Effect.map((rows) =>
            rows.map((row): RunPost => ({ ...row, labels: JSON.parse(row.labels) as PostLabels }))
          ),
          orStoreError
        )

      const list = sql<RunRow>`SELECT id, study, manifest, started_at AS "startedAt", finished_at AS "finishedAt"
        FROM run ORDER BY started_at DESC, id`

      return Runs.of({
        begin: Effect.fn("Runs.begin")(function* ({ id, study, manifest, at }) {
          yield* sql`INSERT INTO run ${sql.insert({ id, study, manifest, started_at: at })}
            ON CONFLICT (id) DO NOTHING`
          return Option.getOrThrow(yield* get(id))
        }, orStoreError),
        setManifest: (id, manifest) =>
          sql`UPDATE run SET manifest = ${manifest} WHERE id = ${id}`.pipe(Effect.asVoid, orStoreError),
        finish: (id, at) =>
          sql`UPDATE run SET finished_at = ${at} WHERE id = ${id} AND finished_at IS NULL`.pipe(
            Effect.asVoid,
            orStoreError
          ),
        get: (id) => orStoreError(get(id)),
        named: Effect.fn("Runs.named")(function* (id) {
          const row = yield* get(id)
          if (Option.isSome(row)) return row.value
          const known = (yield* list).map((run) => run.id)
          return yield* new StoreError({
            reason: `no run ${id} in this store`,
            mend:
              known.length === 0
                ? "start one with `warmline run`"
                : `known are ${known.slice(0, 5).join(", ")}`
          })
        }, orStoreError),
        list: orStoreError(list),
        addPosts: (id, posts) =>
          posts.pipe(
            Stream.zipWithIndex,
            Stream.grouped(page),
            Stream.runForEach((entries) => orStoreError(sql.withTransaction(addPage(id, entries))))
          ),
        countPosts: (id) =>
          sql<{ n: number }>`SELECT COUNT(*) AS n FROM run_post WHERE run_id = ${id}`.pipe(
            Effect.map((rows) => Number(rows[0]?.n ?? 0)),
            orStoreError
          ),
        postPages: (id) =>
          Stream.paginate(-1, (after) =>
            Effect.map(
              readPage(id, after),
              (posts) =>
                [
                  posts.length === 0 ? [] : [posts],
                  posts.length < page ? Option.none<number>() : Option.some(posts[posts.length - 1]!.ordinal)
                ] as const
            )
          )
      })
    })
  )
}
