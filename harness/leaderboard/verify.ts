/**
 * Whether a leaderboard's file is what a run was: every hash recomputed from what it is the hash of, and, where the
 * store has the run, every number from its ratings.
 */
import { Effect, Stream } from "effect"
import type { RunManifest } from "../run/Manifest.ts"
import { planHash, runIdOf } from "../run/planHash.ts"
import { Runs } from "../store/Runs.ts"
import { conditionHash } from "../study/Condition.ts"
import { canonicalJson, type Hashable, hashJson, type Json } from "../study/Hash.ts"
import type { PostId, SuiteName } from "../study/Ids.ts"
import { instrumentHash } from "../study/Instrument.ts"
import { SuiteHasher } from "../study/Suite.ts"
import { build } from "./build.ts"
import type { Leaderboard } from "./Leaderboard.ts"

/** One thing looked at. */
export interface Check {
  readonly what: string
  readonly result: "same" | "changed" | "not checked"
  /** What was found instead, or why nothing was. */
  readonly detail?: string
}

const compared = (what: string, stated: string, found: string): Check =>
  stated === found
    ? { what, result: "same" }
    : { what, result: "changed", detail: `${stated.slice(0, 12)} stated, ${found.slice(0, 12)} found` }

/** Conditions and instruments of a manifest against the hashes that stand beside them. */
export const verifyDefinitions = ({
  conditions,
  instruments
}: Pick<RunManifest, "conditions" | "instruments">): readonly Check[] => [
  ...conditions.map(({ hash, definition }) =>
    compared(`condition ${definition.name}`, hash, conditionHash(definition))
  ),
  ...instruments.map(({ hash, definition }) =>
    compared(`instrument ${definition.name}`, hash, instrumentHash(definition))
  )
]

/** The words of the judges' prompts against their hashes; manifests of earlier versions kept none. */
export const verifyPrompts = ({ judges = [] }: Pick<RunManifest, "judges">): readonly Check[] =>
  judges.flatMap(({ id, prompt }) =>
    prompt.texts === undefined
      ? []
      : [compared(`prompt ${prompt.name} of judge ${id}`, prompt.hash, hashJson({ ...prompt.texts }))]
  )

/**
 * The plan's hash and the run's id against what they are made of. Instruments that an import of ratings brought in stand
 * after those of the plan and are no part of it; data that came by import alone is known by its name.
 */
export const verifyPlan = (manifest: RunManifest): readonly Check[] => {
  const { plan, run, study, sources } = manifest
  const named = (entry: { readonly hash: string; readonly definition: { readonly name: string } }) => ({
    name: entry.definition.name,
    hash: entry.hash
  })
  const instruments = manifest.instruments.map(named)
  const found = instruments.map((_, extra) =>
    planHash({
      ...manifest,
      conditions: manifest.conditions.map(named),
      instruments: instruments.slice(0, instruments.length - extra)
    })
  )
  if (sources.every(({ plugin }) => plugin === "import")) found.push(hashJson({ import: study.name }))
  return [
    compared("plan", plan, found.includes(plan) ? plan : (found[0] ?? "nothing that could be planned")),
    run === runIdOf(study.name, plan)
      ? { what: "run id", result: "same" }
      : { what: "run id", result: "changed", detail: `${run} stated, ${runIdOf(study.name, plan)} found` }
  ]
}

/** Everything of a manifest that can be recomputed from itself. */
export const verifyAlone = (manifest: RunManifest): readonly Check[] => [
  ...verifyDefinitions(manifest),
  ...verifyPrompts(manifest),
  ...verifyPlan(manifest)
]

/** The file's manifest against the one that the store has. */
export const verifyManifest = (stated: Json, stored: Json): Check =>
  compared("manifest", hashJson(stated), hashJson(stored))

/** Suites of a manifest against the posts that the store has of the run. */
export const verifyPosts = Effect.fn("Leaderboard.verifyPosts")(function* (manifest: RunManifest) {
  const runs = yield* Runs
  const hashers = new Map<string, SuiteHasher>()
  yield* Stream.runForEach(runs.postPages(manifest.run), (page) =>
    Effect.sync(() => {
      for (const post of page) {
        const hasher = hashers.get(post.suite) ?? new SuiteHasher(post.suite as SuiteName)
        hashers.set(post.suite, hasher)
        hasher.add({ ...post, id: post.post as PostId })
      }
    })
  )
  return manifest.suites.map((suite) =>
    compared(
      `suite ${suite.name}, ${suite.posts} posts`,
      suite.hash,
      hashers.get(suite.name)?.digest() ?? "no posts"
    )
  )
})

/** The file's tables against those that the store's ratings give now. */
export const verifyTables = Effect.fn("Leaderboard.verifyTables")(function* (leaderboard: Leaderboard) {
  const now = yield* build(leaderboard.run)
  const text = (value: unknown) => canonicalJson(value as Hashable)
  const name = (table: Leaderboard["tables"][number]) =>
    [table.instrument, table.measure, table.raterKind, table.condition, ...(table.panels ?? [])].join(", ")
  const found = new Map(now.tables.map((table) => [name(table), text(table)]))
  const stated = new Set(leaderboard.tables.map(name))
  return [
    ...leaderboard.tables.map((table): Check => {
      const what = `table ${name(table)}`
      const other = found.get(name(table))
      if (other === text(table)) return { what, result: "same" }
      const detail =
        other === undefined ? "the store's ratings give no such table" : "other numbers in the store"
      return { what, result: "changed", detail }
    }),
    ...now.tables
      .filter((table) => !stated.has(name(table)))
      .map(
        (table): Check => ({
          what: `table ${name(table)}`,
          result: "changed",
          detail: "in the store, not in the file"
        })
      )
  ]
})
