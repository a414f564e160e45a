/** A small world for the runner's tests: suites in memory, plugins as functions, a store that is forgotten. */
import { Duration, Effect, Layer, Stream } from "effect"
import { Catalog } from "../../harness/catalog/Catalog.ts"
import { FileError } from "../../harness/catalog/FileError.ts"
import { definePlugin, type FunctionPlugin } from "../../harness/model/definePlugin.ts"
import type { Plugin } from "../../harness/model/Model.ts"
import { Plugins } from "../../harness/model/Plugins.ts"
import type { PriceList } from "../../harness/model/Prices.ts"
import { type CallOptions, makeCaller } from "../../harness/run/Caller.ts"
import { generate as generateAll } from "../../harness/run/generate.ts"
import { encodeManifest, manifestOf } from "../../harness/run/Manifest.ts"
import { makePlan, type Plan, plannedPosts } from "../../harness/run/Plan.ts"
import { Progress } from "../../harness/run/Progress.ts"
import type { StudyAt } from "../../harness/run/StudyAt.ts"
import { spentOn } from "../../harness/run/spentOn.ts"
import { Runs } from "../../harness/store/Runs.ts"
import * as Store from "../../harness/store/Store.ts"
import { Condition } from "../../harness/study/Condition.ts"
import { ConditionName, InstrumentName, StudyName, SuiteName } from "../../harness/study/Ids.ts"
import { Instrument } from "../../harness/study/Instrument.ts"
import { Post } from "../../harness/study/Post.ts"
import type { Parameters } from "../../harness/study/Source.ts"
import { type MinuteLimits, StudyFile } from "../../harness/study/Study.ts"
import { SuiteHeader } from "../../harness/study/Suite.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

/** What a test's world holds. */
export interface World {
  /** Ids of the posts of the one suite, in order. */
  readonly posts: readonly string[]
  readonly sources: readonly FunctionPlugin[]
  readonly raters?: readonly Plugin[]
  readonly epochs?: number
  readonly parameters?: Parameters
  readonly limits?: Record<string, MinuteLimits>
}

const instrument = new Instrument({
  name: InstrumentName.make("warmth"),
  title: "Warmth",
  instructions: "Rate.",
  dimensions: [
    {
      name: "warm" as never,
      question: "How warm?",
      scale: { minimum: 1, maximum: 5, step: 1, anchors: {} },
      direction: "higher-is-better"
    }
  ],
  aggregate: "mean",
  citation: "none"
})

const catalogOf = (world: World) =>
  Layer.succeed(
    Catalog,
    Catalog.of({
      names: () => Effect.succeed(["suite"]),
      suite: () =>
        Effect.succeed({
          folder: "suite",
          header: new SuiteHeader({
            name: SuiteName.make("suite"),
            title: "Suite",
            description: "",
            provenance: "Written for the tests",
            licence: "MIT"
          }),
          domain: SuiteName.make("suite"),
          posts: Stream.fromIterable(
            world.posts.map(
              (id) =>
                new Post({
                  id: id as never,
                  title: "",
                  body: `The trouble of ${id}`,
                  language: "en",
                  emotions: [],
                  severity: "mild",
                  seeks: "both",
                  fault: "none",
                  crisis: false,
                  marks: []
                })
            )
          )
        }),
      condition: () =>
        Effect.succeed(
          new Condition({
            name: ConditionName.make("bare"),
            title: "Bare",
            description: "Bare",
            user: "{{post}}"
          })
        ),
      instrument: () => Effect.succeed(instrument),
      study: () => Effect.fail(new FileError({ place: "none", reason: "not used", mend: "" }))
    })
  )

/** The study of a world. */
export const studyOf = (world: World, prices?: PriceList): StudyAt => ({
  file: "study.yaml",
  folder: ".",
  limit: undefined,
  strict: false,
  prices,
  study: new StudyFile({
    name: StudyName.make("study"),
    title: "Study",
    description: "",
    seed: 1,
    suites: ["suite"],
    conditions: [ConditionName.make("bare")],
    sources: world.sources.map((source) => source.name) as [string, ...string[]],
    raters: (world.raters ?? []).map((rater) => rater.name),
    instruments: [InstrumentName.make("warmth")],
    epochs: world.epochs ?? 1,
    parameters: world.parameters ?? {},
    limits: world.limits ?? {},
    contrasts: []
  })
})

/** Plans the world's study and writes the run down, as the command does, when the test clock begins. */
export const begin = Effect.fn("Test.begin")(function* (world: World, prices?: PriceList) {
  const plan: Plan = yield* makePlan(studyOf(world, prices))
  const runs = yield* Runs
  const manifest = manifestOf(plan, "1970-01-01T00:00:00.000Z")
  yield* runs.begin({
    id: plan.runId,
    study: "study",
    manifest: encodeManifest(manifest),
    at: manifest.startedAt
  })
  for (const { suite, marked } of plan.suites) {
    yield* runs.addPosts(
      plan.runId,
      plannedPosts(suite, marked, undefined).pipe(
        Stream.map((post) => ({ suite: suite.header.name, domain: suite.domain, post }))
      )
    )
  }
  return plan
})

/** The layers of a world. One store for everything that is provided together. */
export const layerOf = (world: World) => {
  const shipped = Object.fromEntries(
    [
      ...world.sources.map((source) => definePlugin({ version: "1", ...source })),
      ...(world.raters ?? [])
    ].map((plugin) => [plugin.name, async () => ({ default: plugin })] as const)
  )
  return Layer.mergeAll(
    catalogOf(world),
    Plugins.layer(shipped),
    Progress.layerSilent,
    Store.layer(":memory:")
  ).pipe(Layer.provideMerge(NodeServicesLayer))
}

/** Generates as the command does: with a caller made for this start of the run. */
export const generate = Effect.fn("Test.generate")(function* (plan: Plan, options: CallOptions) {
  const caller = yield* makeCaller(plan.sources, plan.study.limits, yield* spentOn(plan), options)
  const state = yield* generateAll(plan, caller)
  return { ...state, costLimitReached: caller.costLimitReached(), spent: caller.spent() }
})

/** Patience enough for a test, and no retries unless it asks for them. */
export const patience = {
  maxConnections: 4,
  maxRetries: 0,
  timeout: Duration.seconds(5),
  fresh: false,
  costLimit: undefined
}
