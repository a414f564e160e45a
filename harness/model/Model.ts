/**
 * The contract between the harness and whatever answers: a language model behind a provider, a program, a
 * recorded file. A plugin opens a `Model`; everything around a call (retries, limits, budget, cache,
 * timeouts, tracing) is the harness's.
 */
import { type Effect, Schema, type Scope } from "effect"
import type { Json } from "../study/Hash.ts"
import { Usage } from "../study/Response.ts"
import type { Parameters, SourceKind } from "../study/Source.ts"
import type { Message } from "../study/Template.ts"
import type { BatchApi } from "./BatchApi.ts"
import type { ModelError, PluginError } from "./ModelError.ts"

/** One question to a model. */
export interface Call {
  /** The part after `plugin/`; empty when the plugin was named alone. */
  readonly model: string
  readonly messages: readonly Message[]
  readonly parameters: Parameters
  /** 0 … 2^31 − 1, derived from the study's seed, post, condition, source and epoch. */
  readonly seed: number
  /** Counts repeated answers from 1. */
  readonly epoch: number
  /** What the call is about, for sources that look answers up rather than write them. */
  readonly about: { readonly suite: string; readonly post: string; readonly condition: string }
  /** The answer must be JSON of this schema, where the model can. */
  readonly jsonSchema?: Json | undefined
  /** Ask for the log-probabilities of the tokens, where the model can. */
  readonly logprobs?: boolean | undefined
}

/** How a provider said an answer ended. */
export const FinishReason = Schema.Literals(["stop", "length", "content_filter", "refusal", "other"])
export type FinishReason = typeof FinishReason.Type

/** A model's answer. */
export const Reply = Schema.Struct({
  text: Schema.String,
  finish: Schema.optionalKey(FinishReason),
  usage: Schema.optionalKey(Usage),
  /** What the provider says it really served. */
  served: Schema.optionalKey(
    Schema.Struct({
      model: Schema.optionalKey(Schema.String),
      fingerprint: Schema.optionalKey(Schema.String),
      id: Schema.optionalKey(Schema.String)
    })
  ),
  /** First to last, each as `{ token, logprob, top: [{ token, logprob }, …] }`; `top` holds the likeliest. */
  logprobs: Schema.optionalKey(Schema.Json),
  /** The part of the price that was paid, below 1 for an answer from a batch; all of it where absent. */
  share: Schema.optionalKey(Schema.Finite),
  /** Who wrote it, where a recorded file says so. */
  author: Schema.optionalKey(Schema.Literals(["model", "program", "human"]))
})
export type Reply = typeof Reply.Type

/** What a model can do. What a study asks beyond it is recorded on each response, or an error under `--strict`. */
export interface Capabilities {
  readonly seed: boolean
  readonly temperature: boolean
  readonly topP: boolean
  readonly systemPrompt: boolean
  readonly maxTokens: boolean
  readonly jsonSchema: boolean
  readonly logprobs: boolean
  readonly batch: boolean
}

/** A model that is ready to be asked. */
export interface Model {
  readonly capabilities: Capabilities
  /** What the source is, as far as the plugin knows. */
  readonly kind: SourceKind
  /** Calls with the same account share one concurrency limit (a provider and a key). */
  readonly account: string
  /** What an answer depends on beside the question: part of every call's key. Never a secret. */
  readonly identity: (call: Call) => Json | undefined
  readonly generate: (call: Call) => Effect.Effect<Reply, ModelError>
  /** Many questions at once for less; there exactly when `capabilities.batch` says so. */
  readonly batch?: BatchApi | undefined
}

/** What a plugin is given to open a model. */
export interface OpenOptions {
  readonly model: string
  /** As the study file has it; checked by the plugin's own schema. */
  readonly config: { readonly [key: string]: Json }
  /** Folder that relative paths in `config` start from. */
  readonly folder: string
}

/** What a rater says of one response on one instrument: a value or a reason for each dimension, and nothing else. */
export type Verdict = { readonly [dimension: string]: number | { readonly unscored: string } }

/** What a rater sees. Never the source's name, never another rating. */
export interface Rateable {
  readonly post: { readonly title: string; readonly body: string; readonly language: string }
  readonly response: string
}

/** A rater that is ready to be asked: a formula over the text. (Judges are built from a `Model`.) */
export interface ProxyRater {
  /** The instruments it has a formula for. */
  readonly instruments: readonly string[]
  readonly rate: (instrument: string, item: Rateable) => Effect.Effect<Verdict, ModelError>
}

/** A plugin as the harness sees it, whichever way it was written. */
export interface Plugin {
  readonly name: string
  /** Part of every call's key: a new version asks again. */
  readonly version: string
  readonly description: string
  /** Environment variables without which `open` fails, for `warmline list plugins` and early errors. */
  readonly requires: readonly string[]
  /** A model has to be named behind the plugin's own name: `openai-compatible/NAME`. */
  readonly needsName: boolean
  /** Names of the models that can be asked now, without the plugin's own; absent where the plugin cannot tell. */
  readonly models?: Effect.Effect<readonly string[], PluginError>
  /** Opens a source; absent where the plugin only rates. */
  readonly open?: (options: OpenOptions) => Effect.Effect<Model, PluginError, Scope.Scope>
  /** Opens a proxy rater; absent where the plugin only answers. */
  readonly openRater?: (options: OpenOptions) => Effect.Effect<ProxyRater, PluginError, Scope.Scope>
}
