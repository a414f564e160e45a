/**
 * Has the judges of a run judge a baseline's texts now, beside the candidate's. No verdict from before is taken: each
 * of the gate's runs asks for its own, and the store they lie in holds none of the candidate's.
 */
import { Effect } from "effect"
import { type Exemplars, readExemplars } from "../judge/Exemplars.ts"
import { estimateStored, type JudgeEstimate } from "../judge/estimateJudging.ts"
import type { Judge } from "../judge/Judge.ts"
import { type JudgingPlan, runOfManifest } from "../judge/JudgingPlan.ts"
import { judgeRun } from "../judge/judgeRun.ts"
import { reopenJudge } from "../judge/reopenJudge.ts"
import { spentOnJudges } from "../judge/spentOnJudges.ts"
import { type CallOptions, makeCaller } from "../run/Caller.ts"
import type { ManifestJudge } from "../run/Manifest.ts"
import type { OpenAt } from "../run/openSource.ts"
import { Responses } from "../store/Responses.ts"
import type { Instrument } from "../study/Instrument.ts"
import { type AgainOptions, beginAgain } from "./againRun.ts"
import { type RatedAgain, readAgain } from "./readAgain.ts"

/** A judge that is ready to be asked again, with how many verdicts it gives on each text. */
export interface AgainJudge {
  readonly judge: Judge
  readonly epochs: number
}

/** Opens the judges of a manifest, the same ones or none. */
export const openJudges = Effect.fn("Gate.openJudges")(function* (
  at: OpenAt,
  judges: readonly ManifestJudge[],
  file: string | undefined
) {
  const exemplars: Exemplars | undefined = file === undefined ? undefined : yield* readExemplars(file)
  return yield* Effect.forEach(judges, (kept) =>
    Effect.map(reopenJudge(at, kept, exemplars), (judge): AgainJudge => ({ judge, epochs: kept.epochs }))
  )
})

interface JudgeAgain extends AgainOptions {
  readonly judges: readonly AgainJudge[]
  readonly instruments: readonly Instrument[]
}

/** One plan for each number of epochs: a run's judges may have been asked differently often. */
const plansOf = (options: JudgeAgain, run: JudgingPlan["runId"]): readonly JudgingPlan[] =>
  [...Map.groupBy(options.judges, ({ epochs }) => epochs)].map(([epochs, group]) => ({
    ...runOfManifest({ ...options.manifest, sources: [options.baseline.source] }),
    runId: run,
    instruments: options.instruments,
    judges: group.map(({ judge }) => judge),
    epochs,
    // Judges that may not rate both sides are left out already.
    allowSelf: true,
    familyOf: () => undefined
  }))

/** What judging again would ask and cost; nobody is asked. */
export const estimateAgain = Effect.fn("Gate.estimateAgain")(function* (options: JudgeAgain) {
  const run = yield* beginAgain(options)
  const estimates: JudgeEstimate[] = []
  for (const plan of plansOf(options, run)) estimates.push(...(yield* estimateStored(plan)))
  return estimates
})

/** The baseline's texts with the scores that the judges give them now, and what asking came to. */
export const judgeAgain = Effect.fn("Gate.judgeAgain")(function* (options: JudgeAgain, calls: CallOptions) {
  const run = yield* beginAgain(options)
  const plans = plansOf(options, run)
  let spent = 0
  for (const plan of plans) spent += yield* spentOnJudges(plan)
  const caller = yield* makeCaller(
    options.judges.map(({ judge }) => judge.source),
    {},
    spent,
    // Answers to the same questions from another gate may be a judge's of long ago.
    { ...calls, fresh: true }
  )
  let [made, failed, held] = [0, 0, 0]
  let known = options.judges.every(({ judge }) => judge.source.price !== undefined)
  for (const plan of plans) {
    const state = yield* judgeRun(plan, caller)
    made += state.made
    failed += state.failed
    held += state.total - state.resumed - state.done - state.failed
    known &&= state.cost !== undefined
  }
  const failures = failed === 0 ? [] : yield* (yield* Responses).failures(run)
  const reasons = [...Map.groupBy(failures, ({ message }) => message)]
    .map(([reason, list]) => ({ reason, n: list.length }))
    .toSorted((a, b) => b.n - a.n)
  return {
    ...(yield* readAgain(options, "judge")),
    failed,
    judging: { calls: made, cost: known ? caller.spent() : null, held, reasons }
  } satisfies RatedAgain
})
