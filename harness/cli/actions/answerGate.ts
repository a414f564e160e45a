/** `warmline gate`: from a run and a baseline to an answer, the files of a CI system and an exit code. */
import { resolve } from "node:path"
import { Effect, Layer, Option } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { readJson } from "../../catalog/JsonFile.ts"
import { againRun } from "../../gate/againRun.ts"
import { renderAnnotations } from "../../gate/annotations.ts"
import { Baseline, isSealed } from "../../gate/Baseline.ts"
import type { GateResult } from "../../gate/GateResult.ts"
import { estimateAgain, judgeAgain } from "../../gate/judgeAgain.ts"
import { renderJunit } from "../../gate/junit.ts"
import { type Prepared, prepare } from "../../gate/prepare.ts"
import { rateAgain } from "../../gate/rateAgain.ts"
import type { RatedAgain } from "../../gate/readAgain.ts"
import { renderSummary } from "../../gate/summary.ts"
import { weigh } from "../../gate/weigh.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import * as RunLock from "../../store/RunLock.ts"
import type { GateOptions } from "../commands/gate.ts"
import { gatePlanText } from "../display/gatePlanText.ts"
import { gateText } from "../display/gateText.ts"
import { judgeJson, totalOf } from "../display/judgeEstimates.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
import { callOptions, sayInterrupted } from "./calls.ts"
import { appendText, writeText } from "./writeText.ts"

const mend = "save one with `warmline baseline save`"

const readBaseline = Effect.fn("Cli.readBaseline")(function* (file: string) {
  const baseline = yield* readJson(Baseline, file, mend)
  if (!isSealed(baseline)) {
    return yield* new FileError({
      place: file,
      reason: "it was changed after it was saved: its content does not match its hash",
      mend
    })
  }
  return baseline
})

/** The texts of baselines are rated in a store of their own, beside the one with the runs. */
const gateStore = (store: string): string =>
  store === ":memory:" ? store : store.replace(/(\.[a-z]+)?$/i, (ending) => `.gate${ending}`)

const code: Record<GateResult["answer"], number> = {
  pass: 0,
  fail: codes.gateFailed,
  inconclusive: codes.gateInconclusive
}

const publish = Effect.fn("Cli.publishGate")(function* (given: GateOptions, result: GateResult) {
  if (Option.isSome(given.junit)) yield* writeText(given.junit.value, renderJunit(result))
  const summary = Option.getOrUndefined(given.summary) ?? process.env.GITHUB_STEP_SUMMARY
  if (summary) yield* appendText(summary, renderSummary(result))
  yield* Effect.sync(() => {
    process.stdout.write(given.json ? `${JSON.stringify(result, null, 2)}\n` : gateText(result))
    if (Option.getOrElse(given.annotations, () => process.env.GITHUB_ACTIONS === "true")) {
      process.stderr.write(`${renderAnnotations(result).join("\n")}\n`)
    }
  })
})

const prepareGate = Effect.fn("Cli.prepareGate")(function* (given: GateOptions) {
  const prices = Option.isSome(given.prices) ? yield* readUserPrices(given.prices.value) : undefined
  return yield* prepare({
    run: Option.getOrUndefined(given.run),
    source: Option.getOrUndefined(given.source),
    baseline: yield* readBaseline(given.baseline),
    file: given.baseline,
    margin: given.margin,
    metrics: given.metric,
    maxRisk: Option.getOrUndefined(given.maxRisk),
    maxMissing: given.maxMissing,
    only: given.rater,
    folder: resolve(given.studyFolder),
    exemplars: Option.getOrUndefined(given.exemplars),
    prices,
    strict: given.strict
  }).pipe(Effect.provide(layers.store(given.store)))
})

const perform = Effect.fn("Cli.performGate")(function* (prepared: Prepared, given: GateOptions) {
  const { baseline } = prepared.options
  const again: RatedAgain = yield* prepared.kind === "judge"
    ? judgeAgain({ baseline, ...prepared }, callOptions(given, true))
    : rateAgain({ baseline, ...prepared })
  const result = weigh(prepared, again)
  yield* publish(given, result)
  if (result.answer === "pass") return
  // Open for want of verdicts that can still be had is work that failed, not an answer.
  const unfinished = again.failed > 0 || (again.judging?.held ?? 0) > 0
  return yield* new ExitWith({
    code: result.answer === "inconclusive" && unfinished ? codes.failed : code[result.answer]
  })
})

/** Says what judging the baseline's texts again would take. */
const plan = Effect.fn("Cli.planGate")(function* (prepared: Prepared, given: GateOptions) {
  const { manifest, source, options } = prepared
  const estimates =
    prepared.kind === "judge" ? yield* estimateAgain({ baseline: options.baseline, ...prepared }) : []
  yield* Effect.sync(() => {
    process.stdout.write(
      given.json
        ? `${JSON.stringify({ run: manifest.run, source: source.id, judges: estimates.map(judgeJson), cost: totalOf(estimates) ?? null }, null, 2)}\n`
        : gatePlanText(prepared, estimates)
    )
  })
})

/** Answers and ends with 0, 100 or 101. */
export const answerGate = (given: GateOptions) =>
  Effect.gen(function* () {
    const prepared = yield* prepareGate(given)
    const beside = gateStore(given.store)
    yield* RunLock.acquire(beside, againRun({ baseline: prepared.options.baseline, ...prepared }))
    yield* (given.dryRun ? plan(prepared, given) : perform(prepared, given)).pipe(
      sayInterrupted(beside),
      Effect.provide(Layer.merge(layers.store(beside), progressLayer(given.display)))
    )
  }).pipe(Effect.scoped, Effect.provide(layers.library))
