/**
 * What two tables have to share for their numbers to stand on one line: the same posts, asked the same way, rated by the
 * same raters on the same questions, each by its hash and not by its name.
 */
import { parseSpec } from "../../model/Plugins.ts"
import { automaticRaters, type RunManifest } from "../../run/Manifest.ts"
import { type Hashable, hashJson } from "../../study/Hash.ts"
import type { Table } from "../Leaderboard.ts"

/** The parts of a ground as a reader knows them. */
const parts = {
  posts: "the posts",
  condition: "the words of the condition",
  instrument: "the questions of the instrument",
  raters: "the raters",
  quality: "the rules of data quality"
} as const

type Part = keyof typeof parts

/** The ground that a table stands on. */
export interface Ground {
  /** The hash of everything below. */
  readonly hash: string
  /** What a reader calls it: two grounds of one name differ in a part. */
  readonly name: string
  readonly parts: Readonly<Record<Part, string>>
}

const hashed = (value: unknown): string => hashJson(value as Hashable)

/** Who rated: an automatic rater by its version and all that decides what it says, people by their panel. */
const ratersHash = (table: Table, manifest: RunManifest): string => {
  if (table.raterKind === "human") return hashed(table.panels ?? [])
  const raters = automaticRaters(manifest)
    .filter(({ id, kind }) => kind === table.raterKind && table.raters.includes(id))
    .map(({ kind, plugin, version, spec, config }) =>
      hashed({ kind, plugin, version, config, model: spec === undefined ? "" : parseSpec(spec).model })
    )
  return hashed(raters.sort())
}

/** The ground of a table of the run with this manifest. */
export const groundOf = (table: Table, manifest: RunManifest): Ground => {
  const { instrument, measure, raterKind, panels = [], condition } = table
  const suites = manifest.suites.map((suite) => [suite.domain, suite.hash] as const)
  const found: Ground["parts"] = {
    posts: hashed(suites.map((suite) => hashed(suite)).sort()),
    condition: manifest.conditions.find(({ definition }) => definition.name === condition)?.hash ?? "",
    instrument: manifest.instruments.find(({ definition }) => definition.name === instrument)?.hash ?? "",
    raters: ratersHash(table, manifest),
    // Rules exclude people, and only them.
    quality: raterKind === "human" ? hashed(manifest.quality ?? null) : ""
  }
  const name = JSON.stringify([instrument, measure, raterKind, panels, condition])
  return { hash: hashed({ name, ...found }), name, parts: found }
}

/** In what two grounds of one name differ, in words. */
export const differences = (a: Ground, b: Ground): readonly string[] =>
  (Object.keys(parts) as Part[]).filter((part) => a.parts[part] !== b.parts[part]).map((part) => parts[part])
