/** A run's manifest: what was asked, of whom, with what, when. Everything needed to say where a number comes from. */
import { execFileSync } from "node:child_process"
import { createRequire } from "node:module"
import { Effect, Schema } from "effect"
import { packageFolder, packageVersion } from "../catalog/packageFolder.ts"
import { StoreError } from "../store/StoreError.ts"
import { Condition, conditionHash } from "../study/Condition.ts"
import { ContentHash, RunId } from "../study/Ids.ts"
import { Instrument, instrumentHash } from "../study/Instrument.ts"
import { QualityRules } from "../study/QualityRules.ts"
import { RaterKind } from "../study/Rater.ts"
import { SourceKind } from "../study/Source.ts"
import { AgreementThresholds, Pool, SliceName, Thresholds } from "../study/Study.ts"
import type { Plan } from "./Plan.ts"

/** A suite as a manifest keeps it; the hash is of the posts that were used. */
export const ManifestSuite = Schema.Struct({
  name: Schema.String,
  domain: Schema.String,
  hash: ContentHash,
  posts: Schema.Int,
  marked: Schema.optionalKey(Schema.String),
  provenance: Schema.String,
  licence: Schema.String
})

/** A condition with its words. */
export const ManifestCondition = Schema.Struct({ hash: ContentHash, definition: Condition })

/** An instrument with its questions. */
export const ManifestInstrument = Schema.Struct({ hash: ContentHash, definition: Instrument })

/** A source and how it was asked. */
export const ManifestSource = Schema.Struct({
  id: Schema.String,
  plugin: Schema.String,
  version: Schema.String,
  model: Schema.String,
  kind: SourceKind,
  parameters: Schema.Json,
  config: Schema.Json,
  /** What the study asked and the model cannot do. */
  ignored: Schema.Array(Schema.String)
})
export type ManifestSource = typeof ManifestSource.Type

/** An automatic rater as a manifest keeps it. */
export const ManifestRater = Schema.Struct({
  id: Schema.String,
  kind: RaterKind,
  plugin: Schema.String,
  version: Schema.String,
  /** As the study names it; absent in manifests of earlier versions, which name shipped raters by their plugin. */
  spec: Schema.optionalKey(Schema.String),
  /** Absent when there is none. */
  config: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json))
})
export type ManifestRater = typeof ManifestRater.Type

/** A judge of a run, and how it was asked. */
export const ManifestJudge = Schema.Struct({
  id: Schema.String,
  /** The hash of everything that decides its verdicts: the rater's version in the store. */
  version: ContentHash,
  plugin: Schema.String,
  pluginVersion: Schema.String,
  model: Schema.String,
  /** As it was named; absent in manifests of earlier versions. */
  spec: Schema.optionalKey(Schema.String),
  /** Absent when there is none. */
  config: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json)),
  /** Absent when no table knows it. */
  family: Schema.optionalKey(Schema.String),
  parameters: Schema.Json,
  /** What is asked of it and it cannot do. */
  ignored: Schema.Array(Schema.String),
  prompt: Schema.Struct({
    name: Schema.String,
    hash: ContentHash,
    /** Its words; absent in manifests of earlier versions. */
    texts: Schema.optionalKey(
      Schema.Struct({ system: Schema.String, user: Schema.String, again: Schema.String })
    )
  }),
  exemplars: Schema.optionalKey(ContentHash),
  joint: Schema.Boolean,
  structured: Schema.Boolean,
  logprobs: Schema.Boolean,
  /** Verdicts on each text. */
  epochs: Schema.Int,
  /** Sources of its own family that it did not judge. */
  excluded: Schema.Array(Schema.String),
  /** Sources of its own family that it did judge, by --allow-self. */
  own: Schema.Array(Schema.String)
})
export type ManifestJudge = typeof ManifestJudge.Type

