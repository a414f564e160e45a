/**
 * Whether a candidate was measured as the baseline was: the same posts, asked the same way, rated by the same raters
 * on the same questions, each by its hash. What differs is named, so that a reader knows what to put right.
 */
import { listed } from "../leaderboard/formatNumber.ts"
import { latestJudges, type ManifestJudge, type ManifestRater, type RunManifest } from "../run/Manifest.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import type { RaterKind } from "../study/Rater.ts"
import { type Baseline, raterHash } from "./Baseline.ts"

const short = (hash: string) => hash.slice(0, 8)

/** Keys whose values differ, as canonical JSON has them. */
const changed = (before: object, after: object): readonly string[] => {
  const one = before as Record<string, Hashable | undefined>
  const two = after as Record<string, Hashable | undefined>
  const text = (value: Hashable | undefined) => (value === undefined ? "" : hashJson(value))
  return [...new Set([...Object.keys(one), ...Object.keys(two)])]
    .filter((key) => text(one[key]) !== text(two[key]))
    .sort()
}

const suites = (baseline: Baseline, manifest: RunManifest): readonly string[] => {
  const here = new Map(manifest.suites.map((suite) => [suite.name, suite]))
  const there = new Map(baseline.suites.map((suite) => [suite.name, suite]))
  return [
    ...baseline.suites.flatMap((suite) => {
      const own = here.get(suite.name)
      if (own === undefined) return [`suite ${suite.name} is in the baseline alone`]
      if (own.hash !== suite.hash) {
        return [
          `suite ${suite.name} has other posts (${short(suite.hash)} with ${suite.posts} in the baseline, ${short(own.hash)} with ${own.posts} in the run)`
        ]
      }
      return own.domain === suite.domain
        ? []
        : [
            `suite ${suite.name} counts for another domain (${suite.domain} in the baseline, ${own.domain} in the run)`
          ]
    }),
    ...manifest.suites
      .filter((suite) => !there.has(suite.name))
      .map((suite) => `suite ${suite.name} is in the run alone`)
  ]
}

const conditions = (baseline: Baseline, manifest: RunManifest): readonly string[] => {
  const { hash, definition } = baseline.condition
  if (manifest.conditions.some((entry) => entry.hash === hash)) return []
  const own = manifest.conditions.find((entry) => entry.definition.name === definition.name)
  if (own === undefined) return [`condition ${definition.name} is in the baseline alone`]
  const parts = changed({ ...definition }, { ...own.definition }).filter((key) =>
    ["system", "user", "length"].includes(key)
  )
  return [
    `condition ${definition.name} asks otherwise in ${listed(parts)} (${short(hash)} in the baseline, ${short(own.hash)} in the run)`
  ]
}

const instruments = (
  baseline: Baseline,
  manifest: RunManifest,
  names: readonly string[]
): readonly string[] =>
  names.flatMap((name) => {
    const there = baseline.instruments.find((entry) => entry.definition.name === name)
    const here = manifest.instruments.find((entry) => entry.definition.name === name)
    if (there === undefined) return [`instrument ${name} is in the run alone`]
    if (here === undefined) return [`instrument ${name} is in the baseline alone`]
    if (there.hash === here.hash) return []
    const parts = changed({ ...there.definition }, { ...here.definition }).filter((key) =>
      ["instructions", "dimensions", "aggregate"].includes(key)
    )
    return [
      `instrument ${name} differs in ${listed(parts)} (${short(there.hash)} in the baseline, ${short(here.hash)} in the run)`
    ]
  })

const raterDifference = (there: ManifestRater, here: ManifestRater): string => {
  const { id: _, ...before } = there
  const { id: __, ...after } = here
  const said = changed(before, after)
    .map((key) => {
      const show = (of: object) => JSON.stringify((of as Record<string, unknown>)[key] ?? null)
      return `${key} ${show(before)} in the baseline, ${show(after)} in the run`
    })
    .join("; ")
  return `${there.kind} ${there.id} is another one (${said})`
}

/** What decides a judge's verdicts, as a reader names it; a prompt and exemplars by their hashes. */
const judgeParts = (judge: ManifestJudge) => ({
  plugin: judge.plugin,
  "plugin version": judge.pluginVersion,
  model: judge.model,
  parameters: judge.parameters,
  config: judge.config ?? null,
  prompt: `${judge.prompt.name} ${short(judge.prompt.hash)}`,
  exemplars: judge.exemplars === undefined ? null : short(judge.exemplars),
  joint: judge.joint,
  "JSON schema": judge.structured,
  "log-probabilities": judge.logprobs
})

const judgeDifference = (there: ManifestJudge, here: ManifestJudge): string => {
  const [before, after] = [judgeParts(there), judgeParts(here)]
  const show = (of: object, key: string) => {
    const value = (of as Record<string, unknown>)[key]
    return typeof value === "string" ? value : JSON.stringify(value)
  }
  const said = changed(before, after).map(
    (key) => `${key} ${show(before, key)} in the baseline, ${show(after, key)} in the run`
  )
  // The address a judge is asked at is part of who it is, and no part of a manifest.
  const else_ = `${short(there.version)} in the baseline, ${short(here.version)} in the run: its settings, such as the address it is asked at`
  return `judge ${there.id} is another one (${said.length === 0 ? else_ : said.join("; ")})`
}

const both = <A extends { readonly id: string }>(
  kind: RaterKind,
  there: readonly A[],
  here: readonly A[],
  difference: (before: A, after: A) => string | undefined
): readonly string[] =>
  [...new Set([...there, ...here].map((rater) => rater.id))].flatMap((id) => {
    const before = there.find((rater) => rater.id === id)
    const after = here.find((rater) => rater.id === id)
    if (before === undefined) return [`${kind} ${id} is in the run alone`]
    if (after === undefined) return [`${kind} ${id} is in the baseline alone`]
    return difference(before, after) ?? []
  })

const raters = (
  baseline: Baseline,
  manifest: RunManifest,
  kind: RaterKind,
  named: readonly string[]
): readonly string[] => {
  const wanted = ({ id }: { readonly id: string }) => named.length === 0 || named.includes(id)
  if (kind === "judge") {
    return both(
      kind,
      (baseline.judges ?? []).filter(wanted),
      latestJudges(manifest.judges).filter(wanted),
      (before, after) => (before.version === after.version ? undefined : judgeDifference(before, after))
    )
  }
  const ofKind = (list: readonly ManifestRater[]) =>
    list.filter((rater) => rater.kind === kind && wanted(rater))
  return both(kind, ofKind(baseline.raters), ofKind(manifest.raters), (before, after) =>
    raterHash(before) === raterHash(after) ? undefined : raterDifference(before, after)
  )
}

/** Everything that differs, in words; empty when candidate and baseline can be compared. */
export const differences = (
  baseline: Baseline,
  manifest: RunManifest,
  used: {
    readonly instruments: readonly string[]
    readonly kind: RaterKind
    /** Only these raters are compared; all where it is empty or absent. */
    readonly raters?: readonly string[]
  }
): readonly string[] => [
  ...suites(baseline, manifest),
  ...conditions(baseline, manifest),
  ...instruments(baseline, manifest, used.instruments),
  ...raters(baseline, manifest, used.kind, used.raters ?? [])
]
