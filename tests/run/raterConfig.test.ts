import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { familyFinder } from "../../harness/judge/Families.ts"
import { makeJudge } from "../../harness/judge/Judge.ts"
import { runOfPlan } from "../../harness/judge/JudgingPlan.ts"
import { judgeRun } from "../../harness/judge/judgeRun.ts"
import { build } from "../../harness/leaderboard/build.ts"
import { definePlugin } from "../../harness/model/definePlugin.ts"
import type { Plugin } from "../../harness/model/Model.ts"
import { makeCaller } from "../../harness/run/Caller.ts"
import { decodeManifest, manifestOf } from "../../harness/run/Manifest.ts"
import { openJudgeModel } from "../../harness/run/openRater.ts"
import { makePlan } from "../../harness/run/Plan.ts"
import { rate } from "../../harness/run/rate.ts"
import { Judgements } from "../../harness/store/Judgements.ts"
import { Runs } from "../../harness/store/Runs.ts"
import { TextRatings } from "../../harness/store/TextRatings.ts"
import type { RaterId } from "../../harness/study/Ids.ts"
import type { Parameters } from "../../harness/study/Source.ts"
import { StudyFile } from "../../harness/study/Study.ts"
import { settingsOf } from "../judge/judges.ts"
import { begin, generate, layerOf, patience, studyOf, type World } from "./study.ts"

type Config = Readonly<Record<string, number>>

/** A formula that says what its config says. */
const constant: Plugin = {
  ...definePlugin({
    name: "constant",
    version: "1",
    description: "Says its config",
    instruments: [],
    rate: () => ({})
  }),
  openRater: ({ config }) =>
    Effect.succeed({
      instruments: ["warmth"],
      rate: () => Effect.succeed({ warm: (config as Config).says ?? 3 })
    })
}

/** A judge whose own identity holds nothing of its config. */
const silent = definePlugin({ name: "silent", version: "1", generate: () => '{"rationale":"","score":3}' })
const forgetful: Plugin = {
  ...silent,
  open: (options) => Effect.map(silent.open!(options), (model) => ({ ...model, identity: () => undefined }))
}

/** A judge that gives what its config says. */
const strict: Plugin = {
  ...silent,
  name: "strict",
  open: (options) =>
    Effect.map(silent.open!(options), (model) => ({
      ...model,
      generate: () => Effect.succeed({ text: `{"rationale":"","score":${(options.config as Config).score}}` })
    }))
}

const world: World = {
  posts: ["a", "b"],
  sources: [{ name: "echo", generate: () => "I hear you" }],
  raters: [constant, forgetful, strict]
}

const withRater = (model: string, config: Config) => {
  const at = studyOf(world)
  const rater = { id: "r" as RaterId, model, parameters: {}, config }
  return { ...at, study: new StudyFile({ ...at.study, raters: [rater] }) }
}

const test = (name: string, body: () => Effect.Effect<void, unknown, unknown>) =>
  it.effect(name, () => (body() as Effect.Effect<void>).pipe(Effect.scoped, Effect.provide(layerOf(world))))

