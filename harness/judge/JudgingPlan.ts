/** What a run's judging needs: who judges which texts on what. Made of a plan, or of a finished run's manifest. */
import type { ManifestJudge, RunManifest } from "../run/Manifest.ts"
import type { Plan } from "../run/Plan.ts"
import type { Json } from "../study/Hash.ts"
import type { RunId } from "../study/Ids.ts"
import type { Instrument } from "../study/Instrument.ts"
import { type FamilyMember, type FamilyOf, isKin } from "./Families.ts"
import type { Judge } from "./Judge.ts"

/** A run's texts and its judges. */
export interface JudgingPlan {
  readonly runId: RunId
  readonly seed: number
  readonly instruments: readonly Instrument[]
  readonly sources: readonly FamilyMember[]
  readonly judges: readonly Judge[]
  /** Verdicts on each text. */
  readonly epochs: number
  /** Judges rate sources of their own family too. */
  readonly allowSelf: boolean
  readonly familyOf: FamilyOf
}

/** The run of a plan, about to be judged. */
export const runOfPlan = (plan: Plan): Pick<JudgingPlan, "runId" | "seed" | "instruments" | "sources"> => ({
  runId: plan.runId,
  seed: plan.study.seed,
  instruments: plan.instruments,
  sources: plan.sources.map(({ id, plugin, modelName, model }) => ({
    id,
    plugin,
    model: modelName,
    kind: model.kind
  }))
})

/** A run that is there, by its manifest. */
export const runOfManifest = (
  manifest: RunManifest
): Pick<JudgingPlan, "runId" | "seed" | "instruments" | "sources"> => ({
  runId: manifest.run,
  seed: manifest.seed,
  instruments: manifest.instruments.map(({ definition }) => definition),
  sources: manifest.sources.map(({ id, plugin, model, kind }) => ({ id, plugin, model, kind }))
})

/** The sources of a judge's own family. */
export const kinOf = (plan: JudgingPlan, judge: Judge): readonly string[] =>
  plan.sources
    .filter((source) =>
      isKin(
        plan.familyOf,
        { plugin: judge.source.plugin, model: judge.source.modelName, family: judge.family },
        source
      )
    )
    .map((source) => source.id)

/** The sources a judge rates: all, or all but its own family's. */
export const judgedBy = (plan: JudgingPlan, judge: Judge): readonly string[] => {
  const kin = plan.allowSelf ? [] : kinOf(plan, judge)
  return plan.sources.map((source) => source.id).filter((id) => !kin.includes(id))
}

/** A judge as the manifest has it. */
export const manifestJudge = (plan: JudgingPlan, judge: Judge): ManifestJudge => {
  const kin = kinOf(plan, judge)
  const { name, hash, system, user, again } = judge.settings.prompt
  return {
    id: judge.id,
    version: judge.version,
    plugin: judge.source.plugin,
    pluginVersion: judge.source.version,
    model: judge.source.modelName,
    ...(judge.source.spec === undefined ? {} : { spec: judge.source.spec }),
    ...(Object.keys(judge.source.config).length === 0 ? {} : { config: judge.source.config }),
    ...(judge.family === undefined ? {} : { family: judge.family }),
    parameters: judge.source.negotiated.parameters as Json,
    ignored: judge.source.negotiated.ignored,
    prompt: { name, hash, texts: { system, user, again } },
    ...(judge.settings.exemplars === undefined ? {} : { exemplars: judge.settings.exemplars.hash }),
    joint: judge.settings.joint,
    structured: judge.structured,
    logprobs: judge.settings.logprobs,
    epochs: plan.epochs,
    excluded: plan.allowSelf ? [] : kin,
    own: plan.allowSelf ? kin : []
  }
}
