/** `warmline compare`: which sources A and B mean, and all comparisons between them. */
import { Effect } from "effect"
import { suggest } from "../catalog/Catalog.ts"
import { listed } from "../leaderboard/formatNumber.ts"
import { automaticRaters, type ManifestSource, type RunManifest } from "../run/Manifest.ts"
import { RunError } from "../run/RunError.ts"
import { adjust } from "../stats/Adjust.ts"
import { Runs } from "../store/Runs.ts"
import type { RaterKind } from "../study/Rater.ts"
import { raterHash } from "./Baseline.ts"
import type { Comparison, MetricComparison } from "./Comparison.ts"
import { chooseMetrics, scaleOf } from "./Metric.ts"
import { pairSides } from "./pairSides.ts"
import { readTexts, scoreName } from "./readTexts.ts"
import { chooseSource, openRun } from "./Subject.ts"

/** What is compared. */
export interface CompareOptions {
  /** Each a run, a source of `run`, or `RUN:SOURCE`. */
  readonly a: string
  readonly b: string
  /** Where sources named alone are looked up; the newest unless given. */
  readonly run: string | undefined
  /** Of two runs: this source only; by default every source that both have, or the only one of each. */
  readonly source: string | undefined
  readonly condition: string | undefined
  readonly metrics: readonly string[]
  /** Posts shown with both texts, a comparison. */
  readonly show: number
}

interface Side {
  readonly manifest: RunManifest
  /** `undefined`: the whole run was named. */
  readonly source: ManifestSource | undefined
}

/** A run, `RUN:SOURCE`, or a source of the run that sources are looked up in. */
const resolveSide = Effect.fn("Gate.resolveSide")(function* (name: string, options: CompareOptions) {
  const ids = (yield* (yield* Runs).list).map((run) => run.id as string)
  if (ids.includes(name)) return { manifest: yield* openRun(name), source: undefined } satisfies Side
  const colon = name.indexOf(":")
  if (colon > 0 && ids.includes(name.slice(0, colon))) {
    const manifest = yield* openRun(name.slice(0, colon))
    return { manifest, source: yield* chooseSource(manifest, name.slice(colon + 1)) } satisfies Side
  }
  const manifest = yield* openRun(options.run)
  const source = manifest.sources.find((entry) => entry.id === name)
  if (source) return { manifest, source } satisfies Side
  return yield* new RunError({
    place: name,
    reason: `neither a run of this store nor a source of run ${manifest.run}`,
    mend: suggest(name, [...ids.slice(0, 5), ...manifest.sources.map((entry) => entry.id)])
  })
})

type Pair = readonly [ManifestSource, ManifestSource]

const pairsOf = Effect.fn("Gate.pairsOf")(function* (a: Side, b: Side, named: string | undefined) {
  if (a.source || b.source || named !== undefined) {
    const other = (own: Side, of: Side) => own.source?.id ?? named ?? of.source?.id
    return [
      [
        a.source ?? (yield* chooseSource(a.manifest, other(a, b))),
        b.source ?? (yield* chooseSource(b.manifest, other(b, a)))
      ]
    ] satisfies readonly Pair[]
  }
  const both = a.manifest.sources.flatMap((one): readonly Pair[] => {
    const two = b.manifest.sources.find((entry) => entry.id === one.id)
    return two ? [[one, two]] : []
  })
  if (both.length > 0) return both
  const [one, two] = [a.manifest.sources, b.manifest.sources]
  if (one.length === 1 && two.length === 1) return [[one[0]!, two[0]!]] satisfies readonly Pair[]
  return yield* new RunError({
    place: `${a.manifest.run} and ${b.manifest.run}`,
    reason: "the runs have no source in common",
    mend: `say which as RUN:SOURCE; there are ${listed(one.map(({ id }) => id))}, and ${listed(two.map(({ id }) => id))}`
  })
})

/** Conditions that both runs have by name. */
const conditionsOf = (a: RunManifest, b: RunManifest, named: string | undefined) => {
  const of = (manifest: RunManifest) => manifest.conditions.map((entry) => entry.definition.name as string)
  const both = of(a).filter((name) => of(b).includes(name) && (named === undefined || named === name))
  return both.length > 0
    ? Effect.succeed(both)
    : Effect.fail(
        new RunError({
          place: named === undefined ? `${a.run} and ${b.run}` : `--condition ${named}`,
          reason: "the two have no such condition in common",
          mend: `there are ${listed(of(a))}, and ${listed(of(b))}`
        })
      )
}