describe("what a rater is opened with", () => {
  test("decides the run's identity, and stands in its manifest", () =>
    Effect.gen(function* () {
      const plan = (model: string, config: Config) => makePlan(withRater(model, config))
      const [bare, two, same, four] = [
        yield* plan("constant", {}),
        yield* plan("constant", { says: 2 }),
        yield* plan("constant", { says: 2 }),
        yield* plan("constant", { says: 4 })
      ]
      assert.strictEqual(two.runId, same.runId)
      assert.strictEqual(new Set([bare, two, four].map(({ runId }) => runId)).size, 3)
      assert.notStrictEqual((yield* plan("constant/other", {})).runId, bare.runId)
      assert.strictEqual(bare.raters[0]!.version, "1")
      const [kept] = manifestOf(four, "1970-01-01T00:00:00.000Z").raters
      assert.deepStrictEqual(kept!.config, { says: 4 })
      assert.match(kept!.version, /^1\+[0-9a-f]{8}$/)
    }))

  test("keeps the ratings of two configs under one name apart", () =>
    Effect.gen(function* () {
      const { runId, instruments } = yield* begin(world).pipe(Effect.tap((plan) => generate(plan, patience)))
      for (const says of [2, 4]) {
        const { raters } = yield* makePlan(withRater("constant", { says }))
        const { resumed } = yield* rate({ runId, raters, instruments })
        assert.strictEqual(resumed, 0)
      }
      const rows = yield* Stream.runCollect((yield* TextRatings).ofRun(runId))
      assert.deepStrictEqual(rows.map(({ value }) => value).sort(), [2, 2, 4, 4])
      assert.strictEqual(new Set(rows.map(({ raterVersion }) => raterVersion)).size, 2)
    }))

  test("makes another judge, also where the model's own identity leaves it out", () =>
    Effect.gen(function* () {
      const settings = yield* settingsOf()
      const versionOf = (config: Config, parameters: Parameters = {}, logprobs = true, plugin = "silent") =>
        Effect.map(
          openJudgeModel(
            { folder: ".", prices: undefined, strict: false },
            { id: "j" as RaterId, model: plugin, parameters, config }
          ),
          (source) =>
            makeJudge(
              // Capable of all of it: what is asked is what differs.
              {
                ...source,
                model: { ...source.model, capabilities: { ...source.model.capabilities, logprobs: true } },
                negotiated: { ...source.negotiated, parameters: source.asked }
              },
              { ...settings, logprobs },
              undefined
            ).version
        )
      const versions = [
        yield* versionOf({}),
        yield* versionOf({ mode: 1 }),
        yield* versionOf({ mode: 2 }),
        yield* versionOf({}, { temperature: 1 }),
        yield* versionOf({}, { maxTokens: 100 }),
        yield* versionOf({}, {}, false)
      ]
      assert.strictEqual(new Set(versions).size, versions.length)
      assert.strictEqual(yield* versionOf({ mode: 1 }), versions[1])
    }))

  test("keeps two judges of one name apart: asked anew, both in the manifest, and said under the table", () =>
    Effect.gen(function* () {
      const settings = yield* settingsOf()
      const plan = yield* begin(world)
      yield* generate(plan, patience)
      const judgedAs = Effect.fnUntraced(function* (config: Config) {
        const entry = { id: "j" as RaterId, model: "strict", parameters: {}, config }
        const source = yield* openJudgeModel({ folder: ".", prices: undefined, strict: false }, entry)
        const judge = makeJudge(source, settings, undefined)
        return yield* judgeRun(
          { ...runOfPlan(plan), judges: [judge], epochs: 1, allowSelf: false, familyOf: familyFinder([]) },
          yield* makeCaller([source], {}, 0, patience)
        )
      })
      assert.deepInclude(yield* judgedAs({ score: 2 }), { made: 2, resumed: 0 })
      assert.deepInclude(yield* judgedAs({ score: 4 }), { made: 2, resumed: 0 })
      assert.deepInclude(yield* judgedAs({ score: 4 }), { made: 0, resumed: 2 })
      const verdicts = yield* (yield* Judgements).verdicts(plan.runId)
      const byVersion = Map.groupBy(verdicts, ({ raterVersion }) => raterVersion)
      assert.deepStrictEqual(
        [...byVersion.values()].map((rows) => rows.map(({ value }) => value)),
        [
          [2, 2],
          [4, 4]
        ]
      )
      const manifest = yield* decodeManifest((yield* (yield* Runs).named(plan.runId)).manifest)
      assert.deepStrictEqual(
        manifest.judges!.map(({ config }) => config),
        [{ score: 2 }, { score: 4 }]
      )
      const table = (yield* build(plan.runId)).tables.find(({ raterKind }) => raterKind === "judge")!
      assert.strictEqual(table.rows[0]!.mean?.estimate, 4)
      assert.match(table.notes.join("\n"), /the judge j rated with 2 versions/)
    }))

  test("is refused by a formula that takes none", () =>
    Effect.gen(function* () {
      const formula = definePlugin({
        name: "plain",
        version: "1",
        description: "",
        instruments: ["warmth"],
        rate: () => ({ warm: 3 })
      })
      const error = yield* Effect.flip(formula.openRater!({ model: "", config: { says: 2 }, folder: "." }))
      assert.strictEqual(error._tag, "PluginError")
      assert.match(error.message, /takes no config, and says is given/)
    }))
})
