/** `warmline run`: from a study to a leaderboard on the screen and in files. */
import { Clock, Duration, Effect, Layer, Option, Stream } from "effect"
import { build } from "../../leaderboard/build.ts"
import { makeCaller } from "../../run/Caller.ts"
import { generate } from "../../run/generate.ts"
import { encodeManifest, manifestOf } from "../../run/Manifest.ts"
import { makePlan, type Plan, plannedPosts } from "../../run/Plan.ts"
import { rate } from "../../run/rate.ts"
import { spentOn } from "../../run/spentOn.ts"
import * as RunLock from "../../store/RunLock.ts"
import { Runs } from "../../store/Runs.ts"
import type { RunOptions } from "../commands/run.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { printPlan } from "./printPlan.ts"
import { showResult } from "./showResult.ts"
import { studyOf } from "./studyOf.ts"

const isoNow = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

/** Writes the run down, with all its posts, before the first call. */
const begin = Effect.fn("Run.begin")(function* (plan: Plan) {
  const runs = yield* Runs
  const manifest = manifestOf(plan, yield* isoNow)
  yield* runs.begin({
    id: plan.runId,
    study: plan.study.name,
    manifest: encodeManifest(manifest),
    at: manifest.startedAt
  })
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

const perform = Effect.fn("Run.perform")(function* (plan: Plan, given: RunOptions) {
  const runs = yield* Runs
  yield* begin(plan)
  const caller = yield* makeCaller(plan.sources, plan.study.limits, yield* spentOn(plan), {
    maxConnections: given.maxConnections,
    maxRetries: given.maxRetries,
    timeout: Duration.seconds(given.timeout),
    fresh: given.noCache,
    costLimit: Option.getOrUndefined(given.costLimit)
  })
  const generated = yield* generate(plan, caller)
  const rated = yield* rate(plan)
  const failed = generated.failed + rated.failed
  if (failed === 0 && !caller.costLimitReached()) yield* runs.finish(plan.runId, yield* isoNow)
  const leaderboard = yield* build(plan.runId)
  yield* showResult(leaderboard, {
    folder: Option.getOrElse(given.output, () => `results/${plan.runId}`),
    store: given.store,
    json: given.json,
    asked: generated.done
  })
  if (caller.costLimitReached()) {
    process.stderr.write(
      `warmline: the cost limit is reached ($${caller.spent().toFixed(4)} spent); what is finished is kept, and the same command with a higher --cost-limit goes on\n`
    )
  }
  if (failed > 0 || caller.costLimitReached()) return yield* new ExitWith({ code: codes.failed })
})

/** Runs the study of a command line. */
export const runStudy = (given: RunOptions) =>
  Effect.gen(function* () {
    const plan = yield* makePlan(yield* studyOf(given))
    if (given.dryRun) return yield* printPlan(plan, given.json)
    const stage = layers.store(given.store).pipe(Layer.merge(progressLayer(given.display)))
    yield* RunLock.acquire(given.store, plan.runId).pipe(
      Effect.andThen(perform(plan, given)),
      Effect.onInterrupt(() =>
        Effect.sync(() => {
          process.stderr.write(
            `\nwarmline: interrupted; what is finished is kept in ${given.store}, and the same command goes on from there\n`
          )
        })
      ),
      Effect.scoped,
      Effect.provide(stage)
    )
  }).pipe(Effect.scoped, Effect.provide(layers.library))
