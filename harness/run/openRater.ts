/** Opens the automatic raters of a study. */
import { Effect } from "effect"
import type { ProxyRater } from "../model/Model.ts"
import { PluginError } from "../model/ModelError.ts"
import { Plugins, parseSpec } from "../model/Plugins.ts"
import { hashJson, type Json } from "../study/Hash.ts"
import type { Rater, RaterKind } from "../study/Rater.ts"
import { type OpenAt, openSource, type PlannedSource } from "./openSource.ts"
import type { StudyAt } from "./StudyAt.ts"

/** A rater of the plan, opened. */
export interface PlannedRater {
  readonly id: string
  readonly kind: RaterKind
  readonly plugin: string
  /** The plugin's, and behind a + the hash of the model and config it was opened with, if any: another is another rater. */
  readonly version: string
  /** As the study names it: `plugin`, `plugin/model` or a file from the study's folder. */
  readonly spec: string
  readonly config: { readonly [key: string]: Json }
  readonly rater: ProxyRater
}

/** The raters of a study: formulas, and models that are asked to judge. */
export interface PlannedRaters {
  readonly proxies: readonly PlannedRater[]
  readonly judges: readonly PlannedSource[]
}

/** A judge is asked the same way each time, unless the study says else. */
const judgeParameters = { temperature: 0 }

/** Opens a judge. */
export const openJudgeModel = (at: OpenAt, entry: Rater | string) =>
  openSource(at, entry, true, judgeParameters)

const specOf = (entry: Rater | string) => (typeof entry === "string" ? entry : entry.model)

const isBare = ({ model, config }: { readonly model: string; readonly config: object }) =>
  model === "" && Object.keys(config).length === 0

/** Opens a proxy; `undefined` where the plugin answers but does not rate. */
export const openIfProxy = Effect.fnUntraced(function* (at: Pick<StudyAt, "folder">, entry: Rater | string) {
  const plugins = yield* Plugins
  const spec = parseSpec(specOf(entry))
  const plugin = yield* plugins.load(spec, at.folder)
  if (!plugin.openRater) return undefined
  const config = typeof entry === "string" ? {} : (entry.config as { readonly [key: string]: Json })
  const rater = yield* plugin.openRater({ model: spec.model, config, folder: at.folder })
  const settings = { model: spec.model, config }
  return {
    id: typeof entry === "string" ? plugin.name : entry.id,
    kind: "proxy",
    plugin: plugin.name,
    version: isBare(settings) ? plugin.version : `${plugin.version}+${hashJson(settings).slice(0, 8)}`,
    spec: specOf(entry),
    config,
    rater
  } satisfies PlannedRater
})

/** Opens one proxy. */
export const openRater = Effect.fn("Plan.openRater")(function* (
  at: Pick<StudyAt, "folder">,
  entry: Rater | string
) {
  const opened = yield* openIfProxy(at, entry)
  if (opened) return opened
  return yield* new PluginError({
    plugin: specOf(entry),
    reason: "answers but does not rate",
    mend: "name it under sources:"
  })
})

/** Opens all raters: a plugin that rates is a proxy, one that answers is a judge. */
export const openRaters = Effect.fn("Plan.openRaters")(function* (at: StudyAt) {
  const proxies: PlannedRater[] = []
  const judges: PlannedSource[] = []
  for (const entry of at.study.raters) {
    const proxy = yield* openIfProxy(at, entry)
    if (proxy) proxies.push(proxy)
    else judges.push(yield* openJudgeModel(at, entry))
  }
  return { proxies, judges } satisfies PlannedRaters
})
