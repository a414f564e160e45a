/** Opens the automatic raters of a study. */
import { Effect } from "effect"
import type { ProxyRater } from "../model/Model.ts"
import { Plugins, parseSpec } from "../model/Plugins.ts"
import type { Json } from "../study/Hash.ts"
import type { Rater, RaterKind } from "../study/Rater.ts"
import { type OpenAt, openSource, type PlannedSource } from "./openSource.ts"
import type { StudyAt } from "./StudyAt.ts"

/** A rater of the plan, opened. */
export interface PlannedRater {
  readonly id: string
  readonly kind: RaterKind
  readonly plugin: string
  readonly version: string
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

/** Opens all raters: a plugin that rates is a proxy, one that answers is a judge. */
export const openRaters = Effect.fn("Plan.openRaters")(function* (at: StudyAt) {
  const plugins = yield* Plugins
  const proxies: PlannedRater[] = []
  const judges: PlannedSource[] = []
  for (const entry of at.study.raters) {
    const spec = parseSpec(typeof entry === "string" ? entry : entry.model)
    const plugin = yield* plugins.load(spec, at.folder)
    if (!plugin.openRater) {
      judges.push(yield* openJudgeModel(at, entry))
      continue
    }
    const config = typeof entry === "string" ? {} : (entry.config as { readonly [key: string]: Json })
    proxies.push({
      id: typeof entry === "string" ? plugin.name : entry.id,
      kind: "proxy",
      plugin: plugin.name,
      version: plugin.version,
      rater: yield* plugin.openRater({ model: spec.model, config, folder: at.folder })
    })
  }
  return { proxies, judges } satisfies PlannedRaters
})
