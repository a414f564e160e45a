/** What decides a run's identity: the same work has the same id, whoever starts it and whenever. */
import { type Hashable, hashJson } from "../study/Hash.ts"
import type { ContentHash, RunId } from "../study/Ids.ts"

/** What of a plan, or of its manifest, makes it the one it is. */
export interface PlanIdentity {
  readonly seed: number
  readonly epochs: number
  readonly suites: readonly { readonly domain: string; readonly hash: string }[]
  readonly conditions: readonly { readonly name: string; readonly hash: string }[]
  readonly instruments: readonly { readonly name: string; readonly hash: string }[]
  readonly sources: readonly {
    readonly id: string
    readonly plugin: string
    readonly version: string
    readonly model: string
    readonly parameters: unknown
    readonly config: unknown
  }[]
  readonly raters: readonly {
    readonly id: string
    readonly kind: string
    readonly plugin: string
    readonly version: string
  }[]
}

/** The hash of a plan. */
export const planHash = ({
  seed,
  epochs,
  suites,
  conditions,
  instruments,
  sources,
  raters
}: PlanIdentity): ContentHash =>
  hashJson({
    seed,
    epochs,
    suites: suites.map(({ domain, hash }) => [domain, hash]),
    conditions: conditions.map(({ name, hash }) => [name, hash]),
    instruments: instruments.map(({ name, hash }) => [name, hash]),
    sources: sources.map(({ id, plugin, version, model, parameters, config }) => ({
      id,
      plugin,
      version,
      model,
      parameters: parameters as Hashable,
      config: config as Hashable
    })),
    raters: raters.map(({ id, kind, plugin, version }) => [id, kind, plugin, version])
  })

/** The id of the run of a study's plan. */
export const runIdOf = (study: string, plan: ContentHash): RunId => `${study}-${plan.slice(0, 8)}` as RunId
