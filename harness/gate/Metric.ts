/** What is compared: an instrument's aggregate, or one of its dimensions. */
import { suggest } from "../catalog/Catalog.ts"
import { measuresOf } from "../leaderboard/measures.ts"
import { RunError } from "../run/RunError.ts"
import type { Instrument } from "../study/Instrument.ts"

export interface Metric {
  /** `perceived-empathy`, or `lend-an-ear/advice-giving` for a dimension. */
  readonly name: string
  readonly instrument: Instrument
  /** `aggregate` or the dimension's name. */
  readonly measure: string
  /** A dimension of which more is worse is turned round, so that a drop is always a change for the worse. */
  readonly turned: boolean
}

const metric = (instrument: Instrument, measure: string): Metric => ({
  name: measure === "aggregate" ? instrument.name : `${instrument.name}/${measure}`,
  instrument,
  measure,
  turned: instrument.dimensions.some(
    (dimension) => dimension.name === measure && dimension.direction === "reversed"
  )
})

/** The metrics of an instrument: its aggregate, or all of its dimensions where nothing is summed. */
export const metricsOf = (instrument: Instrument): readonly Metric[] =>
  measuresOf(instrument).map((measure) => metric(instrument, measure))

/** All names that a run's instruments allow. */
const known = (instruments: readonly Instrument[]): readonly string[] =>
  instruments.flatMap((instrument) => [
    ...metricsOf(instrument).map(({ name }) => name),
    ...(instrument.dimensions.length > 1 && instrument.aggregate === "mean"
      ? instrument.dimensions.map((dimension) => `${instrument.name}/${dimension.name}`)
      : [])
  ])

/** The metric of a name as it is written on the command line. */
const parse = (name: string, instruments: readonly Instrument[]): Metric | undefined => {
  const slash = name.indexOf("/")
  const [first, dimension] = slash < 0 ? [name, undefined] : [name.slice(0, slash), name.slice(slash + 1)]
  const instrument = instruments.find((entry) => entry.name === first)
  if (instrument === undefined) return undefined
  if (dimension === undefined)
    return instrument.aggregate === "mean" ? metric(instrument, "aggregate") : undefined
  return instrument.dimensions.some((entry) => entry.name === dimension)
    ? metric(instrument, dimension)
    : undefined
}

/** The metrics that were named, or those of the run's first instrument, which its leaderboard ranks by. */
export const chooseMetrics = (
  names: readonly string[],
  instruments: readonly Instrument[]
): readonly Metric[] | RunError => {
  if (names.length === 0) return metricsOf(instruments[0]!)
  const chosen: Metric[] = []
  for (const name of new Set(names)) {
    const found = parse(name, instruments)
    if (found === undefined) {
      return new RunError({
        place: `--metric ${name}`,
        reason: "the run has no such metric",
        mend: suggest(name, known(instruments))
      })
    }
    chosen.push(found)
  }
  return chosen
}

/** The ends of a metric's scale. */
export const scaleOf = ({
  instrument,
  measure
}: Metric): { readonly minimum: number; readonly maximum: number } =>
  (instrument.dimensions.find((dimension) => dimension.name === measure) ?? instrument.dimensions[0]!).scale
