/** What `warmline ratings check` says of a run, as data. */
import type { RunManifest } from "../../run/Manifest.ts"
import { deriveSeed } from "../../study/CallKey.ts"
import { type RuleName, ruleNames } from "../../study/QualityRules.ts"
import type { Applied } from "./applyQuality.ts"
import type { RuleResult } from "./checkQuality.ts"
import { leaveOneOut } from "./LeaveOneOut.ts"
import { missing } from "./Missing.ts"
import { median } from "./median.ts"
import { type Reliability, reliability } from "./Reliability.ts"
import { ratingsOf, type Sheet } from "./Sheet.ts"

/** People, their sittings and their ratings. */
export interface Counts {
  readonly raters: number
  readonly submissions: number
  readonly ratings: number
}

/** One rule's line. */
export interface RuleLine extends Omit<RuleResult, "hits"> {
  /** Why it cannot tell; absent where it can. */
  readonly reason?: string
}

/** One rater's line. */
export interface RaterLine {
  readonly rater: string
  readonly group: string
  readonly submissions: number
  readonly ratings: number
  /** Median over the sittings; null where no file says. */
  readonly seconds: number | null
  /** Correlation with the mean of the others of the group, and over how many shared ratings. */
  readonly withOthers: number | null
  readonly overlap: number
  /** Ratings they were meant to give and did not. */
  readonly missing: number
  readonly hits: readonly { readonly rule: RuleName; readonly on: boolean; readonly reason: string }[]
  /** Whether all, some or none of their sittings are excluded. */
  readonly excluded: "all" | "some" | "none"
}

/** The document of `--json`. */
export interface QualityReport {
  readonly format: "warmline-quality/1"
  readonly run: string
  readonly rules: {
    readonly origin: string
    /** When this set of rules first stood in the run. */
    readonly declaredAt: string
    /** When the first of these ratings came in; null where no import of the run's says. */
    readonly firstImport: string | null
    /** Whether the rules were declared before there was anything to look at. */
    readonly beforeResults: boolean
    /** Different sets of rules the run has been checked by. */
    readonly sets: number
    readonly on: readonly RuleName[]
  }
  readonly all: Counts
  readonly excluded: Counts
  readonly results: readonly RuleLine[]
  /** Over all raters, in ratings: meant and given, meant and not given, not meant to be given. */
  readonly missing: {
    readonly design: string
    readonly meant: number
    readonly given: number
    readonly inside: number
    readonly byDesign: number
  }
  readonly reliability: {
    readonly kept: readonly Reliability[]
    /** Of all ratings; the same where nothing is excluded. */
    readonly all: readonly Reliability[]
  }
  readonly raters: readonly RaterLine[]
}

const counts = (sheet: Sheet, wanted: (s: number) => boolean, raters: number): Counts => {
  const submissions = [...sheet.submissions.keys()].filter(wanted)
  return {
    raters,
    submissions: submissions.length,
    ratings: submissions.reduce((sum, s) => sum + ratingsOf(sheet, s), 0)
  }
}

const raterLines = ({ sheet, check }: Applied, inside: ReadonlyMap<number, number>): readonly RaterLine[] => {
  const others = leaveOneOut(sheet, check.kept)
  const sittings = Map.groupBy(sheet.submissions.keys(), (s) => sheet.submissions[s]!.rater)
  return sheet.raters.map(({ name, group }, rater) => {
    const own = sittings.get(rater) ?? []
    const times = own.flatMap((s) => sheet.submissions[s]!.seconds ?? [])
    const out = own.filter((s) => check.kept[s] === 0).length
    const { r, overlap } = others.get(rater) ?? { r: null, overlap: 0 }
    return {
      rater: name,
      group,
      submissions: own.length,
      ratings: own.reduce((sum, s) => sum + ratingsOf(sheet, s), 0),
      seconds: times.length === 0 ? null : median(times),
      withOthers: r,
      overlap,
      missing: inside.get(rater) ?? 0,
      hits: check.results.flatMap(({ rule, on, hits }) => {
        const hit = hits.ok ? own.filter((s) => hits.value.has(s)) : []
        return hit.length === 0 || !hits.ok
          ? []
          : [
              {
                rule,
                on,
                reason: hits.value.get(hit[0]!)! + (hit.length > 1 ? ` (and ${hit.length - 1} more)` : "")
              }
            ]
      }),
      excluded: out === 0 ? "none" : out === own.length ? "all" : "some"
    } satisfies RaterLine
  })
}

/** Puts it together. `firstImport` is an ISO time. */
export const qualityReport = (
  manifest: RunManifest,
  applied: Applied,
  firstImport: string | null,
  replicates = 1000
): QualityReport => {
  const { sheet, check, checks, declared } = applied
  const last = checks.at(-1)!
  const declaredAt =
    declared.origin === "run"
      ? manifest.startedAt
      : checks.find(({ rulesHash }) => rulesHash === last.rulesHash)!.checkedAt
  const design = declared.rules["missing-inside"]?.design ?? "as-rated"
  const everyone = new Uint8Array(sheet.submissions.length).fill(1)
  const gaps = missing(sheet, everyone, design)
  const sum = (pick: (gap: (typeof gaps)[number]) => number) => gaps.reduce((s, gap) => s + pick(gap), 0)
  const raters = raterLines(applied, new Map(gaps.map(({ rater, meant, given }) => [rater, meant - given])))
  const options = { seed: deriveSeed(manifest.seed, "reliability"), replicates }
  const kept = reliability(sheet, check.kept, options)
  return {
    format: "warmline-quality/1",
    run: manifest.run,
    rules: {
      origin: declared.origin,
      declaredAt,
      firstImport,
      beforeResults: firstImport !== null && declaredAt <= firstImport,
      sets: new Set(checks.map(({ rulesHash }) => rulesHash)).size,
      on: ruleNames.filter((name) => declared.rules[name]?.on === true)
    },
    all: counts(sheet, () => true, sheet.raters.length),
    excluded: counts(
      sheet,
      (s) => check.kept[s] === 0,
      raters.filter(({ excluded }) => excluded === "all").length
    ),
    results: check.results.map(({ hits, ...line }) => (hits.ok ? line : { ...line, reason: hits.reason })),
    missing: {
      design,
      meant: sum(({ meant }) => meant),
      given: sum(({ given }) => given),
      inside: sum(({ meant, given }) => meant - given),
      byDesign: sum(({ byDesign }) => byDesign)
    },
    reliability: {
      kept,
      all: check.kept.includes(0) ? reliability(sheet, everyone, options) : kept
    },
    raters
  }
}
