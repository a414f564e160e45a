/** Opens a judge as a manifest has it: the same model, asked the same way, or a refusal that says what is another. */
import { Effect } from "effect"
import type { ManifestJudge } from "../run/Manifest.ts"
import { openJudgeModel } from "../run/openRater.ts"
import type { OpenAt } from "../run/openSource.ts"
import { RunError } from "../run/RunError.ts"
import { hashJson } from "../study/Hash.ts"
import type { RaterId } from "../study/Ids.ts"
import type { Parameters } from "../study/Source.ts"
import type { Exemplars } from "./Exemplars.ts"
import { type Judge, makeJudge } from "./Judge.ts"
import { type JudgePrompt, readPrompt, rubric } from "./JudgePrompt.ts"

const placeOf = ({ id }: ManifestJudge) => `judge ${id}`

const promptOf = Effect.fnUntraced(function* (kept: ManifestJudge, folder: string) {
  const { name, hash, texts } = kept.prompt
  const prompt: JudgePrompt =
    texts === undefined
      ? yield* readPrompt(name, folder, rubric)
      : { name, ...texts, hash: hashJson({ ...texts }) }
  if (prompt.hash === hash) return prompt
  return yield* new RunError({
    place: placeOf(kept),
    reason: `its prompt ${name} is another one now (${hash.slice(0, 8)} then, ${prompt.hash.slice(0, 8)} now)`,
    mend: "have it judge the run again, so that both sides are judged by the same prompt"
  })
})

const exemplarsOf = (kept: ManifestJudge, given: Exemplars | undefined) => {
  const wanted = kept.exemplars
  if (wanted === undefined || given?.hash === wanted)
    return Effect.succeed(wanted === undefined ? undefined : given)
  const short = wanted.slice(0, 8)
  return Effect.fail(
    new RunError({
      place: placeOf(kept),
      reason:
        given === undefined
          ? `it was shown exemplars (${short})`
          : `it was shown other exemplars (${short}, and ${given.file} is ${given.hash.slice(0, 8)})`,
      mend: "name their file with --exemplars"
    })
  )
}

/** What differs between the judge as it was and as it opens now, as far as that can be named. */
const changesOf = (kept: ManifestJudge, { source, structured, settings }: Judge): string => {
  const now = { pluginVersion: source.version, structured, logprobs: settings.logprobs }
  const found = (["pluginVersion", "structured", "logprobs"] as const)
    .filter((key) => kept[key] !== now[key])
    .map((key) => `${key} ${kept[key]} then, ${now[key]} now`)
  return found.length > 0 ? found.join("; ") : "its parameters, its config or the address it is asked at"
}

/** Opens it. Exemplars are no part of a manifest: their file is named again and known by its hash. */
export const reopenJudge = Effect.fn("Judge.reopen")(function* (
  at: OpenAt,
  kept: ManifestJudge,
  exemplars: Exemplars | undefined
) {
  const source = yield* openJudgeModel(at, {
    id: kept.id as RaterId,
    model: kept.spec ?? `${kept.plugin}${kept.model === "" ? "" : `/${kept.model}`}`,
    parameters: kept.parameters as Parameters,
    config: kept.config ?? {}
  })
  const judge = makeJudge(
    source,
    {
      prompt: yield* promptOf(kept, at.folder),
      exemplars: yield* exemplarsOf(kept, exemplars),
      joint: kept.joint,
      logprobs: kept.logprobs
    },
    kept.family
  )
  if (judge.version === kept.version) return judge
  return yield* new RunError({
    place: placeOf(kept),
    reason: `it has changed since the run (${changesOf(kept, judge)})`,
    mend: "have it judge the run again, so that both sides are judged by the same one"
  })
})
