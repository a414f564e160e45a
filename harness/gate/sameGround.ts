/**
 * Whether a candidate was measured as the baseline was: the same posts, asked the same way, rated by the same raters
 * on the same questions, each by its hash. What differs is named, so that a reader knows what to put right.
 */
import { listed } from "../leaderboard/formatNumber.ts"
import type { ManifestRater, RunManifest } from "../run/Manifest.ts"
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

const raters = (baseline: Baseline, manifest: RunManifest, kind: RaterKind): readonly string[] => {
  const there = baseline.raters.filter((rater) => rater.kind === kind)
  const here = manifest.raters.filter((rater) => rater.kind === kind)
  const ids = [...new Set([...there, ...here].map((rater) => rater.id))]
  return ids.flatMap((id) => {
    const before = there.find((rater) => rater.id === id)
    const after = here.find((rater) => rater.id === id)
    if (before === undefined) return [`${kind} ${id} is in the run alone`]
    if (after === undefined) return [`${kind} ${id} is in the baseline alone`]
    return raterHash(before) === raterHash(after) ? [] : [raterDifference(before, after)]
  })
}

/** Everything that differs, in words; empty when candidate and baseline can be compared. */
export const differences = (
  baseline: Baseline,
  manifest: RunManifest,
  used: { readonly instruments: readonly string[]; readonly kind: RaterKind }
): readonly string[] => [
  ...suites(baseline, manifest),
  ...conditions(baseline, manifest),
  ...instruments(baseline, manifest, used.instruments),
  ...raters(baseline, manifest, used.kind)
]
