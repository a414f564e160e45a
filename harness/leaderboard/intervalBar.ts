/** A mean and its interval drawn in one line of text, `├────●─┤`, on an instrument's scale. */
import type { Interval, Table } from "./Leaderboard.ts"

type Scale = Table["scale"]

const cellOf = (value: number, scale: Scale, cells: number): number => {
  const share = (value - scale.minimum) / (scale.maximum - scale.minimum)
  return Math.round(Math.min(1, Math.max(0, share)) * (cells - 1))
}

/** `cells` characters. An interval that leaves the scale has no end mark on that side; one without width is its mean alone. */
export const intervalBar = (mean: Interval, scale: Scale, cells: number): string => {
  const out = new Array<string>(cells).fill(" ")
  const from = cellOf(mean.lower, scale, cells)
  const to = cellOf(mean.upper, scale, cells)
  for (let i = from; i <= to; i++) out[i] = "─"
  if (mean.lower >= scale.minimum) out[from] = "├"
  if (mean.upper <= scale.maximum) out[to] = "┤"
  out[cellOf(mean.estimate, scale, cells)] = "●"
  return out.join("")
}

/** The scale's numbers over the cells they stand for: both ends, and whole numbers between where they fit. */
export const intervalAxis = (scale: Scale, cells: number): string => {
  const out = new Array<string>(cells).fill(" ")
  const put = (text: string, at: number) => {
    const free = (i: number) => i < 0 || i >= cells || out[i] === " "
    for (let i = at - 1; i <= at + text.length; i++) if (!free(i)) return
    for (let i = 0; i < text.length; i++) out[at + i] = text[i]!
  }
  const low = `${scale.minimum}`
  const high = `${scale.maximum}`
  put(low, 0)
  put(high, cells - high.length)
  if (scale.maximum - scale.minimum <= 10) {
    for (let value = Math.ceil(scale.minimum); value < scale.maximum; value++) {
      const text = `${value}`
      put(text, cellOf(value, scale, cells) - Math.floor(text.length / 2))
    }
  }
  return out.join("")
}
