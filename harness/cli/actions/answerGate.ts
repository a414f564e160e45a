/** `warmline gate`: from a run and a baseline to an answer, the files of a CI system and an exit code. */
import { resolve } from "node:path"
import { Clock, Effect, Layer, Option } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { readJson } from "../../catalog/JsonFile.ts"
import { renderAnnotations } from "../../gate/annotations.ts"
import { Baseline, isSealed } from "../../gate/Baseline.ts"
import type { GateResult } from "../../gate/GateResult.ts"
import { renderJunit } from "../../gate/junit.ts"
import { prepare } from "../../gate/prepare.ts"
import { againRun, rateAgain } from "../../gate/rateAgain.ts"
import { renderSummary } from "../../gate/summary.ts"
import { weigh } from "../../gate/weigh.ts"
import * as RunLock from "../../store/RunLock.ts"
import type { GateOptions } from "../commands/gate.ts"
import { gateText } from "../display/gateText.ts"
import { progressLayer } from "../display/progressLayer.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"
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

/** Answers and ends with 0, 100 or 101. */
export const answerGate = (given: GateOptions) =>
  Effect.gen(function* () {
    const baseline = yield* readBaseline(given.baseline)
    const prepared = yield* prepare({
      run: Option.getOrUndefined(given.run),
      source: Option.getOrUndefined(given.source),
      baseline,
      file: given.baseline,
      margin: given.margin,
      metrics: given.metric,
      maxRisk: Option.getOrUndefined(given.maxRisk),
      maxMissing: given.maxMissing,
      folder: resolve(given.studyFolder)
    }).pipe(Effect.provide(layers.store(given.store)))
    const beside = gateStore(given.store)
    yield* RunLock.acquire(beside, againRun({ baseline, ...prepared }))
    const again = yield* rateAgain({ baseline, ...prepared }).pipe(
      Effect.provide(Layer.merge(layers.store(beside), progressLayer(given.display)))
    )
    const result = weigh(prepared, again, yield* Clock.currentTimeMillis)
    yield* publish(given, result)
    if (result.answer !== "pass") return yield* new ExitWith({ code: code[result.answer] })
  }).pipe(Effect.scoped, Effect.provide(layers.library))
