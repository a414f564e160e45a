import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { decodeManifest } from "../../harness/run/Manifest.ts"
import * as Random from "../../harness/stats/Random.ts"
import { Ratings } from "../../harness/store/Ratings.ts"
import { Runs } from "../../harness/store/Runs.ts"
import * as Store from "../../harness/store/Store.ts"
import { TextRatings } from "../../harness/store/TextRatings.ts"
import { NodeServicesLayer } from "../nodeServices.ts"
import { emptyFolder, start } from "./warmline.ts"

/** Three invented people rate every text of the newest run: the formula's score less a bias, with noise. */
const ratePlayed = (file: string, bias: number) =>
  Effect.gen(function* () {
    const runs = yield* Runs
    const ratings = yield* Ratings
    const run = (yield* runs.list)[0]!
    const manifest = yield* decodeManifest(run.manifest)
    const instrument = manifest.instruments[0]!.definition
    const scored = yield* Stream.runCollect((yield* TextRatings).ofRun(run.id))
    const empathic = scored.filter((row) => row.dimension === "empathic")
    const bySlot = new Map(empathic.map((row) => [`${row.ordinal} ${row.source}`, row.value]))
    const random = Random.make(5)
    for (const name of ["p-1", "p-2", "p-3"]) {
      const place = yield* ratings.place({ name, kind: "human", version: "" }, instrument)
      yield* Stream.runForEach(ratings.unrated(run.id, place), (page) =>
        ratings.keep(
          place,
          page.map((text) => ({
            callId: text.callId,
            dimensionId: place.dimensionIds.get("empathic")!,
            value: Math.min(
              5,
              Math.max(1, bySlot.get(`${text.ordinal} ${text.source}`)! - bias + 0.4 * random.normal())
            ),
            unscored: null
          })),
          "2026-01-01T00:00:00.000Z"
        )
      )
    }
    return run.id
  }).pipe(Effect.provide(Store.layer(file)), Effect.provide(NodeServicesLayer))

describe("warmline agreement RUN", () => {
  it.live("puts the run's proxy against the people who rated, and calibrates it", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const made = yield* start(folder, ["run", "--limit", "6", "--display", "none"])
      assert.strictEqual(made.code, 0, made.stderr)
      const store = join(folder, ".warmline", "store.db")
      const listed = yield* start(folder, ["agreement", "quick-00000000"])
      assert.strictEqual(listed.code, 1)
      assert.match(listed.stderr, /no run quick-00000000 in this store/)
      const run = yield* ratePlayed(store, -0.6)
      const text = yield* start(folder, ["agreement", run])
      assert.strictEqual(text.code, 0, text.stderr)
      assert.match(text.stdout, /lexical \(proxy\) against people: RANKS BUT IS BIASED.*too harsh/)
      assert.match(text.stdout, /one of 3 people +the others/)
      assert.match(text.stdout, /Usable: Spearman at least 0\.5, kappa at least 0\.4/)
      const board = yield* start(folder, ["leaderboard", run, "--json"])
      const proxy = (
        JSON.parse(board.stdout).tables as readonly {
          raterKind: string
          instrument: string
          corrections: readonly { readonly uncalibrated: string }[]
        }[]
      ).find(({ raterKind, instrument }) => raterKind === "proxy" && instrument === "perceived-empathy")!
      assert.match(
        proxy.corrections.map(({ uncalibrated }) => uncalibrated).join("\n"),
        /uncalibrated: humans rated 36 texts of .*; correcting a judge needs 50/
      )
      const json = yield* start(folder, ["agreement", run, "--calibrate", "linear", "-o", "out", "--json"])
      const report = JSON.parse(json.stdout)
      const overall = report.dimensions[0].raters[0].result.value.overall
      assert.isTrue(overall.bias.value.lower < -0.5 && overall.bias.value.upper > -0.7, overall.bias)
      const [artefact] = report.calibrations
      assert.isBelow(artefact.heldOut.rmse, artefact.uncalibratedRmse)
      assert.strictEqual(artefact.rater.id, "lexical")
      assert.deepStrictEqual(JSON.parse(readFileSync(join(folder, "out", "calibrations.json"), "utf8")), [
        artefact
      ])
    }).pipe(Effect.scoped)
  )

  it.live("follows the thresholds of the study file, on a run as on what agreement --study names", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const study = (file: string, agreement: string) =>
        writeFileSync(
          join(folder, file),
          `name: moved\ntitle: Moved\nseed: 1\nsuites: [parenting]\nconditions: [base]\nsources: [reflective, dismissive]\nraters: [lexical]\ninstruments: [perceived-empathy]\n${agreement}\n`
        )
      const run = ["run", "study.yaml", "--display", "none", "-o", "out"]
      study("study.yaml", "agreement: { bias: 0.05, texts: 20 }")
      assert.strictEqual((yield* start(folder, run)).code, 0)
      const id = yield* ratePlayed(join(folder, ".warmline", "store.db"), -0.6)
      const standing = Effect.fn(function* (...more: readonly string[]) {
        const { stdout, stderr } = yield* start(folder, ["agreement", id, ...more])
        return /lexical \(proxy\) against people: ([A-Z ]+)/.exec(stdout)?.[1] ?? stderr
      })
      assert.strictEqual(yield* standing(), "RANKS BUT IS BIASED")
      study("study.yaml", "agreement: { bias: 0.5, texts: 20 }")
      const again = yield* start(folder, run)
      assert.match(again.stderr, /The study's agreement: changed since moved-\w+ began/)
      assert.match(again.stdout, /0 calls were made/)
      assert.strictEqual(yield* standing(), "USABLE")
      assert.notInclude((yield* start(folder, run)).stderr, "changed since")
      study("strict.yaml", "agreement: { spearman: 0.99, texts: 20 }")
      assert.strictEqual(yield* standing("--study", "strict.yaml"), "NOT USABLE")
      assert.strictEqual(yield* standing(), "NOT USABLE")
      study("none.yaml", "")
      assert.match(
        yield* standing("--study", "none.yaml"),
        /declares no thresholds of agreement; add `agreement:`/
      )
      study("wrong.yaml", "agreement: { bias: 10 }")
      assert.match(yield* standing("--study", "wrong.yaml"), /wrong\.yaml:\d+:\d+ .*bias/)
    }).pipe(Effect.scoped)
  )
})
