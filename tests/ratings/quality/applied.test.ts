import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { build } from "../../../harness/leaderboard/build.ts"
import { bringMarksUpToDate, checkRun } from "../../../harness/ratings/quality/applyQuality.ts"
import { decodeManifest, encodeManifest, type RunManifest } from "../../../harness/run/Manifest.ts"
import { Quality } from "../../../harness/store/Quality.ts"
import { Ratings } from "../../../harness/store/Ratings.ts"
import { Runs } from "../../../harness/store/Runs.ts"
import { TextRatings } from "../../../harness/store/TextRatings.ts"
import type { RunId } from "../../../harness/study/Ids.ts"
import { defaults } from "../../../harness/study/QualityRules.ts"
import { begin, generate, layerOf, patience, type World } from "../../run/study.ts"
import { importPlanted } from "./importPlanted.ts"
import { faulty, honestPeople, sheetOf, sources } from "./planted.ts"

const world: World = {
  posts: Array.from({ length: 10 }, (_, i) => `post-${i}`),
  sources: sources.map((name) => ({ name, generate: () => `I hear you, says ${name}` }))
}

const experts = honestPeople
  .slice(0, 3)
  .map((person, i) => ({ ...person, name: `expert-${i}`, group: "expert" }))
const speeder = faulty["too-fast"]
const dreamer = faulty.attention

const speed = { "too-fast": defaults["too-fast"] }

/** A run of the world's study, rated by these people, with these lines in its study. */
const rated = Effect.fn(function* (
  people: Parameters<typeof sheetOf>[0],
  study: Pick<RunManifest, "quality" | "pool"> = {}
) {
  const runs = yield* Runs
  const plan = yield* begin(world)
  yield* generate(plan, patience)
  yield* importPlanted(plan.runId, sheetOf(people), "2036-01-01T00:00:00.000Z")
  const manifest = { ...(yield* decodeManifest((yield* runs.named(plan.runId)).manifest)), ...study }
  yield* runs.setManifest(plan.runId, encodeManifest(manifest))
  return manifest
})

const humans = (run: string) =>
  Effect.map(build(run), ({ tables }) => tables.filter(({ raterKind }) => raterKind === "human"))

const test = (name: string, body: () => Effect.Effect<void, unknown, unknown>) =>
  it.effect(name, () => (body() as Effect.Effect<void>).pipe(Effect.scoped, Effect.provide(layerOf(world))))

describe("a run with panels of people", () => {
  test("has tables of its own for each panel", () =>
    Effect.gen(function* () {
      const { run } = yield* rated([...honestPeople, ...experts])
      assert.deepStrictEqual(
        (yield* humans(run)).map(({ panels, measure, raters }) => [panels?.join(), measure, raters.length]),
        [
          ["expert", "polite", 3],
          ["expert", "rude", 3],
          ["expert", "warm", 3],
          ["crowd", "polite", 12],
          ["crowd", "rude", 12],
          ["crowd", "warm", 12]
        ]
      )
    }))

  test("pools those that its study names, and no others", () =>
    Effect.gen(function* () {
      const unnamed = { ...honestPeople[0]!, name: "nobody-said", group: "people" }
      const people = [...honestPeople, ...experts, unnamed]
      const { run } = yield* rated(people, { pool: ["crowd", "expert"] })
      assert.deepStrictEqual(
        (yield* humans(run))
          .filter(({ measure }) => measure === "warm")
          .map(({ panels, raters }) => [panels?.join(), raters.length]),
        [
          ["expert,crowd", 15],
          ["people", 1]
        ]
      )
    }))
})