/** The manifest's shape, version 1. */
export const RunManifest = Schema.Struct({
  format: Schema.Literal("warmline-manifest/1"),
  run: RunId,
  plan: ContentHash,
  study: Schema.Struct({
    name: Schema.String,
    title: Schema.String,
    caution: Schema.optionalKey(Schema.String)
  }),
  seed: Schema.Int,
  epochs: Schema.Int,
  /** Only the first posts of each suite were used. */
  limit: Schema.optionalKey(Schema.Int),
  posts: Schema.Int,
  calls: Schema.Int,
  thresholds: Schema.optionalKey(Thresholds),
  agreement: Schema.optionalKey(AgreementThresholds),
  /** As the study declared them when the run began. */
  quality: Schema.optionalKey(QualityRules),
  pool: Schema.optionalKey(Pool),
  /** The contrasts and slices that the study declared beforehand; absent where it declares none. */
  contrasts: Schema.optionalKey(Schema.Array(Schema.Tuple([Schema.String, Schema.String]))),
  slices: Schema.optionalKey(Schema.Array(SliceName)),
  suites: Schema.Array(ManifestSuite),
  conditions: Schema.Array(ManifestCondition),
  instruments: Schema.Array(ManifestInstrument),
  sources: Schema.Array(ManifestSource),
  raters: Schema.Array(ManifestRater),
  /** Who judged, filled in when they begin; a judge of the same id and another version is another judge. */
  judges: Schema.optionalKey(Schema.Array(ManifestJudge)),
  software: Schema.Struct({
    warmline: Schema.String,
    node: Schema.String,
    platform: Schema.String,
    /** Of the checkout the harness runs from; absent when it is an installed package. */
    commit: Schema.optionalKey(Schema.String),
    packages: Schema.Record(Schema.String, Schema.String)
  }),
  startedAt: Schema.String
})
export type RunManifest = typeof RunManifest.Type

/** What a study says of how its results are read. None of it decides what is asked, so a run follows its study file. */
const readings = ["thresholds", "agreement", "pool", "contrasts", "slices"] as const

/** A run's manifest with its study's readings of now, and the names of those that are not as they were. */
export const withReadings = (known: RunManifest, now: RunManifest) => {
  const said = (manifest: RunManifest, name: (typeof readings)[number]) => JSON.stringify(manifest[name])
  const changed = readings.filter((name) => said(known, name) !== said(now, name))
  const { thresholds, agreement, pool, contrasts, slices, ...rest } = known
  const own = Object.fromEntries(readings.flatMap((name) => (name in now ? [[name, now[name]]] : [])))
  return { manifest: { ...rest, ...own } as RunManifest, changed }
}

/** The judges of a run as they count: one asked in two ways counts as asked last. */
export const latestJudges = (judges: readonly ManifestJudge[] | undefined): readonly ManifestJudge[] => [
  ...new Map((judges ?? []).map((judge) => [judge.id, judge])).values()
]

/** Everyone who rated a run by themselves: its proxies and its judges. A judge asked in two ways counts as asked last. */
export const automaticRaters = ({
  raters,
  judges
}: Pick<RunManifest, "raters"> & {
  readonly judges?: RunManifest["judges"] | undefined
}): readonly ManifestRater[] => [
  ...raters,
  ...latestJudges(judges).map(({ id, plugin, version }) => ({ id, kind: "judge" as const, plugin, version }))
]

/**
 * Whether an automatic rater's rating of a source counts: a judge that leaves out its own family may have rated it
 * before, when `--allow-self` was said.
 */
export const countsOf = ({ judges = [] }: { readonly judges?: RunManifest["judges"] | undefined }) => {
  const key = (...parts: readonly string[]) => parts.join("\u0000")
  const out = new Set(
    judges.flatMap(({ id, version, excluded }) => excluded.map((source) => key(id, version, source)))
  )
  return (of: { readonly rater: string; readonly raterVersion: string; readonly source: string }): boolean =>
    !out.has(key(of.rater, of.raterVersion, of.source))
}

