/**
 * `definePlugin`: what a model developer writes. Five lines with an async function will do; the full form
 * takes an Effect, a config schema, capabilities and resources that are closed after the run.
 */
import { Effect, type Scope as EffectScope, Schema } from "effect"
import type { Json } from "../study/Hash.ts"
import type { SourceKind } from "../study/Source.ts"
import { fromSdk } from "./askProvider.ts"
import type { BatchApi } from "./BatchApi.ts"
import type {
  Call,
  Capabilities,
  Model,
  OpenOptions,
  Plugin,
  ProxyRater,
  Rateable,
  Verdict
} from "./Model.ts"
import { Reply } from "./Model.ts"
import { type ModelError, PluginError, PluginFault } from "./ModelError.ts"
import { errorFromThrown } from "./thrown.ts"

/** What a plugin's function may answer: the text, or the text and what is known about it. */
export type Answer = string | Reply

/** The five-line form. */
export interface FunctionPlugin {
  readonly name: string
  /** Changes when the answers would: part of every call's key. By default the hash of the plugin's file. */
  readonly version?: string
  readonly description?: string
  readonly kind?: SourceKind
  /** Environment variables that it reads its keys from. */
  readonly requires?: readonly string[]
  readonly capabilities?: Partial<Capabilities>
  /**
   * Answers one call. `signal` aborts on Ctrl-C and on a timeout. Whatever it throws becomes a typed error:
   * an HTTP `status` on the error (429, 5xx, 401 …) says of which kind.
   */
  readonly generate: (call: Call & { readonly signal: AbortSignal }) => Answer | PromiseLike<Answer>
}

/** A model as the full form opens it. */
export interface OpenedModel {
  readonly generate: (call: Call) => Effect.Effect<Answer, ModelError>
  /** Calls with the same account share a concurrency limit; by default the plugin's name. */
  readonly account?: string
  readonly capabilities?: Partial<Capabilities>
  readonly kind?: SourceKind
  /** What an answer depends on beside the question; by default the plugin's config. Never a secret. */
  readonly identity?: (call: Call) => Json | undefined
  /** Many questions at once for less, where the provider has it; declares the capability. */
  readonly batch?: BatchApi
}

/** The full form. */
export interface EffectPlugin<Config> {
  readonly name: string
  readonly version?: string
  readonly description?: string
  readonly kind?: SourceKind
  readonly requires?: readonly string[]
  /** Whether a model has to be named behind the plugin's name; false by default. */
  readonly needsName?: boolean
  /** Names of what can be asked now, where the plugin can tell; for `warmline list models`. */
  readonly models?: Effect.Effect<readonly string[], PluginError>
  readonly capabilities?: Partial<Capabilities>
  /** Checks what a study file says under `config`; by default no config is taken. */
  readonly config?: Schema.Codec<Config, Json>
  readonly open: (
    options: Omit<OpenOptions, "config"> & { readonly config: Config }
  ) => Effect.Effect<OpenedModel, PluginError, EffectScope.Scope>
}

/** A formula that rates. */
export interface RaterPlugin {
  readonly name: string
  readonly version: string
  readonly description: string
  /** The instruments it has a formula for. */
  readonly instruments: readonly string[]
  readonly rate: (instrument: string, item: Rateable) => Verdict
}

const nothing: Capabilities = {
  seed: false,
  temperature: false,
  topP: false,
  systemPrompt: true,
  maxTokens: false,
  jsonSchema: false,
  logprobs: false,
  batch: false
}

const decodeReply = Schema.decodeUnknownEffect(Reply)

/** Turns what a plugin answered into a `Reply`, or says why it is none. */
const toReply = (answer: unknown): Effect.Effect<Reply, PluginFault> => {
  if (typeof answer === "string") return Effect.succeed({ text: answer })
  if (answer === undefined || answer === null) {
    return Effect.fail(
      new PluginFault({ message: `the plugin answered nothing (${answer}); return a string or { text }` })
    )
  }
  return decodeReply(answer).pipe(
    Effect.mapError(
      (error) =>
        new PluginFault({
          message: `the plugin answered no text (${error.message.split("\n")[0]}); return a string or { text }`
        })
    )
  )
}

