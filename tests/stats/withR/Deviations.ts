/** How far figures are from R's, by group: the worst deviation, where it was, and what the group allows. */

/**
 * How a deviation of `actual` from `expected` is measured. `relative` is absolute below a tenth, where a
 * relative one would ask for digits that rounding took.
 */
export type Measure = "absolute" | "relative"

/** A group of figures that share a tolerance. */
export interface Group {
  readonly name: string
  readonly measure: Measure
  readonly tolerance: number
  readonly figures: number
  readonly worst: number
  /** The figure that deviates most. */
  readonly where: string
}

/** Collects figures of one group. */
export type Check = (where: string, actual: number | null | undefined, expected: number) => void

/** Collects groups, in the order they are first named. */
export interface Deviations {
  readonly group: (name: string, measure: Measure, tolerance: number) => Check
  readonly groups: () => readonly Group[]
}

/** An empty collection. */
export const make = (): Deviations => {
  const found = new Map<string, Group>()
  return {
    group: (name, measure, tolerance) => {
      const fresh: Group = { name, measure, tolerance, figures: 0, worst: 0, where: "" }
      if (!found.has(name)) found.set(name, fresh)
      return (where, actual, expected) => {
        const before = found.get(name)!
        const off = Math.abs((actual ?? Number.NaN) - expected)
        const scaled = measure === "relative" ? off / Math.max(0.1, Math.abs(expected)) : off
        // What is missing, or not a number, deviates without limit.
        const deviation = actual === expected ? 0 : Number.isNaN(scaled) ? Number.POSITIVE_INFINITY : scaled
        const worse = deviation > before.worst
        found.set(name, {
          ...before,
          figures: before.figures + 1,
          worst: worse ? deviation : before.worst,
          where: worse ? `${where}: ${actual} for ${expected}` : before.where
        })
      }
    },
    groups: () => [...found.values()].filter(({ figures }) => figures > 0)
  }
}

/** Two digits, rounded up, so that what is printed is never less than what was seen. */
export const shown = (deviation: number): string => {
  if (deviation === 0) return "0"
  const exponent = Math.floor(Math.log10(deviation))
  const digits = Math.ceil(deviation / 10 ** exponent - 1e-9)
  return digits === 10 ? `1e${exponent + 1}` : `${digits}e${exponent}`
}

const exponential = (value: number): string => (value === 0 ? "0" : value.toExponential().replace("+", ""))

/** Rows of a Markdown table: group, figures, worst deviation, tolerance. */
export const markdown = (groups: readonly Group[]): readonly string[] =>
  groups.map(
    ({ name, figures, worst, tolerance, measure }) =>
      `| ${name} | ${figures} | ${shown(worst)} | ${exponential(tolerance)}${measure === "relative" ? ", relative" : ""} |`
  )
