/** From rated texts of both sides to the gate's answer. */
import { counted, listed } from "../leaderboard/formatNumber.ts"
import * as Distributions from "../stats/Distributions.ts"
import * as Moments from "../stats/Moments.ts"
import * as Strata from "../stats/paired/Strata.ts"
import { isRated } from "../study/Response.ts"
import { type Criterion, LEVEL } from "./Criterion.ts"
import { type Decision, decide } from "./decide.ts"
import type { GateCriterion, GateResult } from "./GateResult.ts"
import { type Metric, scaleOf } from "./Metric.ts"
import type { Prepared } from "./prepare.ts"
import { type ScoredText, scoreName } from "./readTexts.ts"

const postKey = (text: { readonly suite: string; readonly post: string }) => `${text.suite}\u0000${text.post}`

/** Scores by post, one an epoch, as they count. */
const byPost = (
  texts: readonly ScoredText[],
  prepared: Prepared,
  metric: Metric
): ReadonlyMap<string, readonly number[]> => {
  const { minimum, maximum } = scaleOf(metric)
  const name = scoreName(prepared.kind, metric.instrument.name, metric.measure)
  const posts = new Map<string, number[]>()
  for (const text of texts) {
    const score = text.scores.get(name)
    if (score === undefined) continue
    const key = postKey(text)
    posts.set(key, [...(posts.get(key) ?? []), metric.turned ? minimum + maximum - score : score])
  }
  return posts
}

/** The domain-weighted mean; `null` with fewer than two posts. */
const weighted = (entries: readonly { readonly domain: string; readonly value: number }[]) => {
  const domains = [...new Set(entries.map(({ domain }) => domain))]
  const result = Strata.mean(
    Float64Array.from(entries, ({ value }) => value),
    Int32Array.from(entries, ({ domain }) => domains.indexOf(domain)),
    domains.length,
    1e-12 * entries.reduce((most, { value }) => Math.max(most, Math.abs(value)), 1)
  )
  return result.ok ? result.value : null
}

interface Counted {
  readonly criterion: Criterion
  readonly metric: Metric
  /** Posts that count towards completeness, and those of them without a candidate's score. */
  readonly wanted: number
  readonly without: readonly string[]
}

const criteriaOf = (prepared: Prepared, again: readonly ScoredText[]): readonly Counted[] => {
  const { options, posts } = prepared
  const make = (metric: Metric, kind: Criterion["kind"]): Counted => {
    // A ceiling is on the dimension as it is rated: turned round it would be a floor.
    const counted = kind === "ceiling" ? { ...metric, turned: false } : metric
    const candidate = byPost(prepared.texts, prepared, counted)
    const baseline = kind === "margin" ? byPost(again, prepared, counted) : undefined
    const wanted = posts.filter((post) => baseline === undefined || baseline.has(postKey(post)))
    return {
      metric: counted,
      wanted: wanted.length,
      without: wanted.map(postKey).filter((key) => !candidate.has(key)),
      criterion: {
        name: metric.name,
        kind,
        allowed: kind === "margin" ? options.margin : options.maxRisk!,
        posts: wanted.flatMap((post) => {
          const own = candidate.get(postKey(post))
          return own === undefined
            ? []
            : [{ domain: post.domain, candidate: own, baseline: baseline?.get(postKey(post)) ?? [] }]
        })
      }
    }
  }
  return [
    ...prepared.margins.map((metric) => make(metric, "margin")),
    ...prepared.ceilings.map((metric) => make(metric, "ceiling"))
  ]
}

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

const ended: Record<ScoredText["outcome"], string> = {
  ok: "complete",
  truncated: "truncated",
  refusal: "refused by the model",
  content_filter: "held back by the provider's filter",
  empty: "answered with nothing"
}

/** Why a post has no score of the candidate. */
const reasonOf = (texts: readonly ScoredText[]): string => {
  if (texts.length === 0) return "not answered"
  const rated = texts.filter(({ outcome }) => isRated(outcome))
  return rated.length > 0 ? "answered but not rated" : ended[texts[0]!.outcome]
}

