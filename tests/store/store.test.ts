import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Option, Schema, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { CallRow } from "../../harness/store/callRows.ts"
import * as GroupCommit from "../../harness/store/GroupCommit.ts"
import * as Migrations from "../../harness/store/Migrations.ts"
import { Responses } from "../../harness/store/Responses.ts"
import * as RunLock from "../../harness/store/RunLock.ts"
import { Runs } from "../../harness/store/Runs.ts"
import * as Sqlite from "../../harness/store/Sqlite.ts"
import * as Store from "../../harness/store/Store.ts"
import { RunId, SuiteName } from "../../harness/study/Ids.ts"
import { Post } from "../../harness/study/Post.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

const memory = Store.layer(":memory:")
const run = RunId.make("test-00000000")
const suite = SuiteName.make("suite")

const posts = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    suite,
    domain: suite,
    post: Schema.decodeUnknownSync(Post)({ id: `p${i}`, body: `Body ${i}` })
  }))

const call = (key: string, text = "hello"): CallRow => ({
  key: key.padStart(64, "0"),
  plugin: "p",
  pluginVersion: "1",
  model: "",
  seed: 1,
  epoch: 1,
  outcome: "ok",
  text,
  words: 1,
  author: "program",
  detail: {},
  attempts: 1,
  millis: 3,
  at: "2026-01-01T00:00:00.000Z"
})

const slot = (ordinal: number) => ({ ordinal, source: "s", condition: "c", epoch: 1 })

const begun = (n: number) =>
  Effect.gen(function* () {
    const runs = yield* Runs
    yield* runs.begin({ id: run, study: "test", manifest: "{}", at: "2026-01-01T00:00:00.000Z" })
    yield* runs.addPosts(run, Stream.fromIterable(posts(n)))
    return runs
  })

describe("Runs", () => {
  it.effect("keeps posts in order over pages, and adding them again changes nothing", () =>
    Effect.gen(function* () {
      const runs = yield* begun(450)
      yield* begun(450)
      assert.strictEqual(yield* runs.countPosts(run), 450)
      const pages = yield* Stream.runCollect(runs.postPages(run))
      assert.deepStrictEqual(
        pages.map((page) => page.length),
        [200, 200, 50]
      )
      assert.deepStrictEqual(
        pages.flat().map((post) => post.ordinal),
        Array.from({ length: 450 }, (_, i) => i)
      )
      assert.strictEqual(pages[2]![49]!.body, "Body 449")
    }).pipe(Effect.provide(memory), Effect.provide(NodeServicesLayer))
  )

  it.effect("keeps the first start of a run that begins again", () =>
    Effect.gen(function* () {
      const runs = yield* begun(1)
      const again = yield* runs.begin({
        id: run,
        study: "test",
        manifest: "{}",
        at: "2027-01-01T00:00:00.000Z"
      })
      assert.strictEqual(again.startedAt, "2026-01-01T00:00:00.000Z")
      assert.isTrue(Option.isNone(yield* runs.get("other-00000000")))
    }).pipe(Effect.provide(memory), Effect.provide(NodeServicesLayer))
  )
})

describe("Responses", () => {
  it.effect("keeps one answer a slot however often a call is delivered, and finds it by its key", () =>
    Effect.gen(function* () {
      yield* begun(3)
      const responses = yield* Responses
      yield* Effect.all(
        [call("a", "first"), call("a", "second"), call("b")].map((row, i) =>
          responses.answer(run, slot(i === 2 ? 1 : 0), row, false)
        ),
        { concurrency: "unbounded" }
      )
      const answers = yield* Stream.runCollect(responses.answers(run))
      assert.deepStrictEqual(
        answers.map((row) => [row.post, row.text]),
        [
          ["p0", "first"],
          ["p1", "hello"]
        ]
      )
      const cached = yield* responses.cached([call("a").key, call("z").key])
      assert.strictEqual(cached.size, 1)
      yield* responses.link(run, [{ slot: slot(2), callId: cached.get(call("a").key)! }])
      assert.strictEqual((yield* responses.filled(run, 0, 2)).size, 3)
    }).pipe(Effect.provide(memory), Effect.provide(NodeServicesLayer))
  )

  it.effect("keeps the older answer when a call is made again, and uses the newer", () =>
    Effect.gen(function* () {
      yield* begun(1)
      const responses = yield* Responses
      const sql = yield* SqlClient.SqlClient
      yield* responses.answer(run, slot(0), call("a", "old"), false)
      yield* responses.answer(run, slot(0), call("a", "new"), true)
      const texts = yield* sql<{ text: string }>`SELECT text FROM call ORDER BY revision`
      assert.deepStrictEqual(
        texts.map((row) => row.text),
        ["old", "new"]
      )
      const [answer] = yield* Stream.runCollect(responses.answers(run))
      assert.strictEqual(answer!.text, "new")
    }).pipe(Effect.provide(memory), Effect.provide(NodeServicesLayer))
  )

  it.effect("forgets a failure once the slot has its answer", () =>
    Effect.gen(function* () {
      yield* begun(1)
      const responses = yield* Responses
      const failure = {
        ...slot(0),
        stage: "generate",
        part: "",
        kind: "Unavailable",
        message: "gone",
        at: "2025-12-31T00:00:00.000Z"
      } as const
      yield* responses.fail(run, failure)
      yield* responses.fail(run, { ...failure, message: "still gone" })
      assert.deepStrictEqual(
        (yield* responses.failures(run)).map((row) => row.message),
        ["still gone"]
      )
      yield* responses.answer(run, slot(0), call("a"), false)
      assert.deepStrictEqual(yield* responses.failures(run), [])
    }).pipe(Effect.provide(memory), Effect.provide(NodeServicesLayer))
  )
})

