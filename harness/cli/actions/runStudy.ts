/** `warmline run`: from a study to a leaderboard on the screen and in files. */
import { Clock, Effect, Layer, Option, Stream } from "effect"
import { type JudgingPlan, runOfPlan } from "../../judge/JudgingPlan.ts"
import { judgeRun } from "../../judge/judgeRun.ts"
import { spentOnJudges } from "../../judge/spentOnJudges.ts"
import { build } from "../../leaderboard/build.ts"
import { listed } from "../../leaderboard/formatNumber.ts"
import { batchedCaller } from "../../run/batchedCaller.ts"
import { makeCaller } from "../../run/Caller.ts"
import { cancelBatches } from "../../run/cancelBatches.ts"
import { generate } from "../../run/generate.ts"
import { decodeManifest, encodeManifest, manifestOf, withReadings } from "../../run/Manifest.ts"
import { makePlan, type Plan, plannedPosts } from "../../run/Plan.ts"
import { rate } from "../../run/rate.ts"
import { spentOn } from "../../run/spentOn.ts"
import * as RunLock from "../../store/RunLock.ts"
import { Runs } from "../../store/Runs.ts"
import type { RunOptions } from "../commands/run.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { callOptions, sayBatched, sayInterrupted, sayLimitReached } from "./calls.ts"
import { checkBatch } from "./checkBatch.ts"
import { openJudging } from "./openJudging.ts"
import { printPlan } from "./printPlan.ts"
import { showResult } from "./showResult.ts"
import { studyOf } from "./studyOf.ts"

const isoNow = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

/** Writes the run down, with all its posts, before the first call. */
const begin = Effect.fn("Run.begin")(function* (plan: Plan) {
  const runs = yield* Runs
  const manifest = manifestOf(plan, yield* isoNow)
  const row = yield* runs.begin({
    id: plan.runId,
    study: plan.study.name,
    manifest: encodeManifest(manifest),
    at: manifest.startedAt
  })
  const read = withReadings(yield* decodeManifest(row.manifest), manifest)
  if (read.changed.length > 0) {
    yield* runs.setManifest(plan.runId, encodeManifest(read.manifest))
    yield* Effect.sync(() =>
      process.stderr.write(
        `The study's ${listed(read.changed)}: changed since ${plan.runId} began (${row.startedAt.slice(0, 10)}); what it says now holds from now on.\n`
      )
    )
  }
  if ((yield* runs.countPosts(plan.runId)) < plan.posts) {
    const posts = Stream.fromIterable(plan.suites).pipe(
      Stream.flatMap(({ suite, marked }) =>
        plannedPosts(suite, marked, plan.limit).pipe(
          Stream.map((post) => ({ suite: suite.header.name, domain: suite.domain, post }))
        )
      )
    )
    yield* runs.addPosts(plan.runId, posts)
  }
})

const perform = Effect.fn("Run.perform")(function* (plan: Plan, judging: JudgingPlan, given: RunOptions) {
  const runs = yield* Runs
  yield* begin(plan)
  const spent = (yield* spentOn(plan)) + (yield* spentOnJudges(judging))
  const asked = [...plan.sources, ...judging.judges.map((judge) => judge.source)]
  yield* checkBatch(given, asked)
  const single = yield* makeCaller(asked, plan.study.limits, spent, callOptions(given, given.noCache))
  if (given.cancelBatch) yield* cancelBatches(plan.runId, asked)
  const caller = yield* batchedCaller(plan.runId, asked, single, given.batch)
  const generated = yield* generate(plan, caller)
  const rated = yield* rate(plan)
  const judged = judging.judges.length === 0 ? { failed: 0, made: 0 } : yield* judgeRun(judging, caller)
  const failed = generated.failed + rated.failed + judged.failed
  if (failed === 0 && !caller.costLimitReached()) yield* runs.finish(plan.runId, yield* isoNow)
  const leaderboard = yield* build(plan.runId)
  yield* showResult(leaderboard, {
    folder: Option.getOrElse(given.output, () => `results/${plan.runId}`),
    store: given.store,
    json: given.json,
    asked: generated.done + judged.made
  })
  sayBatched(caller)
  if (caller.costLimitReached()) sayLimitReached(caller)
  if (failed > 0 || caller.costLimitReached()) return yield* new ExitWith({ code: codes.failed })
})

/** Runs the study of a command line. */
export const runStudy = (given: RunOptions) =>
  Effect.gen(function* () {
    const at = yield* studyOf(given)
    const plan = yield* makePlan(at)
    const judging = yield* openJudging(runOfPlan(plan), plan.judges, at.study.judging ?? {}, at.folder)
    if (given.dryRun) return yield* printPlan(plan, judging, given.json)
    const stage = layers.store(given.store).pipe(Layer.merge(progressLayer(given.display)))
    yield* RunLock.acquire(given.store, plan.runId).pipe(
      Effect.andThen(perform(plan, judging, given)),
      sayInterrupted(given.store, given.batch),
      Effect.scoped,
      Effect.provide(stage)
    )
  }).pipe(Effect.scoped, Effect.provide(layers.library))
