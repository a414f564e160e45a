/** Opens the sources of a study: the plugin loaded, its config checked, what it cannot do named, its price found. */
import { Effect } from "effect"
import type { Model } from "../model/Model.ts"
import { PluginError } from "../model/ModelError.ts"
import { type Negotiated, negotiate } from "../model/negotiate.ts"
import { Plugins, parseSpec } from "../model/Plugins.ts"
import { type Price, priceIn } from "../model/Prices.ts"
import type { Json } from "../study/Hash.ts"
import type { Parameters } from "../study/Source.ts"
import { readPrices } from "./readPrices.ts"
import type { StudyAt } from "./StudyAt.ts"

/** A source of the plan, opened. */
export interface PlannedSource {
  readonly id: string
  readonly plugin: string
  readonly version: string
  readonly modelName: string
  /** As it was named: `plugin/model`, or a file from the folder it was named in. */
  readonly spec?: string
  readonly asked: Parameters
  readonly config: { readonly [key: string]: Json }
  readonly model: Model
  readonly negotiated: Negotiated
  /** `undefined`: not known. A program costs nothing. */
  readonly price: Price | undefined
}

const free: Price = { input: 0, output: 0 }

/** What opening somebody needs to know of a study. */
export type OpenAt = Pick<StudyAt, "folder" | "prices" | "strict">

/** Somebody as a study file names them: a source, or a rater that is a judge. */
export interface Named {
  readonly id: string
  readonly model: string
  readonly parameters: Parameters
  readonly config: { readonly [key: string]: unknown }
}

/** What somebody's calls cost: the user's list before the plugin's; `undefined`: not known. A program costs nothing. */
export const priceOf = Effect.fn("Plan.priceOf")(function* (
  at: Pick<OpenAt, "prices">,
  plugin: string,
  model: string,
  kind: Model["kind"]
) {
  if (kind !== "model") return free
  const own = at.prices && priceIn(at.prices, model === "" ? plugin : `${plugin}/${model}`)
  if (own) return own
  const shipped = yield* readPrices(plugin)
  return shipped && priceIn(shipped, model)
})

/** Opens somebody who answers. `system` says whether there are system texts, `base` what is asked of everyone. */
export const openSource = Effect.fn("Plan.openSource")(function* (
  at: OpenAt,
  entry: Named | string,
  system: boolean,
  base: Parameters
) {
  const plugins = yield* Plugins
  const spec = parseSpec(typeof entry === "string" ? entry : entry.model)
  const plugin = yield* plugins.load(spec, at.folder)
  if (!plugin.open) {
    return yield* new PluginError({
      plugin: plugin.name,
      reason: "rates but does not answer",
      mend: "name it under raters:"
    })
  }
  const config = typeof entry === "string" ? {} : (entry.config as { readonly [key: string]: Json })
  const asked = { ...base, ...(typeof entry === "string" ? {} : entry.parameters) }
  const model = yield* plugin.open({ model: spec.model, config, folder: at.folder })
  const negotiated = negotiate(asked, system, model.capabilities)
  // A control without a model has nothing to negotiate: its output depends on the seed or on nothing.
  const refused = model.kind === "model" ? negotiated.ignored : []
  if (at.strict && refused.length > 0) {
    return yield* new PluginError({
      plugin: plugin.name,
      reason: `cannot do what the study asks: ${refused.join(", ")}`,
      mend: "take it out of the study's parameters or run without --strict"
    })
  }
  const id = typeof entry === "string" ? plugin.name + (spec.model === "" ? "" : `/${spec.model}`) : entry.id
  return {
    id,
    plugin: plugin.name,
    version: plugin.version,
    modelName: spec.model,
    spec: typeof entry === "string" ? entry : entry.model,
    asked,
    config,
    model,
    negotiated: { ...negotiated, ignored: refused },
    price: yield* priceOf(at, plugin.name, spec.model, model.kind)
  } satisfies PlannedSource
})