const missingOf = (prepared: Prepared, keys: ReadonlySet<string>): GateResult["missing"] => {
  const texts = Map.groupBy(prepared.texts, postKey)
  const reasons = Map.groupBy(keys, (key) => reasonOf(texts.get(key) ?? []))
  return [...reasons].map(([reason, posts]) => ({ reason, posts: posts.length }))
}

const driftOf = (prepared: Prepared, again: readonly ScoredText[]): GateResult["drift"] =>
  prepared.margins.flatMap((metric) => {
    const name = scoreName(prepared.kind, metric.instrument.name, metric.measure)
    const before = new Map(
      prepared.options.baseline.texts.map((text) => [`${postKey(text)} ${text.epoch}`, text])
    )
    const changes = again.flatMap((text) => {
      const now = text.scores.get(name)
      const then = before.get(`${postKey(text)} ${text.epoch}`)?.scores[name]
      return now === undefined || then === undefined ? [] : [{ ...text, value: now - then }]
    })
    // A post is one unit, however many epochs it has.
    const posts = [...Map.groupBy(changes, postKey).values()].map((group) => ({
      domain: group[0]!.domain,
      value: Moments.mean(group.map(({ value }) => value))
    }))
    const mean = weighted(posts)
    if (mean === null) return []
    const half = mean.se === 0 ? 0 : Distributions.qt(0.975, mean.df) * mean.se
    return [
      {
        metric: metric.name,
        estimate: mean.estimate,
        lower: mean.estimate - half,
        upper: mean.estimate + half
      }
    ]
  })

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

const notesOf = (prepared: Prepared, decision: Decision, failed: number, now: number): readonly string[] => {
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
  const judges = [...new Set((prepared.manifest.judges ?? []).map(({ id }) => id))]
  if (judges.length > 0) {
    notes.push(
      `${listed(judges)} judged the candidate, but a gate cannot ask judges about the baseline's texts yet: the answer is the ${prepared.kind}'s alone`
    )
  }
  if (failed > 0) notes.push(`${counted(failed, "text")} of the baseline could not be rated again`)
  const age = prepared.ratedAt === undefined ? 0 : now - Date.parse(prepared.ratedAt)
  if (prepared.kind === "judge" && age > 24 * HOURS) {
    notes.push(
      `the oldest of the candidate's ratings is ${counted(Math.floor(age / HOURS), "hour")} older than the baseline's: a judge may have drifted in between`
    )
  }
  return notes
}

/** The answer. `failed`: texts of the baseline that could not be rated again; `now` in milliseconds. */
export const weigh = (
  prepared: Prepared,
  again: { readonly texts: readonly ScoredText[]; readonly failed: number },
  now: number
): GateResult => {
  const { options, manifest, source } = prepared
  const { baseline, maxMissing } = options
  const all = criteriaOf(prepared, again.texts)
  const complete = all.every(({ wanted, without }) => without.length <= maxMissing * wanted)
  const decision = decide(
    all.map(({ criterion }) => criterion),
    complete
  )
  const without = new Set(all.flatMap((entry) => entry.without))
  const wanted = Math.max(...all.map((entry) => entry.wanted))
  const side = ({ id, plugin, version, model }: typeof source) => ({ source: id, plugin, version, model })
  return {
    format: "warmline-gate/1",
    answer: decision.answer,
    candidate: { run: manifest.run, ...side(source) },
    baseline: { run: baseline.run, ...side(baseline.source), savedAt: baseline.savedAt, hash: baseline.hash },
    condition: prepared.condition,
    raterKind: prepared.kind,
    raters: prepared.raters.map(({ id }) => id),
    level: LEVEL,
    criteria: all.map((entry, i) => criterionOf(entry, decision.findings[i]!)),
    ...(decision.more === undefined ? {} : { more: decision.more }),
    posts: wanted,
    paired: wanted - without.size,
    missing: missingOf(prepared, without),
    maxMissing,
    drift: driftOf(prepared, again.texts),
    notes: [
      ...(decision.incomplete
        ? [
            `what is there would pass, but ${without.size} of ${wanted} posts are missing, more than ${Number((100 * maxMissing).toPrecision(3))} %`
          ]
        : []),
      ...notesOf(prepared, decision, again.failed, now)
    ]
  }
}
