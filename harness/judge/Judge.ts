/** A judge: a language model that rates, and everything that decides what it says. */
import type { PlannedSource } from "../run/openSource.ts"
import { canonicalJson, type Hashable, hashText } from "../study/Hash.ts"
import type { ContentHash } from "../study/Ids.ts"
import type { Exemplars } from "./Exemplars.ts"
import type { JudgePrompt } from "./JudgePrompt.ts"

/** How judges are asked, the same for all judges of a run. */
export interface JudgeSettings {
  readonly prompt: JudgePrompt
  readonly exemplars: Exemplars | undefined
  /** One call for all dimensions of an instrument rather than one for each. */
  readonly joint: boolean
  /** Ask for log-probabilities where the model has them. */
  readonly logprobs: boolean
}

/** A judge that is ready to be asked. */
export interface Judge {
  /** How tables name it, such as `openai/gpt-4.1`. */
  readonly id: string
  /** The opened model, with its price and negotiated parameters. */
  readonly source: PlannedSource
  readonly settings: JudgeSettings
  /** `undefined`: no table knows it. */
  readonly family: string | undefined
  /** Whether the model is bound to the JSON schema of the verdict. */
  readonly structured: boolean
  /** Canonical JSON of all that decides its verdicts beside the text, the instrument and the seed. */
  readonly identity: string
  /** SHA-256 of `identity`: the rater's version in the store. */
  readonly version: ContentHash
}

/** Changes when the same prompt file would be put differently: marker lines, scales, answer format. */
const format = 1

/** Makes a judge of an opened model. */
export const makeJudge = (
  source: PlannedSource,
  settings: JudgeSettings,
  family: string | undefined
): Judge => {
  const { model, negotiated } = source
  const structured = model.capabilities.jsonSchema
  const logprobs = settings.logprobs && model.capabilities.logprobs
  const identity = canonicalJson({
    format,
    plugin: source.plugin,
    pluginVersion: source.version,
    model: source.modelName,
    parameters: negotiated.parameters as Hashable,
    extra: model.identity({
      model: source.modelName,
      messages: [],
      parameters: negotiated.parameters,
      seed: 0,
      epoch: 1,
      about: { suite: "", post: "", condition: "" }
    }) as Hashable | undefined,
    // A model's own identity need not hold all of it. Without one the identity is as it always was.
    config: Object.keys(source.config).length === 0 ? undefined : source.config,
    prompt: settings.prompt.hash,
    exemplars: settings.exemplars?.hash,
    joint: settings.joint,
    structured,
    logprobs
  })
  return {
    id: source.id,
    source,
    settings: { ...settings, logprobs },
    family,
    structured,
    identity,
    version: hashText(identity)
  }
}
