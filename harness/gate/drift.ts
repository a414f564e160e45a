/** How differently raters score a baseline's own texts now than when it was saved. */
import * as Distributions from "../stats/Distributions.ts"
import * as Moments from "../stats/Moments.ts"
import type { BaselineText } from "./Baseline.ts"
import type { GateResult } from "./GateResult.ts"
import type { Metric } from "./Metric.ts"
import { postKey, scoreBy } from "./pairPosts.ts"
import type { Prepared } from "./prepare.ts"
import { measureName, type ScoredText, scoreName } from "./readTexts.ts"
import { weighted } from "./weighted.ts"

const textKey = (text: { readonly suite: string; readonly post: string; readonly epoch: number }) =>
  `${postKey(text)} ${text.epoch}`

type Then = (text: BaselineText) => number | undefined
type Now = (text: ScoredText) => number | undefined

const shiftOf = (prepared: Prepared, again: readonly ScoredText[], now: Now, then: Then) => {
  const before = new Map(prepared.options.baseline.texts.map((text) => [textKey(text), text]))
  const changes = again.flatMap((text) => {
    const saved = before.get(textKey(text))
    const [today, old] = [now(text), saved && then(saved)]
    return today === undefined || old === undefined ? [] : [{ ...text, value: today - old }]
  })
  // A post is one unit, however many epochs it has.
  const posts = [...Map.groupBy(changes, postKey).values()].map((group) => ({
    domain: group[0]!.domain,
    value: Moments.mean(group.map(({ value }) => value))
  }))
  const mean = weighted(posts)
  if (mean === null) return undefined
  const half = mean.se === 0 ? 0 : Distributions.qt(0.975, mean.df) * mean.se
  return {
    posts: posts.length,
    estimate: mean.estimate,
    lower: mean.estimate - half,
    upper: mean.estimate + half
  }
}

/** One line for each metric and rater; a baseline of an earlier version knows only the raters' mean. */
export const driftOf = (prepared: Prepared, again: readonly ScoredText[]): GateResult["drift"] =>
  prepared.margins.flatMap((metric: Metric) => {
    const { instrument, measure } = metric
    const [one, all] = [
      measureName(instrument.name, measure),
      scoreName(prepared.kind, instrument.name, measure)
    ]
    const named = prepared.options.baseline.texts.some(({ byRater }) => byRater !== undefined)
    if (!named) {
      const shift = shiftOf(
        prepared,
        again,
        (text) => scoreBy(text, metric, prepared.counting),
        ({ scores }) => scores[all]
      )
      return shift === undefined ? [] : [{ metric: metric.name, ...shift }]
    }
    return prepared.counting.flatMap((rater) => {
      const shift = shiftOf(
        prepared,
        again,
        (text) => scoreBy(text, metric, [rater]),
        ({ byRater }) => byRater?.[rater]?.[one]
      )
      return shift === undefined ? [] : [{ metric: metric.name, rater, ...shift }]
    })
  })

/** Whether it can be told from no drift. */
export const drifted = ({ lower, upper }: GateResult["drift"][number]): boolean => lower > 0 || upper < 0