/** The full form is typed by its author: only that there is a text is looked at again. */
const trusted = (answer: Answer): Effect.Effect<Reply, PluginFault> =>
  typeof answer === "object" && typeof answer?.text === "string" ? Effect.succeed(answer) : toReply(answer)

const isFunctionPlugin = (plugin: object): plugin is FunctionPlugin => "generate" in plugin
const isRaterPlugin = (plugin: object): plugin is RaterPlugin => "rate" in plugin

/** Without a version of its own a plugin is known by its file, which the loader fills in. */
export const unversioned = "unversioned"

/** Makes a plugin. See `docs/plugins.md` for a walk from nothing to a row in the leaderboard. */
export const definePlugin = <Config = unknown>(
  definition: FunctionPlugin | EffectPlugin<Config> | RaterPlugin
): Plugin => {
  const base = {
    name: definition.name,
    version: definition.version ?? unversioned,
    description: definition.description ?? "",
    requires: "requires" in definition ? (definition.requires ?? []) : [],
    needsName: "needsName" in definition && definition.needsName === true
  }
  if (isRaterPlugin(definition)) {
    const rater: ProxyRater = {
      instruments: definition.instruments,
      rate: (instrument, item) =>
        Effect.try({
          try: () => definition.rate(instrument, item),
          catch: (thrown) => errorFromThrown(thrown)
        })
    }
    const openRater: NonNullable<Plugin["openRater"]> = ({ config }) => {
      const [given] = Object.keys(config)
      return given === undefined
        ? Effect.succeed(rater)
        : Effect.fail(
            new PluginError({
              plugin: definition.name,
              reason: `takes no config, and ${given} is given`,
              mend: "take it out of config: in the study file"
            })
          )
    }
    return { ...base, openRater }
  }
  if (isFunctionPlugin(definition)) {
    const model = (options: OpenOptions): Model => ({
      capabilities: { ...nothing, ...definition.capabilities, batch: false },
      kind: definition.kind ?? "model",
      account: definition.name,
      identity: () => (Object.keys(options.config).length === 0 ? undefined : options.config),
      generate: (call) =>
        fromSdk(undefined, async (signal) => definition.generate({ ...call, signal })).pipe(
          Effect.flatMap(toReply)
        )
    })
    return { ...base, open: (options) => Effect.succeed(model(options)) }
  }
  const noConfig = Schema.Struct({}) as unknown as Schema.Codec<Config, Json>
  const decodeConfig = Schema.decodeUnknownEffect(definition.config ?? noConfig, {
    onExcessProperty: "error"
  })
  return {
    ...base,
    ...(definition.models === undefined ? {} : { models: definition.models }),
    open: Effect.fn("Plugin.open")(function* (options) {
      const config = yield* decodeConfig(options.config).pipe(
        Effect.mapError(
          (error) =>
            new PluginError({
              plugin: definition.name,
              reason: `its config is wrong: ${error.message.replaceAll("\n", " ")}`,
              mend: "correct it under config: in the study file"
            })
        )
      )
      const opened = yield* definition.open({ ...options, config })
      return {
        capabilities: {
          ...nothing,
          ...definition.capabilities,
          ...opened.capabilities,
          batch: opened.batch !== undefined
        },
        kind: opened.kind ?? definition.kind ?? "model",
        account: opened.account ?? definition.name,
        identity:
          opened.identity ?? (() => (Object.keys(options.config).length === 0 ? undefined : options.config)),
        generate: (call) => Effect.flatMap(opened.generate(call), trusted),
        batch: opened.batch
      }
    })
  }
}
