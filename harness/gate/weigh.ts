/** From rated texts of both sides to the gate's answer. */
import { counted, listed } from "../leaderboard/formatNumber.ts"
import * as Moments from "../stats/Moments.ts"
import { LEVEL } from "./Criterion.ts"
import { type Decision, decide } from "./decide.ts"
import { drifted, driftOf } from "./drift.ts"
import type { GateCriterion, GateResult } from "./GateResult.ts"
import { scaleOf } from "./Metric.ts"
import { type Counted, criteriaOf, missingOf, postKey, unpaired } from "./pairPosts.ts"
import type { Prepared } from "./prepare.ts"
import type { RatedAgain } from "./readAgain.ts"
import { weighted } from "./weighted.ts"

const criterionOf = (
  { criterion, metric }: Counted,
  finding: Decision["findings"][number]
): GateCriterion => {
  const { kind, allowed, posts } = criterion
  const { seen, answer, pAdjusted, more } = finding
  const meanOf = (side: "candidate" | "baseline") =>
    weighted(posts.map((post) => ({ domain: post.domain, value: Moments.mean(post[side]) })))?.estimate ??
    null
  // Of a ceiling x is ceiling minus mean: back to the mean, whose bounds change places.
  const shown =
    seen === undefined
      ? null
      : kind === "margin"
        ? { estimate: seen.estimate, lower: seen.lower, upper: seen.upper }
        : { estimate: allowed - seen.estimate, lower: allowed - seen.upper, upper: allowed - seen.lower }
  return {
    metric: criterion.name,
    kind,
    allowed,
    scale: { minimum: scaleOf(metric).minimum, maximum: scaleOf(metric).maximum },
    turned: metric.turned,
    answer,
    posts: posts.length,
    candidate: meanOf("candidate"),
    baseline: kind === "margin" ? meanOf("baseline") : null,
    seen: shown === null || seen === undefined ? null : { ...shown, se: seen.se, df: seen.df },
    holds: seen?.holds === true,
    p: seen?.p ?? 1,
    pAdjusted,
    ...(more === undefined ? {} : { more })
  }
}

/** Whether candidate and baseline are the same texts, as when a run is measured against itself. */
const isSame = ({ texts, options }: Prepared): boolean => {
  const own = new Map(texts.map((text) => [`${postKey(text)} ${text.epoch}`, text.text]))
  const { texts: saved } = options.baseline
  return (
    saved.length === own.size &&
    saved.every((text) => own.get(`${postKey(text)} ${text.epoch}`) === text.text)
  )
}

const HOURS = 3_600_000

/** A judge's verdicts on the two sides lie further apart than this: it may have drifted in between. */
const NEAR = 24 * HOURS

/** How long before the baseline's the candidate was judged, in milliseconds; 0 where nothing is known. */
const gapOf = ({ kind, candidateRatedAt }: Prepared, again: RatedAgain): number =>
  kind !== "judge" || candidateRatedAt === undefined || again.ratedAt === undefined
    ? 0
    : Date.parse(again.ratedAt) - Date.parse(candidateRatedAt)

const notesOf = (
  prepared: Prepared,
  decision: Decision,
  again: RatedAgain,
  stale: boolean
): readonly string[] => {
  const notes: string[] = []
  if (isSame(prepared))
    notes.push("every text of the candidate is the baseline's own: nothing was asked anew")
  const still = decision.findings.filter(({ seen }) => seen !== undefined && seen.se === 0 && seen.n < 30)
  if (still.length > 0) {
    notes.push(
      `${listed(still.map(({ criterion }) => criterion.name))}: within each domain all ${still[0]!.seen!.n} posts say the same, so the bounds have no width; so few posts can do that by chance`
    )
  }
  const few = decision.findings.filter(({ seen }) => seen === undefined)
  if (few.length > 0) {
    notes.push(`${listed(few.map(({ criterion }) => criterion.name))}: fewer than two posts can be compared`)
  }
  notes.push(...prepared.notes)
  const { failed, judging } = again
  if (failed > 0 && judging === undefined) {
    notes.push(`${counted(failed, "text")} of the baseline could not be rated again`)
  }
  if (failed > 0 && judging !== undefined) {
    const said = judging.reasons.map(({ reason, n }) => `${n} × ${reason}`).join("; ")
    notes.push(
      `${counted(failed, "verdict")} on the baseline's texts failed (${said}); the same command asks again`
    )
  }
  if (judging !== undefined && judging.held > 0) {
    notes.push(
      `the cost limit held back ${counted(judging.held, "verdict")} on the baseline's texts; the same command with a higher one goes on`
    )
  }
  const gap = gapOf(prepared, again)
  if (gap > NEAR) {
    const hours = `the candidate was judged ${counted(Math.floor(gap / HOURS), "hour")} before the baseline's texts were judged again`
    notes.push(
      stale
        ? `${hours}, and the judge has drifted: the two cannot be compared. Have the candidate judged anew (\`warmline run --no-cache\`, or a fresh store)`
        : `${hours}: a judge may have drifted in between`
    )
  }
  return notes
}

/** The answer. */
export const weigh = (prepared: Prepared, again: RatedAgain): GateResult => {
  const { options, manifest, source } = prepared
  const { baseline, maxMissing } = options
  const all = criteriaOf(prepared, again.texts)
  const complete = all.every((entry) => unpaired(entry).size <= maxMissing * entry.wanted.length)
  const decision = decide(
    all.map(({ criterion }) => criterion),
    complete
  )
  const drift = driftOf(prepared, again.texts)
  // A candidate judged long before, by a judge that has drifted since then or before then: nobody can say which.
  const stale = gapOf(prepared, again) > NEAR && drift.some(drifted)
  const lost = new Set(all.flatMap((entry) => [...unpaired(entry)]))
  const wanted = Math.max(...all.map((entry) => entry.wanted.length))
  const side = ({ id, plugin, version, model }: typeof source) => ({ source: id, plugin, version, model })
  return {
    format: "warmline-gate/1",
    answer: stale ? "inconclusive" : decision.answer,
    candidate: { run: manifest.run, ...side(source) },
    baseline: { run: baseline.run, ...side(baseline.source), savedAt: baseline.savedAt, hash: baseline.hash },
    condition: prepared.condition,
    raterKind: prepared.kind,
    raters: prepared.counting,
    level: LEVEL,
    criteria: all.map((entry, i) => criterionOf(entry, decision.findings[i]!)),
    ...(decision.more === undefined || stale ? {} : { more: decision.more }),
    posts: wanted,
    paired: wanted - lost.size,
    missing: missingOf(prepared, again.texts, all),
    maxMissing,
    drift,
    ...(stale ? { stale } : {}),
    ...(again.judging === undefined
      ? {}
      : { judging: { calls: again.judging.calls, cost: again.judging.cost } }),
    notes: [
      ...(decision.incomplete
        ? [
            `what is there would pass, but ${lost.size} of ${wanted} posts are missing, more than ${Number((100 * maxMissing).toPrecision(3))} %`
          ]
        : []),
      ...notesOf(prepared, decision, again, stale)
    ]
  }
}
