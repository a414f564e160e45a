/** From rated texts of both sides to criteria: which posts are paired, which are not, and why. */
import { listed } from "../leaderboard/formatNumber.ts"
import * as Moments from "../stats/Moments.ts"
import { isRated } from "../study/Response.ts"
import type { Criterion } from "./Criterion.ts"
import type { GateResult } from "./GateResult.ts"
import { type Metric, scaleOf } from "./Metric.ts"
import type { Prepared } from "./prepare.ts"
import { measureName, type ScoredText } from "./readTexts.ts"

/** A post's name within a run. */
export const postKey = (text: { readonly suite: string; readonly post: string }): string =>
  `${text.suite}\u0000${text.post}`

/**
 * A text's score: the mean over the raters, each weighing the same. `undefined` where one of them has left it
 * unscored: the others may be kinder or harsher, and would then stand for it on one side alone.
 */
export const scoreBy = (
  { byRater }: Pick<ScoredText, "byRater">,
  { instrument, measure }: Metric,
  raters: readonly string[]
): number | undefined => {
  const name = measureName(instrument.name, measure)
  const scores = raters.map((rater) => byRater.get(rater)?.get(name))
  return scores.every((score) => score !== undefined) ? Moments.mean(scores as number[]) : undefined
}

/** Scores by post, one an epoch, as they count. */
const byPost = (
  texts: readonly ScoredText[],
  prepared: Prepared,
  metric: Metric
): ReadonlyMap<string, readonly number[]> => {
  const { minimum, maximum } = scaleOf(metric)
  const posts = new Map<string, number[]>()
  for (const text of texts) {
    const score = scoreBy(text, metric, prepared.counting)
    if (score === undefined) continue
    const key = postKey(text)
    posts.set(key, [...(posts.get(key) ?? []), metric.turned ? minimum + maximum - score : score])
  }
  return posts
}

/** A criterion with the posts it is about. */
export interface Counted {
  readonly criterion: Criterion
  readonly metric: Metric
  /** Posts that count towards completeness. */
  readonly wanted: readonly string[]
  /** Those of them without a score, by side; a post may lack both. */
  readonly noCandidate: readonly string[]
  readonly noBaseline: readonly string[]
}

/** Posts that cannot be paired. */
export const unpaired = ({ noCandidate, noBaseline }: Counted): ReadonlySet<string> =>
  new Set([...noCandidate, ...noBaseline])

/**
 * The baseline's posts that a candidate is held to: those with a text that is or was scored, and by a judge all with
 * a text that can be. (A formula may know one language only; what it never scored, it cannot have lost.)
 */
const heldTo = (
  prepared: Prepared,
  metric: Metric,
  now: ReadonlyMap<string, unknown>
): ReadonlySet<string> => {
  const name = `${prepared.kind} ${measureName(metric.instrument.name, metric.measure)}`
  return new Set(
    prepared.options.baseline.texts
      .filter(({ outcome }) => isRated(outcome))
      .filter(
        (text) => prepared.kind === "judge" || now.has(postKey(text)) || text.scores[name] !== undefined
      )
      .map(postKey)
  )
}

/** All criteria of a gate; `again` are the baseline's texts with today's scores. */
export const criteriaOf = (prepared: Prepared, again: readonly ScoredText[]): readonly Counted[] => {
  const { options, posts } = prepared
  const make = (metric: Metric, kind: Criterion["kind"]): Counted => {
    // A ceiling is on the dimension as it is rated: turned round it would be a floor.
    const counted = kind === "ceiling" ? { ...metric, turned: false } : metric
    const candidate = byPost(prepared.texts, prepared, counted)
    const baseline = kind === "margin" ? byPost(again, prepared, counted) : undefined
    const held = baseline === undefined ? undefined : heldTo(prepared, counted, baseline)
    const wanted = posts.filter((post) => held === undefined || held.has(postKey(post)))
    const keys = wanted.map(postKey)
    return {
      metric: counted,
      wanted: keys,
      noCandidate: keys.filter((key) => !candidate.has(key)),
      noBaseline: keys.filter((key) => baseline !== undefined && !baseline.has(key)),
      criterion: {
        name: metric.name,
        kind,
        allowed: kind === "margin" ? options.margin : options.maxRisk!,
        posts: wanted.flatMap((post) => {
          const own = candidate.get(postKey(post))
          const before = baseline === undefined ? [] : baseline.get(postKey(post))
          return own === undefined || before === undefined
            ? []
            : [{ domain: post.domain, candidate: own, baseline: before }]
        })
      }
    }
  }
  return [
    ...prepared.margins.map((metric) => make(metric, "margin")),
    ...prepared.ceilings.map((metric) => make(metric, "ceiling"))
  ]
}

const ended: Record<ScoredText["outcome"], string> = {
  ok: "complete",
  truncated: "truncated",
  refusal: "refused by the model",
  content_filter: "held back by the provider's filter",
  empty: "answered with nothing",
  no_text: "without its text"
}

/** Raters that left some text unscored on a metric. */
const silentOn = (texts: readonly ScoredText[], metrics: readonly Metric[], raters: readonly string[]) =>
  raters.filter((rater) =>
    metrics.some((metric) => texts.every((text) => scoreBy(text, metric, [rater]) === undefined))
  )

/** Why posts cannot be paired: the candidate's reason goes before the baseline's. */
export const missingOf = (
  prepared: Prepared,
  again: readonly ScoredText[],
  all: readonly Counted[]
): GateResult["missing"] => {
  const { counting } = prepared
  const metrics = all.map(({ metric }) => metric)
  const here = Map.groupBy(prepared.texts, postKey)
  const there = Map.groupBy(again, postKey)
  const noCandidate = new Set(all.flatMap((entry) => entry.noCandidate))
  const lost = new Set(all.flatMap((entry) => [...unpaired(entry)]))
  const reasons = Map.groupBy(lost, (key) => {
    const own = noCandidate.has(key)
    const texts = (own ? here : there).get(key) ?? []
    if (own && texts.length === 0) return "not answered"
    const rated = texts.filter(({ outcome }) => isRated(outcome))
    if (own && rated.length === 0) return ended[texts[0]!.outcome]
    const who = listed(silentOn(rated, metrics, counting))
    return own ? `answered but not scored by ${who}` : `with a baseline text not scored by ${who}`
  })
  return [...reasons].map(([reason, posts]) => ({ reason, posts: posts.length }))
}
