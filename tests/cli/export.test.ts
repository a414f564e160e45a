import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet"
import { Runs } from "../../harness/store/Runs.ts"
import * as Store from "../../harness/store/Store.ts"
import { readLog } from "../leaderboard/export/inspectShape.ts"
import { NodeServicesLayer } from "../nodeServices.ts"
import { importPlanted } from "../ratings/quality/importPlanted.ts"
import { faulty, honestPeople, sheetOf } from "../ratings/quality/planted.ts"
import { emptyFolder, start } from "./warmline.ts"

type Row = Record<string, string | number | boolean | null>

const text = '=HYPERLINK("http://x.example","y")\r\nA second line, with "quotes" and a lone \ud83d.'

// A model that answers with a formula, refuses every third post and counts its tokens.
const plugin = `import { definePlugin } from "warmline"
let n = 0
export default definePlugin({
  name: "formula",
  version: "1",
  generate: async ({ about }) => {
    n++
    if (/3$/.test(about.post)) return { text: "No.", finish: "refusal" }
    return {
      text: ${JSON.stringify(text)},
      usage: { inputTokens: 1000, outputTokens: 200, cachedTokens: 400 },
      served: { model: "formula-2026-01-01" }
    }
  }
})
`

const study = `name: panel
title: "A panel"
seed: 1
suites: [parenting]
conditions: [base]
sources: [{ id: "../../=evil", model: ./formula.ts }, reflective, eliza]
raters: [lexical]
instruments: [perceived-empathy]
epochs: 1
quality: { too-fast: {} }
`

const prices = `as_of: "2026-01-01"
models:
  formula: { input: 2, cached_input: 1, output: 10 }
`

const columnTypes = async (file: string) => {
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(file))
  return new Map(schema.slice(1).map(({ name, type, converted_type }) => [name, converted_type ?? type]))
}

const parquetRows = async (file: string) =>
  (await parquetReadObjects({ file: await asyncBufferFromFile(file) })).map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value])
      ) as Row
  )

/** The store of a run with a formula for an answer, a proxy's ratings and people's, one of whom is excluded. */
const prepared = Effect.fn(function* (folder: string) {
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content)
  write("formula.ts", plugin)
  write("panel.yaml", study)
  write("prices.yaml", prices)
  const made = yield* start(folder, ["run", "panel.yaml", "--limit", "10", "--display", "none"])
  assert.strictEqual(made.code, 0, made.stderr)
  return yield* Effect.gen(function* () {
    const { id } = (yield* (yield* Runs).list)[0]!
    yield* importPlanted(id, sheetOf([...honestPeople, faulty["too-fast"]!]), "2036-01-01T00:00:00.000Z")
    return id
  }).pipe(
    Effect.provide(Store.layer(join(folder, ".warmline", "store.db"))),
    Effect.provide(NodeServicesLayer)
  )
})

const stored = (folder: string, run: string) => {
  const database = new DatabaseSync(join(folder, ".warmline/store.db"), { readOnly: true })
  const one = (sql: string) => Number(Object.values(database.prepare(sql).get(run)!)[0])
  const joined = "FROM response r JOIN rating g ON g.call_id = r.call_id WHERE r.run_id = ?"
  const counts = {
    responses: one("SELECT COUNT(*) FROM response WHERE run_id = ?"),
    ratings: one(`SELECT COUNT(*) ${joined}`),
    sum: one(`SELECT SUM(g.value) ${joined}`),
    fast: one(
      `SELECT COUNT(*) ${joined} AND g.rater_id = (SELECT id FROM rater WHERE name = '${faulty["too-fast"]!.name}')`
    )
  }
  database.close()
  return counts
}

