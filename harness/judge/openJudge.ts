/** Opens judges: their models, the prompt, the exemplars, and which family each is of. */
import { Effect, Path } from "effect"
import { openJudgeModel } from "../run/openRater.ts"
import type { OpenAt } from "../run/openSource.ts"
import type { Rater } from "../study/Rater.ts"
import type { Judging } from "../study/Study.ts"
import { readExemplars } from "./Exemplars.ts"
import { type FamilyOf, readFamilies } from "./Families.ts"
import { type JudgeSettings, makeJudge } from "./Judge.ts"
import { pairwise, readPrompt, rubric } from "./JudgePrompt.ts"

/** Reads the files that a study's judging names; relative ones start from `folder`. */
export const openSettings = Effect.fn("Judge.openSettings")(function* (
  judging: Judging,
  folder: string,
  kind: "rubric" | "pairwise" = "rubric"
) {
  const path = yield* Path.Path
  const near = (file: string | undefined) => file && path.resolve(folder, file)
  const exemplars = near(judging.exemplars)
  const settings: JudgeSettings = {
    prompt: yield* readPrompt(judging.prompt ?? kind, folder, kind === "rubric" ? rubric : pairwise),
    exemplars: exemplars === undefined ? undefined : yield* readExemplars(exemplars),
    joint: judging.joint ?? false,
    logprobs: judging.logprobs ?? true
  }
  return { settings, familyOf: yield* readFamilies(near(judging.families)) }
})

/** Opens one judge: `openai/gpt-4.1`, or an entry under `raters:` of a study file. */
export const openJudge = Effect.fn("Judge.open")(function* (
  at: OpenAt,
  entry: Rater | string,
  settings: JudgeSettings,
  familyOf: FamilyOf
) {
  const source = yield* openJudgeModel(at, entry)
  return makeJudge(source, settings, familyOf(source.plugin, source.modelName))
})