const commitOf = (folder: string): string | undefined => {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", folder, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"]
      }).trim()
    // Inside somebody else's repository an installed package has no commit of its own.
    if (git("rev-parse", "--show-toplevel") !== folder) return undefined
    const dirty = git("status", "--porcelain") === "" ? "" : "+changes"
    return git("rev-parse", "HEAD") + dirty
  } catch {
    return undefined
  }
}

const versionOf = (name: string): string | undefined => {
  try {
    const require = createRequire(`${packageFolder}/package.json`)
    return (require(`${name}/package.json`) as { version: string }).version
  } catch {
    return undefined
  }
}

const packagesOf = (plan: Plan): Record<string, string> => {
  const sdk: Record<string, string> = {
    openai: "openai",
    "openai-compatible": "openai",
    anthropic: "@anthropic-ai/sdk",
    mistral: "@mistralai/mistralai",
    ollama: "ollama"
  }
  const names = new Set(["effect", ...plan.sources.flatMap((source) => sdk[source.plugin] ?? [])])
  return Object.fromEntries(
    [...names].flatMap((name) => [[name, versionOf(name)]].filter((pair) => pair[1] !== undefined))
  )
}

/** Writes down a plan. `startedAt` is an ISO time. */
export const manifestOf = (plan: Plan, startedAt: string): RunManifest => {
  const commit = commitOf(packageFolder)
  return {
    format: "warmline-manifest/1",
    run: plan.runId,
    plan: plan.hash,
    study: {
      name: plan.study.name,
      title: plan.study.title,
      ...(plan.study.caution === undefined ? {} : { caution: plan.study.caution })
    },
    seed: plan.study.seed,
    epochs: plan.study.epochs,
    ...(plan.limit === undefined ? {} : { limit: plan.limit }),
    posts: plan.posts,
    calls: plan.calls,
    ...(plan.study.thresholds === undefined ? {} : { thresholds: plan.study.thresholds }),
    ...(plan.study.agreement === undefined ? {} : { agreement: plan.study.agreement }),
    ...(plan.study.quality === undefined ? {} : { quality: plan.study.quality }),
    ...(plan.study.pool === undefined ? {} : { pool: plan.study.pool }),
    ...(plan.study.contrasts.length === 0 ? {} : { contrasts: plan.study.contrasts }),
    ...(plan.study.slices === undefined ? {} : { slices: plan.study.slices }),
    suites: plan.suites.map(({ suite, hash, posts, marked }) => ({
      name: suite.header.name,
      domain: suite.domain,
      hash,
      posts,
      ...(marked === undefined ? {} : { marked }),
      provenance: suite.header.provenance,
      licence: suite.header.licence
    })),
    conditions: plan.conditions.map((definition) => ({ hash: conditionHash(definition), definition })),
    instruments: plan.instruments.map((definition) => ({ hash: instrumentHash(definition), definition })),
    sources: plan.sources.map((source) => ({
      id: source.id,
      plugin: source.plugin,
      version: source.version,
      model: source.modelName,
      kind: source.model.kind,
      parameters: source.asked,
      config: source.config,
      ignored: source.negotiated.ignored
    })),
    raters: plan.raters.map(({ id, kind, plugin, version, spec, config }) => ({
      id,
      kind,
      plugin,
      version,
      spec,
      ...(Object.keys(config).length === 0 ? {} : { config })
    })),
    software: {
      warmline: packageVersion,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      ...(commit === undefined ? {} : { commit }),
      packages: packagesOf(plan)
    },
    startedAt
  }
}

const codec = Schema.fromJsonString(RunManifest)

/** A manifest as JSON text. */
export const encodeManifest = Schema.encodeSync(codec)

/** Reads a manifest back. */
export const decodeManifest = (text: string): Effect.Effect<RunManifest, StoreError> =>
  Schema.decodeUnknownEffect(codec)(text).pipe(
    Effect.mapError(
      (error) =>
        new StoreError({
          reason: `the run's manifest cannot be read (${error.message.split("\n")[0]})`,
          mend: "it may be of another version of warmline; run the study again"
        })
    )
  )