describe("warmline export", () => {
  it.live("writes the same rows as Parquet, JSON lines and CSV, and a log for each source", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const path = (name: string) => join(folder, name)
      const run = yield* prepared(folder)

      const json = yield* start(folder, ["export", run, "-o", "out", "--prices", "prices.yaml", "--json"])
      assert.strictEqual(json.code, 0, json.stderr)
      const expected = stored(folder, run)
      const said = JSON.parse(json.stdout) as { readonly files: readonly { file: string; rows: number }[] }
      assert.deepStrictEqual(said.files, [
        { file: join("out", "posts.parquet"), rows: 10 },
        { file: join("out", "responses.parquet"), rows: expected.responses },
        { file: join("out", "ratings.parquet"), rows: expected.ratings }
      ])
      assert.strictEqual(expected.responses, 30)

      const types = yield* Effect.promise(() => columnTypes(path("out/responses.parquet")))
      assert.deepStrictEqual(
        ["text", "epoch", "words", "input_tokens", "cost_usd"].map((name) => types.get(name)),
        ["UTF8", "INT64", "INT64", "INT64", "DOUBLE"]
      )
      const ratingTypes = yield* Effect.promise(() => columnTypes(path("out/ratings.parquet")))
      assert.deepStrictEqual(
        ["value", "repeat", "excluded", "rater"].map((name) => ratingTypes.get(name)),
        ["DOUBLE", "INT64", "BOOLEAN", "UTF8"]
      )

      const responses = yield* Effect.promise(() => parquetRows(path("out/responses.parquet")))
      const evil = responses.filter(({ source }) => source === "../../=evil")
      const [answered, refused] = [evil[0]!, evil[2]!]
      assert.strictEqual(answered.text, text.toWellFormed())
      assert.deepStrictEqual(
        [
          answered.outcome,
          answered.served_model,
          answered.input_tokens,
          answered.cached_tokens,
          answered.author
        ],
        ["ok", "formula-2026-01-01", 1000, 400, "model"]
      )
      assert.approximately(answered.cost_usd as number, (600 * 2 + 400 * 1 + 200 * 10) / 1e6, 1e-12)
      assert.deepStrictEqual(
        [refused.outcome, refused.input_tokens, refused.cost_usd, refused.served_model],
        ["refusal", null, null, null]
      )
      assert.strictEqual(responses.find(({ source }) => source === "eliza")!.cost_usd, 0)

      const ratings = yield* Effect.promise(() => parquetRows(path("out/ratings.parquet")))
      assert.approximately(
        ratings.reduce((sum, { value }) => sum + (value as number), 0),
        expected.sum,
        1e-6
      )
      const excluded = ratings.filter((row) => row.excluded === true)
      assert.isAbove(expected.fast, 0)
      assert.strictEqual(excluded.length, expected.fast)
      assert.isTrue(
        excluded.every((row) => row.rater === faulty["too-fast"]!.name && row.excluded_by === "too-fast")
      )
      assert.isTrue(ratings.filter((row) => row.excluded === false).every((row) => row.excluded_by === null))

      const lines = yield* start(folder, [
        "export",
        run,
        "--format",
        "jsonl",
        "-o",
        "out",
        "--prices",
        "prices.yaml"
      ])
      assert.strictEqual(lines.code, 0, lines.stderr)
      assert.match(
        lines.stdout,
        /^Run panel-[0-9a-f]{8}, written to out:\n {2}out\/posts\.jsonl {2}10 rows\n/
      )
      const jsonl = (name: string) =>
        readFileSync(path(`out/${name}.jsonl`), "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Row)
      assert.deepStrictEqual(jsonl("responses"), responses)
      assert.deepStrictEqual(jsonl("ratings"), ratings)
      assert.deepStrictEqual(
        jsonl("posts"),
        yield* Effect.promise(() => parquetRows(path("out/posts.parquet")))
      )

      const commas = yield* start(folder, [
        "export",
        run,
        "--format",
        "csv",
        "-o",
        "out",
        "--prices",
        "prices.yaml"
      ])
      assert.strictEqual(commas.code, 0, commas.stderr)
      const csv = (name: string) =>
        parse(readFileSync(path(`out/${name}.csv`)), { columns: true, record_delimiter: "\r\n" }) as Row[]
      const cells = csv("responses").filter(({ source }) => source === "../../=evil")
      assert.strictEqual(cells.length, 10)
      assert.strictEqual(cells[0]!.text, `'${text.replace("\r\n", "\n").toWellFormed()}`)
      assert.deepStrictEqual([cells[2]!.cost_usd, cells[2]!.input_tokens], ["", ""])
      assert.deepStrictEqual(
        csv("ratings").map(({ value, excluded }) => [Number(value), excluded]),
        ratings.map(({ value, excluded }) => [value, String(excluded)])
      )

      const logs = yield* start(folder, [
        "export",
        run,
        "--format",
        "inspect",
        "-o",
        "logs",
        "--prices",
        "prices.yaml"
      ])
      assert.strictEqual(logs.code, 0, logs.stderr)
      const names = readdirSync(path("logs")).filter((name) => name !== "manifest.json")
      assert.strictEqual(names.length, 3)
      assert.isTrue(
        names.every((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\+00-00_panel_[0-9a-f]{8}\.json$/.test(name))
      )
      for (const name of names) {
        const log = readLog(readFileSync(path(`logs/${name}`), "utf8"))
        const { model } = log.eval
        assert.deepStrictEqual(
          [log.status, log.samples.length, log.results.total_samples],
          ["success", 10, 10]
        )
        for (const score of log.results.scores) {
          const [, instrument, dimension, kind] = /^(.+)\/(.+) \((\w+) /.exec(score.name)!
          const mine = ratings.filter(
            (row) =>
              row.source === model &&
              row.instrument === instrument &&
              row.dimension === dimension &&
              row.rater_kind === kind &&
              row.excluded === false
          )
          const means = [...Map.groupBy(mine, ({ post }) => post).values()].map(
            (rows) => rows.reduce((sum, { value }) => sum + (value as number), 0) / rows.length
          )
          const mean = means.reduce((sum, value) => sum + value, 0) / means.length
          const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1)
          assert.approximately(score.metrics.mean!.value, mean, 1e-9)
          assert.approximately(score.metrics.stderr!.value, Math.sqrt(variance / means.length), 1e-9)
          assert.strictEqual(score.scored_samples, means.length)
        }
        assert.strictEqual(log.results.scores.length, 4, "three questions to people and one to the formula")
        if (model === "../../=evil") {
          const [first, , third] = log.samples
          assert.strictEqual(first!.output.completion, text.toWellFormed())
          assert.strictEqual(first!.output.model, "formula-2026-01-01")
          assert.deepStrictEqual(first!.messages.at(-1)!.role, "assistant")
          assert.strictEqual(third!.output.choices[0]!.stop_reason, "content_filter")
          assert.strictEqual(log.stats.model_usage[model]!.input_tokens, 9000)
          assert.approximately(log.stats.model_usage[model]!.total_cost!, 9 * 0.0036, 1e-9)
        }
      }
      assert.deepStrictEqual(
        [...readdirSync(path("out")), ...readdirSync(path("logs"))].filter((name) => name.endsWith(".part")),
        []
      )
    }).pipe(Effect.scoped)
  )

  it.live("says in a line what is wrong, and leaves nothing behind", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const none = yield* start(folder, ["export"])
      assert.strictEqual(none.code, 2)
      assert.match(none.stderr, /^warmline: store: no run in it; start one/)
      yield* start(folder, ["run", "--suite", "anger", "--limit", "1", "--display", "none"])
      const unknown = yield* start(folder, ["export", "quick-00000000"])
      assert.strictEqual(unknown.code, 2)
      assert.match(unknown.stderr, /^warmline: quick-00000000: no such run in this store; [^\n]+\n$/)
      writeFileSync(join(folder, "file"), "")
      const file = yield* start(folder, ["export", "-o", "file"])
      assert.strictEqual(file.code, 2)
      assert.match(
        file.stderr,
        /^warmline: file: cannot be written \([^\n]+\); name another folder with -o\n$/
      )
      const plain = yield* start(folder, ["export"])
      assert.strictEqual(plain.code, 0, plain.stderr)
      assert.isTrue(
        existsSync(join(folder, "exports", readdirSync(join(folder, "exports"))[0]!, "ratings.parquet"))
      )
    }).pipe(Effect.scoped)
  )
})
