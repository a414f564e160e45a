/** One source's value over runs, with its intervals, as SVG. */
import { points } from "../formatNumber.ts"
import type { Interval, Table } from "../Leaderboard.ts"
import type { Markup } from "../markup.ts"
import { asFigure, loadPlot, ticksOf } from "../plot.ts"
import { visible } from "../visible.ts"

/** A run's value. */
export interface Moment {
  readonly when: string
  readonly mean: Interval
}

export interface TimePlotOptions {
  readonly scale: Table["scale"]
  /** Pixels; the page scales it down where there is less room. */
  readonly width: number
  /** What a screen reader says instead. */
  readonly title: string
  readonly description: string
}

/** Pixels that a time under the plot takes. */
const LABEL = 118
/** More values than this are not written beside their marks; the table has them. */
const MOST_WRITTEN = 10

/** At most `most` of the places, first and last among them. */
const some = (n: number, most: number): readonly number[] => {
  if (n <= most) return Array.from({ length: n }, (_, i) => i)
  if (most < 2) return [n - 1]
  return [...new Set(Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1))))]
}

/** The plot: runs from left to right in their order, over the whole of the instrument's scale. */
export const timePlot = async (moments: readonly Moment[], options: TimePlotOptions): Promise<Markup> => {
  const { Plot, document } = await loadPlot()
  const { scale, width } = options
  const inside = (value: number) => Math.min(scale.maximum, Math.max(scale.minimum, value))
  const data = moments.map(({ when, mean }, index) => ({
    place: String(index),
    y: inside(mean.estimate),
    from: inside(mean.lower),
    to: inside(mean.upper),
    value: points(mean.estimate),
    told: `${visible(when)}: ${points(mean.estimate)} (${points(mean.lower)} to ${points(mean.upper)})`
  }))
  const labelled = some(data.length, Math.floor((width - 50) / LABEL)).map(String)
  const written = data.length <= Math.min(MOST_WRITTEN, Math.floor(width / 70)) ? data : []
  const plot = Plot.plot({
    document,
    width,
    height: 250,
    marginTop: 24,
    marginBottom: 34,
    marginLeft: 30,
    marginRight: 20,
    x: { domain: data.map(({ place }) => place), type: "point", padding: 0.6, label: null },
    y: { domain: [scale.minimum, scale.maximum], label: null },
    marks: [
      Plot.gridY({ ...ticksOf(scale), stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisY({ ...ticksOf(scale), tickSize: 0, tickFormat: String, fill: "var(--quiet)", fontSize: 12 }),
      Plot.axisX(labelled, {
        tickSize: 0,
        tickFormat: (place: string) => visible(moments[Number(place)]!.when),
        fill: "var(--quiet)",
        fontSize: 12
      }),
      Plot.lineY(data, { x: "place", y: "y", stroke: "var(--accent)", strokeWidth: 1.5, strokeOpacity: 0.7 }),
      Plot.ruleX(data, { x: "place", y1: "from", y2: "to", stroke: "var(--interval)", strokeWidth: 7 }),
      Plot.dot(data, {
        x: "place",
        y: "y",
        r: 5,
        fill: "var(--accent)",
        stroke: "var(--paper)",
        strokeWidth: 1.5,
        title: "told"
      }),
      Plot.text(written, {
        x: "place",
        y: "to",
        text: "value",
        dy: -11,
        fontSize: 13,
        fontVariant: "tabular-nums",
        fill: "currentColor",
        stroke: "var(--paper)",
        strokeWidth: 4
      })
    ]
  })
  return asFigure(plot, options)
}
