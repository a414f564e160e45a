/** The manifest of a data set that came by import: the same as a generated run's, of what its files say. */
import { packageVersion } from "../catalog/packageFolder.ts"
import type { RunManifest } from "../run/Manifest.ts"
import { importedVersion } from "../store/ImportWriter.ts"
import { Condition, conditionHash } from "../study/Condition.ts"
import type { ConditionName, ContentHash, SuiteName } from "../study/Ids.ts"
import { type Instrument, instrumentHash } from "../study/Instrument.ts"
import { SuiteHasher } from "../study/Suite.ts"
import { asRecorded, type DataSet } from "./DataSet.ts"
import { importedRun, importPlan, importPlugin } from "./importedRun.ts"

/** What a data set is called and where it comes from. */
export interface About {
  readonly name: string
  readonly title: string
  readonly provenance: string
  readonly licence: string
}

const condition = (name: string): Condition =>
  new Condition({
    name: name as ConditionName,
    title: name === asRecorded ? "As recorded" : name,
    description: "How these responses came about is not known here; they were imported.",
    user: "{{post}}"
  })

const suitesOf = (data: DataSet, about: About): RunManifest["suites"] => {
  const suites = new Map<string, { readonly domain: string; readonly hasher: SuiteHasher; posts: number }>()
  for (const post of data.posts.all) {
    const known = suites.get(post.suite)
    const suite = known ?? { domain: post.domain, hasher: new SuiteHasher(post.suite as SuiteName), posts: 0 }
    if (known === undefined) suites.set(post.suite, suite)
    suite.hasher.addHashed(post.id, post.hash as ContentHash)
    suite.posts++
  }
  return [...suites].map(([name, { domain, hasher, posts }]) => ({
    name,
    domain,
    hash: hasher.digest(),
    posts,
    provenance: about.provenance,
    licence: about.licence
  }))
}

/** A manifest before anything is in it. */
export const emptyManifest = (about: About, startedAt: string): RunManifest => ({
  format: "warmline-manifest/1",
  run: importedRun(about.name),
  plan: importPlan(about.name),
  study: { name: about.name, title: about.title },
  seed: 0,
  epochs: 1,
  posts: 0,
  calls: 0,
  suites: [],
  conditions: [],
  instruments: [],
  sources: [],
  raters: [],
  software: {
    warmline: packageVersion,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    packages: {}
  },
  startedAt
})

/** Adds instruments that people used and the run did not name. */
export const withInstruments = (manifest: RunManifest, used: readonly Instrument[]): RunManifest => {
  const known = new Set(manifest.instruments.map(({ hash }) => hash))
  const more = used.filter((instrument) => !known.has(instrumentHash(instrument)))
  return more.length === 0
    ? manifest
    : {
        ...manifest,
        instruments: [
          ...manifest.instruments,
          ...more.map((definition) => ({ hash: instrumentHash(definition), definition }))
        ]
      }
}

/** Adds judges whose verdicts came by import and the run did not name. */
export const withJudges = (manifest: RunManifest, judges: Iterable<string>): RunManifest => {
  const known = new Set(manifest.raters.map(({ id, version }) => `${id} ${version}`))
  const more = [...judges].filter((id) => !known.has(`${id} ${importedVersion}`))
  const rater = (id: string) => ({
    id,
    kind: "judge" as const,
    plugin: importPlugin,
    version: importedVersion
  })
  return more.length === 0 ? manifest : { ...manifest, raters: [...manifest.raters, ...more.map(rater)] }
}

/** What a data set holds by now. `conditions` are those of the catalog that its texts were written under. */
export const withContents = (
  manifest: RunManifest,
  data: DataSet,
  about: About,
  conditions: ReadonlyMap<string, Condition> = new Map()
): RunManifest => {
  const posts = [...data.posts.all].length
  const known = new Map(manifest.conditions.map((entry) => [entry.definition.name as string, entry]))
  return {
    ...manifest,
    posts,
    epochs: data.epochs,
    calls: manifest.calls + data.created,
    suites: suitesOf(data, about),
    conditions: [...data.conditions].map((name) => {
      const definition = conditions.get(name) ?? condition(name)
      return known.get(name) ?? { hash: conditionHash(definition), definition }
    }),
    sources: [...data.sources].map(([id, kind]) => ({
      id,
      plugin: importPlugin,
      version: "1",
      model: id,
      kind,
      parameters: {},
      config: {},
      ignored: []
    }))
  }
}