describe("a group commit", () => {
  it.effect("writes what was handed over even when the scope closes before its turn", () =>
    Effect.gen(function* () {
      const written: number[] = []
      yield* Effect.scoped(
        Effect.gen(function* () {
          const commit = yield* GroupCommit.make<number, never>((batch) =>
            Effect.sync(() => void written.push(...batch))
          )
          const fibers = yield* Effect.forEach([1, 2, 3], (n) => Effect.forkChild(commit(n)))
          // Each fiber has run up to where it waits; nobody has waited for the commit.
          yield* Effect.yieldNow
          yield* Effect.forEach(fibers, Fiber.interrupt)
        })
      )
      assert.deepStrictEqual(written.toSorted(), [1, 2, 3])
    })
  )

  it.effect("tells everyone in a batch that it failed", () =>
    Effect.gen(function* () {
      const commit = yield* GroupCommit.make<number, string>(() => Effect.fail("disk full"))
      const errors = yield* Effect.all([Effect.flip(commit(1)), Effect.flip(commit(2))], { concurrency: 2 })
      assert.deepStrictEqual(errors, ["disk full", "disk full"])
    }).pipe(Effect.scoped)
  )
})

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "warmline-store-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

describe("the lock of a run", () => {
  it.live("refuses a second process with the first one's pid, and is free once that is killed", () =>
    Effect.gen(function* () {
      const file = join(yield* folder, "store.db")
      const script = `
        import { Effect } from "effect"
        import * as RunLock from ${JSON.stringify(new URL("../../harness/store/RunLock.ts", import.meta.url).href)}
        await Effect.runPromise(Effect.scoped(Effect.gen(function* () {
          yield* RunLock.acquire(${JSON.stringify(file)}, "test-00000000")
          process.stdout.write("held")
          setInterval(() => {}, 1000)
          yield* Effect.never
        })))`
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
        cwd: new URL("../..", import.meta.url)
      })
      yield* Effect.promise(() => new Promise((resolve) => child.stdout.once("data", resolve)))
      const error = yield* Effect.flip(Effect.scoped(RunLock.acquire(file, run)))
      assert.include(error.message, `another process (pid ${child.pid}) is working on this run`)
      const other = RunId.make("other-00000000")
      yield* Effect.scoped(RunLock.acquire(file, other))
      const gone = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      yield* Effect.promise(() => gone)
      yield* Effect.scoped(RunLock.acquire(file, run))
    }).pipe(Effect.scoped)
  )
})

describe("migrations", () => {
  it.live("refuse a store of a newer version and leave it alone", () =>
    Effect.gen(function* () {
      const file = join(yield* folder, "store.db")
      const open = Effect.provide(Effect.void, Store.layer(file)).pipe(Effect.provide(NodeServicesLayer))
      yield* open
      yield* Effect.provide(
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* sql`INSERT INTO warmline_migrations (migration_id, name) VALUES (999, 'future')`
        }),
        Sqlite.layer(file)
      )
      const error = yield* Effect.flip(open)
      assert.match(error.message, /newer version of warmline/)
    }).pipe(Effect.scoped)
  )

  it.live("say in one line that a file is no store", () =>
    Effect.gen(function* () {
      const file = join(yield* folder, "store.db")
      execFileSync("sh", ["-c", `printf 'not a database at all, but long enough to look at' > ${file}`])
      const error = yield* Effect.flip(
        Effect.provide(Effect.void, Migrations.layer).pipe(Effect.provide(Sqlite.layer(file)))
      )
      assert.match(error.message, /store.*; /)
      assert.notInclude(error.message, "\n")
    }).pipe(Effect.scoped)
  )
})
