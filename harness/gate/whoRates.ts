/**
 * Whose ratings a gate goes by: the judges of a run where it has any, else its proxies. Only a judge that may rate
 * both sides counts: one that leaves out its own family on one side would leave its severity on the other.
 */
import { suggest } from "../catalog/Catalog.ts"
import { listed } from "../leaderboard/formatNumber.ts"
import { latestJudges, type ManifestJudge, type ManifestRater, type RunManifest } from "../run/Manifest.ts"
import { RunError } from "../run/RunError.ts"
import type { Baseline } from "./Baseline.ts"

/** One kind of rater of both sides. Proxies are in `raters`, judges in `judges`; the other list is empty. */
export interface Chosen {
  readonly kind: "judge" | "proxy"
  readonly raters: readonly ManifestRater[]
  readonly judges: readonly ManifestJudge[]
  /** Sentences for the answer. */
  readonly notes: readonly string[]
}

/** A candidate's run and source beside a baseline. */
export interface Sides {
  readonly manifest: RunManifest
  readonly baseline: Baseline
  readonly source: string
}

const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

/** The kind that the gate goes by, by who was named, or by who rated either side. */
export const kindOf = (
  { manifest, baseline }: Pick<Sides, "manifest" | "baseline">,
  named: readonly string[]
): "judge" | "proxy" | RunError => {
  const judges = idsOf([...latestJudges(manifest.judges), ...(baseline.judges ?? [])])
  const proxies = idsOf([...manifest.raters, ...baseline.raters])
  const unknown = named.find((name) => !judges.includes(name) && !proxies.includes(name))
  if (unknown !== undefined) {
    const known = [...new Set([...judges, ...proxies])]
    return new RunError({
      place: `--rater ${unknown}`,
      reason: "neither the run nor the baseline has such a judge or proxy",
      mend: suggest(unknown, known)
    })
  }
  const kind = named.length === 0 ? judges.length > 0 : judges.includes(named[0]!)
  if (named.some((name) => (kind ? judges : proxies).includes(name) === false)) {
    return new RunError({
      place: `--rater ${listed(named)}`,
      reason: "judges and proxies never share a score",
      mend: "name raters of one kind"
    })
  }
  return kind ? "judge" : "proxy"
}

/** A judge that rates a source of its own family says more for it than others would. */
const ownNotes = (judges: readonly ManifestJudge[], { baseline, source }: Sides): readonly string[] =>
  judges.flatMap((judge) => {
    const before = (baseline.judges ?? []).find(({ id }) => id === judge.id)
    const own = [
      ...new Set([
        ...(judge.own.includes(source) ? [source] : []),
        ...(before?.own.includes(baseline.source.id) ? [baseline.source.id] : [])
      ])
    ]
    return own.length === 0
      ? []
      : [`${judge.id} rates its own family (--allow-self): ${listed(own)}; judges favour their own`]
  })

/** The raters of that kind, of those named (all where none is), that may rate both sides. */
export const chooseRaters = (
  sides: Sides,
  kind: "judge" | "proxy",
  named: readonly string[]
): Chosen | RunError => {
  const { manifest, baseline, source } = sides
  const wanted = ({ id }: { readonly id: string }) => named.length === 0 || named.includes(id)
  if (kind === "proxy") {
    const raters = manifest.raters.filter((rater) => rater.kind === "proxy" && wanted(rater))
    return raters.length > 0
      ? { kind, raters, judges: [], notes: [] }
      : new RunError({
          place: manifest.run,
          reason: "no judge or proxy rates it, so nobody could rate the baseline's texts beside it",
          mend: "name one under raters: in the study"
        })
  }
  const kin = new Set(
    (baseline.judges ?? [])
      .filter(({ excluded }) => excluded.includes(baseline.source.id))
      .map(({ id }) => id)
  )
  const all = latestJudges(manifest.judges).filter(wanted)
  const judges = all.filter(({ id, excluded }) => !excluded.includes(source) && !kin.has(id))
  const left = all.filter((judge) => !judges.includes(judge))
  if (judges.length === 0) {
    return new RunError({
      place: manifest.run,
      reason: `${listed(idsOf(all))} ${all.length === 1 ? "is" : "are"} of the family of the candidate or the baseline, and no other judge rates both`,
      mend: "have a judge of another family judge both runs (`warmline judge`), or name a proxy with --rater"
    })
  }
  return {
    kind,
    raters: [],
    judges,
    notes: [
      ...(left.length === 0
        ? []
        : [
            `${listed(idsOf(left))} does not rate its own family, so on neither side ${left.length === 1 ? "its" : "their"} verdicts count`
          ]),
      ...ownNotes(judges, sides)
    ]
  }
}