describe("exclusions", () => {
  test("follow the run's study without being asked for, and leave every rating in the store", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const { run } = yield* rated([...honestPeople, speeder], { quality: speed })
      const [warm] = (yield* humans(run)).filter(({ measure }) => measure === "warm")
      assert.deepStrictEqual(
        [warm?.raters.length, warm?.exclusions?.allRaters, warm?.exclusions?.excluded, warm?.exclusions?.of],
        [12, 13, 30, 390]
      )
      const [{ n }] = (yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM rating`) as [{ n: number }]
      assert.strictEqual(n, 13 * 90)
      const marks = yield* (yield* Quality).marks(run)
      assert.deepStrictEqual(
        marks.map(({ rule, version }) => [rule, version]),
        [["too-fast", 1]]
      )
      // What agreement, calibration and comparisons read leaves them out too.
      const texts = yield* Stream.runCollect((yield* TextRatings).ofRun(run))
      const kept = yield* Stream.runCollect((yield* Ratings).scored(run))
      const excluded = yield* Stream.runCollect((yield* Ratings).excluded(run))
      assert.deepStrictEqual([texts.length, kept.length, excluded.length], [12 * 90, 12 * 90, 90])
      assert.isTrue(excluded.every(({ rater }) => rater === "speeder"))
    }))

  test("are none where no rule is on, and the table says nothing of them", () =>
    Effect.gen(function* () {
      const { run } = yield* rated([...honestPeople, speeder], {
        quality: { "too-fast": { ...defaults["too-fast"], on: false } }
      })
      const tables = yield* humans(run)
      assert.isTrue(
        tables.every(({ raters, exclusions }) => raters.length === 13 && exclusions === undefined)
      )
    }))

  test("keep a table all of whose ratings are excluded", () =>
    Effect.gen(function* () {
      const alone = { ...speeder, group: "expert" }
      const { run } = yield* rated([...honestPeople, alone], { quality: speed })
      const table = (yield* humans(run)).find(({ panels }) => panels?.[0] === "expert")!
      assert.isTrue(table.rows.every(({ mean }) => mean === null))
      assert.deepStrictEqual([table.exclusions?.raters, table.exclusions?.allRaters], [0, 1])
    }))

  test("are made anew when ratings or rules change, and not otherwise", () =>
    Effect.gen(function* () {
      const quality = yield* Quality
      const manifest = yield* rated([...honestPeople, speeder], { quality: speed })
      const { run } = manifest
      const checks = Effect.map(quality.checks(run), (rows) => rows.length)
      yield* bringMarksUpToDate(manifest)
      yield* bringMarksUpToDate(manifest)
      assert.strictEqual(yield* checks, 1)
      const late = { ...speeder, name: "late-speeder" }
      yield* importPlanted(
        run,
        sheetOf([...honestPeople.map((p) => ({ ...p, name: `b-${p.name}` })), late]),
        "2036-02-01T00:00:00.000Z"
      )
      yield* bringMarksUpToDate(manifest)
      assert.deepStrictEqual([yield* checks, (yield* quality.marks(run)).length], [2, 2])
      yield* checkRun(manifest, { rules: { attention: defaults.attention }, origin: "other.yaml" })
      assert.deepStrictEqual([yield* checks, (yield* quality.marks(run)).length], [3, 0])
      // The last rules stay in force; the first study's are history.
      yield* bringMarksUpToDate(manifest)
      assert.strictEqual(yield* checks, 3)
    }))

  test("belong to a run: another run of the same texts may decide otherwise", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const runs = yield* Runs
      const one = yield* rated([...honestPeople, speeder, dreamer], { quality: speed })
      const other = { ...one, run: "study-0000abcd" as RunId, quality: { attention: defaults.attention } }
      yield* runs.begin({ id: other.run, study: "study", manifest: encodeManifest(other), at: "2036" })
      for (const table of ["run_post", "response"]) {
        const columns = {
          run_post: "ordinal, suite, domain, post, post_id, labels",
          response: "ordinal, source, condition, epoch, call_id"
        }[table]!
        yield* sql.unsafe(
          `INSERT INTO ${table} (run_id, ${columns}) SELECT '${other.run}', ${columns} FROM ${table} WHERE run_id = '${one.run}'`
        )
      }
      const out = (run: string) =>
        Effect.map(humans(run), ([table]) =>
          [...honestPeople, speeder, dreamer]
            .map(({ name }) => name)
            .filter((name) => !table!.raters.includes(name))
        )
      assert.deepStrictEqual([yield* out(one.run), yield* out(other.run)], [["speeder"], ["dreamer"]])
      assert.deepStrictEqual(yield* out(one.run), ["speeder"])
    }))
})
