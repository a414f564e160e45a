/** `warmline judge`: one more judge for the answers of a run that is there. */
import { Effect, Layer, Option } from "effect"
import { estimateStored } from "../../judge/estimateJudging.ts"
import { type JudgingPlan, runOfManifest } from "../../judge/JudgingPlan.ts"
import { judgeRun } from "../../judge/judgeRun.ts"
import { spentOnJudges } from "../../judge/spentOnJudges.ts"
import { build } from "../../leaderboard/build.ts"
import { batchedCaller } from "../../run/batchedCaller.ts"
import { makeCaller } from "../../run/Caller.ts"
import { cancelBatches } from "../../run/cancelBatches.ts"
import { decodeManifest } from "../../run/Manifest.ts"
import { openJudgeModel } from "../../run/openRater.ts"
import { RunError } from "../../run/RunError.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import * as RunLock from "../../store/RunLock.ts"
import { Runs } from "../../store/Runs.ts"
import type { JudgeOptions } from "../commands/judge.ts"
import { printEstimates } from "../display/judgeEstimates.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { callOptions, sayBatched, sayInterrupted, sayLimitReached } from "./calls.ts"
import { checkBatch } from "./checkBatch.ts"
import { comparePairs } from "./comparePairs.ts"
import { judgingOf, openJudging } from "./openJudging.ts"
import { showResult } from "./showResult.ts"

const planOf = Effect.fn("Judge.plan")(function* (given: JudgeOptions) {
  const manifest = yield* (yield* Runs)
    .named(given.run)
    .pipe(Effect.flatMap((row) => decodeManifest(row.manifest)))
  const at = {
    folder: process.cwd(),
    prices: Option.isSome(given.prices) ? yield* readUserPrices(given.prices.value) : undefined,
    strict: given.strict
  }
  const models = yield* Effect.forEach(given.judge, (entry) => openJudgeModel(at, entry))
  const kind = given.pairwise ? "pairwise" : "rubric"
  return yield* openJudging(runOfManifest(manifest), models, judgingOf(undefined, given), at.folder, kind)
})

const perform = Effect.fn("Judge.perform")(function* (plan: JudgingPlan, given: JudgeOptions) {
  const asked = plan.judges.map((judge) => judge.source)
  yield* checkBatch(given, asked)
  const single = yield* makeCaller(asked, {}, yield* spentOnJudges(plan), callOptions(given, false))
  if (given.cancelBatch) yield* cancelBatches(plan.runId, asked)
  const caller = yield* batchedCaller(plan.runId, asked, single, given.batch)
  const judged = yield* judgeRun(plan, caller)
  yield* showResult(yield* build(plan.runId), {
    folder: Option.getOrElse(given.output, () => `results/${plan.runId}`),
    store: given.store,
    json: given.json,
    asked: judged.made
  })
  sayBatched(caller)
  if (caller.costLimitReached()) sayLimitReached(caller)
  if (judged.failed > 0 || caller.costLimitReached()) return yield* new ExitWith({ code: codes.failed })
})

/** Judges the run of a command line. */
export const judgeStored = (given: JudgeOptions) =>
  Effect.gen(function* () {
    const plan = yield* planOf(given)
    if (given.pairwise && given.batch) {
      return yield* new RunError({
        place: "--batch",
        reason: "comparisons two by two are asked one by one",
        mend: "leave it out with --pairwise"
      })
    }
    if (given.pairwise) {
      const wanted = { budget: Option.getOrUndefined(given.pairs), dryRun: given.dryRun, json: given.json }
      return yield* comparePairs(plan, wanted, callOptions(given, false)).pipe(sayInterrupted(given.store))
    }
    if (given.dryRun) return yield* printEstimates(plan.runId, yield* estimateStored(plan), given.json)
    yield* RunLock.acquire(given.store, plan.runId).pipe(
      Effect.andThen(perform(plan, given)),
      sayInterrupted(given.store, given.batch),
      Effect.scoped
    )
  }).pipe(
    Effect.scoped,
    Effect.provide(layers.store(given.store).pipe(Layer.merge(progressLayer(given.display)))),
    Effect.provide(layers.library)
  )
