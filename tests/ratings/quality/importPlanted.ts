/** Puts planted people into a store as an import does: a file, its sittings, attention items and ratings. */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { Sheet } from "../../../harness/ratings/quality/Sheet.ts"
import { decodeManifest, encodeManifest } from "../../../harness/run/Manifest.ts"
import { Runs } from "../../../harness/store/Runs.ts"
import { InstrumentName, type RunId } from "../../../harness/study/Ids.ts"
import { Instrument, instrumentHash } from "../../../harness/study/Instrument.ts"
import { questions, sources } from "./planted.ts"

/** The questionnaire of the planted people. */
export const chat = new Instrument({
  name: InstrumentName.make("chat"),
  title: "Chat",
  instructions: "Rate.",
  dimensions: questions.map(({ dimension, minimum, maximum, step, reversed }) => ({
    name: dimension as never,
    question: `${dimension}?`,
    scale: { minimum, maximum, step, anchors: {} },
    direction: reversed ? ("reversed" as const) : ("higher-is-better" as const)
  })) as unknown as Instrument["dimensions"],
  aggregate: "none",
  citation: "none"
})

/** Hangs the sheet's ratings on the run: text i is of post ⌊i/3⌋ and of the run's source i mod 3. */
export const importPlanted = Effect.fn("Test.importPlanted")(
  function* (run: RunId, sheet: Sheet, at: string) {
    const sql = yield* SqlClient.SqlClient
    const runs = yield* Runs
    const row = yield* runs.named(run)
    const manifest = yield* decodeManifest(row.manifest)
    if (!manifest.instruments.some(({ definition }) => definition.name === chat.name)) {
      const instruments = [...manifest.instruments, { hash: instrumentHash(chat), definition: chat }]
      yield* runs.setManifest(run, encodeManifest({ ...manifest, instruments }))
    }
    const hash = instrumentHash(chat)
    for (const { name } of chat.dimensions) {
      const dimension = { instrument: "chat", instrument_hash: hash, name }
      yield* sql`INSERT INTO dimension ${sql.insert(dimension)} ON CONFLICT (instrument_hash, name) DO NOTHING`
    }
    const dimensions = yield* sql<{ id: number; name: string }>`SELECT id, name FROM dimension
    WHERE instrument_hash = ${hash}`
    const dimensionId = new Map(dimensions.map(({ id, name }) => [name, id]))
    const calls = yield* sql<{
      id: number
      ordinal: number
      source: string
    }>`SELECT call_id AS id, ordinal, source
    FROM response WHERE run_id = ${run}`
    const order = manifest.sources.map(({ id }) => id)
    const callOf = new Map(
      calls.map(({ id, ordinal, source }) => [ordinal * sources.length + order.indexOf(source), id])
    )
    const imports = yield* sql<{ id: number }>`INSERT INTO import ${sql.insert({
      run_id: run,
      kind: "ratings",
      file: "survey.csv",
      file_hash: at,
      map: "{}",
      map_hash: "0",
      format: "long",
      account: "{}",
      imported_at: at
    })} RETURNING id`
    const raterIds: number[] = []
    for (const { name } of sheet.raters) {
      const rater = { name, kind: "human", version: "" }
      yield* sql`INSERT INTO rater ${sql.insert(rater)} ON CONFLICT (name, kind, version) DO NOTHING`
      raterIds.push(
        (yield* sql<{ id: number }>`SELECT id FROM rater WHERE name = ${name} AND kind = 'human'`)[0]!.id
      )
    }
    const times = new Map<string, number>()
    for (const [s, sitting] of sheet.submissions.entries()) {
      const { group } = sheet.raters[sitting.rater]!
      const flag = (value: boolean | null) => (value === null ? null : Number(value))
      const made = yield* sql<{ id: number }>`INSERT INTO submission ${sql.insert({
        import_id: imports[0]!.id,
        rater_id: raterIds[sitting.rater]!,
        key: `k${s}`,
        place: sitting.place,
        panel: group === "people" ? null : group,
        seconds: sitting.seconds,
        finished: flag(sitting.finished),
        preview: flag(sitting.preview),
        kept: "{}"
      })} RETURNING id`
      for (const [name, { value, passed }] of sitting.answers) {
        yield* sql`INSERT INTO attention ${sql.insert({
          submission_id: made[0]!.id,
          name,
          value,
          expected: "2",
          passed: Number(passed)
        })}`
      }
      for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
        // An empty cell is no rating row.
        if (Number.isNaN(sheet.value[i])) continue
        const cell = `${sitting.rater} ${sheet.text[i]} ${sheet.question[i]}`
        times.set(cell, (times.get(cell) ?? 0) + 1)
        yield* sql`INSERT INTO rating ${sql.insert({
          call_id: callOf.get(sheet.text[i]!)!,
          rater_id: raterIds[sitting.rater]!,
          dimension_id: dimensionId.get(questions[sheet.question[i]!]!.dimension)!,
          epoch: times.get(cell)!,
          value: sheet.value[i]!,
          unscored: null,
          created_at: at,
          submission_id: made[0]!.id
        })}`
      }
    }
  },
  (effect) => Effect.flatMap(SqlClient.SqlClient, (sql) => sql.withTransaction(effect))
)
