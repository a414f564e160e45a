/** The judges of a command: the study's and those of `--judge`, opened with the prompt and the families. */
import { resolve } from "node:path"
import { Effect, Option } from "effect"
import { exemplarsWrong } from "../../judge/Exemplars.ts"
import { makeJudge } from "../../judge/Judge.ts"
import type { JudgingPlan } from "../../judge/JudgingPlan.ts"
import { openSettings } from "../../judge/openJudge.ts"
import type { PlannedSource } from "../../run/openSource.ts"
import type { Judging } from "../../study/Study.ts"
import type { JudgeFlags } from "../judgeFlags.ts"

/** The flags, as a study file would say them. Files of the command line start from where it is given. */
export const judgingOf = (study: Judging | undefined, given: JudgeFlags): Judging => {
  const file = (flag: Option.Option<string>) =>
    Option.getOrUndefined(Option.map(flag, (name) => (/[\\/.]/.test(name) ? resolve(name) : name)))
  const own = {
    prompt: file(given.judgePrompt),
    exemplars: file(given.exemplars),
    families: file(given.families),
    epochs: Option.getOrUndefined(given.judgeEpochs),
    joint: given.judgeJoint || undefined,
    allowSelf: given.allowSelf || undefined
  }
  return {
    ...study,
    ...(Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Judging)
  }
}

/** Makes the judging of a run out of opened models. */
export const openJudging = Effect.fn("Cli.openJudging")(function* (
  run: Pick<JudgingPlan, "runId" | "seed" | "instruments" | "sources">,
  models: readonly PlannedSource[],
  judging: Judging,
  folder: string,
  kind: "rubric" | "pairwise" = "rubric"
) {
  const { settings, familyOf } = yield* openSettings(judging, folder, kind)
  const wrong = settings.exemplars && exemplarsWrong(settings.exemplars, run.instruments)
  if (wrong !== undefined) return yield* wrong
  return {
    ...run,
    judges: models.map((source) => makeJudge(source, settings, familyOf(source.plugin, source.modelName))),
    epochs: judging.epochs ?? 1,
    allowSelf: judging.allowSelf ?? false,
    familyOf
  } satisfies JudgingPlan
})
