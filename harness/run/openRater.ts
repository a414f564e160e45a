/** Opens the automatic raters of a study. */
import { Effect } from "effect"
import type { ProxyRater } from "../model/Model.ts"
import { PluginError } from "../model/ModelError.ts"
import { Plugins, parseSpec } from "../model/Plugins.ts"
import type { Json } from "../study/Hash.ts"
import type { Rater, RaterKind } from "../study/Rater.ts"
import type { StudyAt } from "./StudyAt.ts"

/** A rater of the plan, opened. */
export interface PlannedRater {
  readonly id: string
  readonly kind: RaterKind
  readonly plugin: string
  readonly version: string
  /** As the study names it: `plugin`, `plugin/model` or a file from the study's folder. */
  readonly spec: string
  readonly config: { readonly [key: string]: Json }
  readonly rater: ProxyRater
}

/** Opens one rater. */
export const openRater = Effect.fn("Plan.openRater")(function* (
  at: Pick<StudyAt, "folder">,
  entry: Rater | string
) {
  const plugins = yield* Plugins
  const named = typeof entry === "string" ? entry : entry.model
  const spec = parseSpec(named)
  const plugin = yield* plugins.load(spec, at.folder)
  if (!plugin.openRater) {
    return yield* new PluginError({
      plugin: plugin.name,
      reason: "answers but does not rate",
      mend: "name it under sources:"
    })
  }
  const config = typeof entry === "string" ? {} : (entry.config as { readonly [key: string]: Json })
  const rater = yield* plugin.openRater({ model: spec.model, config, folder: at.folder })
  return {
    id: typeof entry === "string" ? plugin.name : entry.id,
    kind: "proxy",
    plugin: plugin.name,
    version: plugin.version,
    spec: named,
    config,
    rater
  } satisfies PlannedRater
})