/** What differs between two runs beside their sources. */
const runNotes = (a: RunManifest, b: RunManifest, conditions: readonly string[]): readonly string[] => {
  if (a.run === b.run) return []
  const hash = (manifest: RunManifest, name: string) =>
    manifest.conditions.find((entry) => entry.definition.name === name)!.hash
  const raters = (manifest: RunManifest) =>
    new Map(automaticRaters(manifest).map((rater) => [rater.id, raterHash(rater)]))
  const [before, after] = [raters(a), raters(b)]
  return [
    ...conditions
      .filter((name) => hash(a, name) !== hash(b, name))
      .map((name) => `condition ${name} asks otherwise in the two runs`),
    ...[...before]
      .filter(([id, own]) => after.has(id) && after.get(id) !== own)
      .map(([id]) => `rater ${id} is another one in the two runs: a difference may be the rater's`),
    ...([...automaticRaters(a), ...automaticRaters(b)].some(({ kind }) => kind === "judge")
      ? [
          "the runs were rated at different times, and a judge may drift; `warmline gate` has the older texts rated again"
        ]
      : [])
  ]
}

const sideOf = (manifest: RunManifest, { id, plugin, version, model }: ManifestSource) => ({
  run: manifest.run,
  source: id,
  plugin,
  version,
  model
})

const kinds: readonly RaterKind[] = ["human", "judge", "proxy"]

/** Everything that A and B can be compared on. */
export const compare = Effect.fn("Gate.compare")(function* (options: CompareOptions) {
  const a = yield* resolveSide(options.a, options)
  const b = yield* resolveSide(options.b, options)
  const pairs = yield* pairsOf(a, b, options.source)
  const conditions = yield* conditionsOf(a.manifest, b.manifest, options.condition)
  const [here, there] = [a.manifest.instruments, b.manifest.instruments]
  const metrics = chooseMetrics(
    options.metrics,
    here.map((entry) => entry.definition)
  )
  if (metrics instanceof RunError) return yield* metrics
  for (const { instrument } of metrics) {
    const own = here.find((entry) => entry.definition.name === instrument.name)!
    const other = there.find((entry) => entry.definition.name === instrument.name)
    if (own.hash !== other?.hash) {
      return yield* new RunError({
        place: `${a.manifest.run} and ${b.manifest.run}`,
        reason: `instrument ${instrument.name} ${other ? "differs between the two" : "is in the first alone"}`,
        mend: "choose another --metric, or run both on the same instrument"
      })
    }
  }

  const found: Omit<MetricComparison, "pAdjusted">[] = []
  for (const [one, two] of pairs) {
    for (const condition of conditions) {
      const left = (yield* readTexts(a.manifest, one.id, condition)).texts
      const right = (yield* readTexts(b.manifest, two.id, condition)).texts
      for (const metric of metrics) {
        for (const kind of kinds) {
          const name = scoreName(kind, metric.instrument.name, metric.measure)
          if (![left, right].every((texts) => texts.some(({ scores }) => scores.has(name)))) continue
          const { minimum, maximum } = scaleOf(metric)
          const automatic = automaticRaters(a.manifest)
            .filter((rater) => rater.kind === kind)
            .map(({ id }) => id)
          found.push({
            a: sideOf(a.manifest, one),
            b: sideOf(b.manifest, two),
            condition,
            metric: metric.name,
            turned: metric.turned,
            scale: { minimum, maximum },
            raterKind: kind,
            raters: kind === "human" ? [] : automatic,
            ...pairSides({ metric, kind, a: left, b: right, show: options.show })
          })
        }
      }
    }
  }
  if (found.length === 0) {
    return yield* new RunError({
      place: `${options.a} and ${options.b}`,
      reason: `nothing is rated on ${listed(metrics.map(({ name }) => name))} on both sides`,
      mend: "choose another --metric, or finish the runs"
    })
  }
  const adjusted = adjust(
    found.map(({ p }) => p),
    "holm"
  )
  return {
    format: "warmline-compare/1",
    comparisons: found.map((entry, i) => ({ ...entry, pAdjusted: adjusted[i]! })),
    notes: [
      ...runNotes(a.manifest, b.manifest, conditions),
      ...(found.some(({ raterKind }) => raterKind === "human")
        ? [
            "people are taken as they are: these raters, not raters at large, for whom the leaderboard has a model"
          ]
        : [])
    ]
  } satisfies Comparison
})
